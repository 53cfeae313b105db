"""What a vendor declares must be enough to draw a form and a command line from."""

import re

import pytest

from voipdesk.core.accounts import FieldKind
from voipdesk.providers.registry import providers

FIELDS = [(vendor, field) for vendor, provider in providers().items() for field in provider.vendor.fields]


@pytest.mark.parametrize(("vendor", "field"), FIELDS, ids=lambda part: getattr(part, "key", part))
def test_a_field_can_be_shown(vendor, field):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", field.key)
    assert field.label[0].isupper()
    assert field.help.endswith("."), "help is a sentence"
    if field.kind is FieldKind.CHOICE:
        assert field.default in field.choices
    if field.kind is FieldKind.SECRET:
        assert field.default == ""


def test_a_vendor_is_known_by_its_own_key():
    assert {key: provider.vendor.key for key, provider in providers().items()} == {key: key for key in providers()}
