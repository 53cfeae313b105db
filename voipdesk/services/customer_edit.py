"""An edit of a customer: sent whole and once, read back, and compared with what was asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voipdesk.core.errors import AnswerLate, OutcomeUnknown, Refused, Unreachable, VoipdeskError
from voipdesk.core.language import _
from voipdesk.services.acting import LOOK_AFTER_S
from voipdesk.services.customer_changes import changes, lost_passwords, other_changes
from voipdesk.services.object_changes import Change, field_changes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from voipdesk.core.customers import Customer, CustomerUser, HasCustomers


class ChangedMeanwhile(Refused):
    """Somebody else changed the customer after it was read: nothing was sent. `now` is what it is like now."""

    def __init__(self, message: str, now: Customer, *, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.now = now


@dataclass(frozen=True, slots=True)
class Edited:
    """A customer as it was read back after an edit, and what is not as it was asked for."""

    customer: Customer
    not_taken: tuple[Change, ...] = ()
    """Changes that were asked for, and that the service has otherwise or not at all."""
    also_changed: tuple[Change, ...] = ()
    """What the service has otherwise than before though it was not asked for."""


def check_unchanged(before: Customer, now: Customer) -> None:
    """Raise ChangedMeanwhile when the service's objects differ in more than stamps and balance."""
    if found := field_changes(before.raw, now.raw):
        labels = [change.label for change in changes(before, now)] or [change.name for change in found]
        raise ChangedMeanwhile(
            _(
                "Somebody else has changed “{name}” in the meantime: {fields}.",
                name=before.name,
                fields=", ".join(dict.fromkeys(labels)),
            ),
            now,
            advice=_("Nothing was sent. Look at what it is like now, and make your changes again."),
        )


async def replace_and_look(
    client: HasCustomers, now: Customer, after: Customer, sleep: Callable[[float], Awaitable[None]]
) -> Edited:
    """Send `after`, which was made of `now`, and read the customer back.

    When the answer is lost, Edited still says that the change was made. Unreachable says that it was not, and
    OutcomeUnknown that this is not known.
    """
    after = replace(after, users=tuple(_with_password(user, now) for user in after.users))
    try:
        await client.replace_customer(now, after)
    except OutcomeUnknown as lost:
        return await _look(client, now, after, lost, sleep)
    try:
        return _compared(now, after, await client.fetch_customer(now.id))
    except VoipdeskError as error:
        raise OutcomeUnknown(
            _(
                "The service has taken the change of “{name}”, but it could not be read back: {reason}",
                name=now.name,
                reason=error.message,
            ),
            advice=_("Look at the customer before you change it again."),
            details=error.details,
        ) from error


async def _look(
    client: HasCustomers,
    now: Customer,
    after: Customer,
    lost: OutcomeUnknown,
    sleep: Callable[[float], Awaitable[None]],
) -> Edited:
    asked = changes(now, after)
    unchanged, said = False, ""
    for seconds in LOOK_AFTER_S:
        await sleep(seconds)
        try:
            seen = await client.fetch_customer(now.id)
        except VoipdeskError as error:
            unchanged = False
            said = _(
                "“{name}” could not be read to see whether it changed: {reason}", name=now.name, reason=error.message
            )
            continue
        if set(asked).intersection(changes(now, seen)):
            return _compared(now, after, seen)
        unchanged = not any(_cannot_be_seen(change, seen) for change in asked)
        said = (
            _("“{name}” is still what it was, but may yet change.", name=now.name)
            if unchanged
            else _("A password does not show whether it changed.")
        )
    if unchanged and not isinstance(lost, AnswerLate):
        raise Unreachable(
            _("The answer was lost, and “{name}” is still what it was: the change was not made.", name=now.name),
            advice=_("Try again."),
            details=lost.details,
        ) from lost
    raise type(lost)(
        f"{lost.message} {said}",
        advice=_("Look at it again before you try again."),
        details=lost.details,
    ) from lost


def _compared(now: Customer, after: Customer, seen: Customer) -> Edited:
    asked, found = changes(now, after), changes(now, seen)
    # A password is only said to have changed, so that another than was asked for looks alike.
    other_passwords = [change for change in changes(after, seen) if change.is_password]
    not_taken = (change for change in asked if change not in found or change in other_passwords)
    return Edited(
        seen,
        not_taken=tuple(change for change in not_taken if not _cannot_be_seen(change, seen)),
        also_changed=tuple(change for change in found if change not in asked)
        + lost_passwords(now, seen)
        + other_changes(now, seen),
    )


def _with_password(user: CustomerUser, now: Customer) -> CustomerUser:
    """Give a user that was handed on without its password the one it has."""
    known = {one.id: one.password for one in now.users if one.id}
    return user if user.password else replace(user, password=known.get(user.id, ""))


def _cannot_be_seen(change: Change, seen: Customer) -> bool:
    """Tell whether a change is of a password, where the service does not show passwords."""
    return change.is_password and any(not user.password.strip("*•") for user in seen.users)
