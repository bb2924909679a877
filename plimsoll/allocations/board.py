"""What the cycle pages show: rows, counts and cuts, in the authority's words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from plimsoll.allocations import queries
from plimsoll.allocations.models import Allocation, Cycle, Side
from plimsoll.allocations.queries import Filters
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core.access import may
from plimsoll.core.context import Entry
from plimsoll.core.progress import Part
from plimsoll.core.spreadsheets import harmless
from plimsoll.people.models import User
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment
from plimsoll.schools.types import TYPES, Phase

TYPE_NAMES: Final = {code: name for name, code in TYPES.items()}
NOBODY: Final = "Nobody yet"


def pages(cycle: Cycle, user: User, here: str) -> list[Entry]:
    """The pages of one cycle that this person may open."""
    partner = cycle.policy.words.partner_short
    rows = [
        ("Schools", reverse("allocations:cycle", args=[cycle.year])),
        (f"By {partner}", reverse("allocations:cycle-by", args=[cycle.year, "partner"])),
        ("By phase", reverse("allocations:cycle-by", args=[cycle.year, "phase"])),
        ("By type of school", reverse("allocations:cycle-by", args=[cycle.year, "type"])),
    ]
    if may(user, "allocation.moderate"):
        rows.append(("Moderation", reverse("allocations:moderation", args=[cycle.year])))
    return [Entry(text, href, current=href == here) for text, href in rows]


# --- the list -----------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One school's allocation in the list."""

    case: Allocation
    band: str
    state: str
    tone: str
    waits_for: str
    partner: str
    days: int
    overdue: bool


def partners(today: date) -> list[tuple[int, str]]:
    """Everybody who is the partner of a school today."""
    held = Assignment.objects.filter(in_force(today), role="sip", school__isnull=False)
    people = User.objects.filter(Exists(held.filter(person=OuterRef("pk"))))
    return list(people.order_by("name").values_list("pk", "name"))


def wanted(cleaned: Mapping[str, Any]) -> Filters:
    """The filters as the query takes them."""
    sip = cleaned["sip"]
    return Filters(
        state=cleaned["state"],
        phase=cleaned["phase"],
        type=cleaned["type"],
        sip=int(sip) if sip else None,
        text=cleaned["text"],
    )


def listed(cases: Iterable[Allocation], today: date) -> list[Row]:
    """The rows of one page of `queries.board`."""
    return [_row(case, today) for case in cases]


def _row(case: Any, today: date) -> Row:
    state = ALLOCATION.states[case.state]
    return Row(
        case=case,
        band=_band(case),
        state=state.label,
        tone=state.tone,
        waits_for=queries.waits_for(case, Side.SERVICE),
        partner=case.partner or "",
        days=(today - timezone.localdate(case.state_since)).days,
        overdue=bool(case.answer_due and case.answer_due < today),
    )


def _band(case: Any) -> str:
    """The band in force, or else the one proposed, with its mark of high risk."""
    key = case.band or case.proposed_band
    if not key:
        return ""
    band = case.policy.band(key)
    mark = band.high_risk if case.at_risk else None
    return f"{band.label}, {mark.label}" if mark else band.label


def summary(cycle: Cycle, user: User) -> list[Part]:
    """The cycle's states as the parts of one bar, each a link to its schools."""
    counted = queries.counts(cycle, user)
    return [
        Part(state.label, counted[key], state.tone, href=f"?state={key}")
        for key, state in ALLOCATION.states.items()
        if counted.get(key)
    ]


# --- counts -------------------------------------------------------------------


@dataclass(frozen=True)
class Count:
    """How many schools, and the address that lists them."""

    number: int
    href: str


@dataclass(frozen=True)
class Cut:
    """Counts by state for each group, as a table."""

    caption: str
    states: list[str]
    rows: list[tuple[str, list[Count], Count]]


# What a cut is called, and the filter of the list that its groups are.
CUTS: Final = {"partner": "sip", "phase": "phase", "type": "type"}


def cut(cycle: Cycle, user: User, column: str, *, today: date) -> Cut:
    """The counts by `partner`, `phase` or `type`. Raises KeyError for any other column."""
    name = CUTS[column]
    if column == "partner":
        counted = queries.counts_by_sip(cycle, user, today=today)
        caption = f"By {cycle.policy.words.partner}"
        named = {"0": NOBODY} | {str(pk): who for pk, who in partners(today)}
    else:
        counted = queries.counts_by(cycle, user, column)
        caption = "By phase" if column == "phase" else "By type of school"
        named = dict(Phase.choices) if column == "phase" else TYPE_NAMES
    keys = [key for key in ALLOCATION.states if any(state == key for _, state in counted)]
    groups = sorted({group for group, _ in counted}, key=lambda group: named.get(group, group))
    return Cut(
        caption=caption,
        states=[ALLOCATION.states[key].label for key in keys],
        rows=[
            (
                str(named.get(group, group)),
                [_count(cycle, counted.get((group, key), 0), {name: group, "state": key})
                 for key in keys],
                _count(cycle, sum(counted.get((group, key), 0) for key in keys), {name: group}),
            )
            for group in groups
        ],
    )  # fmt: skip


def _count(cycle: Cycle, number: int, narrowed: Mapping[str, str]) -> Count:
    query = QueryDict(mutable=True)
    query.update(narrowed)
    return Count(number, f"{reverse('allocations:cycle', args=[cycle.year])}?{query.urlencode()}")


# --- the export ---------------------------------------------------------------


def export(cycle: Cycle, found: QuerySet[Allocation], *, today: date) -> Iterator[tuple[str, ...]]:
    """The rows of the export, each with the marking, and harmless in a spreadsheet."""
    words = cycle.policy.words
    yield ("URN", "School", "Phase", "Type", words.partner, words.band, "State", "Since", "Marking")
    for row in (_row(case, today) for case in found.iterator(chunk_size=500)):
        school = row.case.school
        cells = (
            str(school.urn),
            school.name,
            school.get_phase_display(),
            school.type_name,
            row.partner,
            row.band,
            row.state,
            timezone.localdate(row.case.state_since).isoformat(),
            words.marking,
        )
        yield tuple(map(harmless, cells))
