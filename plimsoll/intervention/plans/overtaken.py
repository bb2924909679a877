"""A save that came too late in some parts: both texts for the writer to choose from (I8)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from plimsoll.core import stale
from plimsoll.core.models import Versioned
from plimsoll.core.parts import seen
from plimsoll.intervention.models import GoverningBodyPlan, PlanAction, PlanAnswer
from plimsoll.intervention.plans.form import PlanForm, key_of, question_key
from plimsoll.intervention.plans.saving import FIELDS, Clash


def page(
    request: HttpRequest, data: QueryDict, *, plan: GoverningBodyPlan, clash: Clash
) -> HttpResponse:
    """Show both. Every other part of the form comes along and is saved with what is chosen."""
    mine, saved = data.copy(), dict[str, Any]()
    for each in clash.late:
        part, values = _part(each)
        saved |= {f"{part}-{name}": value for name, value in values.items()}
        # Sent again, it is meant for what is saved now.
        mine[seen(part)] = f"{each.version}."
    return stale.page(
        request,
        _as_posted(PlanForm(mine, plan=plan)),
        saved=saved,
        by=plan.saved_by,
        at=plan.saved_at,
        version=plan.version,
    )


def _as_posted(form: PlanForm) -> PlanForm:
    """Without room for new actions that the writer's page did not have."""
    for key, part in form.parts.items():
        if seen(key) not in form.data:
            for name in (*part.values, seen(key)):
                del form.fields[name]
    return form


def _part(each: Versioned) -> tuple[str, dict[str, Any]]:
    """The part of the form that was overtaken, and what is saved in it now."""
    if isinstance(each, PlanAnswer):
        return question_key(each.question), {"text": each.text}
    assert isinstance(each, PlanAction)
    return key_of(each), {name: getattr(each, name) for name in FIELDS}
