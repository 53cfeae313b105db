"""What a vendor declares of its accounts, in the language spoken."""

import dataclasses

import pytest

from tests.fakes.languages import dutch
from voipdesk.core.accounts import Field, FieldKind

address = Field("base_url", "Address", FieldKind.URL, help="Ask them.", required=True, subject="The address")


def test_a_field_is_said_in_the_language_spoken_though_it_was_declared_before():
    assert (address.label, address.help, address.subject) == ("Address", "Ask them.", "The address")
    with dutch({"Address": "Adres", "Ask them.": "Vraag het ze.", "The address": "Het adres", "": "Language: nl"}):
        assert (address.label, address.help, address.subject) == ("Adres", "Vraag het ze.", "Het adres")
        assert Field("name", "Address").help == ""
    assert (address.label, address.help) == ("Address", "Ask them.")


def test_a_field_cannot_be_changed_once_it_is_declared():
    with pytest.raises(dataclasses.FrozenInstanceError):
        address.label = "Place"
    assert address == Field(
        "base_url", "Address", FieldKind.URL, help="Ask them.", required=True, subject="The address"
    )
    assert address != Field("base_url", "Place", FieldKind.URL, help="Ask them.", required=True, subject="The address")
