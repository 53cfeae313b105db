"""The operating system's keyring: which back end to trust, and what its errors mean."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from voipdesk.core.errors import KeyringFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keyring.backend import KeyringBackend

SYSTEM_KEYRINGS = frozenset(
    f"keyring.backends.{name}"
    for name in ("SecretService", "kwallet", "libsecret", "macOS", "Windows")  # NON-NLS
)
"""The back ends that hand a secret to the operating system. Any other may write it to a file in plain text."""


class KeyringUnusable(KeyringFailed):
    """There is a keyring service, but no keyring in it that could be opened, now or after unlocking."""


def system_keyring() -> KeyringBackend | None:
    """Choose the keyring that the user configured or the best of the system's; None when there is none to trust."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    # A chain would hand the secret on to whichever member takes it, so its members are looked at one by one.
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    return next((backend for backend in candidates if type(backend).__module__ in SYSTEM_KEYRINGS), None)


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Raise the keyring library's errors as ours: KeyringUnusable, else KeyringFailed."""
    from keyring import errors

    try:
        yield
    except KeyringFailed:
        raise
    except (errors.NoKeyringError, errors.InitError) as error:
        raise KeyringUnusable(
            _("The system keyring could not be opened, so secrets are kept only while the program runs."),
            advice=_("Log in to the desktop, or make a default keyring in its password program."),
            details=type(error).__name__,
        ) from error
    except errors.KeyringLocked as error:
        raise KeyringFailed(_("The system keyring is locked."), advice=_("Unlock it, and try again.")) from error
    except Exception as error:
        # Each platform's keyring has errors of its own. Only the name: a text may quote what the keyring was given.
        raise KeyringFailed(
            _("The system keyring does not work."),
            advice=_("Look whether the desktop's password program opens."),
            details=type(error).__name__,
        ) from error
