"""The settings file: one readable TOML file of accounts and preferences, which the user may edit as well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from voipdesk.core.errors import BadInput
from voipdesk.core.language import LANGUAGES, _
from voipdesk.settings.language import known_language
from voipdesk.settings.region import system_region
from voipdesk.settings.settings_tables import SettingsTables, Tables
from voipdesk.settings.text_file import fingerprint, locked, read_text, write_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tomlkit import TOMLDocument
    from tomlkit.items import Item

    from voipdesk.core.accounts import Account

V = TypeVar("V", str, int, float, bool, list[str], list[int])


class Preferences:
    """Reads the settings file whenever it has changed, and changes no more of it than it was asked to.

    Comments, order, and keys that this version does not know stay. Reading costs a look at the file's time; changing it
    waits for the disk, so do that on a thread where somebody would notice.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._reader = SettingsTables(file)
        self._seen: tuple[int, int, int] | None = None
        self._tables: Tables = {}

    def accounts(self) -> tuple[Account, ...]:
        """List the accounts as they stand in the file; BadInput names file and line, and leaves the file as it is."""
        return self._reader.accounts(self._read())

    def save_account(self, account: Account) -> None:
        """Add an account, or replace the one with its id."""

        def change(document: TOMLDocument) -> None:
            import tomlkit

            accounts = _table(document, "accounts", tomlkit.aot())
            table = next((table for table in accounts if table.get("id") == account.id), None)
            if table is None:
                table = tomlkit.table()
                accounts.append(table)
                table = accounts[-1]
            for key in ("id", "name", "vendor", "my_number"):
                _put(table, key, getattr(account, key))
            settings = _table(table, "settings", tomlkit.table())
            for key in [key for key in settings if key not in account.settings]:
                del settings[key]
            for key, value in account.settings.items():
                _put(settings, key, value)

        self._change(change)

    def remove_account(self, account_id: str) -> None:
        """Remove an account; one that is gone already is no error."""

        def change(document: TOMLDocument) -> None:
            accounts = document.get("accounts", [])
            for place in reversed(range(len(accounts))):
                if accounts[place].get("id") == account_id:
                    del accounts[place]
            if "accounts" in document and not accounts:
                del document["accounts"]

        self._change(change)

    @property
    def region(self) -> str:
        """The country whose numbers need no country code, ISO 3166; by default the one of the system's language."""
        region = self._read_if_sound().get("region", "")
        return region.upper() if isinstance(region, str) and re.fullmatch(r"[A-Za-z]{2}", region) else system_region()

    @region.setter
    def region(self, region: str) -> None:
        if not re.fullmatch(r"[A-Za-z]{2}", region):
            raise BadInput(
                _("“{code}” is not the code of a country.", code=region[:40]),
                advice=_("Write two letters, such as GB."),
            )
        self._change(lambda document: _put(document, "region", region.upper()))

    @property
    def language(self) -> str:
        """The language that the person chose, a key of core.language.LANGUAGES; "" for the system's."""
        return known_language(self._read_if_sound().get("language"))

    @language.setter
    def language(self, language: str) -> None:
        if language and language not in LANGUAGES:
            raise ValueError(f"{language!r} is not spoken")
        self._change(lambda document: _put(document, "language", language))

    def get(self, key: str, default: V) -> V:
        """Read a preference of the window; the default when it is absent or of another type."""
        try:
            value = self._reader.window(self._read()).get(key, default)
        except BadInput:
            return default
        return value if type(value) is type(default) else default

    def set(self, key: str, value: V) -> None:
        """Keep a preference of the window; BadInput for a broken file, which stays as it is."""

        def change(document: TOMLDocument) -> None:
            import tomlkit

            _put(_table(document, "window", tomlkit.table()), key, value)

        known = self._reader.window(self._read()).get(key)
        if known != value or type(known) is not type(value):
            self._change(change)

    def _read(self) -> Tables:
        seen = fingerprint(self._file)
        if seen != self._seen:
            self._tables = self._reader.read(read_text(self._file))
            self._seen = seen
        return self._tables

    def _read_if_sound(self) -> Tables:
        """For what has a default: a broken file is reported where the accounts are listed, once is enough."""
        try:
            return self._read()
        except BadInput:
            return {}

    def _change(self, change: Callable[[TOMLDocument], None]) -> None:
        import tomlkit

        with locked(self._file):
            text = read_text(self._file)
            self._reader.accounts(self._reader.read(text))  # sound, or nothing is written
            document = tomlkit.parse(text)
            change(document)
            new = document.as_string()
            if new != text:
                write_text(self._file, new)


def _put(table: Any, key: str, value: object) -> None:  # noqa: ANN401 - tomlkit's tables have no common type
    old = table.get(key)
    if old != value or isinstance(old, bool) is not isinstance(value, bool):  # to Python, True is 1
        table[key] = value


def _table(parent: Any, key: str, empty: Item) -> Any:  # noqa: ANN401
    """Find a table, or add it behind an empty line."""
    import tomlkit

    if key not in parent:
        if len(parent):
            parent.add(tomlkit.nl())
        parent.append(key, empty)
    return parent[key]
