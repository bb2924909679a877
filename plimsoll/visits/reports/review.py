"""What a report lacks before it can be sent, and what its author should look at again (Q1)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment, Contact, School
from plimsoll.visits import privacy
from plimsoll.visits.agreed import following
from plimsoll.visits.models import Report
from plimsoll.visits.privacy import Finding
from plimsoll.visits.reports.content import Content, gathered, title_of

# Where the parts stand that are no section of policy's.
CARRIED: Final = "carried"
AGREED: Final = "agreed"
FACTS: Final = "facts"
FILES: Final = "files"


@dataclass(frozen=True)
class Lack:
    """Something that keeps a report from being sent, and the part in which it is put right."""

    part: str
    text: str
    sentence: str = ""


def hindrances(report: Report) -> list[Lack]:
    """What is missing by name, and every sentence that names a band."""
    return [*_missing(report), *_undated(report), *_bands(report)]


def warnings(report: Report, today: date) -> list[Finding]:
    """What looks like a pupil's name or a sensitive word: to be looked at, and no more."""
    adults, words = known_adults(report, today), list(_words_of(report))
    return [
        found
        for part, text in parts(report)
        for found in privacy.look(part, text, policy=report.policy, adults=adults, words=words)
    ]


def unspoken(report: Report) -> list[str]:
    """The actions of earlier visits of which the report says nothing: a reminder, no bar."""
    silent = following.carried(report).exclude(followed_up__report=report)
    return [action.what for action in silent]


def parts(report: Report) -> Iterator[tuple[str, str]]:
    """Every text of the report with the part where it stands."""
    for passage in report.passages.all():
        yield passage.section, passage.text
    for said in report.follow_ups.all():
        yield CARRIED, said.text
    for action in report.actions.order_by("pk"):
        yield from ((AGREED, text) for text in (action.what, action.who, action.measure))
    yield FACTS, report.visit.others
    titles = report.attachments.order_by("pk").values_list("document__title", flat=True)
    yield from ((FILES, title) for title in titles)


def known_adults(report: Report, today: date) -> list[str]:
    """The names of those who work at the school or for the service, or came along."""
    school, visit = report.visit.school, report.visit
    posts = Assignment.objects.filter(in_force(today), Q(school=school) | Q(school=None))
    return [
        *posts.values_list("person__name", flat=True),
        *Contact.objects.filter(school=school).values_list("name", flat=True),
        visit.partner.name,
        *visit.others.split(","),
    ]


def _words_of(report: Report) -> Iterable[str]:
    """Policy's own words are written with capitals, and name nobody."""
    policy, school = report.policy, report.visit.school
    yield from (school.name, school.trust_name, school.town)
    yield from (section.label for section in policy.sections)
    yield from (criterion.label for criterion in policy.criteria)
    yield from (role.label for role in policy.roles.values())
    yield from (policy.authority.name, policy.authority.service_name, policy.words.partner)


def _missing(report: Report) -> Iterator[Lack]:
    written = {each.section for each in report.passages.all() if each.text}
    for section in map(report.policy.section, report.visit.type.sections):
        if not section.optional and section.id not in written:
            yield Lack(section.id, f"{section.label} is still to be written")


def _undated(report: Report) -> Iterator[Lack]:
    for action in report.actions.filter(by_when=None).order_by("pk"):
        yield Lack(AGREED, f"Say by when: {action.what}")


def _bands(report: Report) -> Iterator[Lack]:
    band = report.policy.words.band
    for part, text in parts(report):
        if sentence := privacy.band_named(text, report.policy):
            words = f"No report names a {band}: it goes into the separate note"
            yield Lack(part, words, sentence)


@dataclass(frozen=True)
class Page:
    """Everything on one page, before the report is sent."""

    title: str
    school: School
    content: Content
    lacks: list[Lack]
    unspoken: list[str]
    warnings: list[Finding]


def page(report: Report, today: date) -> Page:
    return Page(
        title=title_of(report),
        school=report.visit.school,
        content=gathered(report),
        lacks=hindrances(report),
        unspoken=unspoken(report),
        warnings=warnings(report, today),
    )
