"""The diary: one's own visits by week, or anybody's for whoever oversees."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.allocations.board import partners
from plimsoll.allocations.models import Cycle
from plimsoll.core.access import may, needs
from plimsoll.core.forms import FilterForm
from plimsoll.framework.editions import current
from plimsoll.framework.model import Edition
from plimsoll.people.requests import SignedIn
from plimsoll.visits.days.across import INSIDE
from plimsoll.visits.days.views import terms
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.planning.weeks import OVERSEE, WHOLE_YEAR, found, in_weeks

PAGE: Final = 50


class DiaryFilter(FilterForm):
    """What the diary may be narrowed to."""

    partner = forms.ChoiceField(required=False)
    term = forms.ChoiceField(label="When", required=False)
    kind = forms.ChoiceField(label="Type of visit", required=False)
    state = forms.ChoiceField(label="State", required=False)

    def __init__(
        self,
        *args: Any,
        policy: Edition,
        others: Iterable[tuple[int, str]] | None,
        terms: Iterable[str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if others is None:  # only one's own
            del self.fields["partner"]
        else:
            self.fields["partner"].label = policy.words.partner_short
            people = [(str(pk), name) for pk, name in others]
            self.offer_any("partner", people, nothing="Everybody")
        year = [*((term, term) for term in terms), (WHOLE_YEAR, "The whole year")]
        self.offer_any("term", year, nothing="From this week on")
        self.offer_any("kind", [(each.id, each.label) for each in policy.visits])
        states = [(key, state.label) for key, state in VISIT.states.items()]
        self.offer_any("state", states, nothing="In the diary")


@needs(INSIDE)
@never_cache
@require_GET
def diary(request: SignedIn) -> HttpResponse:
    """The newest year's visits, week by week."""
    cycle = Cycle.objects.order_by("-year").first()
    if cycle is None:
        return render(request, "visits/none.html", {"words": current().words})
    today, oversees = timezone.localdate(), may(request.user, OVERSEE)
    filters = DiaryFilter(
        request.GET,
        policy=cycle.policy,
        others=partners(today) if oversees else None,
        terms=terms(cycle.year),
    )
    wanted = filters.cleaned_data if filters.is_valid() else {}
    rows = found(request.user, cycle, wanted, today)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "cycle": cycle,
        "words": cycle.policy.words,
        "filters": filters,
        "oversees": oversees,
        "page": page,
        "weeks": in_weeks(list(page.object_list), cycle, request.user, today),
    }
    return render(request, "visits/planning/diary.html", context)
