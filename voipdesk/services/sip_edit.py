"""SIP accounts created, changed and deleted: sent once, read back, and looked after when the answer was lost."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from voipdesk.core.errors import OutcomeUnknown, Refused
from voipdesk.core.language import N_, _
from voipdesk.core.sip import SipAccountFields, UsernameTaken
from voipdesk.services.acting import LOOK_AFTER_S
from voipdesk.services.lost_answers import OfName, change_and_look, delete_and_look, look_after, still_unknown
from voipdesk.services.object_changes import Change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.sip import CanManageSipAccounts, SipAccount
    from voipdesk.services.lost_answers import Sleep

LABELS: Mapping[str, str] = {
    "display_name": N_("Name"),
    "internal_number": N_("Internal number"),
    "external_number": N_("External number"),
    "mailbox": N_("Mailbox"),
}
"""What the fields of SipAccountFields are called, in the order of the form."""


@dataclass(frozen=True, slots=True)
class SipEdited:
    """A SIP account as it was read back after an edit."""

    sip: SipAccount
    not_taken: tuple[Change, ...] = ()
    """Changes that were asked for, and that the service has otherwise or not at all: what it has, and should."""


def fields_of(sip: SipAccount) -> SipAccountFields:
    """Give what can be set of a SIP account, as it is."""
    return SipAccountFields(**{field.name: getattr(sip, field.name) for field in fields(SipAccountFields)})


def changes(before: SipAccount, after: SipAccountFields) -> tuple[Change, ...]:
    """Say in words what giving a SIP account these fields changes, in the order of the form."""
    return tuple(Change(_label(name), getattr(before, name), getattr(after, name)) for name in _changed(before, after))


async def create_and_look(
    client: CanManageSipAccounts, username: str, given: SipAccountFields, sleep: Sleep
) -> SipAccount:
    """Create one whose user name is not there yet; UsernameTaken where it is, OutcomeUnknown where nobody knows."""
    if _named(await client.fetch_sip_accounts(), username) is not None:
        raise UsernameTaken(
            _("There is a SIP account “{name}” already.", name=username), advice=_("Choose another user name.")
        )
    try:
        return await client.create_sip_account(username, given)
    except OutcomeUnknown as lost:
        last = await look_after(
            client.fetch_sip_accounts, lambda listed: _named(listed, username) is not None, sleep, LOOK_AFTER_S
        )
        made = _named(last.seen or [], username)
        if made is not None:
            return made
        raise still_unknown(
            lost, last.failure, _("“{name}” is not among the SIP accounts so far.", name=username)
        ) from lost


async def update_and_look(
    client: CanManageSipAccounts, before: SipAccount, after: SipAccountFields, sleep: Sleep
) -> SipEdited:
    """Make the changes from `before`, which was read earlier, to `after` on what the SIP account is now.

    Raises Refused when somebody else has changed the same meanwhile, and else as `change_and_look`.
    """
    now = await client.fetch_sip_account(before.id)
    wanted = _carried_over(before, after, now)
    seen = await change_and_look(
        lambda: client.update_sip_account(now, wanted),
        lambda: client.fetch_sip_account(now.id),
        OfName(now.username),
        is_done=lambda one: not changes(one, wanted),
        is_unchanged=lambda one: fields_of(one) == fields_of(now),
        sleep=sleep,
        pauses=LOOK_AFTER_S,
    )
    return SipEdited(seen, changes(seen, wanted))


async def delete_one(client: CanManageSipAccounts, sip: SipAccount, sleep: Sleep) -> None:
    """Delete one, and look after it when the answer was lost."""
    await delete_and_look(
        lambda: client.delete_sip_account(sip.id),
        lambda: client.fetch_sip_account(sip.id),
        OfName(sip.username),
        sleep=sleep,
        pauses=LOOK_AFTER_S,
    )


def _named(listed: list[SipAccount], username: str) -> SipAccount | None:
    return next((one for one in listed if one.username == username), None)


def _carried_over(before: SipAccount, after: SipAccountFields, now: SipAccount) -> SipAccountFields:
    """Give what `now` has, with the changes that were asked for; Refused where it changed in the same place."""
    asked = _changed(before, after)
    meanwhile = [_label(name) for name in _changed(before, fields_of(now)) if name in asked]
    if meanwhile:
        raise Refused(
            _(
                "Somebody else has changed “{name}” in the meantime: {fields}.",
                name=before.username,
                fields=", ".join(meanwhile),
            ),
            advice=_("Nothing was sent. Look at what it is like now, and make your changes again."),
        )
    return SipAccountFields(**{name: getattr(after if name in asked else now, name) for name in LABELS})


def _changed(before: SipAccount, after: SipAccountFields) -> list[str]:
    return [name for name in LABELS if getattr(before, name) != getattr(after, name)]


def _label(name: str) -> str:
    return _(LABELS[name])  # NON-NLS: marked in its table
