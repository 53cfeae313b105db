"""A keyring back end that would write secrets to a file in plain text, as some in circulation do."""

from pathlib import Path

from keyring.backend import KeyringBackend


class Keyring(KeyringBackend):
    """Believes that it is the best."""

    priority = 20

    def get_password(self, service: str, username: str) -> str | None:
        file = Path.home() / "passwords.txt"
        return file.read_text() if file.exists() else None

    def set_password(self, service: str, username: str, password: str) -> None:
        (Path.home() / "passwords.txt").write_text(password)
