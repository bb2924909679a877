"""The cast: the same people and schools in every test. None of them exists.

    def test_something(cast): ...
        cast.helen        # head of Harbour View
        cast.harbour_view # a voluntary aided primary school

Each person's name begins with the first letter of what they are known for in the tests.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from plimsoll.core.access import forget
from plimsoll.framework.editions import current
from plimsoll.people.models import User
from plimsoll.schools.models import Assignment, School

# The day on which the cast's stories begin: a Monday in the autumn term, in working hours.
TODAY = date(2026, 10, 5)
NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
SINCE = date(2026, 9, 1)


@dataclass(frozen=True)
class Cast:
    """People first, then schools."""

    ada: User  # administrator
    dan: User  # data officer
    sadia: User  # SIP of Harbour View and Dock Road; head of Quayside Nursery besides
    sam: User  # SIP of the other schools
    priya: User  # Principal Officer, primary and nursery
    paul: User  # Principal Officer, every other phase
    dorothy: User  # Director of Education
    declan: User  # Director of Children's Services
    olu: User  # LA officer, SEND
    helen: User  # head of Harbour View
    henry: User  # head of Dock Road Academy
    chloe: User  # chair of governors of Harbour View
    lena: User  # system leader who works with Harbour View
    pat: User  # finance officer, made party to Harbour View by a team around it
    nobody: User  # holds no role
    harbour_view: School
    dock_road: School
    quayside: School
    lighthouse: School
    tidewater: School

    @property
    def everyone(self) -> dict[str, User]:
        """Each person by name."""
        return {name: one for name, one in vars(self).items() if isinstance(one, User)}


def make_school(urn: int, name: str, type_: str, phase: str, **more: object) -> School:
    """An open school of this authority, unless told otherwise."""
    values: dict[str, object] = {
        "la": current().authority.la_codes[0],
        "la_name": current().authority.name,
        "number": urn - 900000 + 2000,
        "status": "1",
        "town": "Harbourside",
        "postcode": "HB1 1AA",
        "pupils": 210,
    }
    return School.objects.create(urn=urn, name=name, type=type_, phase=phase, **(values | more))


def make_person(name: str) -> User:
    """Somebody without a role."""
    return User.objects.create_user(f"{name.split()[0].lower()}@example.org", name)


def give(
    person: User,
    role: str,
    school: School | None = None,
    *,
    starts: date = SINCE,
    ends: date | None = None,
    **more: object,
) -> Assignment:
    """Put a person in a role, at one school or for the service."""
    given = Assignment.objects.create(
        person=person, role=role, school=school, starts=starts, ends=ends, **more
    )
    forget(person)
    return given


def make_cast() -> Cast:
    """Everybody, at their schools, since the first of September."""
    schools = {
        "harbour_view": make_school(
            900001,
            "Harbour View Primary School",
            "02",
            "primary",
            type_name="Voluntary aided school",
            religious_character="Roman Catholic",
        ),
        "dock_road": make_school(
            900002,
            "Dock Road Academy",
            "34",
            "secondary",
            type_name="Academy converter",
            trust_name="Compass Learning Trust",
            trust_uid=90001,
            pupils=960,
        ),
        "quayside": make_school(900003, "Quayside Nursery School", "15", "nursery", pupils=80),
        "lighthouse": make_school(900004, "Lighthouse School", "07", "not-applicable", pupils=120),
        "tidewater": make_school(900005, "Tidewater Centre", "14", "not-applicable", pupils=40),
    }
    people = {
        key: make_person(name)
        for key, name in {
            "ada": "Ada Quick",
            "dan": "Dan Fox",
            "sadia": "Sadia Rahman",
            "sam": "Sam Okoro",
            "priya": "Priya Nair",
            "paul": "Paul Whitfield",
            "dorothy": "Dorothy Adeyemi",
            "declan": "Declan Byrne",
            "olu": "Olu Bright",
            "helen": "Helen Marsh",
            "henry": "Henry Cole",
            "chloe": "Chloe Grant",
            "lena": "Lena Hart",
            "pat": "Pat Stone",
            "nobody": "Noor Body",
        }.items()
    }
    cast = Cast(**people, **schools)
    give(cast.ada, "admin")
    give(cast.dan, "data")
    give(cast.sadia, "sip", cast.harbour_view, declared_at=NOW)
    give(cast.sadia, "sip", cast.dock_road, declared_at=NOW)
    give(cast.sadia, "head", cast.quayside)
    give(cast.sam, "sip", cast.quayside, declared_at=NOW)
    give(cast.sam, "sip", cast.lighthouse, declared_at=NOW)
    give(cast.sam, "sip", cast.tidewater, declared_at=NOW)
    give(cast.priya, "po", phases=["primary", "nursery"])
    give(cast.paul, "po", phases=["secondary", "all-through", "16-plus", "not-applicable"])
    give(cast.dorothy, "doe")
    give(cast.declan, "dcs")
    give(cast.olu, "officer", service="send")
    give(cast.helen, "head", cast.harbour_view)
    give(cast.henry, "head", cast.dock_road)
    give(cast.chloe, "chair", cast.harbour_view)
    give(cast.lena, "leader", cast.harbour_view)
    give(cast.pat, "officer", service="finance")
    give(cast.pat, "party", cast.harbour_view)
    return cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
