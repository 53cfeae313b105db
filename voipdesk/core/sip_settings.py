"""What a softphone is set up with: the settings of one SIP account, checked once, for every vendor's and typed ones."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv6Address
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, about_field
from voipdesk.core.language import N_, _

if TYPE_CHECKING:
    from voipdesk.core.sip import SipAccount

LONGEST = 255
"""Characters that a value may have; no service's are longer, and MicroSIP cuts off what is."""
_DNS_LONGEST = 253
_LAST_PORT = 65535
_USER = re.compile(r"[A-Za-z0-9_.!~*'()&=+$,;?/-]+")
"""The user part of a SIP address without escapes (RFC 3261, section 25.1)."""
_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_UNPRINTED = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the order of what stands beside them on the screen."""


class Transport(StrEnum):
    """What carries SIP."""

    UDP = "udp"
    TCP = "tcp"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class SipSettings:
    """One SIP account as softphones are told it; made only with values that SIP can carry.

    Raises BadInput, naming the field, never the value of the password. Blanks around all but the password go.
    """

    username: str
    domain: str
    """The registrar: a host name or address, with “:port” where it is not the usual one."""
    password: str = field(default="", repr=False)
    """Empty where it is not known."""
    display_name: str = ""
    label: str = ""
    """What the softphone calls the account; `title` where it is empty."""
    auth_username: str = ""
    """Where it differs from the user name."""
    outbound_proxy: str = ""
    """A host name or address, with “:port” where it is not the usual one."""
    transport: Transport = Transport.UDP
    srtp: bool = False
    """Whether the sound must be encrypted."""

    def __post_init__(self) -> None:
        for name in _SUBJECTS:
            value: str = getattr(self, name)
            if name != "password":
                value = value.strip()
                object.__setattr__(self, name, value)
            with about_field(name):
                _check_text(name, value)
        with about_field("username"):
            if not self.username:
                raise BadInput(_("The user name is missing."))
            if not _USER.fullmatch(self.username):
                raise BadInput(
                    _("The user name “{name}” has a character that a SIP address cannot carry.", name=self.username),
                    advice=_("Give the part before the “@” only, as the service has it."),
                )
        with about_field("domain"):
            if not self.domain:
                raise BadInput(_("The domain is missing."), advice=_("It is the SIP server that the service names."))
            split_host("domain", self.domain)
        with about_field("outbound_proxy"):
            if self.outbound_proxy:
                split_host("outbound_proxy", self.outbound_proxy)
        if self.auth_username == self.username:
            object.__setattr__(self, "auth_username", "")
        object.__setattr__(self, "transport", Transport(self.transport))

    @property
    def host(self) -> str:
        """The domain without its port; an IPv6 address stands in brackets."""
        return split_host("domain", self.domain)[0]

    @property
    def port(self) -> int | None:
        """The domain's port, None for the usual one."""
        return split_host("domain", self.domain)[1]

    @property
    def address(self) -> str:
        """The account as people write it: user@host."""
        return f"{self.username}@{self.host}"

    @property
    def auth_name(self) -> str:
        """The name that goes with the password."""
        return self.auth_username or self.username

    @property
    def title(self) -> str:
        """What the account is called: the label, else whose it is, else its address."""
        return self.label or self.display_name or self.address


def settings_of(
    account: SipAccount,
    *,
    domain: str = "",
    outbound_proxy: str = "",
    transport: Transport | None = None,
    label: str = "",
) -> SipSettings:
    """Take a service's SIP account; what is given comes before what the service says.

    Without a transport it is TLS with SRTP where the service asks for encryption, else UDP. Raises BadInput as
    SipSettings does, such as for a domain that nobody has named.
    """
    encrypted = account.encrypted is True
    return SipSettings(
        username=account.username,
        domain=domain or account.domain,
        password=account.password,
        display_name=one_line(account.display_name),
        label=label,
        outbound_proxy=outbound_proxy or account.outbound_proxy,
        transport=transport or (Transport.TLS if encrypted else Transport.UDP),
        srtp=encrypted,
    )


def one_line(text: str) -> str:
    """Give a name with blanks for what no line of text can hold: for show, never for what is signed in with."""
    plain = "".join(" " if unicodedata.category(c) in _UNPRINTED or c in _BIDI else c for c in text)
    return " ".join(plain.split())


def split_host(field: str, text: str) -> tuple[str, int | None]:
    """Split “host” or “host:port”; BadInput names the `field` of SipSettings when it is neither."""
    host, port = text, ""
    if text.startswith("["):
        host, bracket, rest = text.partition("]")
        host += bracket
        port = rest[1:]
        fine = _is_ipv6(host) and (not rest or rest[0] == ":")
    else:
        host, colon, port = text.partition(":")
        rest = colon
        fine = len(host) <= _DNS_LONGEST and all(_LABEL.fullmatch(label) for label in host.split("."))
    if rest:
        fine = fine and port.isascii() and port.isdecimal() and 0 < int(port[:6]) <= _LAST_PORT
    if not fine:
        raise BadInput(
            _("{subject} “{text}” is not a host name or address.", subject=_subject(field), text=text),
            advice=_("Write it like sip.example.com, or 192.0.2.7:5070 with a port; a name in other letters as xn--…."),
        )
    return host, int(port) if port else None


_SUBJECTS = {
    "username": N_("The user name"),
    "domain": N_("The domain"),
    "password": N_("The password"),
    "display_name": N_("The display name"),
    "label": N_("The label"),
    "auth_username": N_("The authentication name"),
    "outbound_proxy": N_("The outbound proxy"),
}
"""How a sentence about a field begins."""


def _subject(field: str) -> str:
    return _(_SUBJECTS[field])  # NON-NLS: marked in its table


def _check_text(field: str, value: str) -> None:
    if len(value) > LONGEST:
        raise BadInput(_("{subject} is longer than {n} characters.", subject=_subject(field), n=LONGEST))
    # the last two of each of Unicode's planes are no characters, and not allowed in XML
    if any(unicodedata.category(c) in _UNPRINTED or ord(c) & 0xFFFE == 0xFFFE for c in value):
        raise BadInput(
            _("{subject} has a line break or another character that cannot be typed.", subject=_subject(field))
        )
    if field != "password" and not _BIDI.isdisjoint(value):
        raise BadInput(_("{subject} has a character that reverses the text around it.", subject=_subject(field)))


def _is_ipv6(bracketed: str) -> bool:
    try:
        IPv6Address(bracketed[1:-1])
    except ValueError:
        return False
    return bracketed.endswith("]") and "%" not in bracketed
