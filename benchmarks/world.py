"""Fictional authorities of any size, for the benchmarks: schools, people, figures, past years.

Written in bulk and past the process, so nothing here is a case that a person could have made
step by step; the pages do not care.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import cycle as again
from itertools import islice, product

from benchmarks import published
from plimsoll.allocations.models import (
    Allocation,
    CriterionView,
    Cycle,
    Offer,
    Side,
    ViewSheet,
)
from plimsoll.core.models import Event
from plimsoll.evidence.models import Inspection
from plimsoll.framework.editions import current
from plimsoll.people.models import User
from plimsoll.schools.models import Assignment, School

AT = datetime(2026, 10, 5, 9, tzinfo=UTC)
SINCE = date(2022, 9, 1)
DUE = date(2026, 10, 19)
FIRST = 900001
# Put together, every school has a place of its own, as nearly every real one has.
BEGIN = "Ald Bram Cald Den Ever Farn Gal Hart Ing Kel Lang Mar Nor Old Pen Rad Sel Thorn Ul Wen"
MIDDLE = "a e i o er en ing el ar or un al em in is os ur yl eth id"
END = "ton ham by ley ford wick worth field den stead mere gate combe well bury dale ness thorpe"
PLACES = tuple(map("".join, product(BEGIN.split(), MIDDLE.split(), END.split())))
KINDS = ("", "View ", "Road ", "Lane ", "Hill ", "Park ", "St Mary's ", "Holy Cross ")
LOAD, PARTNERS = 14, 15
# How the year stands: most are under way, a tenth wait for the Principal Officer.
STATES = "not_started preparing with_school with_school agreed agreed referred with_service".split()
PROPOSED = 40
BATCH = 2000
ELSEWHERE = 100  # other authorities, of some two hundred schools each


def make(*, register: int, allocated: int, years: int) -> None:
    """`register` schools, of which `allocated` are the authority's, with so many years of it."""
    School.objects.bulk_create(
        [_school(number, allocated) for number in range(register)], batch_size=BATCH
    )
    priya = User.objects.create_user("priya@example.org", "Priya Nair")
    Assignment.objects.create(person=priya, role="po", starts=SINCE)
    sadia = _partners(allocated)
    for back in reversed(range(years)):
        _year(2026 - back, allocated, sadia, now=back == 0)
    helen = User.objects.create_user("helen@example.org", "Helen Marsh")
    Assignment.objects.create(person=helen, role="head", school_id=FIRST, starts=SINCE)
    Inspection.objects.bulk_create(
        [_inspection(urn) for urn in range(FIRST, FIRST + register)], batch_size=BATCH
    )
    published.make(at=AT)


def _school(number: int, allocated: int) -> School:
    # Neighbours in the list are not neighbours in the alphabet.
    place = PLACES[number * 977 % len(PLACES)] if number else "Kittiwake Quay"
    own = number < allocated
    return School(
        urn=FIRST + number,
        name=f"{place} {KINDS[number % len(KINDS)]}Primary School",
        la=current().authority.la_codes[0] if own else 100 + number % ELSEWHERE,
        la_name="Harbourside" if own else "Elsewhere",
        number=2000 + number % 8000,
        type="01",
        type_name="Community school",
        status="1",
        phase="primary",
        town="Harbourside",
        postcode=f"HB{number % 99} {number % 9}AA",
        pupils=210,
        # Some twenty kilometres around each authority's middle, out at sea.
        easting=700_000 + number * 7919 % 20_000,
        northing=400_000 + number * 104_729 % 20_000,
    )


def _partners(allocated: int) -> User:
    """Sadia has her fourteen schools; what is beyond fifteen partners' makes their load larger."""
    people = [User(email=f"sip{n}@example.org", name=f"Partner {n}") for n in range(PARTNERS)]
    User.objects.bulk_create(people)
    Assignment.objects.bulk_create(
        [
            Assignment(
                person=people[0 if number < LOAD else 1 + number % (PARTNERS - 1)],
                role="sip",
                school_id=FIRST + number,
                starts=SINCE,
                declared_at=AT,
            )
            for number in range(allocated)
        ],
        batch_size=BATCH,
    )
    return people[0]


