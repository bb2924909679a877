"""Each kind of school goes the whole way that the law has for it, under both frameworks.

The kinds, their ways and whom the formal notice reaches are by hand, from sections 1.1, 1.5, 7.1
and 9 of the notes on the statute.
"""

from typing import NamedTuple

import pytest
from pytest_django import Settings

from plimsoll.core.workflow import Refused
from plimsoll.documents.models import Document
from plimsoll.intervention.models import Case, Delivery
from plimsoll.people.models import User
from tests.cast import TODAY, Cast, make_cast, make_school
from tests.intervention.steps import DAY, approved, discussed, found, opened, take

LAW = ["governing-body", "head", "ofsted", "secretary-of-state"]
CHURCH, APPOINTER = "diocese", "appointer"


class Kind(NamedTuple):
    name: str
    type: str
    religion: str
    reached: list[str]  # by the formal notice


MAINTAINED = (
    Kind("community", "01", "Does not apply", LAW),
    Kind("voluntary controlled, Church of England", "03", "Church of England",
         [*LAW, CHURCH, APPOINTER]),
    Kind("voluntary aided, Church of England", "02", "Church of England",
         [*LAW, CHURCH, APPOINTER]),
    Kind("voluntary aided, Roman Catholic", "02", "Roman Catholic", [*LAW, CHURCH, APPOINTER]),
    Kind("voluntary aided, Jewish", "02", "Jewish", [*LAW, APPOINTER]),
    Kind("foundation", "05", "None", [*LAW, APPOINTER]),
    Kind("community special", "07", "", LAW),
    Kind("foundation special", "12", "", [*LAW, APPOINTER]),
    Kind("nursery", "15", "", LAW),
)  # fmt: skip
OTHERS = (
    Kind("pupil referral unit", "14", "", []),
    Kind("academy", "34", "Church of England", []),
    Kind("free school", "35", "", []),
    Kind("special academy", "44", "", []),
)
# The steps to eligibility, and to the regulator, as each framework has them.
TO_POWERS = {
    "liverpool": ["concerns", "discussion", "pre-formal", "formal", "proposed", "eligible"],
    "northmoor": [
        "letter-of-concern", "discussion", "pre-formal", "formal", "proposed", "eligible",
    ],
}  # fmt: skip
TO_REGULATOR = {
    ("liverpool", "14"): ["concerns", "discussion", "letter", "referred"],
    ("northmoor", "14"): ["letter-of-concern", "referred"],
    ("liverpool", "academy"): ["concerns", "discussion", "letter", "escalated", "with-dfe"],
    ("northmoor", "academy"): ["letter-of-concern", "discussion", "regulator"],
}
WAYS = ("liverpool", "northmoor")


def begun(kind: Kind) -> tuple[Cast, Case]:
    cast = make_cast()
    school = make_school(
        900222, "Any School", kind.type, "primary",
        religious_character=kind.religion, trust_name="Any Trust" if kind in OTHERS else "",
    )  # fmt: skip
    return cast, opened(cast, school)


def person(cast: Cast, role: str) -> User:
    return {"po": cast.priya, "doe": cast.dorothy, "dcs": cast.declan}[role]


def go_on(cast: Cast, case: Case, name: str) -> Case:
    """Put on record what the step demands, have its notice approved, and take it."""
    rung = next(each for each in case.steps.rungs if each.id == name)
    day = max(case.stands_since, TODAY)
    if name == "proposed":
        day += 22 * DAY  # the day after the period
    for fact in map(case.policy.fact, rung.requires):
        by = person(cast, fact.by or "dcs")
        if fact.shown_by == "discussion":
            discussed(case, by, day=day)
        elif fact.shown_by == "finding":
            found(case, fact.id, by, day=day)
        elif fact.shown_by == "statutory-ground":
            found(case, fact.id, by, day=day, ground="s60-standards")
    if rung.notice:
        approved(case, rung.notice, day=day)
    return take(case, name, person(cast, rung.by), day=day)


@pytest.mark.parametrize("authority", WAYS)
@pytest.mark.parametrize("kind", MAINTAINED, ids=lambda kind: kind.name)
def test_I1_I2_I3_I4_I7_a_maintained_school_may_come_to_be_eligible(
    db: None, settings: Settings, authority: str, kind: Kind
) -> None:
    settings.AUTHORITY = authority
    cast, case = begun(kind)
    assert case.ladder == "maintained"
    for name in TO_POWERS[authority]:
        case = go_on(cast, case, name)
    assert case.state == "eligible"
    rows = Delivery.objects.filter(notice__case=case, notice__kind="formal")
    assert sorted(row.recipient for row in rows) == sorted(kind.reached)
    pre_formal = Delivery.objects.filter(notice__case=case, notice__kind="pre-formal")
    church = ["diocese"] if CHURCH in kind.reached else []
    assert sorted(row.recipient for row in pre_formal) == [*church, "governing-body", "head"]


@pytest.mark.parametrize("authority", WAYS)
@pytest.mark.parametrize("kind", OTHERS, ids=lambda kind: kind.name)
def test_I5_I6_the_others_are_written_of_to_their_regulator(
    db: None, settings: Settings, authority: str, kind: Kind
) -> None:
    settings.AUTHORITY = authority
    cast, case = begun(kind)
    way = kind.type if kind.type == "14" else "academy"
    assert case.ladder == ("pru" if way == "14" else "academy")
    for name in TO_REGULATOR[authority, way]:
        case = go_on(cast, case, name)
    to_regulator = Delivery.objects.filter(notice__case=case, recipient="regional-director")
    assert to_regulator.exists()
    assert not Delivery.objects.filter(notice__case=case, statutory=True).exists()
    assert Document.objects.filter(urn=case.school_id).count() == 2 * case.notices.count()
    for name in ("formal", "formal-60a", "proposed"):
        with pytest.raises((KeyError, Refused)):
            take(case, name, cast.declan)
