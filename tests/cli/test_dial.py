"""Dialling from the command line."""

import pytest


def test_a_dial_says_what_happens_and_is_one_request(office, demo):
    ended = office("dial", "020", "7946", "0958", "--region", "gb")
    assert ended.code == 0
    assert ended.err == "7040 rings; when you answer, the PBX calls +44 20 7946 0958 (United Kingdom).\n"
    assert "took the call" in ended.out
    assert demo.state().dials_accepted == 1


def test_a_dry_run_sends_nothing(office, demo):
    ended = office("dial", "tel:+44-20-7946-0958", "--my-number", "7041", "--dry-run")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "7041 rings; when you answer, the PBX calls +44 20 7946 0958 (United Kingdom).\n"
        "Nothing was sent; +442079460958 would be dialled.\n"
    )
    assert demo.state().dials_accepted == 0


def test_a_dry_run_needs_no_account(run):
    ended = run("dial", "+442079460958 ext 12", "--dry-run", "--format", "json")
    assert ended.json == {
        "account": None,
        "my_number": None,
        "dialled": "+442079460958",
        "display": "+44 20 7946 0958",
        "country": "United Kingdom",
        "kind": "normal",
        "extension": "12",
        "sent": False,
        "call_id": None,
        "text": None,
    }
    assert "extension 12 yourself" in run("dial", "+442079460958 ext 12", "--dry-run").out
    assert run("dial", "7042", "--dry-run", "--region", "GB").out.startswith("Your phone rings; ")


DIALLING_TABLE = [
    ("tel:+44-20-7946-0000", "+442079460000", None),
    ("tel:020-7946-0000", "+442079460000", None),
    ("tel:(020)79460000", "+442079460000", None),
    ("tel:%2B442079460000", "+442079460000", None),
    ("callto:+44 20 7946 0000", "+442079460000", None),
    ("tel:7042;phone-context=example.com", "7042", None),
    ("+44 (0)20 7946 0000", "+442079460000", None),
    ("(+44) 20 7946 0000", "+442079460000", None),
    ("0207 946 0000 ext 12", "+442079460000", "12"),
    ("0800 CALL NOW", "+448002255669", None),
]


@pytest.mark.parametrize(("written", "dialled", "extension"), DIALLING_TABLE)
def test_the_dialling_table_on_the_command_line(run, written, dialled, extension):
    ended = run("dial", "--dry-run", "--format", "json", "--region", "GB", "--", written)
    assert (ended.json["dialled"], ended.json["extension"]) == (dialled, extension)


def test_a_star_code_is_dialled_as_it_is(office, demo):
    assert office("dial", "--", "*97").code == 0
    assert [dial.number_to_call for dial in demo.state().dials] == ["*97"]


@pytest.mark.parametrize("which", ["selection", "clipboard"])
def test_what_is_selected_or_copied_is_dialled(office, demo, monkeypatch, which):
    monkeypatch.setattr(f"voipdesk.desktop.selection.read_{which}", lambda: "Ann: 020 7946 0958")
    assert office("dial", f"--{which}", "--region", "GB").code == 0
    assert [dial.number_to_call for dial in demo.state().dials] == ["+442079460958"]


@pytest.mark.parametrize(
    "argv", [(), ("7042", "--selection"), ("--selection", "--clipboard"), ("1", "--ask", "--dry-run")]
)
def test_there_is_one_text_and_one_thing_to_do_with_it(run, argv):
    assert run("dial", *argv).code == 2


def test_a_number_is_given_to_the_open_window_or_to_a_new_one(run, monkeypatch):
    given, opened = [], []
    monkeypatch.setattr(
        "voipdesk.desktop.hand_over.hand_over", lambda home, message: given.append(message.link) or len(given) == 1
    )
    monkeypatch.setattr("voipdesk.cli.dial.subprocess.Popen", lambda command, **_: opened.append(command))
    assert run("dial", "--ask", "--", "020 7946 0958").code == 0
    assert (given, opened) == (["020 7946 0958"], [])
    assert run("dial", "--ask", "020", "7946", "0959").code == 0
    assert (given[-1], opened[0][-2:]) == ("020 7946 0959", ["--", "020 7946 0959"])


def test_a_dial_as_json(office):
    ended = office("dial", "+442079460958", "--format", "json")
    assert ended.err == ""
    assert (ended.json["sent"], ended.json["account"], ended.json["my_number"]) == (True, "Office", "7040")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("0800 CALL NOW PLEASE", "--region", "GB"), "letters"),
        (("tel:*21*7042%23",), "A link may not dial it"),
        (("020 7946 0958 or +31 6 12345678", "--region", "GB"), "+44 20 7946 0958; +31 6 12345678"),
        (("999", "--region", "GB"), "emergency"),
        (("999", "--region", "GB", "--dry-run"), "emergency"),
        (("0909 879 0000", "--region", "GB"), "--yes"),
        (("0909 879 0000", "--region", "GB", "--dry-run"), "--yes"),
        (("+442079460958", "--region", "GBR"), "two letters"),
        (("+442079460958", "--account", "Nobody"), "Nobody"),
        (("+442079460958", "--my-number", "ann"), "ann"),
    ],
)
def test_what_is_not_dialled_is_exit_code_2(office, demo, argv, words):
    ended = office("dial", *argv)
    assert ended.code == 2
    assert words in ended.err
    assert demo.state().dials_accepted == 0


def test_a_premium_rate_number_is_dialled_when_the_user_says_yes(office):
    assert office("dial", "0909 879 0000", "--region", "GB", "--yes").code == 0
    assert office("dial", "0909 879 0000", "--region", "GB", "--yes", "--dry-run").code == 0


def test_a_dial_needs_an_account(run):
    assert run("dial", "+442079460958").code == 2


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("cut_before_act", 6),
        ("cut_after_act", 6),
        ("broken_json", 6),
        ("html", 6),
        ("server_error", 6),
        ("code_zero", 3),
        ("too_many", 4),
        ("redirect", 5),
    ],
)
def test_each_fault_has_its_exit_code(office, demo, fault, code):
    demo.fault(fault)
    ended = office("dial", "+442079460958")
    assert ended.code == code, ended.err
    assert 1 <= len(ended.err.splitlines()) <= 3


def test_the_service_may_say_no(office):
    ended = office("dial", "+442079460958", "--my-number", "1234")
    assert ended.code == 3


def test_a_service_that_knows_phones_by_another_name_dials_by_extension(reseller, demo):
    ended = reseller("dial", "+442079460958", "--my-number", "1002")
    assert ended.code == 0, ended.err
    assert [(dial.extension, dial.destination) for dial in demo.yay.state().dials] == [("1002", "+442079460958")]
    assert reseller("dial", "1003", "--format", "json").json["sent"] is True
    unknown = reseller("dial", "+442079460958", "--my-number", "1999")
    assert unknown.code in {2, 3}
    assert "1999" in unknown.err
    assert len(demo.yay.state().dials) == 2


def test_a_service_without_click_to_call_at_that_path_is_said_and_none_other_is_tried(reseller, demo):
    demo.yay.switch(click_to_call_path="/calls/outbound")
    ended = reseller("dial", "+442079460958")
    assert ended.code == 3
    assert "/voip/call" in ended.err
    assert demo.yay.state().dials == []


@pytest.mark.parametrize("fault", ["cut_before_act", "cut_after_act"])
def test_a_lost_answer_of_another_service_is_exit_code_6_too(reseller, demo, fault):
    demo.fault(fault, operation="yay-dial")
    assert reseller("dial", "+442079460958").code == 6
