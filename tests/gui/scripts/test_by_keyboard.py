"""Everything can be reached by keyboard, has a name, and fits."""

import pytest

from tests.gui.controls import check_no_button_is_cut, check_tab_reaches_all, names
from tests.gui.scripts.conftest import GOOD, OLD


@pytest.fixture(params=["browse", "new", "replace", "test", "none"])
async def page(request, read, scripts, until, tasks):
    kind, view = request.param, read.view
    if kind in {"new", "replace"}:
        view.browse.new.click()
        view.form.fields["url"].line.setText(f"https://www.example.com/{'long/' * 30}script.xml")
        if kind == "replace":
            view.form.done_button.click()
            await until(lambda: view.page is view.replace)
    elif kind == "test":
        scripts.tests[OLD] = GOOD
        view.browse.test.click()
    elif kind == "none":
        scripts.scripts = ()
        read.refresh()
    await until(lambda: not tasks.names)
    return view.page


async def test_every_control_has_a_name_that_no_other_one_has(page):
    called = names(page)
    assert all(called)
    assert {name.replace("&", "") for name in called if called.count(name) > 1} == set()


async def test_tab_reaches_every_control(page):
    check_tab_reaches_all(page)


@pytest.mark.parametrize("scale", [1, 1.6])
async def test_no_button_is_cut_in_a_small_window(page, scale, read, until):
    await check_no_button_is_cut(page, read.widget, until, scale)
