"""The pinned Qt binding keeps count of its references; one that does not ends Python 3.11 after some thousand calls."""

import sys

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

MANY = 1000


class Rows(QAbstractListModel):
    def rowCount(self, parent=QModelIndex()):  # noqa: N802, B008
        return 1

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return None


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot be lost from Python 3.12 on")
def test_calls_to_qt_and_from_it_leave_none_alone():
    thing, rows = QObject(), Rows()
    index = rows.index(0)
    before = sys.getrefcount(None)
    for _ in range(MANY):
        thing.setObjectName("x")
        index.data(Qt.ItemDataRole.UserRole)
    assert sys.getrefcount(None) > before - MANY / 2
