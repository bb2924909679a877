"""Which cases and notices wait for one person, through `visible()`, whatever the list.

Whoever was asked to review a notice in law has that notice only; a school has the letters that
were given to it and that this person has not opened (S7).
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from plimsoll.core.access import grants, holdings, path_of, scope, visible
from plimsoll.core.models import Event
from plimsoll.desk.waiting.whose import SCHOOL_SIDE
from plimsoll.documents.models import Document
from plimsoll.framework import editions
from plimsoll.framework.model import Edition
from plimsoll.intervention.cases.queries import cases
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.notices.queries import (
    readable,
)
from plimsoll.intervention.notices.workflow import WRITTEN
from plimsoll.intervention.permissions import APPROVE, DRAFT, REVIEW, SERVE, TOLD
from plimsoll.intervention.steps import ready
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment


def moving(user: Any) -> QuerySet[Case]:
    """The open cases whose next step may wait for a role that this person holds there."""
    mine = cases(user).filter(_held(user, Case, "edition", ready.roles), closed_on=None)
    return mine.order_by("stands_since", "pk")


def reviews(user: Any) -> QuerySet[Case]:
    """The open cases that this person keeps: an open case always has a next review."""
    mine = cases(user).filter(_keeps(user, Case, "edition"), closed_on=None)
    return mine.order_by("review_on", "pk")


def drafts(user: Any, today: date) -> QuerySet[Notice]:
    """Those that wait for this person: to go on with, to review, to approve."""
    mine = Q(drafted_by=user, state__in=WRITTEN) & _at(user, DRAFT)
    left = Q(state__in=WRITTEN) & ~Q(drafted_by__in=_drafting(today))
    mine |= left & _keeps(user, Notice, "case__edition")
    mine |= Q(reviewer=user, state="in_review") & _at(user, REVIEW)
    mine |= Q(state="waiting") & _approves(user)
    rows = readable(user).filter(mine, case__closed_on=None)
    return rows.order_by("state_since", "pk")


def unserved(user: Any) -> QuerySet[Notice]:
    """What was given, and is not on its way to everybody yet, or came back (I4)."""
    given = Notice.objects.filter(_keeps(user, Notice, "case__edition"), given_on__isnull=False)
    rows = visible(given, user, SERVE).select_related("case__school")
    nobody_has_it = Q(deliveries__given_on=None)
    came_back = Q(deliveries__bounced_on__isnull=False)
    counted = rows.annotate(
        unsent=Count("deliveries", filter=nobody_has_it & Q(deliveries__sent_on=None)),
        back=Count("deliveries", filter=nobody_has_it & came_back),
    )
    return counted.filter(Q(unsent__gt=0) | Q(back__gt=0)).order_by("given_on", "pk")


def letters(user: Any) -> QuerySet[Notice]:
    """What was given to the person’s own school, until they open the page that leads to it."""
    mine = Q(pk__in=())
    for role in SCHOOL_SIDE:
        if reach := holdings(user).get(role):
            mine |= path_of(Notice).q(reach)
    read = Event.objects.filter(
        verb="case.read",
        subject=Case._meta.label_lower,
        subject_id=OuterRef("case_id"),
        actor=user.pk,
        at__gte=OuterRef("state_since"),
    )
    kept = Document.objects.filter(
        subject=Notice._meta.label_lower, subject_id=OuterRef("pk"), permission=TOLD
    )
    given = Notice.objects.filter(~Exists(read), Exists(kept), state="given")
    rows = visible(given.filter(mine), user, TOLD)
    return rows.select_related("case__school").order_by("given_on", "pk")


def _keeps(user: Any, model: Any, edition: str) -> Q:
    """Where the person holds the role that keeps the cases."""
    return _held(user, model, edition, lambda policy: {policy.concern.keeper})


def _held(user: Any, model: Any, edition: str, roles: Callable[[Edition], set[str]]) -> Q:
    """Of each edition, where the person holds one of its roles; `edition` leads to it."""
    found = Q(pk__in=())
    for policy in editions.editions():
        for role in roles(policy):
            if reach := holdings(user).get(role):
                found |= Q(**{edition: policy.key}) & path_of(model).q(reach)
    return found


def _approves(user: Any) -> Q:
    """Notices that a role of this person approves; one that is reviewed, not by its drafter."""
    found = Q(pk__in=())
    for policy in editions.editions():
        for kind in policy.notices:
            for role in kind.approvers or (kind.signatory,):
                if reach := holdings(user).get(role):
                    theirs = Q(case__edition=policy.key, kind=kind.id) & path_of(Notice).q(reach)
                    found |= theirs & ~Q(drafted_by=user) if kind.reviewed else theirs
    return found & _at(user, APPROVE)


def _at(user: Any, permission: str) -> Q:
    reach = scope(user, permission)
    return path_of(Notice).q(reach) if reach else Q(pk__in=())


def _drafting(today: date) -> QuerySet[Assignment, Any]:
    """Whoever holds a role that drafts, as a subquery."""
    rows = Assignment.objects.filter(in_force(today), role__in=list(grants(DRAFT)))
    return rows.values("person")
