"""The confidential note on whether the allocation is still right."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core.access import may, needs, visible
from plimsoll.core.forms import PlimsollForm
from plimsoll.people.requests import SignedIn
from plimsoll.visits.models import Visit
from plimsoll.visits.standing.actions import SEE, WRITE, note_reading, write
from plimsoll.visits.standing.queries import review_href


class NoteForm(PlimsollForm):
    still_right = forms.TypedChoiceField(
        label="Is it still right?",
        choices=[("yes", "Yes, it is still right"), ("no", "No, it should be looked at again")],
        coerce=lambda chosen: chosen == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="It stays apart from the report, and is in no e-mail and no summary.",
    )


@needs(SEE)
@never_cache
def standing_note(request: SignedIn, pk: int) -> HttpResponse:
    """The notes of one visit, newest first, for whoever may know of the allocation."""
    held = Visit.objects.filter(private=False, held_on__isnull=False).select_related("school")
    visit = get_object_or_404(visible(held, request.user, SEE), pk=pk)
    at, writes = timezone.now(), may(request.user, WRITE, visit)
    form = NoteForm(request.POST or None) if writes else None
    if form and form.is_valid():
        facts = form.cleaned_data | {"visit": visit, "by": request.user, "at": at}
        if form.does(write, **facts):
            messages.success(request, "The note is kept.")
            return redirect("visits:standing", pk)
    note_reading(visit=visit, by=request.user, at=at)
    context = {
        "visit": visit,
        "words": visit.policy.words,
        "notes": visit.standing_notes.order_by("-written_at", "-pk"),
        "form": form,
        "review": review_href(visit, request.user),
    }
    return render(request, "visits/standing.html", context)
