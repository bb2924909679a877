"""An authority on a Monday in November: who is watched there, and why, by real steps."""

from datetime import date, datetime, timedelta

from plimsoll.allocations import actions
from plimsoll.allocations.models import Allocation, HighRisk
from plimsoll.evidence.eras import Era, Kind, Status
from plimsoll.evidence.models import Inspection
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.contacts import calls
from plimsoll.visits.contacts.calls import Said
from tests.allocations import steps as allocating
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.visits import steps as visiting

MONDAY = date(2026, 11, 9)
AT = datetime(2026, 11, 9, 9, 0, tzinfo=NOW.tzinfo)


def banded(cast: Cast, school: School, band: str) -> Allocation:
    """The school has agreed to this band."""
    case = Allocation.objects.filter(school=school).first() or allocating.opened(cast, school)
    case = allocating.take(case, "start", allocating.partner(cast, case))
    allocating.views_of(case, by=allocating.partner(cast, case), side=allocating.Side.SERVICE)
    case = allocating.take(
        case, "propose", allocating.partner(cast, case), band=band, reasons=allocating.WHY
    )
    case = allocating.take(case, "release", allocating.officer(cast, case))
    allocating.views_of(case, by=allocating.head(cast, case), side=allocating.Side.SCHOOL)
    return allocating.take(case, "agree", allocating.head(cast, case))


def marked(case: Allocation, by: User) -> HighRisk:
    facts = {"reason": "Two leaders have left.", "review_on": date(2026, 12, 1)}
    return actions.mark_high_risk(case=case, **facts, by=by, at=NOW)


def placed(school: School, category: str = "sm", starts: date = date(2026, 3, 3)) -> Inspection:
    """What Ofsted published: the school was placed in a category, or not."""
    return Inspection.objects.create(
        urn=school.urn, era=Era.REPORT_CARD, kind=Kind.GRADED, starts=starts, category=category,
        overall_status=Status.NOT_JUDGED, category_status=Status.GRADED,
        safeguarding_status=Status.NOT_PUBLISHED,
    )  # fmt: skip


def called(school: School, by: User, on: date) -> None:
    said = Said(on=on, how="phone", spoke_to="head", about="How the week went.")
    calls.log(school=school, said=said, by=by, at=NOW + (on - TODAY))


def november(cast: Cast) -> None:
    """Five schools that are watched, each for another reason and in another need."""
    steps.formal(cast)  # Harbour View: its plan was due on 26 October
    dock = banded(cast, cast.dock_road, "C")
    marked(dock, cast.sadia)
    visiting.held(dock, cast.sadia, on=date(2026, 11, 4))
    visiting.planned(dock, cast.sadia, on=date(2026, 12, 2), at=AT - timedelta(days=5))
    banded(cast, cast.quayside, "D")
    called(cast.quayside, cast.sam, date(2026, 10, 20))
    placed(cast.lighthouse)
    steps.opened(cast, cast.tidewater, review_on=date(2026, 11, 13))
    called(cast.tidewater, cast.sam, date(2026, 11, 6))
