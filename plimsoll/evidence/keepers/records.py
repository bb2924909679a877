"""Keeps plain records by their natural key: what is new is added, what differs is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from plimsoll.evidence.aside import Aside
from plimsoll.evidence.keepers import bulk
from plimsoll.evidence.layouts import Job

Key = tuple[Any, ...]


@dataclass
class Kept:
    """The keys of what was new and of what was different."""

    created: set[Key] = field(default_factory=set)
    changed: set[Key] = field(default_factory=set)


@dataclass(frozen=True)
class Records:
    """Records of one model. Each comes as its values, in the order of `fields`, and an aside."""

    job: Job
    model: type[Model]
    key: tuple[str, ...]
    fields: tuple[str, ...]
    aside: Aside

    def keep(self, records: Mapping[Key, tuple[Sequence[Any], str]]) -> Kept:
        kept = Kept()
        held = self._held(records)
        run = self.job.run.pk
        new, changed = [], []
        unsaid = self._unsaid()
        for key, (values, aside) in records.items():
            if key not in held:
                new.append((*key, *values, self.aside.columns, aside, run, run, *unsaid.values()))
                kept.created.add(key)
                continue
            pk, columns, text, *stored = held[key]
            laid = self.aside.laid_over(columns, text, aside)
            if list(values) != stored or laid.after:
                changed.append((*values, laid.columns, laid.text, run, pk))
                kept.changed.add(key)
        names = [*self.fields, "aside_columns", "aside"]
        bulk.insert(self.model, [*self.key, *names, "first_run", "source_run", *unsaid], new)
        bulk.update(self.model, [*names, "source_run"], changed)
        return kept

    def _unsaid(self) -> dict[str, Any]:
        """What a new record has in a field for which the file has no column."""
        said = {*self.key, *self.fields, "aside"}
        return {
            each.name: each.get_default()
            for each in self.model._meta.concrete_fields
            if not (each.name in said or each.null or each.primary_key or each.has_db_default())
        }

    def _held(self, records: Mapping[Key, Any]) -> dict[Key, Sequence[Any]]:
        first = self.key[0]
        rows = self.model._default_manager.filter(**{f"{first}__in": {key[0] for key in records}})
        width = len(self.key)
        names = (*self.key, "pk", "aside_columns", "aside", *self.fields)
        return {tuple(row[:width]): row[width:] for row in rows.values_list(*names)}
