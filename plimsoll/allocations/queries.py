"""Reads about allocations: what one person may see of one case, and of the cycle."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from plimsoll.allocations.hearing import has_heard
from plimsoll.allocations.models import (
    Allocation,
    CriterionView,
    Cycle,
    HighRisk,
    Offer,
    Side,
    ViewSheet,
)
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core.access import may, visible
from plimsoll.framework.judging import Criterion, Descriptor
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.holdings import in_force as assignment_in_force
from plimsoll.schools.models import Assignment

# States that the school reads as one: whether a proposal is ready is not its business yet.
BEFORE_HEARING = ("not_started", "preparing", "moderation")
# A round whose place a further round has taken is no longer how the school stands.
SUPERSEDED = "reviewed"


def side_of(user: User, case: Allocation) -> Side:
    """The side of the table at which the person sits at this school.

    Whoever does not sit inside the service sees what the school sees, and no more.
    """
    return Side.SERVICE if may(user, "allocation.inside", case) else Side.SCHOOL


def state_label(case: Allocation, side: Side) -> str:
    """The state as this side may know it."""
    if is_hidden(case, side):
        return ALLOCATION.states["preparing"].label
    return ALLOCATION.states[case.state].label


def is_hidden(case: Allocation, side: Side) -> bool:
    """Is what happens to the case just now none of this side's business?"""
    return side == Side.SCHOOL and case.state in BEFORE_HEARING


def since(case: Allocation, side: Side) -> datetime | None:
    """Since when it stands so; untold while the day would tell what moderation does."""
    return None if is_hidden(case, side) else case.state_since


def version_seen(case: Allocation, side: Side) -> int:
    """The version as a form carries it: it does not count what this side may not see."""
    return 0 if is_hidden(case, side) else case.version


def waits_for(case: Allocation, side: Side) -> str:
    """The label of the role that the case waits for, in the authority's own words."""
    role = ALLOCATION.states[case.state].waits_for
    if not role:
        return ""
    if role == "tier":
        return case.policy.disagreement[case.tier].label
    if is_hidden(case, side):
        role = "sip"
    return case.policy.roles[role].label


def offers_seen(case: Allocation, side: Side, sheets: Mapping[str, ViewSheet]) -> list[Offer]:
    """The offers this side may see, oldest first."""
    offers = case.offers.order_by("made_at", "pk")
    if side == Side.SERVICE:
        return list(offers)
    if not has_heard(case, sheets):
        return list(offers.filter(side=Side.SCHOOL))
    heard = Q(made_at__gte=case.heard_from, made_at__lte=case.heard_at)
    return list(offers.filter(Q(side=Side.SCHOOL) | heard))


def sheets_of(case: Allocation) -> dict[str, ViewSheet]:
    """Both sides' sheets with their views, whoever asks; show them through `sheets_seen`."""
    return {sheet.side: sheet for sheet in case.sheets.prefetch_related("views")}


def sheets_seen(
    case: Allocation, side: Side, sheets: Mapping[str, ViewSheet]
) -> dict[str, ViewSheet]:
    """One's own sheet always; the other side's once it may be read."""
    seen: dict[str, ViewSheet] = {side: sheets[side]} if side in sheets else {}
    if side == Side.SCHOOL:
        other, open_ = Side.SERVICE, has_heard(case, sheets)
    else:
        other = Side.SCHOOL
        own = sheets.get(Side.SERVICE)
        blind = case.policy.allocation.blind_views and not case.concluded_at
        theirs = sheets.get(other)
        open_ = bool(theirs and theirs.submitted_at) and (
            not blind or bool(own and own.submitted_at)
        )
    if open_ and other in sheets:
        seen[other] = sheets[other]
    return seen


@dataclass(frozen=True)
class Spread:
    """How one side's chosen statements fall over the bands. It informs, never decides (S8)."""

    side: str
    bands: list[tuple[str, list[str]]]
    not_applicable: list[str]
    not_enough: list[str]
    decisive: list[tuple[str, str]]


def spread(policy: Edition, sheet: ViewSheet) -> Spread:
    """Count each chosen descriptor for every band in which it stands."""
    chosen = {view.criterion: view.choice for view in sheet.views.all() if view.choice}
    bands: dict[str, list[str]] = {band.key: [] for band in policy.bands}
    for criterion in policy.criteria:
        choice = chosen.get(criterion.id, "")
        if choice and choice not in (CriterionView.NOT_APPLICABLE, CriterionView.NOT_ENOUGH):
            for band in policy.descriptor(choice).bands:
                bands[band].append(criterion.label)
    return Spread(
        side=sheet.side,
        bands=list(bands.items()),
        not_applicable=_labels(policy, chosen, CriterionView.NOT_APPLICABLE),
        not_enough=_labels(policy, chosen, CriterionView.NOT_ENOUGH),
        decisive=[
            (criterion.label, _said(policy, chosen.get(criterion.id, "")))
            for criterion in policy.criteria
            if criterion.decisive
        ],
    )


def _labels(policy: Edition, chosen: Mapping[str, str], choice: str) -> list[str]:
    return [each.label for each in policy.criteria if chosen.get(each.id) == choice]


