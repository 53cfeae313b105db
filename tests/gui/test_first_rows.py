"""Waiting for the first rows on the screen."""

import asyncio

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QTableView

from voipdesk.gui.first_rows import FirstRows


async def test_rows_are_waited_for_until_they_are_painted(qtbot, until):
    table, model = QTableView(), QStringListModel()
    qtbot.addWidget(table)
    table.setModel(model)
    rows = FirstRows(table)
    table.show()
    waiting = asyncio.ensure_future(rows.painted(60))
    await until(table.isVisible)
    table.viewport().repaint()
    await asyncio.sleep(0.05)
    assert not waiting.done()  # painted, but no row
    model.setStringList(["a", "b"])
    await waiting
    await rows.painted(60)


async def test_a_table_without_rows_is_not_waited_for_longer_than_asked(qtbot):
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(QStringListModel())
    await FirstRows(table).painted(0.01)
