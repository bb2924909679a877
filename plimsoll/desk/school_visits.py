"""The visits of one school in a year: those to come, those that were, and how each stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from plimsoll.allocations.models import Cycle
from plimsoll.core.forms import long_date
from plimsoll.desk.school import Frame
from plimsoll.desk.visit import ReportLine, report_line
from plimsoll.documents.content import Block, Letter, Paragraph, Sender, Table
from plimsoll.framework.model import Edition
from plimsoll.visits.diary import private, wording
from plimsoll.visits.diary.queries import visits
from plimsoll.visits.diary.workflow import COMING, VISIT
from plimsoll.visits.models import Report, Visit


@dataclass(frozen=True)
class VisitRow:
    visit: Visit
    label: str
    when: str
    how: str
    state: str
    tone: str
    report: ReportLine | None


@dataclass(frozen=True)
class SchoolVisits:
    """One year of a school: what is to come in the order of days, what was newest first."""

    year: str
    years: Sequence[str]
    policy: Edition
    cycle: Cycle | None
    coming: Sequence[VisitRow]
    past: Sequence[VisitRow]
    private_title: str

    @cached_property
    def rows(self) -> list[VisitRow]:
        """All of them, as a list is read: by day."""
        return [*reversed(self.past), *self.coming]


def school_visits(frame: Frame, asked: str, current: Edition) -> SchoolVisits | None:
    """The year that was asked for, else the newest; None where there is no such year."""
    cycles = {turn.case.cycle.year: turn.case.cycle for turn in frame.turns}
    own = list(visits(frame.user).filter(school=frame.school).order_by("on", "pk"))
    years = sorted({*cycles, *(visit.year for visit in own)}, reverse=True)
    year = asked or (years[0] if years else "")
    if asked and asked not in years:
        return None
    rows = _rows([visit for visit in own if visit.year == year], frame.today)
    cycle = cycles.get(year)
    policy = cycle.policy if cycle else current
    return SchoolVisits(
        year=year,
        years=years,
        policy=policy,
        cycle=cycle,
        coming=[row for row in rows if row.visit.state in COMING],
        past=[row for row in reversed(rows) if row.visit.state not in COMING],
        private_title=private.title(policy),
    )


def _rows(own: Iterable[Visit], today: date) -> list[VisitRow]:
    own = list(own)
    reports = {each.visit_id: each for each in Report.objects.filter(visit__in=own)}
    return [_row(visit, reports.get(visit.pk), today) for visit in own]


def _row(visit: Visit, report: Report | None, today: date) -> VisitRow:
    state = VISIT.state(visit)
    return VisitRow(
        visit=visit,
        label=visit.type.label,
        when=wording.when(visit),
        how=visit.get_mode_display(),
        state=state.label,
        tone=state.tone,
        report=report_line(report, today) if report and visit.held_on else None,
    )


def as_letter(found: SchoolVisits, frame: Frame) -> Letter:
    """The year's visits as a list to print: no days left, and nothing that tells the band."""
    office = found.policy.authority
    return Letter(
        title=f"Visits {found.year}: {frame.school.name}",
        reference=f"URN {frame.school.urn}",
        date=frame.today,
        sender=Sender(office.service_name, office.address),
        recipient=(),
        blocks=(_table(found),),
        marking=found.policy.words.marking,
    )


def _table(found: SchoolVisits) -> Block:
    if not found.rows:
        return Paragraph("No visit is planned yet.")
    return Table(
        f"Visits in {found.year}",
        ("Day", "Visit", "How", "Who comes", "State", "Report"),
        tuple(_cells(row) for row in found.rows),
    )


def _cells(row: VisitRow) -> tuple[str, ...]:
    return (
        row.when, row.label, row.how, row.visit.partner.name, row.state, _of_report(row.report),
    )  # fmt: skip


def _of_report(report: ReportLine | None) -> str:
    if report is None:
        return "–"
    if report.issued:
        return f"Reached the school on {long_date(report.issued.date())}"
    return f"Due on {long_date(report.due)}"
