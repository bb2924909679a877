"""What a report says: gathered from its records, and kept as the school got it."""

from dataclasses import asdict, dataclass
from typing import Any

from plimsoll.documents.content import in_words
from plimsoll.visits.diary.workflow import OFF
from plimsoll.visits.models import Action, FollowUp, Report, Visit


@dataclass(frozen=True)
class Part:
    """One section with its text, a paragraph for each line that was left blank between."""

    id: str
    label: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        return [" ".join(each.split()) for each in self.text.split("\n\n") if each.strip()]


@dataclass(frozen=True)
class Agreed:
    """One action: what, by whom, by when, and how it will be known."""

    what: str
    who: str
    by_when: str
    measure: str


@dataclass(frozen=True)
class Carried:
    """An action of an earlier visit, and what has become of it."""

    what: str
    by_when: str
    text: str


@dataclass(frozen=True)
class Content:
    """A whole report. It holds no band and nothing from which one could be told (Q1, S7)."""

    facts: tuple[tuple[str, str], ...]
    carried: tuple[Carried, ...]
    parts: tuple[Part, ...]
    agreed: tuple[Agreed, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "Content":
        return cls(
            facts=tuple((name, value) for name, value in kept["facts"]),
            carried=tuple(Carried(**each) for each in kept["carried"]),
            parts=tuple(Part(**each) for each in kept["parts"]),
            agreed=tuple(Agreed(**each) for each in kept["agreed"]),
        )


def title_of(report: Report) -> str:
    """Core visit, 5 October 2026."""
    visit = report.visit
    return f"{visit.type.label}, {in_words(visit.held_on or visit.on)}"


def gathered(report: Report) -> Content:
    """The report as it stands now, section by section in policy's order."""
    visit = report.visit
    texts = {each.section: each.text for each in report.passages.all()}
    sections = (report.policy.section(key) for key in visit.type.sections)
    return Content(
        facts=tuple((name, value) for name, value in _facts(visit) if value),
        carried=tuple(_carried(each) for each in _followed(report)),
        parts=tuple(
            Part(each.id, each.label, texts[each.id]) for each in sections if texts.get(each.id)
        ),
        agreed=tuple(_agreed(report, each) for each in report.actions.order_by("by_when", "pk")),
    )


def _facts(visit: Visit) -> list[tuple[str, str]]:
    met = {each.id: each.label for each in visit.policy.diary.met}
    return [
        ("School", visit.school.name),
        ("Visit", visit.type.label),
        ("Held on", in_words(visit.held_on or visit.on)),
        ("How", visit.get_mode_display()),
        (visit.policy.words.partner, visit.partner.name),
        ("Others who came", visit.others),
        ("Met", ", ".join(met.get(each, each) for each in visit.met)),
        ("Next visit", _next_after(visit)),
    ]


def _next_after(visit: Visit) -> str:
    others = Visit.objects.filter(school=visit.school_id, private=False).exclude(pk=visit.pk)
    later = others.filter(on__gt=visit.held_on or visit.on).exclude(state__in=OFF)
    coming = later.order_by("on", "pk").first()
    return f"{coming.type.label}, {in_words(coming.on)}" if coming else ""


def _followed(report: Report) -> list[FollowUp]:
    return list(report.follow_ups.select_related("action").order_by("action__by_when", "pk"))


def _carried(each: FollowUp) -> Carried:
    return Carried(each.action.what, _by(each.action), each.text)


def _agreed(report: Report, each: Action) -> Agreed:
    side = "" if each.who else each.get_side_display()
    return Agreed(each.what, each.who or side, _by(each), each.measure)


def _by(each: Action) -> str:
    """Its day, short for a table; while the report is written it may have none yet."""
    return f"{each.by_when.day} {each.by_when:%b %Y}" if each.by_when else ""
