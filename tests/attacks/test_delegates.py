"""A delegate acts for a head: not for longer than the head is one (U2, S7)."""

from datetime import timedelta

from plimsoll.core.access import forget, may
from plimsoll.schools.actions import delegate, end, end_access
from plimsoll.schools.models import Assignment
from tests.cast import NOW, TODAY, Cast, make_person


def delegated(cast: Cast) -> Assignment:
    joan = make_person("Joan Reid")
    return delegate(
        school=cast.harbour_view, person=joan, starts=TODAY, ends=None, by=cast.helen, at=NOW
    )


def test_U2_a_delegate_ends_with_the_head_who_appointed_them(cast: Cast) -> None:
    given = delegated(cast)
    post = Assignment.objects.get(person=cast.helen, role="head")
    last = TODAY + timedelta(days=30)
    end(assignment=post, on=last, by=cast.priya, at=NOW)
    given.refresh_from_db()
    assert given.ends == last


def test_U2_a_delegate_who_ends_earlier_anyway_keeps_that_day(cast: Cast) -> None:
    given = delegated(cast)
    Assignment.objects.filter(pk=given.pk).update(ends=TODAY + timedelta(days=3))
    post = Assignment.objects.get(person=cast.helen, role="head")
    end(assignment=post, on=TODAY + timedelta(days=30), by=cast.priya, at=NOW)
    given.refresh_from_db()
    assert given.ends == TODAY + timedelta(days=3)


def test_S7_a_delegate_loses_sight_when_the_heads_access_ends(cast: Cast) -> None:
    given = delegated(cast)
    end_access(person=cast.helen, on=TODAY - timedelta(days=1), by=cast.ada, at=NOW)
    given.refresh_from_db()
    assert given.ends is not None
    forget(given.person)
    assert not may(given.person, "allocation.see", cast.harbour_view)


def test_U2_nobody_acts_for_a_head_beyond_a_last_day_that_is_set_already(cast: Cast) -> None:
    last = TODAY + timedelta(days=30)
    Assignment.objects.filter(person=cast.helen, role="head").update(ends=last)
    assert delegated(cast).ends == last


def test_U2_a_delegate_of_a_later_day_never_begins(cast: Cast) -> None:
    joan, later = make_person("Joan Reid"), TODAY + timedelta(days=20)
    given = delegate(
        school=cast.harbour_view, person=joan, starts=later, ends=None, by=cast.helen, at=NOW
    )
    post = Assignment.objects.get(person=cast.helen, role="head")
    end(assignment=post, on=TODAY, by=cast.priya, at=NOW)
    given.refresh_from_db()
    assert given.ends == TODAY
