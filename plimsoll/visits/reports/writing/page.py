"""What the page shows on which a report is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField
from django.urls import reverse

from plimsoll.core.parts import seen
from plimsoll.documents.content import in_words
from plimsoll.framework.casework import ReportSection
from plimsoll.schools.calendar import calendar_of
from plimsoll.visits.agreed.agreeing import FIELDS
from plimsoll.visits.agreed.queries import Standing, shown
from plimsoll.visits.agreed.workflow import ACTION
from plimsoll.visits.diary import preparing
from plimsoll.visits.models import Action, Attachment, Preparation, Report
from plimsoll.visits.reports import attachments
from plimsoll.visits.reports.clock import in_days, left_until
from plimsoll.visits.reports.content import gathered, title_of
from plimsoll.visits.reports.writing import tags
from plimsoll.visits.reports.writing.form import NEW, WritingForm, closing_of, follow, text_of


@dataclass(frozen=True)
class SectionPart:
    """One section: where one writes, what good looks like, and its tags, folded."""

    section: ReportSection
    text: BoundField
    tags: list[BoundField]
    ticked: int
    seen: BoundField


@dataclass(frozen=True)
class CarriedPart:
    """An action of an earlier visit, and what this report says of it."""

    standing: Standing
    text: BoundField
    closing: BoundField | None
    seen: BoundField


@dataclass(frozen=True)
class AgreedPart:
    """An action that this report agrees; the last one is empty."""

    number: int
    new: bool
    fields: list[BoundField]
    seen: BoundField


@dataclass(frozen=True)
class Page:
    title: str
    school: Any
    facts: tuple[tuple[str, str], ...]
    due: str
    left: str
    late: bool
    returned: str
    prepared: list[tuple[str, str]]
    carried: list[CarriedPart]
    sections: list[SectionPart]
    agreed: list[AgreedPart]
    attachments: list[Attachment]
    read: str


def page(form: WritingForm, *, today: date) -> Page:
    report = form.report
    return Page(
        title=title_of(report),
        school=report.visit.school,
        facts=gathered(report).facts,
        due=in_words(report.due),
        left=left(report, today),
        late=report.issued_at is None and report.due < today,
        returned=report.returned_why,
        prepared=_prepared(report),
        carried=[_carried(form, each, today) for each in form.carried],
        sections=[_section(form, each) for each in form.sections],
        agreed=list(_agreed(form)),
        attachments=list(attachments.of(report)),
        read=reverse("visits:report-read", args=[report.pk]),
    )


def left(report: Report, today: date) -> str:
    """How the day stands on which the report is due, in words."""
    if report.issued_at:
        return "It has reached the school"
    calendar = calendar_of(report.visit.school, years=(today.year, report.due.year))
    days = left_until(report.due, report.basis, calendar, today)
    if days is None:
        return "The terms of that year are not entered, so its days cannot be counted"
    if report.due == today:
        return "It is due today"
    said = in_days(abs(days), report.basis)
    return f"{said} late" if report.due < today else f"{said} left"


def _prepared(report: Report) -> list[tuple[str, str]]:
    """What the school wrote before the visit, question by question."""
    found = Preparation.objects.filter(visit=report.visit_id).first()
    return preparing.answered(report.visit, found) if found else []


def _section(form: WritingForm, section: ReportSection) -> SectionPart:
    names = [f"{kind}-{section.id}" for kind in tags.LABELS]
    bound = [form[name] for name in names if name in form.fields]
    ticked = sum(len(each.value() or ()) for each in bound)
    return SectionPart(section, form[text_of(section.id)], bound, ticked, form[seen(section.id)])


def _carried(form: WritingForm, action: Action, today: date) -> CarriedPart:
    key = follow(action.pk)
    closing = None if ACTION.state(action).closed else form[closing_of(action.pk)]
    return CarriedPart(shown(action, today), form[text_of(key)], closing, form[seen(key)])


def _agreed(form: WritingForm) -> Iterator[AgreedPart]:
    for number, key in enumerate([*(str(each.pk) for each in form.agreed), NEW], start=1):
        fields = [form[f"action-{key}-{name}"] for name in FIELDS]
        yield AgreedPart(number, key == NEW, fields, form[seen(f"action-{key}")])
