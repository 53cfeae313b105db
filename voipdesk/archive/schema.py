"""Bringing a file to the tables of this version: made at once when it is new, migrated when it is older."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, select

from voipdesk.archive import call_totals, search_index, sqlite
from voipdesk.archive.codes import SCHEMA
from voipdesk.archive.tables import credit_transfers, metadata, schema_version
from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine


def prepare(engine: Engine, file: Path) -> None:
    """Make, accept, migrate or refuse what is in the file."""
    with engine.connect() as connection, connection.begin():
        found = _version(connection)
    if found == SCHEMA:
        return
    if found:
        _refuse_newer(found, file)
        with engine.connect() as connection:
            sqlite.copy(connection, file.with_name(f"{file.name}.{found}.bak"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        found = _version(connection)  # another process may have been first
        if found == "":
            _create(connection, file)
        elif found != SCHEMA:
            _refuse_newer(found, file)
            from voipdesk.archive.migrations import upgrade  # Alembic is dear, and few starts need it

            upgrade(connection)


def _version(connection: Connection) -> str:
    """Read the version of the tables, "" where there are none."""
    if not inspect(connection).has_table(schema_version.name):
        return ""
    return str(connection.execute(select(schema_version.c.version_num)).scalar_one())


def _refuse_newer(found: str, file: Path) -> None:
    if found > SCHEMA:
        raise StorageFailed(
            _(
                "The archive {file} was written by a newer voipdesk (tables {found}, this one knows {known}).",
                file=file,
                found=found,
                known=SCHEMA,
            ),
            advice=_("Install the newer voipdesk. The archive is left as it is."),
        )


def _create(connection: Connection, file: Path) -> None:
    if inspect(connection).get_table_names():
        raise StorageFailed(
            _("The database {file} belongs to another program.", file=file),
            advice=_("It is left as it is. Move it away."),
        )
    metadata.create_all(connection)
    search_index.create(connection)
    call_totals.begin(connection)
    sqlite.append_only(connection, credit_transfers.name)
    connection.execute(schema_version.insert().values(version_num=SCHEMA))
