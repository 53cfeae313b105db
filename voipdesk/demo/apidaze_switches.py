"""How the demo's Apidaze behaves and writes: all that its documents leave open, to be set at will."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class SipPasswords(StrEnum):
    """Where the passwords of SIP accounts are told; one that was just created is always told its own."""

    EVERYWHERE = "everywhere"
    SINGLE = "single"
    """Not in the list."""
    NEVER = "never"


class Shape(StrEnum):
    """What a single thing is written as: KPN's description says a list, Apidaze itself an object."""

    LIST = "list"
    OBJECT = "object"


class RegistrationShape(StrEnum):
    """What a SIP account's status is."""

    URI = "uri"
    """Apidaze's own: its address and a word."""
    ACCOUNT = "account"
    """KPN's description: the SIP account once more, which says nothing of a status."""
    HOST = "host"
    """A host in place of an address."""


class ScriptDomain(StrEnum):
    """What the domain is that may have one script."""

    HOST = "host"
    """Of its address."""
    ACCOUNT = "account"
    """All that the account has."""


class ApidazeSwitches(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """Apidaze's behaviour; every field may be set at any time, over HTTP or in the process."""

    token_lifetime: int = 3599
    """In seconds."""
    tokens_worth: int = 0
    """So many requests and a token has ended, before its time; 0 is none."""
    wrong_client: int = 500
    """The status for an unknown client ID."""
    wrong_token: int = 401
    """The status for a token that has ended or never was."""
    product: bool = True
    """Whether the application has the product: without it a token is given, and not taken."""
    passwords: SipPasswords = SipPasswords.EVERYWHERE
    single: Shape = Shape.LIST
    list_of_one: Shape = Shape.LIST
    """What a list with one thing in it is."""
    own_names: bool = False
    """SIP accounts are written as Apidaze itself does, numbers among the ids."""
    created: int = 201
    updated: int = 200
    deleted: int = 204
    answers_empty: bool = False
    """What is created or updated is not shown in the answer."""
    failure: str = ""
    """Creating and updating answer 202 with this as a failure, and do nothing."""
    put_resets: bool = False
    """Fields left out of an update are emptied."""
    registration: RegistrationShape = RegistrationShape.URI
    domain: str = "vm.4711.apidaze.voip"
    """Where its telephones sign in."""
    script_domain: ScriptDomain = ScriptDomain.HOST
    script_there: int = 412
    """The status when the domain has its script."""
    test_in_json: bool = False
    """What a script's address answers is sent as a text in JSON."""
    quota: bool = True
    """Whether the quota is told in headers."""
    quota_limit: int = 600
    quota_minutes: int = 15
    used_elsewhere: int = 0
    """So many requests of the quota other programs have used."""
