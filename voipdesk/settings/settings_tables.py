"""What the tables of the settings file must hold, and where one does not."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from voipdesk.core.accounts import Account
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _

if TYPE_CHECKING:
    from pathlib import Path

Tables = dict[str, Any]


class SettingsTables:
    """Reads accounts from the file's text; BadInput says where in which file something is wrong."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self, text: str) -> Tables:
        """Read the TOML; the line is named where it is broken."""
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            reason, _at, place = str(error).rstrip(")").rpartition(" (at ")
            line = re.search(r"line (\d+)", place)
            number = line[1] if line else str(text.count("\n") + 1)
            raise _bad(
                _("{file}, line {line}: {reason}.", file=self._file, line=number, reason=reason or place)
            ) from error

    def accounts(self, tables: Tables) -> tuple[Account, ...]:
        """Take the accounts out; the place is named where one is not as it must be."""
        entries = tables.get("accounts", [])
        if not (isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)):
            raise _bad(_("{file}: “accounts” must be written as [[accounts]].", file=self._file))
        accounts = tuple(self._account(number, entry) for number, entry in enumerate(entries, 1))
        ids = [account.id for account in accounts]
        for account in accounts:
            if ids.count(account.id) > 1:
                raise _bad(_("{file}: two accounts have the id “{id}”.", file=self._file, id=account.id))
        return accounts

    def window(self, tables: Tables) -> Tables:
        """Take the preferences of the window out."""
        window = tables.get("window", {})
        if not isinstance(window, dict):
            raise _bad(_("{file}: “window” must be written as [window].", file=self._file))
        return window

    def _account(self, number: int, entry: Tables) -> Account:
        settings = entry.get("settings", {})
        if not isinstance(settings, dict):
            raise _bad(_("{file}: “settings” of account {number} must be a table.", file=self._file, number=number))
        return Account(
            id=self._text(number, entry, "id", required=True),
            name=self._text(number, entry, "name", required=True),
            vendor=self._text(number, entry, "vendor", required=True),
            my_number=self._text(number, entry, "my_number"),
            settings={key: self._text(number, settings, key) for key in settings},
        )

    def _text(self, number: int, table: Tables, key: str, *, required: bool = False) -> str:
        value = table.get(key, "")
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # who edits the file writes numbers without quotes
        if not isinstance(value, str):
            raise _bad(
                _(
                    "{file}: “{key}” of account {number} must be a text in quotes.",
                    file=self._file,
                    key=key,
                    number=number,
                )
            )
        if required and not value:
            raise _bad(_("{file}: account {number} has no “{key}”.", file=self._file, number=number, key=key))
        return value


def _bad(what: str) -> BadInput:
    return BadInput(what, advice=_("Mend the file or move it away; it was left as it is."))
