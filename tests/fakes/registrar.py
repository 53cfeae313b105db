"""A real registrar: Kamailio on loopback, with users, a table of who is registered, and a way to bring calls about."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.fakes.certificates import self_signed

CONFIGURATION = Path(__file__).with_name("kamailio.cfg")
PLACES = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
"""Debian has it where only root's PATH leads."""
OPTIONS = ("-DD", "-E", "-m", "32", "-M", "4")
"""In the foreground, its words on standard error, with little memory."""
WITH_ITS_TEST = ("setpriv", "--pdeathsig", "TERM")
"""A test that is killed, as one that hangs is, takes it along."""
STARTS_WITHIN_S = 20.0
ENDS_WITHIN_S = 10
DOMAIN = "voipdesk.test"


@dataclass(frozen=True)
class Registered:
    """A contact in the registrar's own table."""

    user: str
    contact: str
    """The whole address, as the client gave it."""
    expires: int
    """Seconds from now."""
    user_agent: str
    received: str = ""


class Registrar:
    """Listens while it is entered: UDP and TCP on `port`, TLS on `tls_port`, all for `domain` and for 127.0.0.1.

    A REGISTER must authenticate with the domain of its From as realm; so must an INVITE. Unknown users and wrong
    passwords are challenged alike (401), users that are `forbid`den get 403, other domains 404.
    """

    host = "127.0.0.1"
    domain = DOMAIN

    def __init__(
        self,
        users: dict[str, str] | None = None,
        *,
        algorithm: str = "",
        qop: bool = True,
        nonce_expire_s: int = 300,
        certificate: tuple[Path, Path] | None = None,
    ) -> None:
        """Know `users` and their passwords; `algorithm` is MD5, or "SHA-256"; `certificate` is its file and its key's.

        Without `certificate`, TLS is with one made here, for the domain and 127.0.0.1, which nobody has signed.
        """
        self._users = dict(users or {})
        self._algorithm = algorithm
        self._qop = qop
        self._nonce_expire_s = nonce_expire_s
        self._certificate = certificate
        self._process: subprocess.Popen[bytes] | None = None
        self.port = self.tls_port = 0

    def __enter__(self) -> Self:
        program = shutil.which("kamailio", path=PLACES)
        assert program, "kamailio is missing: sh packaging/setup.sh test installs it"
        self.folder = Path(
            tempfile.mkdtemp(prefix="registrar-")
        )  # short: it holds a socket, whose path may not be long
        try:
            if self._certificate is None:
                self_signed(self.folder, self.domain, "127.0.0.1")
            else:
                for file, name in zip(self._certificate, ("certificate.pem", "key.pem"), strict=True):
                    shutil.copy(file, self.folder / name)
            for _ in range(3):  # somebody else may take a port that was free a moment ago
                if self._starts(program):
                    break
            else:
                raise AssertionError(f"kamailio does not start:\n{self.log}")
            for user, password in self._users.items():
                self.set_password(user, password)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def address(self) -> str:
        """Host and port, as an outbound proxy is written."""
        return f"{self.host}:{self.port}"

    @property
    def certificate(self) -> Path:
        """The file with the certificate that TLS is with."""
        return self.folder / "certificate.pem"

    @property
    def log(self) -> str:
        """All that it has said."""
        return (self.folder / "log").read_text(errors="replace")

    def set_password(self, user: str, password: str) -> None:
        """Give a user a password, a new user too."""
        self.rpc("htable.sets", "password", user, password)

    def remove(self, user: str) -> None:
        """Forget a user."""
        self.rpc("htable.delete", "password", user)

    def forbid(self, user: str) -> None:
        """Answer 403 to all that a user sends."""
        self.rpc("htable.sets", "forbidden", user, "yes")

    def permit(self, user: str) -> None:
        """Take a `forbid` back."""
        self.rpc("htable.delete", "forbidden", user)

    def registered(self) -> list[Registered]:
        """Give who is registered."""
        domains = self.rpc("ul.dump")["Domains"]
        found = []
        for aor in (entry["Info"] for domain in domains for entry in domain["Domain"]["AoRs"]):
            for contact in (entry["Contact"] for entry in aor["Contacts"]):
                seconds = contact["Expires"] if isinstance(contact["Expires"], int) else 0
                if seconds > 0:  # or it is expired or deleted, and only not yet swept away
                    found.append(
                        Registered(aor["AoR"], contact["Address"], seconds, contact["User-Agent"], contact["Received"])
                    )
        return found

    def is_registered(self, user: str) -> bool:
        """Tell whether anything is registered for a user."""
        return any(one.user == user for one in self.registered())

    def add_contact(self, user: str, contact: str, expires: int = 300) -> None:
        """Put a telephone into the table, as if it had registered."""
        self.rpc("ul.add", "location", user, contact, expires, 1.0, "", 0, 0, 8191)

    def unregister(self, user: str) -> None:
        """Take all of a user's contacts out of the table."""
        self.rpc("ul.rm", "location", user)

    def bring_together(self, caller: str, callee: str) -> None:
        """Ring the caller's telephone and, when it is picked up, send it on to the callee."""
        self.rpc("dlg.bridge_dlg", f"sip:{caller}@{self.address}", f"sip:{callee}@{self.address}")

    def rpc(self, method: str, *parameters: str | float) -> Any:
        """Ask Kamailio itself, and give its result; AssertionError with what it says when it refuses."""
        answer = self._ask(method, *parameters)
        assert "error" not in answer, f"{method}: {answer['error']}\n{self.log[-2000:]}"
        return answer["result"]

    def _ask(self, method: str, *parameters: str | float) -> dict[str, Any]:
        question = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}
        mine = self.folder / "asking"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as asking:
            asking.bind(str(mine))
            try:
                asking.settimeout(10)
                asking.connect(str(self.folder / "rpc"))
                asking.send(json.dumps(question).encode())
                return json.loads(asking.recv(1 << 20))
            finally:
                mine.unlink()

    def _starts(self, program: str) -> bool:
        self.port, self.tls_port = free_ports(2)
        text = CONFIGURATION.read_text()
        for name, value in {
            "RUN": self.folder,
            "PORT": self.port,
            "TLS_PORT": self.tls_port,
            "DOMAIN": self.domain,
            "ALGORITHM": self._algorithm,
            "QOP": "auth" if self._qop else "",
            "CHALLENGE": int(self._qop),
            "NONCE_EXPIRE": self._nonce_expire_s,
        }.items():
            text = text.replace(f"@{name}@", str(value))
        configuration = self.folder / "kamailio.cfg"
        configuration.write_text(text)
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [*WITH_ITS_TEST, program, *OPTIONS, "-f", configuration, "-Y", self.folder, "-w", self.folder],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # an interrupted test run is to end it by `__exit__`, whole
            )
        until = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < until:
            if self._process.poll() is not None:
                return False
            with contextlib.suppress(OSError):
                self._ask("core.uptime")
                return True
            time.sleep(0.01)
        self._stop()
        return False

    def _stop(self) -> None:
        for _ in range(ENDS_WITHIN_S * 5):
            if self._process is None or self._process.poll() is not None:
                return
            self._process.terminate()  # again and again: one that comes while it is still starting is lost
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=0.2)
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _end(self) -> None:
        self._stop()
        shutil.rmtree(self.folder)


def free_ports(count: int) -> list[int]:
    """Ports that nobody on this machine listens at now, by UDP or by TCP."""
    ports: list[int] = []
    with contextlib.ExitStack() as stack:
        while len(ports) < count:
            udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            udp.bind(("127.0.0.1", 0))
            tcp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            with contextlib.suppress(OSError):
                tcp.bind(udp.getsockname())
                ports.append(udp.getsockname()[1])
    return ports
