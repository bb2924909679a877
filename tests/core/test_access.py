"""The permission table: the check and the list read the same row."""

from datetime import timedelta

import pytest
import time_machine

from plimsoll.core.access import GRANTS, Path, Scope, forget, grants, holds, may, visible
from plimsoll.core.models import Event
from plimsoll.schools.models import School
from tests.cast import TODAY, Cast, give, make_person, make_school


def test_every_grant_names_a_known_role_and_extent() -> None:
    from plimsoll.core.access import ROLES

    for permission in GRANTS:
        for role, extent in grants(permission).items():
            assert role in ROLES, permission
            assert extent in ("own", "every"), permission


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
