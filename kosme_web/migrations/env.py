"""How Alembic reaches the database: through the app's own engine, with batch mode for SQLite."""

from alembic import context
from flask import current_app

db = current_app.extensions["migrate"].db
is_sqlite = db.engine.dialect.name == "sqlite"

with db.engine.connect() as connection:
    if is_sqlite:  # a batch makes a table anew and drops the old one: with references held, what hangs on it would go
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        include_name=lambda name, kind, _: kind != "table" or not str(name).startswith("address_"),  # an import's
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
    if is_sqlite:
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
