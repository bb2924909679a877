"""Keeps figures of one kind of subject: what is new is added, what differs is changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from plimsoll.evidence.keepers import bulk
from plimsoll.evidence.keepers.records import Key
from plimsoll.evidence.layouts import Job
from plimsoll.evidence.markers import Cell
from plimsoll.evidence.models import Figured, Release


@dataclass
class Change:
    """What one subject's figures of one year were, and what they are now."""

    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return not self.before


class Figures:
    """Figures of one kind of subject, compared with what is held and kept."""

    FIELDS: Final = ("value", "marker", "release")

    def __init__(
        self, job: Job, model: type[Figured], subject: str, release: Release = Release.FINAL
    ) -> None:
        self.job, self._model, self._subject, self._release = job, model, subject, release
        self._waiting: dict[Key, Cell] = {}
        self.taken = 0  # rows since the last time they were kept

    def take(self, subject: Any, year: str, cells: Mapping[str, Cell]) -> None:
        self.taken += 1
        for measure, cell in cells.items():
            self._waiting[subject, measure, year] = cell

    def keep(self) -> dict[Key, Change]:
        """Add what is new and change what differs; what changed, by subject and year.

        A figure of a more final release stays, and so does one from a later file.
        """
        held, run = self._held(), self.job.run.pk
        new, changed = [], []
        changes: dict[Key, Change] = {}
        for (subject, measure, year), cell in self._waiting.items():
            pk, last, *stored = held.get((subject, measure, year), (None, None))
            values = (*cell, int(self._release))
            if pk is None:
                new.append((subject, measure, year, self.job.run.source, *values, run, run))
            elif self._stands(stored, values, last):
                continue
            else:
                changed.append((*values, run, pk))
            change = changes.setdefault((subject, year), Change())
            if pk is not None:
                change.before[measure] = stored[0] if stored[1] == "" else stored[1]
            change.after[measure] = cell[0] if cell[1] == "" else cell[1]
        names = [self._subject, "measure", "year", "source", *self.FIELDS]
        bulk.insert(self._model, [*names, "first_run", "source_run"], new)
        bulk.update(self._model, [*self.FIELDS, "source_run"], changed)
        self._waiting = {}
        return changes

    def _stands(self, stored: list[Any], values: tuple[Any, ...], last: int | None) -> bool:
        same, more_final = tuple(stored) == values, stored[2] > values[2]
        return same or more_final or self.job.is_older(last)

    def _held(self) -> dict[Key, Any]:
        subjects = {key[0] for key in self._waiting}
        measures = {key[1] for key in self._waiting}
        years = {key[2] for key in self._waiting}
        rows = self._model._default_manager.filter(
            **{f"{self._subject}__in": subjects},
            measure__in=measures,
            source=self.job.run.source,
            year__in=years,
        )
        names = (self._subject, "measure", "year", "pk", "source_run", *self.FIELDS)
        return {row[:3]: row[3:] for row in rows.values_list(*names)}
