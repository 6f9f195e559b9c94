"""What Alembic runs around each migration. It opens no connection: the caller gives one."""

from alembic import context

from bot.db.migrations.running import plain_type
from bot.db.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=plain_type,
    render_as_batch=True,  # SQLite changes a table by copying it
    transactional_ddl=False,  # the caller's transaction is the only one
)
context.run_migrations()
