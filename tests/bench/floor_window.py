"""The floor of a start: a bare window with a table of the newest 200 calls: floor_window.py HOME [LIBRARY …].

The calls are read with sqlite3; the libraries are imported ahead of the window.
"""

import sqlite3
import sys
import time
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

_PAGE = """
SELECT c.started_at, l.name, caller.number, caller.name, called.number, called.name, answerer.name, c.outcome, c.talk_s
FROM calls AS c JOIN lines AS l ON l.id = c.line_id JOIN parties AS caller ON caller.id = c.caller_id
JOIN parties AS called ON called.id = c.called_id LEFT JOIN parties AS answerer ON answerer.id = c.answered_by_id
ORDER BY c.started_at DESC, c.id DESC LIMIT 200
"""


class Rows(QAbstractTableModel):
    def __init__(self, rows):
        super().__init__()
        self.rows = rows

    def rowCount(self, _parent=None):  # noqa: N802 - Qt's name
        return len(self.rows)

    def columnCount(self, _parent=None):  # noqa: N802 - Qt's name
        return 9

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return str(self.rows[index.row()][index.column()]) if role == Qt.ItemDataRole.DisplayRole else None


class Painted(QObject):
    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            print(f'{{"painted": {time.monotonic()}, "cpu": {time.process_time()}}}', flush=True)
        return False


for library in sys.argv[2:]:
    import_module(library)
app = QApplication([])
window = QMainWindow()
table = QTableView()
model = Rows(sqlite3.connect(Path(sys.argv[1]) / "archive.sqlite").execute(_PAGE).fetchall())
table.setModel(model)
window.setCentralWidget(table)
window.resize(1100, 720)
painted = Painted()
table.viewport().installEventFilter(painted)
window.show()
app.exec()
