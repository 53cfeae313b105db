"""The sheet is read back: its text by lines, its HTML by a parser that knows no leniency."""

from html.parser import HTMLParser

import pytest
from hypothesis import given

from tests.softphones.any_settings import ANY_SETTINGS, made
from voipdesk.core.errors import BadInput
from voipdesk.softphones import sheet


class Rows(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.rows, self.tags, self.open = {}, set(), []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.open.append(tag)
        if tag == "th":
            self.label = ""
        if tag == "bdi" and "td" in self.open:
            self.rows[self.label] = ""

    def handle_endtag(self, tag):
        while self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if self.open and self.open[-1] == "th":
            self.label += data
        if self.open and self.open[-1] == "bdi" and "td" in self.open:
            self.rows[self.label] += data


def expected(settings):
    rows = {"Domain / Host": settings.domain, "User name": settings.username, "Password": settings.password}
    rows |= {"Authentication name": settings.auth_username, "Use outbound proxy": settings.outbound_proxy}
    rows |= {"Account name": settings.title, "Display name": settings.display_name}
    return {label: value for label, value in rows.items() if value}


@given(ANY_SETTINGS)
def test_every_value_is_on_the_page_and_none_is_markup(settings):
    page = Rows(sheet.set_up(settings, with_password=True, ending="html").text)
    assert page.rows.items() >= expected(settings).items()
    assert page.tags == {
        *(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "h1",
            "ol",
            "li",
            "table",
            "tr",
            "th",
            "td",
            "bdi",
            "small",
        ),
        "p",
    }


@given(ANY_SETTINGS)
def test_every_value_has_a_line_of_the_text(settings):
    lines = sheet.set_up(settings, with_password=True).text.split("\n")
    width = max(len(label) for label in expected(settings) | {"": ""})
    for label, value in expected(settings).items():
        assert any(line.startswith(f"  {label}  ") and line.endswith(f"  {value}") for line in lines), (label, width)


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_the_password_is_left_out_and_that_is_said(ending):
    made_file = sheet.set_up(made(), with_password=False, ending=ending)
    assert "hunter2" not in made_file.text
    assert "(not on this sheet)" in made_file.text
    assert "The password is not on the sheet" in made_file.text
    assert "The password is not on the sheet" in made_file.notes[0]
    assert "keep a key" in sheet.set_up(made(), with_password=True, ending=ending).text


def test_a_blank_that_nobody_sees_is_said():
    for password, said in {" hunter2": True, "hunter2 ": True, "hun ter2": False}.items():
        made_file = sheet.set_up(made(password=password), with_password=True)
        assert ("begins or ends with a blank" in made_file.text) == said
        assert "blank" not in sheet.set_up(made(password=password), with_password=False).text


def test_one_that_is_not_known_is_said_and_never_written_empty():
    assert "(not known here)" in sheet.set_up(made(password=""), with_password=False).text
    with pytest.raises(BadInput, match="not known"):
        sheet.set_up(made(password=""), with_password=True)


def test_the_page_fetches_nothing_and_runs_nothing():
    page = sheet.set_up(made(), with_password=True, ending="html").text
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "http:" not in page
    assert "https:" not in page


@pytest.mark.parametrize(
    ("username", "name"),
    [("1001", "1001@sip.example.com.txt"), ("../../etc/x", "etc-x@sip.example.com.txt"), ("a$(b)", "a-b-@sip.")],
)
def test_a_file_name_is_made_of_letters_and_digits(username, name):
    assert sheet.set_up(made(username=username), with_password=False).name.startswith(name)
