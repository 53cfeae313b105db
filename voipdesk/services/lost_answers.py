"""Requests that act, sent once and looked after: what is read afterwards tells what a lost answer does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from voipdesk.core.errors import AnswerLate, NotFound, OutcomeUnknown, Unreachable, VoipdeskError
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    Sleep = Callable[[float], Awaitable[None]]

T = TypeVar("T")


class Sayings(Protocol):
    """What is said of a thing that is looked after: whole sentences, since languages build them differently."""

    def unchanged(self) -> str:
        """Say that a change was not made, though its answer was lost."""
        ...

    def not_yet(self) -> str:
        """Say that it is not as it should be, so far."""
        ...

    def not_read_back(self, reason: str) -> str:
        """Say that a change was taken and what came of it was not seen."""
        ...

    def still_there(self) -> str:
        """Say that it is not deleted, so far."""
        ...


@dataclass(frozen=True, slots=True)
class OfName:
    """What is said of a thing by its name."""

    name: str

    def unchanged(self) -> str:
        """Say that a change was not made."""
        return _("The answer was lost, and “{name}” is still what it was: the change was not made.", name=self.name)

    def not_yet(self) -> str:
        """Say that it is not as it should be."""
        return _("“{name}” is not yet as it should be.", name=self.name)

    def not_read_back(self, reason: str) -> str:
        """Say that what came of a change was not seen."""
        return _(
            "The service has taken the change of “{name}”, but it could not be read back: {reason}",
            name=self.name,
            reason=reason,
        )

    def still_there(self) -> str:
        """Say that it is not deleted."""
        return _("“{name}” is still there.", name=self.name)


@dataclass(frozen=True, slots=True)
class LastLook(Generic[T]):
    """What was last seen of something, or why it could not be looked at: of the two, one is None."""

    seen: T | None
    failure: VoipdeskError | None = None


async def look_after(
    read: Callable[[], Awaitable[T]],
    is_done: Callable[[T], bool],
    sleep: Sleep,
    pauses: Sequence[float],
) -> LastLook[T]:
    """Read after each pause until what was asked for is seen to be done, and give the last look."""
    last: LastLook[T] = LastLook(None)
    for seconds in pauses:
        await sleep(seconds)
        try:
            seen = await read()
        except VoipdeskError as error:
            last = LastLook(None, error)
            continue
        last = LastLook(seen)
        if is_done(seen):
            break
    return last


async def change_and_look(
    send: Callable[[], Awaitable[None]],
    read: Callable[[], Awaitable[T]],
    said: Sayings,
    *,
    is_done: Callable[[T], bool],
    is_unchanged: Callable[[T], bool],
    sleep: Sleep,
    pauses: Sequence[float],
) -> T:
    """Change something and give what is read after that, which may yet be otherwise than was asked for.

    A service may accept a change first and carry it out then, so it is read again for a while. When the answer was
    lost, Unreachable says that the change was not made, and OutcomeUnknown that this is not known.
    """
    try:
        await send()
    except OutcomeUnknown as lost:
        last = await look_after(read, is_done, sleep, pauses)
        if last.seen is not None and is_done(last.seen):
            return last.seen
        if last.seen is not None and is_unchanged(last.seen) and not isinstance(lost, AnswerLate):
            raise Unreachable(said.unchanged(), advice=_("Try again."), details=lost.details) from lost
        raise still_unknown(lost, last.failure, said.not_yet()) from lost
    try:
        seen = await read()
    except VoipdeskError as error:
        raise OutcomeUnknown(
            said.not_read_back(error.message),
            advice=_("Look at it before you change it again."),
            details=error.details,
        ) from error
    if is_done(seen):
        return seen
    return (await look_after(read, is_done, sleep, pauses[:2])).seen or seen


async def delete_and_look(
    send: Callable[[], Awaitable[None]],
    read: Callable[[], Awaitable[object]],
    said: Sayings,
    *,
    sleep: Sleep,
    pauses: Sequence[float],
) -> None:
    """Delete something; NotFound when it is not there, OutcomeUnknown when the answer was lost and it stays to see."""

    async def gone() -> bool:
        try:
            await read()
        except NotFound:
            return True
        return False

    try:
        await send()
    except OutcomeUnknown as lost:
        last = await look_after(gone, bool, sleep, pauses)
        if not last.seen:
            raise still_unknown(lost, last.failure, said.still_there()) from lost


def still_unknown(lost: OutcomeUnknown, failure: VoipdeskError | None, seen: str) -> OutcomeUnknown:
    """Say that it is not known what became of a request, and what was seen when it was looked for."""
    if failure:
        seen = _("It could not be read to see what became of it: {reason}", reason=failure.message)
    return type(lost)(
        f"{lost.message} {seen}", advice=_("Look at the list before you try again."), details=lost.details
    )
