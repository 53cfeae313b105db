"""Whether a phone is signed in, asked of one SIP account at a time and within the request budget."""

import asyncio

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.sip.conftest import managed_account, rows
from voipdesk.core.errors import Unreachable
from voipdesk.core.sip import SipRegistration


def asked(service):
    return [what.split()[1] for what in service.asked if what.startswith("registration")]


async def test_those_on_the_screen_are_asked_for_once_in_the_background(listed, service, until, tasks):
    assert sorted(asked(service)) == ["i0", "i1", "i2"]
    assert all(what.endswith("background") for what in service.asked if what.startswith("registration"))
    assert [row[3] for row in rows(listed)] == ["● registered", "○ unregistered", "not said"]
    listed.hidden()
    listed.shown()
    await until(lambda: not tasks.names)
    assert len(asked(service)) == 3


async def test_until_then_they_are_said_not_to_be_known_yet(desk_pane, service, until, tasks):
    gate, plain = asyncio.Event(), service.registration

    async def slow(*args, **kwargs):
        await gate.wait()
        return await plain(*args, **kwargs)

    service.registration = slow
    desk_pane.shown()
    await until(lambda: rows(desk_pane))
    assert rows(desk_pane)[2][3] == "not known yet"
    desk_pane.view.browse.table.pick("i2")
    assert desk_pane.view.browse.sheet.status.text() == "not known yet"
    gate.set()
    await until(lambda: rows(desk_pane)[2][3] == "not said" and not tasks.names)


async def test_only_what_can_be_seen_is_asked_for(desk_pane, service, until, tasks):
    service.of[""] = tuple(managed_account(n, f"Person {n:03}") for n in range(300))
    service.registrations = {f"i{n}": SipRegistration("registered") for n in range(300)}
    desk_pane.shown()
    await until(lambda: rows(desk_pane) and not tasks.names)
    seen = set(asked(service))
    assert 5 < len(seen) < 40
    assert seen == set(desk_pane.view.browse.visible_ids)
    bar = desk_pane.view.browse.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    await until(lambda: "● registered" in rows(desk_pane)[-1] and not tasks.names)
    assert len(asked(service)) == len(set(asked(service)))


async def test_the_chosen_one_goes_first_and_tells_the_domain(desk_pane, service, until, tasks):
    desk_pane.shown()
    service.answers.clear()
    await until(lambda: service.asked)
    desk_pane._lists.choose_next("i2")
    service.answers.set()
    await until(lambda: desk_pane.view.browse.sheet.values and not tasks.names)
    sheet = desk_pane.view.browse.sheet
    assert sheet.values["domain"].text() == "sip.kpn.example"
    assert not sheet.domain.isVisible()
    assert sheet.status.text() == "not said"
    assert sheet._as_of.text().startswith("as of ")
    desk_pane.view.browse.table.pick("i0")
    assert sheet.status.text() == "● registered"


async def test_half_of_the_budget_is_left_and_the_chosen_one_is_asked_for_all_the_same(
    desk_pane, service, budget, until, tasks
):
    budget.left = 55  # ten of them are not the background's
    desk_pane.shown()
    await until(lambda: rows(desk_pane) and not tasks.names)
    assert asked(service) == []
    assert "as you choose them" in desk_pane.view.browse.status_note.text()
    desk_pane.view.browse.table.pick("i1")
    await until(lambda: rows(desk_pane)[1][3] == "○ unregistered" and not tasks.names)
    assert asked(service) == ["i1"]


async def test_one_asks_again_by_a_press_and_with_a_persons_right(listed, service, until, tasks):
    listed.view.browse.table.pick("i1")
    service.registrations["i1"] = SipRegistration("registered")
    listed.view.browse.sheet.ask_status.click()
    await until(lambda: rows(listed)[1][3] == "● registered")
    assert service.asked[-1] == "registration i1 user"


@pytest.mark.parametrize("gone", [True, False])
async def test_one_that_cannot_be_told_does_not_keep_the_others_from_being(desk_pane, service, until, tasks, gone):
    if gone:
        del service.registrations["i0"]
    else:
        service.errors["registration i0 background"] = Unreachable("It did not answer.")
    desk_pane.shown()
    await until(lambda: rows(desk_pane) and not tasks.names)
    if gone:
        assert [row[3] for row in rows(desk_pane)] == ["not known yet", "○ unregistered", "not said"]
    else:
        assert "It did not answer." in desk_pane.view.browse.status_note.text()
        assert asked(service) == ["i0"], "a service that does not answer is not asked again and again"
        service.errors.clear()
        desk_pane.refresh()
        await until(lambda: rows(desk_pane)[0][3] == "● registered")


async def test_the_sheet_is_empty_until_one_is_chosen(listed):
    sheet = listed.view.browse.sheet
    assert not any(widget.isVisible() for widget in (*sheet._stay, sheet.set_up, sheet.edit))


async def test_the_pane_opens_no_window_of_its_own(listed):
    listed.view.browse.table.pick("i1")
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [listed.widget]


async def test_nothing_is_asked_for_while_nobody_looks(desk_pane, service, until, tasks):
    desk_pane.shown()
    service.answers.clear()
    await until(lambda: service.asked)
    desk_pane.hidden()
    service.answers.set()
    await until(lambda: rows(desk_pane) and not tasks.names)
    await asyncio.sleep(0.05)
    assert asked(service) == []
    desk_pane.shown()
    await until(lambda: len(asked(service)) == 3)


async def test_another_account_starts_with_nothing_known(listed, managed, service, until, tasks):
    from voipdesk.core.accounts import Account

    managed.accounts.append(Account("k2", "Second", "fake"))
    managed.managed.add("k2")
    managed.changed.emit(None)
    await until(lambda: not tasks.names)
    before = len(asked(service))
    listed.view.browse._account.setCurrentIndex(1)
    await until(lambda: len(asked(service)) == before + 3 and not tasks.names)
