"""Telephone links on macOS, on a file as its Launch Services keep it."""

import plistlib
from pathlib import Path

import pytest

from voipdesk.core.errors import BadInput
from voipdesk.desktop.tel_links_macos import _HANDLERS, BUNDLE_ID, MacTelLinks, info_plist

INSIDE = Path("/Applications/voipdesk.app/Contents/MacOS/voipdesk")


def test_who_opens_them_is_read_from_the_person_s_choices(tmp_path):
    file = tmp_path / _HANDLERS
    file.parent.mkdir(parents=True)
    chosen = [{"LSHandlerURLScheme": "tel", "LSHandlerRoleAll": BUNDLE_ID}, {"LSHandlerContentType": "public.html"}]
    file.write_bytes(plistlib.dumps({"LSHandlers": chosen}, fmt=plistlib.FMT_BINARY))
    links = MacTelLinks(INSIDE, tmp_path)
    assert [owner.ours for owner in links.owners()] == [True, False, False, False]
    assert "Choose another" in links.remove(["tel"])
    assert links.remove(["sip"]) == ""


@pytest.mark.parametrize("content", [None, b"not a plist", plistlib.dumps([])])
def test_without_choices_nobody_is_named(tmp_path, content):
    if content is not None:
        (tmp_path / _HANDLERS).parent.mkdir(parents=True)
        (tmp_path / _HANDLERS).write_bytes(content)
    assert {owner.owner for owner in MacTelLinks(INSIDE, tmp_path).owners()} == {""}


def test_the_person_is_told_where_to_choose_it_and_that_only_a_bundle_can_be_chosen(tmp_path):
    assert "FaceTime" in MacTelLinks(INSIDE, tmp_path).install(["tel"])
    with pytest.raises(BadInput, match="bundle"):
        MacTelLinks(Path("/usr/bin/python3"), tmp_path).install(["tel"])


def test_the_bundle_says_what_it_opens():
    types = plistlib.loads(plistlib.dumps(info_plist()))["CFBundleURLTypes"]
    assert types[0]["CFBundleURLSchemes"] == ["tel", "callto", "sip", "sips"]
