"""Legal holds: while one stands, nothing of the case may be disposed of.

Nothing disposes of a case today. Whatever comes to do so asks `refuse_disposal` first, and the
deletion of a case's records is refused besides, wherever it is tried (`guard_deletion`).
"""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import pre_delete
from django.utils import timezone

from plimsoll.core.access import follow, may
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.intervention.cases.records import note
from plimsoll.intervention.models import (
    Bundle,
    Case,
    Consultation,
    Correction,
    Decision,
    DecisionTold,
    Delivery,
    Discussion,
    Extension,
    Finding,
    GoverningBodyPlan,
    Hold,
    Notice,
    Obligation,
    PlanJudgement,
    PlanVersion,
    PowerInUse,
)
from plimsoll.intervention.permissions import HOLD
from plimsoll.people.models import User

# What the school is writing is its own until it is sent, and is left out.
RECORDS: Final = (
    Bundle, Case, Consultation, Correction, Decision, DecisionTold, Delivery, Discussion, Extension,
    Finding, GoverningBodyPlan, Hold, Notice, Obligation, PlanJudgement, PlanVersion, PowerInUse,
)  # fmt: skip


def standing(case: Case) -> QuerySet[Hold]:
    return Hold.objects.filter(case=case, lifted_at=None).order_by("placed_at", "pk")


@transaction.atomic
def place(*, case: Case, why: str, by: User, at: datetime) -> Hold:
    """Several may stand at once, each for its own reason; one reason is held once."""
    case = Case.objects.select_for_update(of=("self",)).select_related("school").get(pk=case.pk)
    if not may(by, HOLD, case):
        raise Refused("Your role at this school does not allow you to place a legal hold.")
    if not why.strip():
        raise Refused("Say why nothing may be disposed of.")
    if twin := standing(case).filter(why=why.strip()).first():
        return twin
    hold = Hold.objects.create(case=case, why=why.strip(), placed_at=at, placed_by=by)
    note("case.hold-placed", case, by=by, at=at, permission=HOLD, why=hold.why)
    return hold


@transaction.atomic
def lift(*, hold: Hold, why: str, by: User, at: datetime) -> Hold:
    """It stays to be read, with who placed and who lifted it."""
    found = Hold.objects.select_for_update(of=("self",)).select_related("case__school")
    hold = found.get(pk=hold.pk)
    if not may(by, HOLD, hold):
        raise Refused("Your role at this school does not allow you to lift a legal hold.")
    if hold.lifted_at:
        raise Refused(f"It was lifted on {long_date(timezone.localdate(hold.lifted_at))}.")
    if not why.strip():
        raise Refused("Say why it is no longer needed.")
    hold.lifted_at, hold.lifted_by, hold.lifted_why = at, by, why.strip()
    hold.save()
    note("case.hold-lifted", hold.case, by=by, at=at, permission=HOLD, why=hold.lifted_why)
    return hold


def refuse_disposal(case: Case) -> None:
    """Whatever disposes of a case, or of a part of it, asks here first. Raises Refused."""
    if first := standing(case).first():
        since = long_date(timezone.localdate(first.placed_at))
        raise Refused(f"A legal hold has stood since {since}: nothing is disposed of.")


def guard_deletion() -> None:
    """Called at the start: no row of a case goes while a hold stands, by whatever road."""
    for model in RECORDS:
        pre_delete.connect(_before_deletion, sender=model, dispatch_uid=f"hold-{model.__name__}")


def _before_deletion(sender: Any, instance: Any, **_: Any) -> None:
    if sender is Delivery and instance.notice.given_on is None:
        return  # somebody added by hand to a draft, and taken out again
    path = "" if sender is Case else sender.ACCESS.id.removesuffix("__school_id")
    refuse_disposal(follow(instance, path) if path else instance)
