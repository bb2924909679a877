"""The days of a school's last visit and its next: all that some may know of its visits (S7).

Never how many there were, nor of which type: their number would tell the band. Private visits
are left out, so that nobody learns of one from here.
"""

from datetime import date

from django.db.models import Max, Min, Q

from plimsoll.core.access import may
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.diary.workflow import COMING
from plimsoll.visits.models import Visit

LINE = "visit.line"
SEE = "visit.see"


def last_and_next(school: School, user: User, today: date) -> tuple[date | None, date | None]:
    if not (may(user, LINE, school) or may(user, SEE, school)):
        return None, None
    days = Visit.objects.filter(school=school, private=False).aggregate(
        last=Max("held_on"),
        coming=Min("on", filter=Q(state__in=COMING, on__gte=today)),
    )
    return days["last"], days["coming"]
