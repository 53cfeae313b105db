"""SIP accounts created, changed and deleted: sent once, read back, and looked after when the answer was lost."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from voipdesk.core.errors import AnswerLate, NotFound, OutcomeUnknown, Refused, Unreachable, VoipdeskError
from voipdesk.core.sip import SipAccountFields
from voipdesk.services.acting import LOOK_AFTER_S, look_after
from voipdesk.services.object_changes import Change

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from voipdesk.core.sip import CanManageSipAccounts, SipAccount

    Sleep = Callable[[float], Awaitable[None]]

LABELS: Mapping[str, str] = {
    "display_name": "Name",
    "internal_number": "Internal number",
    "external_number": "External number",
    "mailbox": "Mailbox",
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
    return tuple(
        Change(label, getattr(before, name), getattr(after, name))
        for name, label in LABELS.items()
        if getattr(before, name) != getattr(after, name)
    )


async def create_and_look(
    client: CanManageSipAccounts, username: str, given: SipAccountFields, sleep: Sleep
) -> SipAccount:
    """Create one whose user name is not there yet; raises Refused where it is, OutcomeUnknown where nobody knows."""
    if _named(await client.fetch_sip_accounts(), username) is not None:
        raise Refused(f"There is a SIP account “{username}” already.", advice="Choose another user name.")
    try:
        return await client.create_sip_account(username, given)
    except OutcomeUnknown as lost:
        last = await look_after(
            client.fetch_sip_accounts, lambda listed: _named(listed, username) is not None, sleep, LOOK_AFTER_S
        )
        made = _named(last.seen or [], username)
        if made is not None:
            return made
        raise _still_unknown(lost, last.failure, f"“{username}” is not among the SIP accounts so far.") from lost


async def update_and_look(
    client: CanManageSipAccounts, before: SipAccount, after: SipAccountFields, sleep: Sleep
) -> SipEdited:
    """Make the changes from `before`, which was read earlier, to `after` on what the SIP account is now.

    Raises Refused when somebody else has changed the same meanwhile; Unreachable when the answer was lost and nothing
    changed, OutcomeUnknown when that is not known.
    """
    now = await client.fetch_sip_account(before.id)
    wanted = _carried_over(before, after, now)
    pauses: Sequence[float] = LOOK_AFTER_S[:2]  # a service may accept a change first and carry it out then
    lost: OutcomeUnknown | None = None
    try:
        await client.update_sip_account(now, wanted)
        seen = await _read_back(client, now)
    except OutcomeUnknown as error:
        lost, pauses, seen = error, LOOK_AFTER_S, now
    if changes(seen, wanted):
        last = await look_after(
            lambda: client.fetch_sip_account(now.id), lambda one: not changes(one, wanted), sleep, pauses
        )
        read, failure = last.seen, last.failure
        if lost is not None and (read is None or changes(read, wanted)):
            if read is not None and fields_of(read) == fields_of(now) and not isinstance(lost, AnswerLate):
                raise Unreachable(
                    f"The answer was lost, and “{now.username}” is still what it was: the change was not made.",
                    advice="Try again.",
                    details=lost.details,
                ) from lost
            raise _still_unknown(lost, failure, f"“{now.username}” is not yet as it should be.") from lost
        seen = read or seen
    return SipEdited(seen, changes(seen, wanted))


async def delete_and_look(client: CanManageSipAccounts, sip: SipAccount, sleep: Sleep) -> None:
    """Delete one; raises NotFound when it is not there, OutcomeUnknown when the answer was lost and it stays to see."""

    async def gone() -> bool:
        try:
            await client.fetch_sip_account(sip.id)
        except NotFound:
            return True
        return False

    try:
        await client.delete_sip_account(sip.id)
    except OutcomeUnknown as lost:
        last = await look_after(gone, bool, sleep, LOOK_AFTER_S)
        if not last.seen:
            raise _still_unknown(lost, last.failure, f"“{sip.username}” is still there.") from lost


def _named(listed: list[SipAccount], username: str) -> SipAccount | None:
    return next((one for one in listed if one.username == username), None)


def _carried_over(before: SipAccount, after: SipAccountFields, now: SipAccount) -> SipAccountFields:
    """Give what `now` has, with the changes that were asked for; Refused where it changed in the same place."""
    asked = {change.label for change in changes(before, after)}
    meanwhile = [change.label for change in changes(before, fields_of(now)) if change.label in asked]
    if meanwhile:
        raise Refused(
            f"Somebody else has changed “{before.username}” in the meantime: {', '.join(meanwhile)}.",
            advice="Nothing was sent. Look at what it is like now, and make your changes again.",
        )
    return SipAccountFields(**{name: getattr(after if label in asked else now, name) for name, label in LABELS.items()})


async def _read_back(client: CanManageSipAccounts, now: SipAccount) -> SipAccount:
    try:
        return await client.fetch_sip_account(now.id)
    except VoipdeskError as error:
        raise OutcomeUnknown(
            f"The service has taken the change of “{now.username}”, but it could not be read back: {error.message}",
            advice="Look at it before you change it again.",
            details=error.details,
        ) from error


def _still_unknown(lost: OutcomeUnknown, failure: VoipdeskError | None, seen: str) -> OutcomeUnknown:
    said = f"It could not be read to see what became of it: {failure.message}" if failure else seen
    return type(lost)(f"{lost.message} {said}", advice="Look at the list before you try again.", details=lost.details)
