"""What moderation compares: proposals of one band beside each other, across partners (S4)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from plimsoll.allocations.guards import not_own_partner
from plimsoll.allocations.models import Allocation, Cycle, Offer, Side, ViewSheet
from plimsoll.allocations.queries import Spread, spread
from plimsoll.people.models import User


@dataclass(frozen=True)
class Proposal:
    """One proposed band waiting for moderation, and what there is to compare it by."""

    case: Allocation
    partner: str
    before: str
    spread: list[tuple[str, int]]
    decisive: list[tuple[str, str]]
    reasons: str
    blocked: str


@dataclass
class Group:
    """The proposals of one band."""

    band: str
    meaning: str
    proposals: list[Proposal] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """Who proposes which band how often, then the proposals band by band."""

    bands: list[str]
    partners: list[tuple[str, list[int], int]]
    groups: list[Group]


def compare(cycle: Cycle, waiting: Iterable[Allocation], *, by: User, at: datetime) -> Comparison:
    """The waiting proposals, most support first, so that like stands beside like."""
    cases = sorted(waiting, key=lambda case: case.school.name)
    offers, sheets = _last_offers(cases), _sheets(cases)
    policy = cycle.policy
    groups = {band.key: Group(band.label, band.meaning) for band in reversed(policy.bands)}
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        offer = offers[case.pk]
        tally[offer.made_by_name][offer.band] += 1
        fallen = spread(policy, sheets[case.pk]) if case.pk in sheets else None
        blocked = not_own_partner(case, by=by, at=at)
        groups[offer.band].proposals.append(_proposal(case, offer, fallen, blocked))
    return Comparison(
        bands=[band.label for band in policy.bands],
        partners=[
            (name, [counted[band.key] for band in policy.bands], counted.total())
            for name, counted in sorted(tally.items())
        ],
        groups=[group for group in groups.values() if group.proposals],
    )


def _last_offers(cases: list[Allocation]) -> dict[int, Offer]:
    offers = Offer.objects.filter(allocation__in=cases, side=Side.SERVICE)
    return {offer.allocation_id: offer for offer in offers.order_by("made_at", "pk")}


def _sheets(cases: list[Allocation]) -> dict[int, ViewSheet]:
    sheets = ViewSheet.objects.filter(allocation__in=cases, side=Side.SERVICE)
    return {sheet.allocation_id: sheet for sheet in sheets.prefetch_related("views")}


def _proposal(case: Allocation, offer: Offer, fallen: Spread | None, blocked: str) -> Proposal:
    labels = {band.key: band.label for band in case.policy.bands}
    return Proposal(
        case=case,
        partner=offer.made_by_name,
        # A band of an earlier framework keeps the name it had.
        before=labels.get(case.previous_band, case.previous_band),
        spread=[(labels[key], len(said)) for key, said in fallen.bands] if fallen else [],
        decisive=fallen.decisive if fallen else [],
        reasons=offer.reasons,
        blocked=blocked,
    )