def _year(start: int, allocated: int, partner: User, *, now: bool) -> None:
    policy = current()
    at = AT.replace(year=start)
    year = Cycle.objects.create(
        year=f"{start}-{(start + 1) % 100:02d}",
        edition=policy.key,
        edition_digest=policy.digest,
        opened_at=at,
        opened_by="Priya Nair",
        closed_at=None if now else at + timedelta(days=90),
        closed_by="" if now else "Priya Nair",
    )
    states = islice(again(STATES), allocated) if now else ["agreed"] * allocated
    cases = [_case(year, number, state, at) for number, state in enumerate(states)]
    for case in cases[-PROPOSED:] if now else ():
        case.state, case.band, case.concluded_at = "moderation", "", None
        case.proposed_band = policy.bands[case.school_id % len(policy.bands)].key
    Allocation.objects.bulk_create(cases, batch_size=BATCH)
    _told(cases, at)
    if now:
        _argued(cases[:PROPOSED] + cases[-PROPOSED:], partner)


def _case(year: Cycle, number: int, state: str, at: datetime) -> Allocation:
    agreed = state == "agreed"
    return Allocation(
        cycle=year,
        school_id=FIRST + number,
        edition=year.edition,
        previous_band="B",
        proposed_band="" if state in ("not_started", "preparing") else "B",
        band="B" if agreed else "",
        concluded_at=at if agreed else None,
        heard_at=None if state in ("not_started", "preparing") else at,
        answer_due=DUE if state == "with_school" else None,
        answer_due_first=DUE if state == "with_school" else None,
        answer_basis="WD" if state == "with_school" else "",
        state=state,
        state_since=at + timedelta(minutes=number % 1440),
    )


def _told(cases: list[Allocation], at: datetime) -> None:
    """What the audit trail keeps of each."""
    Event.objects.bulk_create(
        [
            Event(
                at=at + timedelta(minutes=minutes),
                actor_name="Plimsoll",
                verb=verb,
                subject="allocations.allocation",
                subject_id=case.pk,
                urn=case.school_id,
                permission="allocation.see",
                after={"state": case.state},
            )
            for case in cases
            for minutes, verb in enumerate(("allocation.opened", "allocation.start"))
        ],
        batch_size=BATCH,
    )


def _argued(cases: list[Allocation], partner: User) -> None:
    """Both sides' views, and an offer with its reasons."""
    policy = current()
    sheets = [
        ViewSheet(allocation=case, side=side, saved_at=AT, saved_by="x", submitted_at=AT)
        for case in cases
        for side in Side
    ]
    ViewSheet.objects.bulk_create(sheets)
    CriterionView.objects.bulk_create(
        [
            CriterionView(
                sheet=sheet,
                criterion=criterion.id,
                choice=policy.descriptors_of(criterion.id)[0].id,
                text="As we saw in class.",
            )
            for sheet in sheets
            for criterion in policy.criteria
        ],
        batch_size=BATCH,
    )
    Offer.objects.bulk_create(
        [
            Offer(
                allocation=case,
                side=Side.SERVICE,
                band=case.proposed_band or "B",
                reasons="Leadership is strong; attendance needs a closer look.",
                made_at=AT,
                made_by=partner.pk,
                made_by_name=f"Partner {number % 6}",
                made_by_role="sip",
            )
            for number, case in enumerate(cases)
        ]
    )


def _inspection(urn: int) -> Inspection:
    return Inspection(
        urn=urn,
        era="report-card",
        kind="graded",
        starts=date(2026, 3, 3),
        overall_status="not-judged",
        category_status="not-published",
        safeguarding="met",
        safeguarding_status="graded",
    )
