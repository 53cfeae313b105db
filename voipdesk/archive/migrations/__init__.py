"""The way from older tables to today's, by Alembic; `versions` has one step each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from sqlalchemy import Connection

HERE = Path(__file__).parent


def upgrade(connection: Connection) -> None:
    """Take all steps to the newest tables, within the transaction that `connection` is in."""
    config = Config()
    config.set_main_option("script_location", HERE.as_posix().replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StorageFailed(
            _("The archive cannot be brought up to date from the version it has."),
            advice=_("It is left as it is. Move it away or restore a copy; then calls can be fetched again."),
            details=str(error),
        ) from error
