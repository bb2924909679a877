"""The permission table: the check and the list read the same row."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plimsoll.core import access, audit
from plimsoll.core.access import (
    GRANTS,
    ROLES,
    Extent,
    Path,
    Scope,
    forget,
    grants,
    holds,
    may,
    scope,
    visible,
)
from plimsoll.core.models import Event
from plimsoll.schools.models import Assignment, School
from tests.cast import TODAY, Cast, give, make_person, make_school


def test_every_grant_names_a_known_role_and_extent() -> None:
    for permission in GRANTS:
        for role, extent in grants(permission).items():
            assert role in ROLES, permission
            assert extent in ("own", "every", "named"), permission


def test_S7_who_knows_an_allocation_is_the_schools_own_and_the_services_few() -> None:
    assert grants("allocation.see") == {
        "head": "own",
        "chair": "own",
        "sip": "own",
        "po": "every",
        "doe": "every",
        "dcs": "every",
        "party": "own",
    }


@pytest.mark.parametrize("permission", sorted(GRANTS))
def test_a_check_and_a_list_never_disagree(cast: Cast, permission: str) -> None:
    schools = list(School.objects.all())
    for name, person in cast.everyone.items():
        listed = set(visible(School.objects.all(), person, permission))
        allowed = {school for school in schools if may(person, permission, school)}
        assert listed == allowed, f"{name} {permission}"
        assert may(person, permission) or not listed


def test_U2_a_sip_who_is_a_head_elsewhere_has_each_role_at_its_own_schools(cast: Cast) -> None:
    """Sadia is the SIP of Harbour View and Dock Road, and the head of Quayside."""
    assert may(cast.sadia, "allocation.prepare", cast.harbour_view)
    assert not may(cast.sadia, "allocation.answer", cast.harbour_view)
    assert may(cast.sadia, "allocation.answer", cast.quayside)
    assert not may(cast.sadia, "allocation.prepare", cast.quayside)
    assert not may(cast.sadia, "allocation.see", cast.lighthouse)


def test_U2_a_principal_officer_holds_the_schools_of_the_phase(cast: Cast) -> None:
    assert holds(cast.priya, "po", cast.harbour_view)
    assert not holds(cast.priya, "po", cast.dock_road)
    assert set(visible(School.objects.all(), cast.paul, "allocation.decide")) == {
        cast.dock_road,
        cast.lighthouse,
        cast.tidewater,
    }


def test_U2_a_role_ends_with_its_last_day_and_begins_with_its_first(
    cast: Cast,
) -> None:
    cover = make_person("Connor Vale")
    give(cover, "head", cast.harbour_view, starts=TODAY, ends=TODAY + timedelta(days=1))
    expected = {TODAY - timedelta(1): False, TODAY: True, TODAY + timedelta(1): True}
    for day, allowed in {**expected, TODAY + timedelta(2): False}.items():
        forget(cover)
        with time_machine.travel(day, tick=False):
            assert may(cover, "allocation.answer", cast.harbour_view) is allowed, day


def test_somebody_who_may_not_sign_in_may_do_nothing(cast: Cast) -> None:
    cast.helen.is_active = False
    forget(cast.helen)
    assert not may(cast.helen, "school.see")


def test_a_scope_is_the_union_of_all_roles_held() -> None:
    one = Scope(ids=frozenset({1}))
    two = Scope(groups=frozenset({"primary"}))
    assert (one | two) == Scope(ids=frozenset({1}), groups=frozenset({"primary"}))
    assert not Scope()


def test_an_event_without_a_school_is_read_only_where_the_permission_is_for_all(
    cast: Cast,
) -> None:
    """The trail has no lookup to a phase, so a phase is looked up in the register."""
    make_school(900010, "Hilltop Primary School", "01", "primary")
    for urn in (900001, 900002, None):
        Event.objects.create(
            at="2026-10-05T09:00Z",
            actor_name="Plimsoll",
            verb="x",
            subject="x",
            subject_id=1,
            urn=urn,
            permission="allocation.decide",
        )
    seen = visible(Event.objects.all(), cast.priya, "allocation.decide")
    assert [event.urn for event in seen] == [900001]
    assert Path("urn").covers(Scope(groups=frozenset({"primary"})), seen[0])


# --- named: those records only that name the person ----------------------------------------

# Decided by policy, so a test may lay any row over it.
LAID = "allocation.chase"
Lay = Callable[[Mapping[str, Extent]], None]


@pytest.fixture
def lay(monkeypatch: pytest.MonkeyPatch) -> Lay:
    """Lay a row over the table, as an authority's policy does."""

    def lay_(row: Mapping[str, Extent]) -> None:
        monkeypatch.setattr(access._sources, "policy_grants", lambda: {LAID: row})

    return lay_


@pytest.fixture
def assignments_name_their_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record with a school, its phase and a person whom it names."""
    path = Path("school_id", group="school__phase", named="person_id")
    monkeypatch.setattr(Assignment, "ACCESS", path)


@pytest.mark.usefixtures("assignments_name_their_person")
def test_S7_who_is_named_reaches_the_records_that_name_them_and_no_other(
    cast: Cast, lay: Lay
) -> None:
    lay({"po": "own", "officer": "named"})
    assert may(cast.olu, LAID)
    assert scope(cast.olu, LAID) == Scope(named=cast.olu.pk)
    theirs = Assignment.objects.get(person=cast.olu)
    assert list(visible(Assignment.objects.all(), cast.olu, LAID)) == [theirs]
    others = Assignment.objects.exclude(person=cast.olu)
    assert not any(may(cast.olu, LAID, one) for one in others)
    # Pat is an officer too, and is named twice.
    assert [one.role for one in visible(Assignment.objects.order_by("pk"), cast.pat, LAID)] == [
        "officer",
        "party",
    ]
    # A head is named in records too; the row does not speak of heads.
    assert not may(cast.helen, LAID, Assignment.objects.get(person=cast.helen))


@pytest.mark.usefixtures("assignments_name_their_person")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(row=st.dictionaries(st.sampled_from(ROLES), st.sampled_from(["every", "own", "named"])))
def test_S7_a_check_and_a_list_agree_whatever_the_row(
    cast: Cast, lay: Lay, row: Mapping[str, Extent]
) -> None:
    lay(row)
    records = list(Assignment.objects.select_related("school"))
    for name, person in cast.everyone.items():
        listed = list(visible(Assignment.objects.all(), person, LAID))
        assert len(set(listed)) == len(listed), "a record is listed twice"
        assert set(listed) == {one for one in records if may(person, LAID, one)}, name
        assert may(person, LAID) or not listed


def test_S7_being_named_somewhere_opens_no_record_that_names_nobody(cast: Cast, lay: Lay) -> None:
    """A school has no lookup to a person, nor has an event: neither is seen."""
    lay({"officer": "named"})
    Event.objects.create(
        at="2026-10-05T09:00Z",
        actor=cast.olu.pk,
        actor_name="Olu Bright",
        verb="x",
        subject="x",
        subject_id=1,
        urn=900001,
        permission=LAID,
    )
    assert not visible(School.objects.all(), cast.olu, LAID).exists()
    assert not may(cast.olu, LAID, cast.harbour_view)
    assert not Path("urn").covers(Scope(named=cast.olu.pk), cast.harbour_view)
    assert not audit.readable(cast.olu).filter(permission=LAID).exists()


def test_a_scope_keeps_who_is_named() -> None:
    one, two = Scope(ids=frozenset({1})), Scope(named=7)
    assert one | two == two | one == Scope(ids=frozenset({1}), named=7)
    assert Scope(named=7)
