import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from voipdesk.gui.widgets.record_model import Record, RecordModel, folded, found_by, one_line
from voipdesk.gui.widgets.record_table import RecordTable


def record(id_, name, phone=""):
    return Record(id_, (name, phone), (folded(name), phone), found_by((name, id_), (phone,)), f"{name}, {phone}")


RECORDS = [
    record("1", "Zoë Müller", "+44 161 496 0123"),
    record("2", "ann Lee", "+44 20 7946 0958"),
    record("3", "", "7040"),
    record("4", "Bob <b>Hill</b>"),
]


@pytest.fixture
def model():
    model = RecordModel(("Name", "Phone"))
    model.show_records(RECORDS)
    return model


@pytest.fixture
def table(qtbot, model):
    table = RecordTable("Customers", model, ("000000000000", 1))
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    return table


def ids(model):
    return "".join(model.id_at(row) for row in range(model.rowCount()))


def test_rows_are_sorted_without_regard_to_case_and_accents_and_what_is_empty_comes_last(model):
    assert ids(model) == "2413"
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert ids(model) == "1423"
    model.sort(1)
    assert ids(model) == "1234"
    model.sort(7)
    assert ids(model) == "1234", "there is no such column"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "2413"),
        ("  ", "2413"),
        ("muller", "1"),
        ("MÜLL zoe", "1"),
        ("e l", "21"),
        ("0161 496", "1"),
        ("+44 (20) 7946", "2"),
        ("0044 20", "2"),
        ("<b>", "4"),
        ("nobody", ""),
        ("3", "13"),
    ],
)
def test_every_word_typed_is_looked_for_in_all_a_record_is_found_by(model, typed, found):
    model.filter(typed)
    assert ids(model) == found
    assert model.total == 4


def test_what_cannot_be_printed_becomes_a_space():
    assert one_line("a\x1b[31m\nb ") == "a [31m b"
    assert one_line("plain") == "plain"


def test_a_record_says_itself_in_a_sentence_and_in_full_as_plain_text(model):
    index = model.index(1, 0)
    assert index.data() == "Bob <b>Hill</b>"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Bob <b>Hill</b>, "
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole) is None
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.rowCount(index) == model.columnCount(index) == 0


def test_the_current_record_stays_current_while_rows_change_and_is_none_when_it_is_not_shown(table, model):
    told = []
    table.current_changed.connect(told.append)
    table.pick("1")
    model.filter("zoe")
    model.filter("")
    model.sort(1)
    model.show_records([*RECORDS, record("0", "Aa")])
    assert table.current == "1"
    assert model.id_at(table.currentIndex().row()) == "1"
    model.filter("ann")
    assert table.current == ""
    table.pick("nobody")
    assert told == ["1", ""]


def test_keys_act_on_the_record(qtbot, table, model):
    told = []
    table.entered.connect(lambda id_: told.append(("entered", id_)))
    table.copy_asked.connect(lambda id_: told.append(("copy", id_)))
    table.text_typed.connect(lambda text: told.append(("typed", text)))
    table.keyboardSearch(" ")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told == []
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_X)
    assert told == [("entered", "3"), ("copy", "2"), ("typed", "x")]
    assert QGuiApplication.clipboard().text() != "ann Lee", "it is the pane that copies"


def test_a_table_that_gets_the_focus_picks_its_first_row(qtbot, table):
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.setFocus()
    qtbot.waitUntil(lambda: table.current == "2")


def test_the_menu_sorts_and_lets_the_pane_put_in_what_can_be_done(qtbot, table, model):
    asked = []
    table.menu_asked.connect(asked.append)
    table.customContextMenuRequested.emit(table.rect().center())
    assert asked == []
    table.pick("1")
    table.customContextMenuRequested.emit(table.rect().bottomRight())
    assert len(asked) == 1
    orders = next(menu for menu in table.findChildren(QMenu) if menu.title() == "Sort by")
    for _ in range(2):
        next(action for action in orders.actions() if action.text() == "Phone").trigger()
    assert model.sorted_by == 1
    assert model.descending
    for menu in table.findChildren(QMenu):
        menu.close()


def test_columns_share_the_room_until_the_person_chooses_widths(table):
    first = table.columnWidth(0)
    assert first + table.columnWidth(1) == pytest.approx(table.viewport().width(), abs=2)
    table.resize(600, 300)
    assert table.columnWidth(0) == first
    assert table.columnWidth(1) > 300
    table.setColumnWidth(0, 222)
    table.resize(700, 300)
    assert table.columnWidth(0) == 222


def test_rows_grow_with_the_text(table):
    before = table.verticalHeader().defaultSectionSize()
    font = table.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    table.setFont(font)
    assert table.verticalHeader().defaultSectionSize() > before


def test_cells_are_drawn_elided_with_the_current_row_on_a_tinted_ground(table, model, monkeypatch):
    from voipdesk.gui.widgets import record_delegate

    monkeypatch.setattr(record_delegate, "_REMEMBERED", 3)
    model.show_records([*RECORDS, record("9", "A very long name of a customer indeed" * 3)])
    before = table.grab().toImage()
    table.pick("9")
    after = table.grab().toImage()
    assert before != after
    hint = table.itemDelegate().sizeHint(None, model.index(0, 0))
    assert hint.width() > table.columnWidth(0)
    font = table.font()
    font.setBold(True)
    table.setFont(font)
    assert table.itemDelegate().sizeHint(None, model.index(0, 0)).width() > hint.width()


def test_a_column_without_any_room_is_left_out_rather_than_cut(qtbot):
    model = RecordModel(("Name", "Phone", "Store", "Since"))
    table = RecordTable("Customers", model, ("000000000000", 1, 1, "00/00/0000"))
    qtbot.addWidget(table)
    table.show()
    for width in (800, 400, 330):
        table.resize(width, 300)
        assert sum(table.columnWidth(column) for column in range(4)) <= table.viewport().width()
        assert not table.isColumnHidden(3)
    table.resize(200, 300)
    assert table.isColumnHidden(3)
    assert not table.isColumnHidden(1)
    table.resize(800, 300)
    assert not table.isColumnHidden(3)
