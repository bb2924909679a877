"""Which worries a person may know of, and to whom one may go."""

from datetime import date

from django.db.models import Case, Q, QuerySet, Value, When

from plimsoll.core.access import grants, visible
from plimsoll.framework.editions import current
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders, in_force
from plimsoll.schools.models import Assignment, School
from plimsoll.visits import privacy
from plimsoll.visits.models import Worry
from plimsoll.visits.worries.workflow import SEE


def may_be_told(school: School, by: User, today: date) -> list[Assignment]:
    """To whom a worry at this school may go: holders of policy's roles, in its order."""
    known = grants(SEE)
    roles = [role for role in current().reports.worry_to if role in known]
    held = [each for each in holders(school, roles, today) if each.person_id != by.pk]
    return sorted(held, key=lambda each: (roles.index(each.role), each.person.name))


def names_in(text: str, school: School, today: date) -> list[str]:
    """The words of a worry that look like the name of a child."""
    posts = Assignment.objects.filter(in_force(today), Q(school=school) | Q(school=None))
    adults = posts.values_list("person__name", flat=True)
    words = (school.name, school.town, school.trust_name)
    found = privacy.look("", text, policy=current(), adults=adults, words=words)
    return list(dict.fromkeys(each.word for each in found if each.why == privacy.NAMED))


def readable(user: User) -> QuerySet[Worry]:
    """The worries that this person may know of, those that nobody has acknowledged first."""
    waits = Case(
        When(state="raised", then=Value(0)),
        When(state="acknowledged", then=Value(1)),
        default=Value(2),
    )
    found = visible(Worry.objects.select_related("school", "raised_by", "raised_to"), user, SEE)
    return found.order_by(waits, "raised_at", "pk")


def not_acknowledged(today: date) -> QuerySet[Worry]:
    """The worries that were not acknowledged on the day on which they were raised."""
    return Worry.objects.filter(state="raised", raised_at__date__lt=today)
