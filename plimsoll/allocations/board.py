"""What the cycle pages show: rows, counts and cuts, in the authority's words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from plimsoll.allocations import queries
from plimsoll.allocations.models import Allocation, Cycle, Offer, Side
from plimsoll.allocations.queries import Filters
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core.progress import Part
from plimsoll.people.models import User
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment
from plimsoll.schools.types import Phase

# What a spreadsheet takes for a formula; text that begins so is written with a quotation mark.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


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


def partners(today: date) -> list[tuple[int, str]]:
    """Everybody who is the partner of a school today."""
    held = Assignment.objects.filter(in_force(today), role="sip", school__isnull=False)
    return list(held.order_by("person__name").values_list("person_id", "person__name").distinct())


def wanted(cleaned: Mapping[str, Any]) -> Filters:
    """The filters as the query takes them."""
    sip = cleaned["sip"]
    return Filters(
        state=cleaned["state"],
        phase=cleaned["phase"],
        sip=int(sip) if sip else None,
        text=cleaned["text"],
    )


def listed(cases: Iterable[Allocation], today: date) -> list[Row]:
    """The rows of one page, with each school's partner in one query."""
    page = list(cases)
    names = _partner_names([case.school_id for case in page], today)
    return [_row(case, names.get(case.school_id, ""), today) for case in page]


def _row(case: Allocation, partner: str, today: date) -> Row:
    state = ALLOCATION.states[case.state]
    shown = case.band or case.proposed_band
    return Row(
        case=case,
        band=case.policy.band(shown).label if shown else "",
        state=state.label,
        tone=state.tone,
        waits_for=queries.waits_for(case, Side.SERVICE),
        partner=partner,
        days=(today - timezone.localdate(case.state_since)).days,
    )


def _partner_names(urns: list[int], today: date) -> dict[int, str]:
    held = Assignment.objects.filter(in_force(today), role="sip", school__in=urns)
    return dict(held.order_by("-starts").values_list("school_id", "person__name"))


def summary(cycle: Cycle, user: User) -> list[Part]:
    """The cycle's states as the parts of one bar, each a link to its schools."""
    counted = queries.counts(cycle, user)
    return [
        Part(state.label, counted[key], state.tone, href=f"?state={key}")
        for key, state in ALLOCATION.states.items()
        if counted.get(key)
    ]


@dataclass(frozen=True)
class Cut:
    """Counts by state for each group, as a table."""

    caption: str
    states: list[str]
    rows: list[tuple[str, list[int], int]]


def cut(cycle: Cycle, user: User, column: str, *, today: date) -> Cut:
    """The counts by `partner`, `phase` or `type`."""
    if column == "partner":
        counted = queries.counts_by_sip(cycle, user, today=today)
        caption, named = f"By {cycle.policy.words.partner}", {"": "Nobody yet"}
    elif column == "phase":
        counted = queries.counts_by(cycle, user, "phase")
        caption, named = "By phase", dict(Phase.choices)
    else:
        counted = queries.counts_by(cycle, user, "type_name")
        caption, named = "By type of school", {"": "Not stated"}
    keys = [key for key in ALLOCATION.states if any(state == key for _, state in counted)]
    groups = sorted({group for group, _ in counted}, key=lambda group: named.get(group, group))
    return Cut(
        caption=caption,
        states=[ALLOCATION.states[key].label for key in keys],
        rows=[
            (
                str(named.get(group, group)),
                numbers := [counted.get((group, key), 0) for key in keys],
                sum(numbers),
            )
            for group in groups
        ],
    )


@dataclass(frozen=True)
class Proposal:
    """One proposed band waiting for moderation."""

    case: Allocation
    band: str
    before: str
    reasons: str
    by: str


def proposals(
    waiting: QuerySet[Allocation], *, today: date
) -> list[tuple[str, list[Proposal]]]:
    """The proposals of each partner, so that like is compared with like (S4)."""
    cases = list(waiting.order_by("school__name"))
    offers: dict[int, Offer] = {}
    for offer in Offer.objects.filter(allocation__in=cases).order_by("made_at", "pk"):
        offers[offer.allocation_id] = offer
    groups: dict[str, list[Proposal]] = {}
    for case in cases:
        offer, policy = offers[case.pk], case.policy
        groups.setdefault(offer.made_by_name, []).append(
            Proposal(
                case=case,
                band=policy.band(offer.band).label,
                before=policy.band(case.previous_band).label if case.previous_band else "",
                reasons=offer.reasons,
                by=offer.made_by_name,
            )
        )
    return sorted(groups.items())


def bands(cycle: Cycle, waiting: QuerySet[Allocation]) -> list[tuple[str, int]]:
    """How the waiting proposals spread over the bands."""
    keys = list(waiting.values_list("proposed_band", flat=True))
    return [(band.label, keys.count(band.key)) for band in cycle.policy.bands]


def export(
    cycle: Cycle, found: QuerySet[Allocation], *, today: date
) -> Iterator[tuple[str, ...]]:
    """The rows of the export, each with the marking."""
    words = cycle.policy.words
    yield ("URN", "School", "Phase", "Type", words.partner, words.band, "State", "Since", "Marking")
    for row in listed(found, today):
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
        yield tuple(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells)
