"""Keeps the inspections that a file tells of, whichever file it was that had them first."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Q

from plimsoll.evidence.aside import Aside
from plimsoll.evidence.eras import Kind, Status
from plimsoll.evidence.keepers import bulk
from plimsoll.evidence.keepers.blocks import Block, Found
from plimsoll.evidence.keepers.records import Kept, Key, Records
from plimsoll.evidence.keepers.register import urn
from plimsoll.evidence.layouts import Job, Reading
from plimsoll.evidence.models import Inspection, InspectionGrade, PublishedRow
from plimsoll.evidence.values import BadCell
from plimsoll.schools.queries import urns_of_authorities

RECORDED, CHANGED = "inspection.recorded", "inspection.changed"
# What is held of an inspection when no file has spoken of it.
SILENT: Final = {
    "overall_status": Status.NOT_PUBLISHED,
    "category_status": Status.NOT_PUBLISHED,
    "safeguarding_status": Status.NOT_PUBLISHED,
}


class Inspections:
    """The keeper of rows that tell of inspections, in these blocks of columns."""

    def __init__(self, job: Job, blocks: Sequence[Block]) -> None:
        self.job = job
        self._blocks = blocks
        self._urn = job.columns.places("URN")[0]
        self._laestab = job.columns.place("LAESTAB")
        by_urn = job.las and self._laestab is None
        self._of_las = {str(n) for n in urns_of_authorities(job.las)} if by_urn else set()
        read = [name for block in blocks for name in block.names]
        aside = Aside(job.columns, [*read, "URN", "LAESTAB"])
        self._aside = aside
        self._rows = Records(job, PublishedRow, ("urn", "source"), ("as_at",), aside)
        self._seen: dict[int, int] = {}
        self._held: list[tuple[int, str, list[Found]]] = []

    def wants(self, row: list[str]) -> bool:
        if not self.job.las:
            return True
        if self._laestab is not None:
            return row[self._laestab].strip()[:3] in self.job.las
        return row[self._urn].strip() in self._of_las

    def take(self, line: int, row: list[str]) -> None:
        number = int(Reading(self.job.columns, row).get(urn, ("URN",)))
        if number in self._seen:
            raise BadCell("URN", str(number), f"This URN is already on line {self._seen[number]}.")
        found = [one for block in self._blocks if (one := block.read(self.job.columns, row))]
        self._seen[number] = line
        self._held.append((number, self._aside.text(row), found))
        if len(self._held) >= bulk.BATCH:
            self._flush()

    def finish(self) -> None:
        self._flush()
        bulk.created_events(self.job.run, Inspection, verb=RECORDED, urn="urn")
        if self.job.counts.created:
            bulk.count_again(Inspection, InspectionGrade)

    def _flush(self) -> None:
        kept = keep(self.job, [one for *_, several in self._held for one in several])
        rows = self._keep_rows()
        for number, _, several in self._held:
            if any(one.key in kept.created for one in several):
                self.job.counts.created += 1
            elif (number, self.job.run.source) in rows.changed or any(
                one.key in kept.changed for one in several
            ):
                self.job.counts.updated += 1
            else:
                self.job.counts.unchanged += 1
        self._held = []

    def _keep_rows(self) -> Kept:
        """Keep what else the rows say, where no later file has spoken already."""
        run = self.job.run
        later = set(
            PublishedRow.objects.filter(source=run.source, as_at__gt=run.as_at).values_list(
                "urn", flat=True
            )
            if run.as_at
            else ()
        )
        return self._rows.keep(
            {
                (number, run.source): ((run.as_at,), aside)
                for number, aside, _ in self._held
                if number not in later
            }
        )


def keep(job: Job, found: Sequence[Found]) -> Kept:
    """Compare what a file tells with what is held; add what is new, change what differs."""
    kept = Kept()
    told = _told(found)
    held = _Held(told)
    new, grades, events = [], [], []
    for one in told:
        inspection = held.match(one)
        if inspection is None:
            run = job.run.pk
            new.append(Inspection(**_facts(one), first_run=run, source_run=run))
            grades += _grades(new[-1], one)
            kept.created.add(one.key)
        elif change := _change(job, inspection, one):
            events.append(change)
            kept.changed.add(one.key)
    Inspection.objects.bulk_create(new, batch_size=bulk.BATCH)
    InspectionGrade.objects.bulk_create(grades, batch_size=bulk.BATCH)
    bulk.changed_events(job.run, Inspection, events, verb=CHANGED)
    return kept


def _told(found: Sequence[Found]) -> list[Found]:
    """Each inspection once: two schools' rows may tell of the same predecessor's."""
    told: dict[Key, Found] = {}
    for one in found:
        first = told.setdefault(one.key, one)
        first.facts = one.facts | first.facts
        first.grades = one.grades | first.grades
    return list(told.values())


def _facts(one: Found) -> dict[str, Any]:
    own = {"urn": one.urn, "starts": one.starts, "kind": one.kind, "era": one.era}
    return SILENT | one.facts | own


def _grades(inspection: Inspection, one: Found) -> list[InspectionGrade]:
    return [
        InspectionGrade(inspection=inspection, area=area, graded_on=on, grade=grade, status=status)
        for (area, on), (grade, status) in one.grades.items()
    ]


class _Held:
    """The inspections that are held of the same schools or under the same numbers."""

    def __init__(self, told: Sequence[Found]) -> None:
        numbers = {one.facts["number"] for one in told if one.facts.get("number")}
        rows = Inspection.objects.filter(
            Q(urn__in={one.urn for one in told}) | Q(number__in=numbers)
        ).prefetch_related("grades")
        self._by_key: dict[Key, Inspection] = {}
        self._by_number: dict[Key, Inspection] = {}
        self._by_report: dict[Key, Inspection] = {}
        for row in rows:
            self._by_key[row.urn, row.starts, row.kind] = row
            if row.number:
                self._by_number[row.number, row.kind] = row
            if row.published:
                self._by_report[row.urn, row.published] = row

    def match(self, one: Found) -> Inspection | None:
        """By school, day and kind; or by number, when a later file puts the day right; or,
        where one of the two does not say its kind, by the day of the report.
        """
        same = self._by_key.get(one.key)
        same = same or self._by_number.get((one.facts.get("number"), one.kind))
        if same is None:
            report = self._by_report.get((one.urn, one.facts.get("published")))
            if report is not None and Kind.UNSTATED in (one.kind, report.kind):
                return report
        return same


def _change(job: Job, inspection: Inspection, one: Found) -> bulk.Change | None:
    """Bring one inspection up to date; a file older than the last one only fills gaps."""
    older = job.is_older(inspection.source_run)
    facts = dict(one.facts)
    if one.kind != Kind.UNSTATED:
        facts |= {"urn": one.urn, "starts": one.starts, "kind": one.kind, "era": one.era}
    if older:
        facts = {name: value for name, value in facts.items() if _is_gap(inspection, name)}
    before, after = bulk.differences(
        list(facts), [getattr(inspection, name) for name in facts], list(facts.values())
    )
    was, now = _regrade(inspection, one, only_gaps=older)
    if not (after or now):
        return None
    for name, value in after.items():
        setattr(inspection, name, value)
    if not older:
        inspection.source_run = job.run.pk
    inspection.save()
    return inspection.pk, inspection.urn, before | was, after | now


def _is_gap(inspection: Inspection, name: str) -> bool:
    status = getattr(inspection, name if name.endswith("_status") else f"{name}_status", None)
    return status == Status.NOT_PUBLISHED or getattr(inspection, name) in ("", None)


def _regrade(
    inspection: Inspection, one: Found, *, only_gaps: bool
) -> tuple[dict[str, str], dict[str, str]]:
    held = {(grade.area, grade.graded_on): grade for grade in inspection.grades.all()}
    before, after = {}, {}
    for grade in _grades(inspection, one):
        known = held.get((grade.area, grade.graded_on))
        if known and (only_gaps or (known.grade, known.status) == (grade.grade, grade.status)):
            continue
        before[grade.area] = (known.grade or known.status) if known else ""
        after[grade.area] = grade.grade or grade.status
        grade.pk = known.pk if known else None
        grade.save()
    return before, after
