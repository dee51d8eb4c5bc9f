"""Runs the revisions on the connection, and in the transaction, that `migrate` hands over."""

from alembic import context

from data.state.tables import STATE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=STATE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
