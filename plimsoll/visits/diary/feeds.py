"""One person's diary as a calendar, at a secret address of which only the SHA-256 is kept.

A calendar program signs in nowhere, so the address is all it has. What is read at it is decided
by the roles that the person holds at that moment. It tells where one has to be, and no more.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from icalendar import Calendar, Event

from plimsoll.core import audit
from plimsoll.core.access import grants, holdings, may
from plimsoll.framework import editions
from plimsoll.people.models import User
from plimsoll.visits.diary.queries import SEE, visits
from plimsoll.visits.models import Feed, Visit

LOCAL: Final = ZoneInfo(settings.TIME_ZONE)
# How far back a calendar still shows what was, and what was called off.
KEPT: Final = timedelta(days=90)
STATUS: Final = {
    "planned": "TENTATIVE",
    "other_day": "TENTATIVE",
    "cancelled": "CANCELLED",
    "not_held": "CANCELLED",
}


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make(*, person: User, at: datetime) -> str:
    """A new secret, told this once; the address before it answers no more."""
    User.objects.select_for_update().get(pk=person.pk)
    _revoke(person, at)
    secret = secrets.token_urlsafe(32)
    Feed.objects.create(person=person, digest=digest(secret), made_at=at)
    audit.record(verb="feed.made", subject=person, by=person, at=at, permission="people.see")
    return secret


@transaction.atomic
def revoke(*, person: User, at: datetime) -> bool:
    """The address answers nobody any more; false where there was none."""
    if not _revoke(person, at):
        return False
    audit.record(verb="feed.revoked", subject=person, by=person, at=at, permission="people.see")
    return True


def _revoke(person: User, at: datetime) -> bool:
    return bool(Feed.objects.filter(person=person, revoked_at=None).update(revoked_at=at))


def current(person: User) -> Feed | None:
    return Feed.objects.filter(person=person, revoked_at=None).first()


def reader(secret: str) -> User | None:
    """Whose diary is read at this address; nobody's where it was revoked or access has ended."""
    feed = (
        Feed.objects.filter(digest=digest(secret), revoked_at=None).select_related("person").first()
    )
    return feed.person if feed and may(feed.person, SEE) else None


def calendar(person: User, today: date) -> bytes:
    """The person's visits, and those to the schools at which they hold a post."""
    service = editions.current().authority.service_name
    made = Calendar()
    made.add("prodid", "-//Plimsoll//Visits//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Visits, {service}")
    for visit in _theirs(person, today):
        made.add_component(_event(visit))
    made.add_missing_timezones()
    return made.to_ical()


def _theirs(person: User, today: date) -> Iterable[Visit]:
    granted = grants(SEE)
    own = frozenset[int]().union(
        *(reach.ids for role, reach in holdings(person).items() if role in granted)
    )
    rows = visits(person).filter(Q(partner=person) | Q(school__in=own), on__gte=today - KEPT)
    return rows.order_by("on", "pk")


def _event(visit: Visit) -> Event:
    event = Event()
    event.add("uid", f"visit-{visit.pk}@{settings.BASE_URL.partition('://')[2]}")
    event.add("sequence", visit.version)
    event.add("dtstamp", visit.state_since)
    event.add("summary", f"{_what(visit)}: {visit.school.name}")
    event.add("location", visit.school.name)
    event.add("status", STATUS.get(visit.state, "CONFIRMED"))
    for name, value in _times(visit).items():
        event.add(name, value)
    return event


def _what(visit: Visit) -> str:
    """Of a private visit not even its kind."""
    how = visit.get_mode_display().lower()
    return "Appointment" if visit.private else f"Visit, {how}"


def _times(visit: Visit) -> dict[str, date]:
    """A day, or a time on it: what is agreed, or when its half day begins."""
    day, rules, whole = visit.held_on or visit.on, visit.policy.diary, visit.part == Visit.Part.DAY
    if whole and visit.starts is None:
        return {"dtstart": day, "dtend": day + timedelta(days=1)}
    morning = visit.part == Visit.Part.MORNING
    usual = time.fromisoformat(rules.morning_begins if morning else rules.afternoon_begins)
    begins = datetime.combine(day, visit.starts or usual, tzinfo=LOCAL)
    hours = rules.day_hours if whole else rules.half_day_hours
    return {"dtstart": begins, "dtend": begins + timedelta(hours=hours)}
