import re

from defusedxml.ElementTree import fromstring
from hypothesis import given

from tests.softphones.any_settings import ANY_SETTINGS, made
from voipdesk.softphones import zoiper


def read(content):
    root = fromstring(content)
    (accounts,) = root
    (account,) = accounts
    assert (root.tag, accounts.tag, account.tag) == ("options", "accounts", "account")
    assert all(len(field) == 0 and not field.attrib for field in account)
    found = {field.tag: field.text or "" for field in account}
    assert len(found) == len(account)
    return found


@given(ANY_SETTINGS)
def test_any_account_is_read_back(settings):
    found = read(zoiper.set_up(settings, with_password=True, ending="xml").content)
    assert (found["username"], found["password"]) == (settings.username, settings.password)
    assert (found["SIP_domain"], found.get("SIP_outbound_proxy", "")) == (settings.domain, settings.outbound_proxy)
    assert (found["name"], found.get("SIP_callerId", "")) == (settings.title, settings.display_name)
    assert found.get("SIP_auth_username", "") == settings.auth_username
    assert found["SIP_use_auth_username"] == ("true" if settings.auth_username else "false")
    assert found["SIP_use_outbound_proxy"] == ("true" if settings.outbound_proxy else "false")
    assert found["SIP_transport_type"] == settings.transport
    assert found["SIP_srtp_mode"] == ("sdes" if settings.srtp else "none")


def test_without_the_password_there_is_none_and_premium_is_said():
    made_file = zoiper.set_up(made(), with_password=False, ending="xml")
    found = read(made_file.content)
    assert (found["save_password"], "password" in found) == ("false", False)
    assert "Premium" in made_file.notes[0]


def test_the_sheet_is_in_the_order_of_its_form():
    text = zoiper.set_up(made(outbound_proxy="46.101.153.96:4060"), with_password=True).text
    order = ["Domain / Host", "User name", "Password", "Use outbound proxy", "Account name"]
    places = [re.search(rf"^  {re.escape(label)}", text, re.MULTILINE).start() for label in order]
    assert places == sorted(places)
    assert re.search(r"^  Use outbound proxy +46\.101\.153\.96:4060$", text, re.MULTILINE)
    assert zoiper.set_up(made(), with_password=False, ending="html").media_type == "text/html"
