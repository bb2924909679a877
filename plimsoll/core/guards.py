"""Append-only tables: database triggers refuse every change and removal.

Django's SQLite table rebuilds drop triggers in silence, so they are put back after every
migrate (`CoreConfig.ready`) and `plimsoll doctor` looks whether they are there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

GUARDED: list[type[models.Model]] = []
M = TypeVar("M", bound=type[models.Model])

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION plimsoll_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only: it can be neither changed nor removed', TG_TABLE_NAME;
END $$ LANGUAGE plpgsql
"""


def append_only(model: M) -> M:
    """Mark a model whose rows are written once and stay as they are."""
    GUARDED.append(model)
    return model


def _names(table: str, vendor: str) -> dict[str, str]:
    verbs = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")
    return {f"{table}_no_{verb}": verb for verb in verbs}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on every guarded table that exists; harmless when they are there."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for model in GUARDED:
            table = model._meta.db_table
            if table not in present:
                continue
            for name, verb in _names(table, connection.vendor).items():
                if connection.vendor == "postgresql":
                    each = "STATEMENT" if verb == "truncate" else "ROW"
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                    cursor.execute(
                        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                        f"FOR EACH {each} EXECUTE FUNCTION plimsoll_append_only()"
                    )
                else:
                    cursor.execute(
                        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} BEGIN "
                        f"SELECT RAISE(ABORT, '{table} is append-only: it can be neither "
                        f"changed nor removed'); END"
                    )


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that ought to be there and are not."""
    wanted = [name for model in GUARDED for name in _names(model._meta.db_table, connection.vendor)]
    catalogue = (
        "SELECT tgname FROM pg_trigger"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        there = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted if name not in there]


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off. Only the tests' clean-up does so."""
    with connection.cursor() as cursor:
        for model in GUARDED:
            table = model._meta.db_table
            for name in _names(table, connection.vendor):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """No guard inside the block: for tests that must empty the database between them."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)
