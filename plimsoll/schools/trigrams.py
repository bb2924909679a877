"""The index behind the search for schools, in each database's own way.

SQLite has a full-text table of trigrams, which triggers keep in step with the register;
PostgreSQL has `pg_trgm` and an index on the register itself. Put in place after every
migrate, since rebuilding a SQLite table drops its triggers.
"""

import logging
from typing import Any, Final

from django.apps import AppConfig
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DatabaseError

log = logging.getLogger(__name__)

# PostgreSQL compares this expression; the index is on just the same one.
TEXT: Final = "(name || ' ' || trust_name)"

_SQLITE: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS schools_search USING fts5(text, tokenize='trigram')",
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS schools_search_terms USING fts5vocab('schools_search', 'row')
    """,
    """
    CREATE TRIGGER IF NOT EXISTS schools_search_added AFTER INSERT ON schools_school
    BEGIN
      INSERT INTO schools_search (rowid, text)
      VALUES (new.urn, new.name || ' ' || new.trust_name);
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS schools_search_changed
    AFTER UPDATE OF name, trust_name ON schools_school
    WHEN old.name <> new.name OR old.trust_name <> new.trust_name
    BEGIN
      UPDATE schools_search SET text = new.name || ' ' || new.trust_name WHERE rowid = new.urn;
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS schools_search_removed AFTER DELETE ON schools_school
    BEGIN
      DELETE FROM schools_search WHERE rowid = old.urn;
    END
    """,
)
_POSTGRESQL: Final = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"CREATE INDEX IF NOT EXISTS schools_search ON schools_school USING gin ({TEXT} gin_trgm_ops)",
)


def put_back(sender: AppConfig, using: str, **_: Any) -> None:
    install(connections[using])


def install(connection: BaseDatabaseWrapper) -> None:
    """Make what is not there; harmless when everything is."""
    if "schools_school" not in connection.introspection.table_names():
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for statement in _SQLITE:
                cursor.execute(statement)
        if not _is_in_step(connection):
            rebuild(connection)
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in _POSTGRESQL:
                cursor.execute(statement)
    except DatabaseError as refused:
        log.warning("The search for schools forgives no typing errors: pg_trgm: %s", refused)


def pause(connection: BaseDatabaseWrapper) -> None:
    """Before many schools are added: inside the import's transaction, which may roll back."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS schools_search_added")
            cursor.execute("DROP TRIGGER IF EXISTS schools_search_changed")


def catch_up(connection: BaseDatabaseWrapper, *, run: int) -> None:
    """Bring the index in step with what this run added and changed, and go on row by row."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM schools_search WHERE rowid IN "
            "(SELECT urn FROM schools_school WHERE source_run = %s AND first_run <> %s)",
            [run, run],
        )
        cursor.execute(
            "INSERT INTO schools_search (rowid, text) "
            "SELECT urn, name || ' ' || trust_name FROM schools_school WHERE source_run = %s",
            [run],
        )
    install(connection)


def is_there(connection: BaseDatabaseWrapper) -> bool:
    """Can a search forgive typing errors on this database?"""
    catalogue = (
        "SELECT count(*) FROM sqlite_master WHERE name = 'schools_search'"
        if connection.vendor == "sqlite"
        else "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return bool(cursor.fetchone()[0])


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """Make SQLite's full-text table afresh from the register."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM schools_search")
        cursor.execute(
            "INSERT INTO schools_search (rowid, text) "
            "SELECT urn, name || ' ' || trust_name FROM schools_school"
        )


def _is_in_step(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM schools_search) = (SELECT count(*) FROM schools_school)"
        )
        return bool(cursor.fetchone()[0])
