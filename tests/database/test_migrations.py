"""The tables: both ways to them lead to the same, and any number of machines may go at once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from click.testing import CliRunner, Result
from sqlalchemy import inspect, text

from ivr.commands import main
from ivr.database.migrations import config, upgrade_tables
from ivr.database.store import REVISION, Store
from ivr.database.tables import metadata
from tests.support.databases import POSTGRESQL, WORKER, own_database

TABLES = {"texts", "held_numbers", "refusals", "quotas", "alembic_version"}


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRESQL else [])])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/texts.sqlite3"
        return
    with own_database(f"madoguchi_migrations_{WORKER}", migrated=False) as url:
        yield url


def migrated(url: str) -> Result:
    """`ivr migrate`, as an operator runs it."""
    return CliRunner().invoke(main, ["migrate"], env={"DATABASE_URL": url})


def test_the_store_expects_the_newest_revision() -> None:
    assert ScriptDirectory.from_config(config()).get_heads() == [REVISION]


def test_migrations_lead_to_the_tables_that_the_line_works_with(nothing: str) -> None:
    assert migrated(nothing).exit_code == 0
    store = Store(nothing)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == TABLES
    assert store.complaint() is None
    store.close()


def test_the_quick_way_and_the_migrations_make_the_same_tables(tmp_path: Path) -> None:
    """Alembic does not compare all that SQLite knows of a table: its own words do."""
    quick, slow = (Store(f"sqlite:///{tmp_path}/{name}.sqlite3") for name in ("quick", "slow"))
    quick.prepare()
    upgrade_tables(slow.engine)
    assert _columns(quick) == _columns(slow)
    assert quick.revision() == slow.revision() == REVISION


def test_migrating_twice_changes_nothing(nothing: str) -> None:
    first, second = migrated(nothing), migrated(nothing)
    assert first.output == f"The tables are now at revision {REVISION} (before: none).\n"
    assert second.output == f"The tables are up to date (revision {REVISION}).\n"
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_rows_outlive_it(nothing: str) -> None:
    migrated(nothing)
    store = Store(nothing)
    with store.begin() as connection:
        connection.execute(text("INSERT INTO quotas VALUES ('all', '2026-11-24', 1)"))
    migrated(nothing)
    with store.reading() as connection:
        assert connection.execute(text("SELECT used FROM quotas")).scalar_one() == 1
    store.close()


def test_all_of_it_can_be_taken_back(nothing: str) -> None:
    from alembic import command

    migrated(nothing)
    store = Store(nothing)
    command.downgrade(config(store.engine), "base")
    with store.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    store.close()
    assert migrated(nothing).exit_code == 0


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://nobody@127.0.0.1/nothing",
        "postgresql://nobody:secret-word@127.0.0.1:9/nothing",
        "sqlite:////no/such/folder/texts.sqlite3",
    ],
)
def test_a_wrong_address_is_told_in_one_line_without_its_password(url: str) -> None:
    result = migrated(url)
    assert result.exit_code == 1
    assert result.output.startswith("DATABASE_URL: the tables could not be changed, nothing was: ")
    assert result.output.count("\n") == 1
    assert "secret-word" not in result.output


def test_machines_that_migrate_at_once_all_succeed(nothing: str) -> None:
    command = [sys.executable, "-c", "from ivr.commands import main; main()", "migrate"]
    environ = {**os.environ, "DATABASE_URL": nothing}
    processes = [
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=120)[0].decode() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    store = Store(nothing)
    assert store.complaint() is None
    store.close()


def test_processes_that_meet_at_a_new_embedded_database_all_get_it(tmp_path: Path) -> None:
    """The first one changes the file to a write-ahead log, and locks it meanwhile."""
    prepare = (
        "import sys; from ivr.database.store import Store; sys.exit(Store(sys.argv[1]).complaint())"
    )
    command = [sys.executable, "-c", prepare, f"sqlite:///{tmp_path}/texts.sqlite3"]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    said = [process.communicate(timeout=120)[1].decode() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0], said


def _columns(store: Store) -> dict[str, object]:
    found: dict[str, object] = {}
    with store.engine.connect() as connection:
        inspector = inspect(connection)
        for table in inspector.get_table_names():
            columns = inspector.get_columns(table)
            found[table] = (
                [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in columns],
                inspector.get_pk_constraint(table)["constrained_columns"],
                sorted((i["name"] or "", i["column_names"], i["unique"])  # type: ignore[misc]
                       for i in inspector.get_indexes(table)),
                sorted(str(u["column_names"]) for u in inspector.get_unique_constraints(table)),
            )  # fmt: skip
    store.close()
    return found


def test_of_two_workers_on_a_new_file_the_later_one_needs_no_migration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It saw a file without tables, and then the tables were there: Alembic costs it 8 MB."""
    address = f"sqlite:///{tmp_path}/texts.sqlite3"
    later = Store(address)
    seen = later.revision()
    Store(address).prepare()
    looks = iter([seen])
    monkeypatch.setattr(later, "revision", lambda: next(looks))
    monkeypatch.setattr(
        "ivr.database.migrations.upgrade_tables", lambda _engine: pytest.fail("it migrated")
    )
    later.prepare()
    assert set(inspect(later.engine).get_table_names()) >= TABLES
