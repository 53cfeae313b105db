"""The contacts pane on a real archive: found as one types, entered, changed, removed, taken back, imported."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QMenu, QPushButton

from tests.fakes.languages import dutch
from voipdesk.core.contacts import Contact, ContactNumber
from voipdesk.gui.contacts.presenter import ContactsPane

NUMBER = "+44 20 7946 0958"


def card(uid: str, name: str, number: str = NUMBER) -> str:
    return f"BEGIN:VCARD\nVERSION:3.0\nUID:{uid}\nFN:{name}\nTEL;TYPE=WORK:{number}\nEND:VCARD\n"


class Opened:
    def __init__(self, pane, called):
        self.pane, self.view, self.called = pane, pane.view, called
        self.browse, self.form = pane.view.browse, pane.view.edit

    def rows(self):
        model = self.browse.model
        return [model.data(model.index(row, 0)) for row in range(model.rowCount())]

    def details(self):
        return [label.text() for label in self.browse.details.findChildren(QLabel) if label.isVisible()]


@pytest.fixture
async def opened(desk, tasks, messages, theme, until):
    called: list[str] = []
    pane = ContactsPane(desk.contacts, desk.contact_imports, desk.contacts_watch, tasks, messages, theme, called.append)
    desk.contacts_watch.told.subscribe(pane.tell)
    pane.view.resize(1000, 640)
    pane.view.show()
    pane.view.activateWindow()
    await until(pane.view.isActiveWindow)
    pane.shown()
    await until(lambda: not tasks.names)
    yield Opened(pane, called)
    pane.close()
    pane.view.deleteLater()


async def pick(opened, until, row=0):
    opened.browse.table.selectRow(row)
    await until(opened.browse.details.edit.isVisible)


async def test_without_contacts_it_says_what_will_be_here(opened, find):
    assert find(opened.view, QPushButton, "Import a vCard or CSV file")
    assert not opened.browse.export.isEnabled()


async def test_a_contact_is_entered_found_called_and_changed(opened, until, messages, find):
    opened.browse.new.click()
    form = opened.form
    form.name.line.setText("  Zoë <b>Åkesson</b> ")
    form.organisation.line.setText("Acme")
    form.numbers.more.click()
    first, second = form.numbers._lines
    first.number.setText("020 7946 0958")
    first.kind.setCurrentText("work")
    second.number.setText("1001")
    form.emails.line.setText("a@example.com, b@example.com")
    form.note.setPlainText("one\ntwo")
    form.done_button.click()
    await until(lambda: opened.rows() == ["Zoë <b>Åkesson</b>"])
    assert messages.current.text == "Zoë <b>Åkesson</b> is added."
    await until(opened.browse.details.edit.isVisible)
    assert {"Zoë <b>Åkesson</b>", "one\ntwo", "Work", "entered by hand"} <= set(opened.details())
    find(opened.view, QPushButton, "Call 1001").click()
    assert opened.called == ["1001"]
    opened.browse.details.edit.click()
    assert form.numbers.numbers == (ContactNumber("020 7946 0958", "work"), ContactNumber("1001"))
    form.numbers._lines[1].remove.click()
    form.name.line.setText("Zoë")
    form.done_button.click()
    await until(lambda: opened.rows() == ["Zoë"])
    messages.current.action[1]()
    await until(lambda: opened.rows() == ["Zoë <b>Åkesson</b>"])


async def test_what_a_number_is_stays_the_same_in_another_language(opened, until, desk):
    with dutch({"work": "werk", "work mobile": "mobiel werk", "home": "thuis"}):
        await desk.contacts.add(Contact("Ann", numbers=(ContactNumber("1001", "work mobile"),)))
        await until(lambda: opened.rows() == ["Ann"])
        await pick(opened, until)
        assert "Mobiel werk" in opened.details()
        opened.browse.details.edit.click()
        form = opened.form
        assert form.numbers._lines[0].kind.currentText() == "mobiel werk"
        assert not form.changed
        form.numbers.more.click()
        form.numbers._lines[1].number.setText("1002")
        form.numbers._lines[1].kind.setCurrentText("thuis")
        form.done_button.click()
        await until(lambda: opened.view.page is opened.browse)
    (stored,) = await desk.contacts.page(await desk.contacts.find("Ann"))
    assert stored.contact.numbers == (ContactNumber("1001", "work mobile"), ContactNumber("1002", "home"))


async def test_a_form_that_says_nothing_is_not_saved_and_cancel_keeps_nothing(opened, until, desk):
    opened.browse.new.click()
    opened.form.done_button.click()
    await until(opened.form.failure.isVisible)
    opened.form.name.line.setText("Ann")
    opened.form.back_button.click()
    await until(lambda: opened.view.page is opened.browse)
    assert await desk.contacts.count() == 0


async def test_what_is_typed_and_not_saved_stays_whatever_else_is_asked_for(opened, until, desk, messages):
    id_ = await desk.contacts.add(Contact("Bob"))
    opened.pane.open("1001", "Ann  Lee", 0)
    opened.pane.open("1002", "Ann", 0)  # nothing was typed yet
    opened.form.name.line.setText("Anna")
    opened.pane.open("1003", "Eve", 0)
    assert (opened.view.page, opened.form.name.value) == (opened.form, "Anna")
    assert messages.current.text == "What you typed here is not saved yet."
    opened.pane.open("", "", id_)
    await until(opened.browse.details.edit.isVisible)
    opened.browse.details.edit.click()
    assert (opened.view.page, opened.form.name.value) == (opened.form, "Anna")
    opened.form.done_button.click()
    await until(lambda: opened.rows() == ["Anna", "Bob"])
    opened.browse.new.click()
    opened.form.name.line.setText("Dora")
    opened.form.back_button.click()
    opened.browse.new.click()
    assert opened.form.name.value == ""


async def test_removing_is_taken_back(opened, until, desk, messages):
    await desk.contacts.add(Contact("Ann", numbers=(ContactNumber("1001"),)))
    await desk.contacts.add(Contact("Bob", numbers=(ContactNumber("1002"),)))
    await until(lambda: opened.rows() == ["Ann", "Bob"])
    await pick(opened, until)
    opened.browse.details.remove.click()
    await until(lambda: opened.rows() == ["Bob"])
    messages.current.action[1]()
    await until(lambda: opened.rows() == ["Ann", "Bob"])


async def test_it_is_searched_as_one_types_and_the_one_picked_stays(opened, until, desk):
    for name, number in (("Ann Lee", "1001"), ("Bob", "020 7946 0958"), ("Eve", "1003")):
        await desk.contacts.add(Contact(name, numbers=(ContactNumber(number),)))
    await until(lambda: len(opened.rows()) == 3)
    await pick(opened, until, 1)
    QTest.keyClicks(opened.browse.search, "7946")
    await until(lambda: opened.rows() == ["Bob"])
    assert opened.browse.totals.text() == "1 of 3 contacts"
    assert opened.browse.table.current
    QTest.keyClicks(opened.browse.search, "xyz")
    await until(lambda: opened.rows() == [])
    QTest.keyClick(opened.browse.search, Qt.Key.Key_Escape)
    await until(lambda: len(opened.rows()) == 3)


async def test_thousands_are_listed_by_the_page(opened, until, desk, tmp_path):
    path = tmp_path / "many.vcf"
    path.write_text("".join(card(str(n), f"Ann {n:05}", f"+4420794{n:05}") for n in range(3000)))
    await desk.contact_imports.take_over(await desk.contact_imports.read(path), remove=True)
    await until(lambda: opened.browse.model.rowCount() == 3000)
    table = opened.browse.table
    for place in (0, 1500, 2999, 700):
        table.scrollTo(opened.browse.model.index(place, 0))
        table.repaint()
        await until(
            lambda place=place: opened.browse.model.data(opened.browse.model.index(place, 0)) == f"Ann {place:05}"
        )
    assert len(opened.browse.model._pages) <= 30


async def test_the_row_s_menu_calls_and_the_log_s_number_opens_a_form(opened, until, desk):
    await desk.contacts.add(Contact("Ann", numbers=(ContactNumber("1001"), ContactNumber("1002"))))
    await until(lambda: opened.rows() == ["Ann"])
    await pick(opened, until)
    opened.browse.table.customContextMenuRequested.emit(opened.browse.table.rect().center())
    menu = opened.browse.table.findChild(QMenu)
    names = [action.text() for action in menu.actions() if action.text()]
    assert names == ["Call 1001", "Call 1002", "Copy number\tCtrl+C", "Edit…", "Remove"]
    menu.actions()[1].trigger()
    assert opened.called == ["1002"]
    menu.close()
    opened.pane.open("+442079460958", "As the service says", 0)
    assert opened.form.contact == Contact("As the service says", numbers=(ContactNumber("+442079460958"),))
    (id_,) = await desk.contacts.find("ann")
    opened.browse.table.pick("")
    opened.pane.open("1001", "", id_)
    await until(lambda: opened.browse.table.current == str(id_))


async def test_a_file_is_previewed_imported_and_imported_again(opened, until, desk, messages, tmp_path):
    path = tmp_path / "book.vcf"
    path.write_text(card("1", "Ann") + card("2", "Bob", "1001"))
    opened.view.file_chosen.emit(str(path))
    page = opened.view.preview
    await until(lambda: page.isVisible() and page.done_button.isEnabled())
    assert "2 new contacts" in page.summary.text()
    assert {page.table.item(row, 1).text() for row in range(2)} == {"Ann", "Bob"}
    assert await desk.contacts.count() == 0
    page.done_button.click()
    await until(lambda: opened.rows() == ["Ann", "Bob"])
    assert messages.current.text == "2 contacts imported, 0 changed."
    path.write_text(card("1", "Anna"))
    opened.pane._imports.open(path)
    await until(lambda: page.isVisible() and page.remove.isVisible())
    assert not page.remove.isChecked()
    assert page.table.item(0, 0).text() == "No longer there"
    page.source.choice.setCurrentIndex(0)
    await until(lambda: "1 new contact" in page.summary.text())
    page.source.choice.setCurrentIndex(1)
    await until(page.remove.isVisible)
    page.remove.setChecked(True)
    page.done_button.click()
    await until(lambda: opened.rows() == ["Anna"])


async def test_cancel_at_the_preview_changes_nothing(opened, until, desk, tmp_path):
    path = tmp_path / "book.vcf"
    path.write_text(card("1", "Ann"))
    opened.view.file_chosen.emit(str(path))
    page = opened.view.preview
    await until(lambda: page.isVisible() and page.done_button.isEnabled())
    page.back_button.click()
    await until(lambda: opened.view.page is opened.browse)
    assert await desk.contacts.count() == 0


async def test_a_table_s_columns_are_chosen(opened, until, desk, tmp_path, find):
    path = tmp_path / "table.csv"
    path.write_bytes("Wer;Firma;Durchwahl\nZoë;Acme;1003\n".encode("cp1252"))
    opened.view.file_chosen.emit(str(path))
    columns = opened.view.columns
    await until(columns.isVisible)
    assert [combo.currentText() for combo in columns.roles] == ["Name", "Organisation", "Left out"]
    columns.roles[2].setCurrentText("Number at work")
    columns.encoding.choice.setCurrentText("iso-8859-15")
    await until(lambda: columns.roles[2].currentText() == "Number at work")
    find(columns, QCheckBox, "The first row names the columns").setChecked(False)
    await until(lambda: columns.roles[0].accessibleName() == "What Column 1 means")
    find(columns, QCheckBox, "The first row names the columns").setChecked(True)
    await until(lambda: columns.roles[2].accessibleName() == "What Durchwahl means")
    columns.roles[2].setCurrentText("Number at work")
    columns.done_button.click()
    page = opened.view.preview
    await until(lambda: page.isVisible() and page.done_button.isEnabled())
    page.done_button.click()
    await until(lambda: opened.rows() == ["Zoë"])
    assert set(await desk.contacts.names(["1003"])) == {"1003"}


async def test_a_file_that_cannot_be_read_is_said_and_changes_nothing(opened, until, messages, tmp_path):
    path = tmp_path / "broken.vcf"
    path.write_bytes(b"PK\x03\x04")
    opened.view.file_chosen.emit(str(path))
    await until(lambda: messages.current is not None)
    assert "spreadsheet" in messages.current.text
    assert opened.view.page is opened.browse


async def test_what_is_listed_is_exported(opened, until, desk, messages, tmp_path):
    for name in ("Ann", "Bob"):
        await desk.contacts.add(Contact(name))
    opened.browse.search.setText("bob")
    await until(lambda: opened.rows() == ["Bob"])
    path = tmp_path / "some.vcf"
    opened.view.target_chosen.emit(str(path))
    await until(lambda: messages.current is not None)
    assert messages.current.text == f"1 contact written to {path}."
    assert "FN:Bob" in path.read_text()
    assert "FN:Ann" not in path.read_text()


async def test_sources_are_listed_read_again_watched_and_forgotten(opened, until, desk, messages, tmp_path):
    folder = tmp_path / "books"
    folder.mkdir()
    book = folder / "book.vcf"
    book.write_text(card("1", "Ann") + card("2", "Bob", "1001"))
    opened.browse.sources.click()
    page = opened.view.sources
    opened.view.folder_chosen.emit(str(folder))
    await until(lambda: len(page._sources) == 2)
    book.write_text(card("1", "Anna"))
    await desk.contacts_watch.look(settled=True)
    await until(lambda: messages.current is not None)
    assert messages.current.text == "1 contact is no longer in book.vcf, and kept."
    messages.current.action[1]()
    await until(lambda: opened.view.preview.isVisible() and opened.view.preview.remove.isVisible())
    opened.view.preview.back_button.click()
    opened.browse.sources.click()
    await until(page.isVisible)
    book.write_bytes(b"")
    await desk.contacts_watch.look(settled=True)
    await until(lambda: "empty" in messages.current.text)
    source = next(id_ for id_, each in page._sources.items() if not each.is_folder)
    page.table.pick(source)
    assert page.again.isEnabled()
    page.forget.click()
    await until(lambda: "would bring it back" in messages.current.text)
    book.unlink()
    page.forget.click()
    await until(lambda: opened.view.findChildren(QPushButton, options=Qt.FindChildOption.FindChildrenRecursively))
    await until(lambda: any(b.text() == "Forget it" for b in page.findChildren(QPushButton)))
    next(b for b in page.findChildren(QPushButton) if b.text() == "Forget it").click()
    await until(lambda: len(page._sources) == 1)
    assert await desk.contacts.count() == 0
    assert isinstance(Path(book), Path)
    await asyncio.sleep(0)
