"""What the table shows of a cell that does not fit, is chosen, or is in another text size."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFont, QHelpEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip

from tests.fakes.call_log import FakeCallLog, LongCallLog, logged
from voipdesk.core.call_log import Outcome
from voipdesk.gui.call_log.cell_text import CellText
from voipdesk.gui.call_log.model import RIGHT, Column

LONG = "<b>Wolfeschlegelsteinhausenbergerdorff</b> & Sons International Trading and Shipping Company"


def tip(desk, column):
    index = desk.model.index(0, column)
    place = desk.table.visualRect(index).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, desk.table.viewport().mapToGlobal(place))
    QToolTip.hideText()
    desk.table.itemDelegate().helpEvent(event, desk.table, QStyleOptionViewItem(), index)
    return QToolTip.text()


async def test_what_does_not_fit_is_in_the_tool_tip_as_plain_text(open_desk, monkeypatch):
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _view: shown.append(text))
    desk = await open_desk(FakeCallLog([logged(1, 1, caller_name=LONG, name="Bo")]))
    for column in (Column.CALLER, Column.NAME, Column.DIRECTION):
        tip(desk, column)
    assert len(shown) == 2
    assert "&lt;b&gt;Wolfe" in shown[0]
    assert "Incoming" in shown[1]


async def test_a_column_is_fitted_to_what_it_holds(open_desk):
    desk = await open_desk(FakeCallLog([logged(1, 1, caller_name=LONG, outcome=Outcome.MISSED)]))
    desk.table.resizeColumnToContents(Column.CALLER)
    assert desk.table.columnWidth(Column.CALLER) > 400


async def test_a_row_that_is_not_loaded_asks_for_no_room(open_desk):
    desk = await open_desk(LongCallLog(9_000))
    hint = desk.table.itemDelegate().sizeHint(QStyleOptionViewItem(), desk.model.index(4_000, 1))
    assert hint.width() == 0


async def test_a_chosen_row_is_drawn_otherwise(open_desk):
    desk = await open_desk(FakeCallLog([logged(n, n, outcome=Outcome.MISSED) for n in (1, 2)]))
    before = desk.table.grab().toImage()
    desk.table.choose(1)
    assert desk.table.grab().toImage() != before


async def test_larger_text_makes_taller_rows_and_stays_at_the_row(open_desk):
    desk = await open_desk(FakeCallLog([logged(n, n) for n in range(1, 300)]))
    desk.scroll_to(100)
    height = desk.table.row_height
    font = QFont(desk.table.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    desk.table.setFont(font)
    assert desk.table.row_height > height
    assert desk.table.rows_seen[0] == 100


async def test_headings_are_named_and_figures_stand_right(open_desk):
    model = (await open_desk()).model
    across = Qt.Orientation.Horizontal
    assert model.headerData(Column.DIRECTION, across) == ""
    assert model.headerData(Column.DIRECTION, across, Qt.ItemDataRole.AccessibleTextRole) == "Direction"
    assert model.headerData(Column.CALLER, across) == "Caller"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, across, Qt.ItemDataRole.DecorationRole) is None
    for column in Column:
        alignment = model.headerData(column, across, Qt.ItemDataRole.TextAlignmentRole)
        assert bool(alignment & Qt.AlignmentFlag.AlignRight) is (column in RIGHT)


async def test_the_keyboards_menu_key_finds_the_row(open_desk):
    desk = await open_desk(FakeCallLog([logged(n, n) for n in (1, 2, 3)]))
    desk.table.choose(2)
    row = desk.table.visualRect(desk.table.currentIndex())
    place = desk.table.viewport().mapFromGlobal(desk.view._menu_place(QPoint(5, 900)))
    assert abs(place.y() - row.bottom()) <= 1
    inside = row.center()
    assert desk.table.viewport().mapFromGlobal(desk.view._menu_place(inside)) == inside


def test_a_text_is_elided_to_its_room_and_a_useless_rest_is_left_out(qapp):
    text = CellText(QFont())
    whole = text.width(("Mary", "+44 20"), bold=False)
    assert text._fit("Mary Major", 10_000, bold=False)[0] == "Mary Major"
    assert text._fit("Mary Major", 40, bold=False)[0].endswith("…")
    assert whole > text.width(("Mary", ""), bold=False)
    for number in range(4_100):  # what is remembered has an end
        text._fit(f"{number}", 50, bold=True)
    assert len(text._fitted) <= 4_000
