"""Run by Alembic: takes the steps on the connection, and in the transaction, of `migrations.upgrade`."""

from alembic import context

from voipdesk.archive.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
