"""What can go wrong on the way to a service and back, to be switched on for all, some or the next few requests."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Operation(StrEnum):
    """The services' requests: VoIPcloud's by the last part of their address, Yay's, and Apidaze's."""

    USER_CALLS = "get-user-calls"
    QUEUE_CALLS = "get-queue-calls"
    RING_GROUP_CALLS = "get-ringgroup-calls"
    DIAL = "call-to-number"
    STATUS = "get-system-status"

    AUTHENTICATED = "authenticated"
    BALANCE = "balance"
    CUSTOMERS = "customers"
    CUSTOMER = "customer"
    CREATE_CUSTOMER = "create-customer"
    PUT_CUSTOMER = "put-customer"
    MOVE_CREDIT = "move-credit"
    STORES = "stores"
    SIP_USERS = "sip-users"
    SIP_USER = "sip-user"
    SIP_STATUSES = "sip-statuses"
    YAY_CALLS = "yay-calls"
    YAY_DIAL = "yay-dial"
    YAY_OTHER = "yay-other"
    """What Yay has no command for."""

    SIGN_IN = "sign-in"
    SIP_ACCOUNTS = "sip-accounts"
    SIP_ACCOUNT = "sip-account"
    SIP_REGISTRATION = "sip-registration"
    CREATE_SIP_ACCOUNT = "create-sip-account"
    UPDATE_SIP_ACCOUNT = "update-sip-account"
    DELETE_SIP_ACCOUNT = "delete-sip-account"
    SCRIPTS = "scripts"
    SCRIPT = "script"
    CREATE_SCRIPT = "create-script"
    UPDATE_SCRIPT = "update-script"
    DELETE_SCRIPT = "delete-script"
    TEST_SCRIPT = "test-script"
    APIDAZE_OTHER = "apidaze-other"
    """What Apidaze has no command for."""


class FaultKind(StrEnum):
    """What goes wrong; the comment names the fields that shape it."""

    SLOW = "slow"  # seconds
    TOO_MANY = "too_many"  # retry_after
    SERVER_ERROR = "server_error"  # status
    BROKEN_JSON = "broken_json"
    HTML = "html"  # a captive portal's log-in page, status
    CUT_BEFORE_READ = "cut_before_read"  # the connection ends when the request's head has come
    CUT_BEFORE_ACT = "cut_before_act"  # the request has been read; the connection ends and nothing is done
    CUT_AFTER_ACT = "cut_after_act"  # the request is carried out and the connection ends without an answer
    CUT_ACT_LATER = "cut_act_later"  # seconds: the connection ends, and so much later the request is carried out
    CUT_DURING_BODY = "cut_during_body"  # half of the answer, then the connection ends
    REFUSE_AFTER = "refuse_after"  # an answer as usual; no new connection is accepted from then on
    CODE_ZERO = "code_zero"  # status
    BAD_PARAMETERS = "bad_parameters"  # text
    WRONG_KEY = "wrong_key"  # status
    NOT_WHITELISTED = "not_whitelisted"  # status
    NO_TENANT = "no_tenant"  # status
    REDIRECT = "redirect"  # location
    HUGE_BODY = "huge_body"  # size
    EMPTY_BODY = "empty_body"


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One fault: which, for which requests, and how bad."""

    kind: FaultKind
    operation: Operation | None = None
    """None is all."""
    next: int | None = None
    """Only so many of the requests it applies to; None is all until it is cleared."""
    seconds: float = 1.0
    status: int | None = None
    """HTTP status where another than the usual one is wanted, such as 200 around a `code` of 401."""
    retry_after: str = ""
    """Seconds or an HTTP date; "" sends no such header."""
    text: str = ""
    """The service's words where others than the usual ones are wanted."""
    location: str = ""
    """"" is another address of this server that notes whether the key came along."""
    size: int = 64 << 20


class Faults:
    """The faults that are switched on, in order; the first that applies to a request wins, after any slowness."""

    def __init__(self) -> None:
        self._active: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Switch one on."""
        self._active.append(fault)

    def clear(self) -> None:
        """Switch all off."""
        self._active.clear()

    @property
    def active(self) -> tuple[Fault, ...]:
        """Those switched on."""
        return tuple(self._active)

    def take(self, operation: Operation) -> tuple[Fault, ...]:
        """Give the faults for one request, slowness first and at most one other, and count them down."""
        slow = next((f for f in self._active if f.kind is FaultKind.SLOW and _applies(f, operation)), None)
        other = next((f for f in self._active if f.kind is not FaultKind.SLOW and _applies(f, operation)), None)
        taken = tuple(fault for fault in (slow, other) if fault)
        for fault in taken:
            self._count_down(fault)
        return taken

    def take_unread(self, operation: Operation) -> bool:
        """Tell whether the request's connection is to be cut before it is read, and count the fault down."""
        cut = next((f for f in self._active if f.kind is FaultKind.CUT_BEFORE_READ and _applies(f, operation)), None)
        if cut:
            self._count_down(cut)
        return cut is not None

    def _count_down(self, fault: Fault) -> None:
        if fault.next is None:
            return
        place = self._active.index(fault)
        if fault.next > 1:
            self._active[place] = msgspec.structs.replace(fault, next=fault.next - 1)
        else:
            del self._active[place]


def _applies(fault: Fault, operation: Operation) -> bool:
    return fault.operation in (None, operation)
