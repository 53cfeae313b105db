"""Everything can be reached by keyboard, has a name, and fits."""

import pytest

from tests.gui.controls import check_no_button_is_cut, check_tab_reaches_all, names
from voipdesk.core.sip_check import CheckReport, CheckStep, Outcome, StepKind, Verdict

LONG = "Wilhelmina Johanna van der Weijden-Oosterhoudt van Heemstra tot Fraeylema"


@pytest.fixture(params=["browse", "new", "review", "typed", "set up", "hand over", "check", "nobody"])
async def page(request, listed, service, managed, check, until, tasks):
    kind, view = request.param, listed.view
    view.browse.table.pick("i0")
    if kind == "new":
        view.browse.new.click()
        view.form.done_button.click()
    elif kind == "review":
        view.browse.sheet.edit.click()
        await until(lambda: view.page is view.form)
        view.form.fields["display_name"].line.setText(LONG)
        view.form.done_button.click()
    elif kind == "typed":
        view.browse.typed.click()
        view.settings.done_button.click()
    elif kind in {"set up", "hand over"}:
        view.browse.sheet.set_up.click()
        await until(lambda: view.page is view.setup)
        view.setup.programs.setCurrentRow(2)
        if kind == "hand over":
            view.setup.hand_over.click()
            await until(lambda: view.page is view.handover)
    elif kind == "check":
        wrong = CheckStep(StepKind.SIGN_IN, Verdict.FAILED, f"{LONG} is not known.", f"Ask {LONG}.")
        check.report = CheckReport(Outcome.REFUSED, "The server does not accept this SIP account.", (wrong,))
        view.browse.sheet.check.click()
        await until(lambda: view.page is view.check)
    elif kind == "nobody":
        managed.accounts.clear()
        managed.changed.emit(None)
    await until(lambda: not tasks.names)
    return view.page


async def test_every_control_has_a_name_that_no_other_one_has(page):
    called = names(page)
    assert all(called)
    assert len(called) == len(set(called))


async def test_tab_reaches_every_control(page):
    check_tab_reaches_all(page)


@pytest.mark.parametrize("scale", [1, 1.6])
async def test_no_button_is_cut_in_a_small_window(page, scale, listed, until):
    await check_no_button_is_cut(page, listed.widget, until, scale)
