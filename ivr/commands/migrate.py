"""`ivr migrate`: brings the database's tables up to date."""

import os
import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from ivr.database.migrations import upgrade_tables
from ivr.database.store import REVISION, Store
from ivr.settings import Settings

_DEFAULT = Settings.model_fields["database_url"].default


@click.command()
def migrate() -> None:
    """Brings the tables of DATABASE_URL up to date. Safe to run at every deployment.

    The embedded default (SQLite) needs no such step: it is brought up to date when it is used.
    """
    try:
        store = Store(os.environ.get("DATABASE_URL") or _DEFAULT)
        before = store.revision()
        upgrade_tables(store.engine)
    except (SQLAlchemyError, ModuleNotFoundError) as error:  # the latter: no driver for it
        said = (str(getattr(error, "orig", None) or error) or type(error).__name__).splitlines()[0]
        click.echo(f"DATABASE_URL: the tables could not be changed, nothing was: {said}", err=True)
        sys.exit(1)
    if before == REVISION:
        click.echo(f"The tables are up to date (revision {REVISION}).")
    else:
        click.echo(f"The tables are now at revision {REVISION} (before: {before or 'none'}).")
