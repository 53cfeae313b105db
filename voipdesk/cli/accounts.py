"""`voipdesk accounts`: add, list, test and remove; the options of `add` are what each vendor declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.session import open_desk, read_secrets, unlock
from voipdesk.core.accounts import FieldKind
from voipdesk.core.errors import Unreachable
from voipdesk.core.language import _, joined

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.accounts import Field, Vendor

_OPTION = "setting_"


def configure(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the four actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help=_("add an account"), description=_("Add an account."), allow_abbrev=False)
    _configure_add(add, common)
    listing = actions.add_parser("list", help=_("list the accounts"), parents=[common], allow_abbrev=False)
    output.add_format(listing, "table", "json")
    test = actions.add_parser("test", help=_("try whether an account works"), parents=[common], allow_abbrev=False)
    test.add_argument("name", metavar="NAME", nargs="?", help=_("the account's name; not needed when there is one"))
    remove = actions.add_parser("remove", help=_("remove an account"), parents=[common], allow_abbrev=False)
    remove.add_argument("name", metavar="NAME", help=_("the account's name"))
    remove.add_argument("--with-calls", action="store_true", help=_("also delete its calls from the archive"))


def _configure_add(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    from voipdesk.providers.registry import providers

    vendors = parser.add_subparsers(dest="vendor", metavar="VENDOR", required=True)
    for provider in providers().values():
        vendor = provider.vendor
        secrets = joined(field.label for field in vendor.secrets)
        adding = vendors.add_parser(
            vendor.key,
            help=vendor.name,
            description=_(
                "Add a {service} account. The {secrets} is asked for, or read from standard input.",
                service=vendor.name,
                secrets=secrets,
            ),
            parents=[common],
            allow_abbrev=False,
        )
        adding.add_argument("--name", required=True, help=_("what to call the account"))
        adding.add_argument("--my-number", default="", metavar="X", help=_("your own extension, the phone that rings"))
        for field in vendor.settings:
            _add_field(adding, field)


def _add_field(parser: argparse.ArgumentParser, field: Field) -> None:
    default = _("Default: {value}.", value=field.default) if field.default else ""
    parser.add_argument(
        f"--{field.key.replace('_', '-')}",
        dest=_OPTION + field.key,
        required=field.required and not field.default,
        choices=field.choices if field.kind is FieldKind.CHOICE else None,
        metavar=None if field.kind is FieldKind.CHOICE else field.kind.upper().replace("-", "_"),
        help=f"{field.label}. {field.help} {default}".rstrip().replace("%", "%%"),
    )


async def run(options: argparse.Namespace) -> int:
    """Do one of the four."""
    actions = {"add": _add, "list": _list, "test": _test, "remove": _remove}
    return await actions[options.action](options)


async def _add(options: argparse.Namespace) -> int:
    async with open_desk(options) as desk:
        vendor = next(v for v in desk.accounts.vendors() if v.key == options.vendor)
        secrets = read_secrets(vendor.secrets, options.name)
        added = await desk.accounts.add(
            vendor.key, options.name, options.my_number, _settings(options, vendor), secrets
        )
        output.say(_("Account “{name}” is added.", name=added.account.name))
        if not added.kept_in_keyring:
            output.note(await desk.secrets.available())
            output.note(_("The secret was not kept. Give it with each command on standard input: --secret-stdin."))
    return 0


def _settings(options: argparse.Namespace, vendor: Vendor) -> dict[str, str]:
    given = {field.key: getattr(options, _OPTION + field.key) for field in vendor.settings}
    return {key: value for key, value in given.items() if value is not None}


async def _list(options: argparse.Namespace) -> int:
    async with open_desk(options) as desk:
        accounts = desk.accounts.list()
        vendors = {vendor.key: vendor.name for vendor in desk.accounts.vendors()}
    if options.format == "json":
        output.show_json(
            [{"name": a.name, "vendor": a.vendor, "my_number": a.my_number or None, **a.settings} for a in accounts]
        )
    elif accounts:
        rows = [
            (a.name, vendors.get(a.vendor, a.vendor), a.my_number, ", ".join(f"{k} {v}" for k, v in a.settings.items()))
            for a in accounts
        ]
        output.say_block(output.table(rows, (_("Name"), _("Service"), _("My number"), _("Settings"))))
    else:
        output.note(_("There is no account yet. “voipdesk accounts add” adds one."))
    return 0


async def _test(options: argparse.Namespace) -> int:
    async with open_desk(options) as desk:
        account = desk.accounts.get(options.name)
        await unlock(desk, account, options)
        report = await desk.accounts.test(account.id)
    marks = {True: _("ok"), False: _("NOT")}
    width = max(map(len, marks.values()))
    for check in report.checks:
        output.say(f"{marks[check.passed]:{width}}  {check.text}")
    return 0 if report.passed else Unreachable.exit_code


async def _remove(options: argparse.Namespace) -> int:
    async with open_desk(options) as desk:
        account = desk.accounts.get(options.name)
        await desk.accounts.remove(account.id, with_calls=options.with_calls)
    kept = _("Its calls are deleted too.") if options.with_calls else _("Its calls stay in the archive.")
    removed = _("Account “{name}” is removed.", name=account.name)
    output.say(f"{removed} {kept}")
    return 0
