"""The contacts in the call log: their names before the service's, both in the details, and the way to add one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu

from tests.fakes.call_log import FakeCallLog, LongCallLog, logged
from tests.gui.call_log.conftest import until
from voipdesk.core.call_log import Direction
from voipdesk.core.contacts import ContactName
from voipdesk.gui.call_log.model import Column

ANN = "+442079460958"


async def named(desk, **names):
    desk.contacts.known = {number: ContactName(name, place) for place, (number, name) in enumerate(names.items(), 1)}
    desk.contacts.changed.emit(None)
    await desk.settled()


async def test_a_contact_s_name_stands_before_the_service_s_and_both_in_the_details(open_desk):
    desk = await open_desk(FakeCallLog([logged(1, 5, caller_name="LEE A"), logged(2, 4, caller="+442079460000")]))
    desk.table.choose(0)
    assert desk.model.cells(0)[Column.CALLER][0] == "LEE A"
    await named(desk, **{ANN: "Ann <b>Lee</b>"})
    assert desk.model.cells(0)[Column.CALLER] == ("Ann <b>Lee</b>", "+44 20 7946 0958")
    assert "from Ann <b>Lee</b>" in desk.model.data(desk.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    desk.view.details.toggle()
    values = {edit.accessibleName(): edit.text() for edit in desk.view.details.findChildren(QLineEdit)}
    assert values["Caller"] == "Ann <b>Lee</b> +44 20 7946 0958"
    assert values["Caller, by the service"] == "LEE A"
    await named(desk)
    assert desk.model.cells(0)[Column.CALLER][0] == "LEE A"


async def test_names_are_asked_for_by_the_screen_and_once(open_desk):
    desk = await open_desk(LongCallLog(100_000))
    asked = len(desk.contacts.asked)
    assert asked == 1
    assert 0 < len(desk.contacts.asked[0]) <= 400
    desk.scroll_to(50_000)
    await desk.settled()
    assert len(desk.contacts.asked) <= asked + 2
    before = list(desk.contacts.asked)
    desk.scroll_to(50_002)
    await desk.settled()
    assert desk.contacts.asked == before


async def test_a_number_is_added_to_the_contacts_or_its_contact_shown(open_desk):
    out = logged(2, 4, direction=Direction.OUT, caller="1001", called=ANN, called_name="Known to the service")
    desk = await open_desk(FakeCallLog([out, logged(1, 3, caller="")]))
    desk.table.choose(0)
    desk.view.details.contact.click()
    assert desk.called == [("+44 20 7946 0958", "Known to the service", 0)]
    await named(desk, **{ANN: "Ann"})
    desk.table.customContextMenuRequested.emit(desk.table.visualRect(desk.model.index(0, 0)).center())
    menu = desk.view.findChild(QMenu)
    next(action for action in menu.actions() if action.text() == "Show contact").trigger()
    assert desk.called[-1] == ("+44 20 7946 0958", "Known to the service", 1)
    menu.close()
    desk.table.choose(1)
    await until(lambda: not desk.view.details.contact.isEnabled())