def _said(policy: Edition, choice: str) -> str:
    if choice == CriterionView.NOT_APPLICABLE:
        return "Not applicable"
    if choice == CriterionView.NOT_ENOUGH:
        return "Not enough evidence"
    return policy.descriptor(choice).text if choice else "No view yet"


@dataclass(frozen=True)
class Row:
    """One criterion with its descriptors and what each side said of it."""

    criterion: Criterion
    descriptors: tuple[Descriptor, ...]
    service: CriterionView | None
    school: CriterionView | None


def rows(case: Allocation, seen: Mapping[str, ViewSheet]) -> list[Row]:
    """Every criterion that applies to the school's phase, in the policy's order."""
    said = {
        side: {view.criterion: view for view in sheet.views.all()} for side, sheet in seen.items()
    }
    return [
        Row(
            criterion=criterion,
            descriptors=case.policy.descriptors_of(criterion.id),
            service=said.get(Side.SERVICE, {}).get(criterion.id),
            school=said.get(Side.SCHOOL, {}).get(criterion.id),
        )
        for criterion in case.policy.criteria
        if criterion.applies_to(case.school.phase)
    ]


def marks_seen(case: Allocation, side: Side, sheets: Mapping[str, ViewSheet]) -> list[HighRisk]:
    """High-risk marks; the school sees one with the proposal, which a mark would give away."""
    if side == Side.SCHOOL and not has_heard(case, sheets):
        return []
    return list(case.high_risk.order_by("marked_at", "pk"))


# --- lists --------------------------------------------------------------------


def cases(user: User) -> QuerySet[Allocation]:
    """The allocations whose band this person may know (S7)."""
    return visible(Allocation.objects.select_related("school", "cycle"), user, "allocation.see")


@dataclass(frozen=True)
class Filters:
    """What the cycle page may be narrowed to; all live in the address."""

    state: str = ""
    phase: str = ""
    type: str = ""
    sip: int | None = None
    text: str = ""


def board(cycle: Cycle, user: User, filters: Filters, *, today: date) -> QuerySet[Allocation]:
    """The cycle's allocations whose inside this person may see: longest waiting first.

    Each comes with its partner's name and whether it is marked as high risk.
    """
    partner = Assignment.objects.filter(
        assignment_in_force(today), role="sip", school=OuterRef("school_id")
    )
    found = (
        standing(cycle, user)
        .select_related("school", "cycle")
        .annotate(
            partner=Subquery(partner.order_by("-starts").values("person__name")[:1]),
            at_risk=Exists(HighRisk.objects.filter(allocation=OuterRef("pk"), ended_at=None)),
        )
    )
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.phase:
        found = found.filter(school__phase=filters.phase)
    if filters.type:
        found = found.filter(school__type=filters.type)
    if filters.text:
        found = found.filter(school__name__icontains=filters.text)
    if filters.sip is not None:
        found = (
            found.filter(Exists(partner.filter(person=filters.sip)))
            if filters.sip
            else found.exclude(Exists(partner))
        )
    closed = [key for key, state in ALLOCATION.states.items() if state.closed]
    waits = Case(When(state__in=closed, then=Value(1)), default=Value(0))
    # Schools are taken in by name, so the key orders those that wait equally long by name
    # without a look at the register.
    return found.order_by(waits, "state_since", "pk")


def standing(cycle: Cycle, user: User) -> QuerySet[Allocation]:
    """How the cycle stands, for whoever sits inside the service at these schools.

    A partner who is a head elsewhere does not meet that school here: what its own partner
    prepares is not theirs to see (U2).
    """
    current = Allocation.objects.filter(cycle=cycle).exclude(state=SUPERSEDED)
    return visible(current, user, "allocation.inside")


def counts(cycle: Cycle, user: User) -> dict[str, int]:
    """How many of the cycle's allocations stand in each state, of those one may see."""
    tallied = standing(cycle, user).order_by().values_list("state")
    return dict(tallied.annotate(Count("pk")))


def counts_by(cycle: Cycle, user: User, column: str) -> dict[tuple[str, str], int]:
    """As `counts`, cut by phase or type of school as well."""
    tallied = (
        standing(cycle, user)
        .order_by()
        .values_list(f"school__{column}", "state")
        .annotate(Count("pk"))
    )
    return {(group, state): number for group, state, number in tallied}


def counts_by_sip(cycle: Cycle, user: User, *, today: date) -> dict[tuple[str, str], int]:
    """As `counts`, cut by the person who is the school's partner today; "0" is nobody."""
    held = Assignment.objects.filter(assignment_in_force(today), role="sip", school__isnull=False)
    partners = dict(held.order_by("starts").values_list("school_id", "person_id"))
    found = standing(cycle, user).values_list("school_id", "state")
    return Counter((str(partners.get(urn, 0)), state) for urn, state in found)


def history(case: Allocation) -> QuerySet[Allocation]:
    """The school's allocations of other years and rounds, newest first."""
    return (
        Allocation.objects.filter(school=case.school)
        .exclude(pk=case.pk)
        .select_related("cycle")
        .order_by("-cycle__year", "-round")
    )
