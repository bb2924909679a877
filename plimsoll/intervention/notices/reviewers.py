"""Who may be asked to review a notice in law: officers of the service that policy names."""

from datetime import date

from plimsoll.core.access import grants
from plimsoll.intervention.models import Notice
from plimsoll.intervention.permissions import REVIEW
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders


def may_be_asked(notice: Notice, today: date) -> list[User]:
    """By name; never its drafter."""
    roles = [role for role, extent in grants(REVIEW).items() if extent == "named"]
    service = notice.case.policy.concern.legal_service
    people = {
        held.person.pk: held.person
        for held in holders(notice.case.school, roles, today)
        if held.service == service and held.person.pk != notice.drafted_by_id
    }
    return sorted(people.values(), key=lambda person: person.name)
