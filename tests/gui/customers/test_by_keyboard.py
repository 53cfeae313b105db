"""Everything can be reached by keyboard, has a name, and fits."""

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.gui.controls import check_no_button_is_cut, check_tab_reaches_all, names


@pytest.fixture(params=["browse", "create", "edit", "review", "stores"])
async def page(request, picked, find, until, tasks):
    view, kind = picked.view, request.param
    if kind == "create":
        view.browse.new.click()
        view.create_form.for_store.click()
    elif kind == "stores":
        view.browse.tabs.setCurrentIndex(1)
    elif kind in {"edit", "review"}:
        view.browse.details.edit.click()
        await until(lambda: view.page is view.edit)
        find(view.edit, QLineEdit, "Phone").setText("1")
        if kind == "review":
            view.edit.done_button.click()
    await until(lambda: not tasks.names)
    return view.page


async def test_every_control_has_a_name_that_no_other_one_has(page):
    called = names(page)
    assert all(called)
    assert {name for name in called if called.count(name) > 1} <= {"Customers"}


async def test_tab_reaches_every_control(page):
    check_tab_reaches_all(page)


@pytest.mark.parametrize("scale", [1, 1.6])
async def test_no_button_is_cut_in_a_small_window(page, scale, picked, until):
    await check_no_button_is_cut(page, picked.widget, until, scale)
