"""Every fault of the demo PBX and of the way to it, with the words that only its own sentence has."""

from dataclasses import dataclass, field, replace

from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences


@dataclass(frozen=True)
class Case:
    """What is wrong, what is said of it, and the exit code of a command that reads and of one that dials."""

    says: str
    code: int
    dial_code: int
    faults: dict = field(default_factory=dict)
    """As DemoServer.fault takes them; none where the address is at fault."""
    base_url: str = ""
    others: tuple[str, ...] = ()
    """Cases that cannot be told apart from here, so have the same sentence."""
    closes: bool = False
    """Nothing is sent for some time after it."""


_TOO_MANY = "takes no more requests for now"
_CUT = "was cut before the answer was complete"
CASES = {
    "slow": Case("did not answer within", 5, 6, {"kind": "slow", "seconds": 3}),
    "server error": Case("has a fault of its own (code 503)", 5, 6, {"kind": "server_error"}),
    "broken JSON": Case("something that cannot be read (no JSON)", 5, 6, {"kind": "broken_json"}),
    "captive portal": Case("answered with a web page", 5, 6, {"kind": "html"}),
    "cut before": Case(_CUT, 5, 6, {"kind": "cut_before_act"}, others=("cut after", "cut in the middle")),
    "cut after": Case(_CUT, 5, 6, {"kind": "cut_after_act"}, others=("cut before", "cut in the middle")),
    "cut in the middle": Case(_CUT, 5, 6, {"kind": "cut_during_body"}, others=("cut before", "cut after")),
    "code 0": Case("unknown error of its own (code 0)", 3, 3, {"kind": "code_zero"}),
    "wrong key": Case("(the service says: Authorization error)", 3, 3, {"kind": "wrong_key"}),
    "not whitelisted": Case("(the service says: Not authorised)", 3, 3, {"kind": "not_whitelisted"}),
    "no tenant": Case("does not know this tenant", 3, 3, {"kind": "no_tenant"}),
    "wrong parameters": Case(
        "refused the request as wrong: Parameters error: from_date", 3, 3, {"kind": "bad_parameters"}
    ),
    "redirect": Case("the key was not sent there", 5, 5, {"kind": "redirect"}),
    "refused port": Case("refused the connection", 5, 5, base_url="http://127.0.0.1:{closed}"),
    "no such name": Case("The name pbx.invalid cannot be found", 5, 5, base_url="https://pbx.invalid"),
    "too many": Case(_TOO_MANY, 4, 4, {"kind": "too_many"}, others=("wait",), closes=True),
    "wait": Case(
        "takes no more requests for now",
        4,
        4,
        {"kind": "too_many", "retry_after": "77"},
        others=("too many",),
        closes=True,
    ),
}


def only_this(name: str, text: str) -> bool:
    """Whether a text has this case's words, and no words of another that is told apart from it."""
    said = {other for other, case in CASES.items() if case.says in text}
    return said == {name, *CASES[name].others}


def move(home, base_url: str) -> None:
    """Lead a home's only account to another address."""
    preferences = Preferences(Paths.find(home).settings_file)
    (account,) = preferences.accounts()
    preferences.save_account(replace(account, settings={**account.settings, "base_url": base_url}))
