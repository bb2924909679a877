"""Many rows at once, by the quickest way each database has.

Field by field through the ORM, a national register takes twenty times as long as reading
its file. Everything here runs in the import's one transaction.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import DateField, Model

from plimsoll.core.models import Event
from plimsoll.evidence.models import ImportRun

BATCH: Final = 500


def insert(model: type[Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Add rows; each has its values in the order of `fields`."""
    if not rows:
        return
    table, columns = _names(model, fields)
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})",  # noqa: S608
            _adapted(model, fields, rows),
        )


def update(model: type[Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Change rows; the primary key is each row's last value."""
    if not rows:
        return
    table, columns = _names(model, fields)
    sets = ", ".join(f"{column} = %s" for column in columns)
    key = model._meta.pk
    assert key is not None
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {sets} WHERE {key.column} = %s",  # noqa: S608
            _adapted(model, fields, rows),
        )


def created_events(run: ImportRun, model: type[Model], *, verb: str, urn: str | None) -> None:
    """One event for each row that this run created, made inside the database."""
    key = model._meta.pk
    assert key is not None
    values = {
        "at": _cast("timestamptz"),
        "actor": _cast("bigint"),
        "actor_name": _cast("text"),
        "capacity": "''",
        "verb": _cast("text"),
        "subject": _cast("text"),
        "subject_id": str(key.column),
        "urn": urn or "NULL",
        "permission": "'school.see'",
        "before": "NULL",
        "after": _cast("jsonb"),
    }
    _, columns = _names(Event, list(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Event._meta.db_table} ({', '.join(columns)}) "  # noqa: S608
            f"SELECT {', '.join(values.values())} FROM {model._meta.db_table} "
            "WHERE first_run = %s",
            [
                connection.ops.adapt_datetimefield_value(run.at),
                run.by,
                run.by_name,
                verb,
                model._meta.label_lower,
                json.dumps({"run": run.pk}),
                run.pk,
            ],
        )


def count_again(*models: type[Model]) -> None:
    """Tell PostgreSQL's planner at once how large the tables have become."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in models:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


Change = tuple[int, int | None, dict[str, Any], dict[str, Any]]  # key, urn, before, after


def changed_events(
    run: ImportRun, model: type[Model], changes: Iterable[Change], *, verb: str
) -> None:
    """One event for each row that this run changed, with what was there before."""
    Event.objects.bulk_create(
        (
            Event(
                at=run.at,
                actor=run.by,
                actor_name=run.by_name,
                verb=verb,
                subject=model._meta.label_lower,
                subject_id=key,
                urn=urn,
                permission="school.see",
                before=_plain(before),
                after=_plain(after) | {"run": run.pk},
            )
            for key, urn, before, after in changes
        ),
        batch_size=BATCH,
    )


def differences(
    fields: Sequence[str], stored: Sequence[Any], new: Sequence[Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ: as they were, as they are."""
    before, after = {}, {}
    for name, old, value in zip(fields, stored, new, strict=True):
        if old != value:
            before[name], after[name] = old, value
    return before, after


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def _names(model: type[Model], fields: Sequence[str]) -> tuple[str, list[str]]:
    quote = connection.ops.quote_name
    columns = [str(model._meta.get_field(name).column) for name in fields]  # type: ignore[union-attr]
    return quote(model._meta.db_table), [quote(column) for column in columns]


def _cast(kind: str) -> str:
    """A placeholder; PostgreSQL has to be told its type when it stands in a SELECT."""
    return f"%s::{kind}" if connection.vendor == "postgresql" else "%s"


def _adapted(
    model: type[Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Sequence[Sequence[Any]]:
    """SQLite keeps dates as text."""
    if connection.vendor != "sqlite":
        return rows
    days = [
        place
        for place, name in enumerate(fields)
        if isinstance(model._meta.get_field(name), DateField)
    ]
    return [_with_text(row, days) for row in rows] if days else rows


def _with_text(row: Sequence[Any], days: Sequence[int]) -> Sequence[Any]:
    changed = list(row)
    for place in days:
        if changed[place] is not None:
            changed[place] = changed[place].isoformat()
    return changed
