"""Accounts: a vendor, its settings and the user's own number; what a vendor declares about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping


class FieldKind(StrEnum):
    """How a setting is entered and checked."""

    TEXT = "text"
    URL = "url"
    CHOICE = "choice"
    NUMBER = "number"
    TIME_ZONE = "time-zone"
    AMOUNT = "amount"
    """Of money, as core.credit.read_amount reads it."""
    PATH = "path"
    """Of a command, after the base URL."""
    HOST = "host"
    """A host name or address, with a port or without."""
    SECRET = "secret"


class _Spoken:
    """A dataclass field that is set to a text marked by `N_`, "" by default, and gives it in the language spoken."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, field: object, owner: type) -> str:
        marked = getattr(field, self._name, "")
        return marked and _(marked)  # NON-NLS: marked where it is set

    def __set__(self, field: object, marked: str) -> None:
        object.__setattr__(field, self._name, marked)


@dataclass(frozen=True)  # no slots: they would take the places of the fields that are spoken
class Field:
    """One setting that a vendor's accounts have; form and command line are drawn from it.

    `label`, `help` and `subject` are declared as texts marked by `N_`, and read in the language spoken.
    """

    key: str
    """Name in the settings file; with `-` for `_` also the command-line option."""
    label: _Spoken = _Spoken()
    kind: FieldKind = FieldKind.TEXT
    default: str = ""
    """Settings are text throughout; `kind` says what the text must be."""
    choices: tuple[str, ...] = ()
    help: _Spoken = _Spoken()
    """One sentence in the user's terms, where to find the value."""
    required: bool = False
    fixed: bool = False
    """True where a change would make the service's calls other calls: set once, when the account is added."""
    minimum: int | None = None
    maximum: int | None = None
    subject: _Spoken = _Spoken()
    """How a sentence about it begins, such as "The address of the service"; "" where that is the label."""


@dataclass(frozen=True, slots=True)
class Vendor:
    """What a telephony service is called and what an account with it needs to be told."""

    key: str
    name: str
    fields: tuple[Field, ...]
    """All settings, the secrets among them, in the order of the form."""

    @property
    def secrets(self) -> tuple[Field, ...]:
        """The fields that belong in the keyring."""
        return tuple(f for f in self.fields if f.kind is FieldKind.SECRET)

    @property
    def settings(self) -> tuple[Field, ...]:
        """The fields that belong in the settings file."""
        return tuple(f for f in self.fields if f.kind is not FieldKind.SECRET)


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the settings file has it; its secrets are in the keyring under its `id`."""

    id: str
    """Made once, never shown, never changed: the name may change, the archive and the keyring follow the id."""
    name: str
    vendor: str
    my_number: str = ""
    """The user's own extension, the phone that rings first."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """By field key; a key that is absent has the field's default."""


@dataclass(frozen=True, slots=True)
class Check:
    """One step of a connection test, as a sentence."""

    passed: bool
    text: str


@dataclass(frozen=True, slots=True)
class TestReport:
    """What a connection test found, in the order it was looked at."""

    __test__ = False  # or pytest takes it for a test class

    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """True when every step passed."""
        return all(check.passed for check in self.checks)


@runtime_checkable
class CanTest(Protocol):
    """Offered by a client that can show that its account works, at the price of as few requests as possible."""

    async def test(self) -> TestReport:
        """Connect and sign in; a failure is raised as the error that names its cause."""
        ...
