"""The open cases of the watch list: where each stands, what is owed in it, when one talked."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from plimsoll.core.access import visible
from plimsoll.intervention.clocks.workflow import OPEN
from plimsoll.intervention.models import Case, Discussion, Obligation
from plimsoll.intervention.permissions import SEE, WATCH
from plimsoll.intervention.steps.ladder import process_of
from plimsoll.intervention.watch.rows import Owed, Standing


def open_cases(user: Any) -> QuerySet[Any]:
    """Those on this person's list, each with its last discussion that was held, and if any was."""
    known = visible(visible(Case.objects.filter(closed_on=None), user, WATCH), user, SEE)
    held = Q(discussions__result=Discussion.Result.HELD)
    return known.annotate(
        talked_on=Max("discussions__on", filter=held),
        discussed=Exists(Discussion.objects.filter(case=OuterRef("pk"))),
    )


def standing_of(cases: Collection[Any], today: date) -> dict[int, Standing]:
    """By school: it has one open case at most."""
    owed = _owed(cases, today)
    return {
        case.school_id: Standing(
            case=case,
            label=process_of(case).state(case).label,
            owed=owed.get(case.pk, Owed()),
            talked_on=case.talked_on,
            discussion_owed=case.urgent_on is not None and not case.discussed,
        )
        for case in cases
    }


def _owed(cases: Iterable[Case], today: date) -> dict[int, Owed]:
    """What is owed in each case, in one query."""
    owed = Obligation.objects.filter(case__in=[case.pk for case in cases], state=OPEN)
    late = Count("pk", filter=Q(due__lt=today))
    rows = owed.order_by().values("case").annotate(number=Count("pk"), late=late, first=Min("due"))
    return {row["case"]: Owed(row["number"], row["late"], row["first"]) for row in rows}
