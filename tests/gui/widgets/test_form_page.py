"""Where a form says what is wrong."""

import pytest

from tests.fakes.errors import about
from voipdesk.core.errors import BadInput, Refused
from voipdesk.gui.widgets.form_field import TextField
from voipdesk.gui.widgets.form_page import FormPage


@pytest.fixture
def page(theme, qtbot):
    made = FormPage(theme, "Save", "Cancel")
    qtbot.addWidget(made)
    return made


@pytest.fixture
def fields(page, theme):
    made = {"user": TextField("User", theme), "username": TextField("User name (optional)", theme)}
    for field in made.values():
        page.body.addWidget(field)
    page.show()
    return made


@pytest.mark.parametrize(
    ("error", "at"),
    [
        (about("username", "Zo kan het niet."), "username"),
        (about("username", "User is what it begins with."), "username"),
        (BadInput("User is not noted as what it is about."), ""),
        (about("domain", "It has no field here."), ""),
        (Refused("User is not wanted."), ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field_or_else_for_the_whole(page, fields, error, at):
    page.show_error(fields, error)
    assert {key for key, field in fields.items() if field.error} == {at} - {""}
    assert page.failure.isVisible() == (not at)
