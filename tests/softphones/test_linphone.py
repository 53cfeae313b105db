"""The XML is read back by a parser, and the addresses in it by the grammar of RFC 3261."""

import re

from defusedxml.ElementTree import fromstring
from hypothesis import given

from tests.softphones.any_settings import ANY_SETTINGS, made
from voipdesk.core.errors import BadInput
from voipdesk.softphones import linphone

NS = "{http://www.linphone.org/xsds/lpconfig.xsd}"


def read(content):
    root = fromstring(content)
    assert root.tag == f"{NS}config"
    found = {}
    for section in root:
        assert section.tag == f"{NS}section"
        for entry in section:
            assert (entry.tag, entry.get("overwrite"), len(entry)) == (f"{NS}entry", "true", 0)
            found[section.get("name"), entry.get("name")] = entry.text or ""
    return found


def read_identity(text):
    match = re.fullmatch(r'(?:"((?:[^"\\]|\\.)*)" )?<sip:([^@>]+)@([^>]+)>', text)
    assert match
    return re.sub(r"\\(.)", r"\1", match[1] or ""), match[2], match[3]


@given(ANY_SETTINGS)
def test_any_account_is_read_back_or_refused(settings):
    try:
        found = read(linphone.set_up(settings, with_password=True).content)
    except BadInput:
        assert ";" in settings.username
        return
    assert read_identity(found["proxy_0", "reg_identity"]) == (
        settings.display_name,
        settings.username,
        settings.domain,
    )
    assert found["auth_info_0", "passwd"] == settings.password
    assert (found["auth_info_0", "username"], found["auth_info_0", "userid"]) == (settings.username, settings.auth_name)
    server, *parameters = found["proxy_0", "reg_proxy"][1:-1].split(";")
    assert server == f"sip:{settings.outbound_proxy or settings.domain}", "REGISTER goes nowhere else"
    assert parameters == ([] if settings.transport == "udp" else [f"transport={settings.transport}"])
    route = found.get(("proxy_0", "reg_route"), "<>")[1:-1].split(";")[0]
    assert route == (settings.outbound_proxy and f"sip:{settings.outbound_proxy}")
    assert (("sip", "media_encryption") in found) == settings.srtp


def test_without_the_password_there_is_none():
    made_file = linphone.set_up(made(), with_password=False)
    assert ("auth_info_0", "passwd") not in read(made_file.content)
    assert "hunter2" not in made_file.text
    assert "not in it" in made_file.notes[-1]
    assert "delete the file" in linphone.set_up(made(), with_password=True).notes[-1]
