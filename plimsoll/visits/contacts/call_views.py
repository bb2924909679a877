"""Log a call, and put one right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core.access import needs, visible
from plimsoll.framework.editions import current
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import School
from plimsoll.visits.contacts import calls
from plimsoll.visits.contacts.calls import Said
from plimsoll.visits.contacts.forms import CallForm
from plimsoll.visits.contacts.going_back import back_to
from plimsoll.visits.models import Call


@needs(calls.LOG)
@never_cache
def log(request: SignedIn, urn: int) -> HttpResponse:
    """One page, today’s date filled in; then back to where one was."""
    school = get_object_or_404(visible(School.objects.all(), request.user, calls.LOG), pk=urn)
    at = timezone.now()
    form = _form(request, {"on": timezone.localdate(at), "how": Call.How.PHONE})
    follows = _followed(request, school)
    back = back_to(request, reverse("desk:contact-log", args=[urn]))
    if form.is_valid():
        facts = {"school": school, "said": form.said, "by": request.user, "follows": follows}
        if form.does(calls.log, at=at, **facts):
            messages.success(request, f"The contact with {school.name} is logged.")
            return redirect(back)
    return _page(request, form, school, title="Log a call", cancel=back, follows=follows)


@needs(calls.LOG)
@never_cache
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Another entry takes the place of this one, which stays readable."""
    kept = Call.objects.select_related("school", "corrected_by")
    call = get_object_or_404(visible(kept, request.user, calls.LOG), pk=pk)
    form = _form(request, {field: getattr(call, field) for field in Said.__annotations__})
    back = reverse("desk:contact-log", args=[call.school_id])
    if form.is_valid() and form.does(
        calls.correct, call=call, said=form.said, by=request.user, at=timezone.now()
    ):
        messages.success(
            request, "The contact is put right. What was logged first stays beside it."
        )
        return redirect(back)
    return _page(request, form, call.school, title="Correct a call", cancel=back)


def _form(request: SignedIn, initial: dict[str, object]) -> CallForm:
    return CallForm(
        request.POST or None, initial=initial, policy=current(), today=timezone.localdate()
    )


def _followed(request: SignedIn, school: School) -> Call | None:
    """The call that this one comes back to, if the address names one of this school."""
    asked = request.GET.get("follows", "")
    if not asked.isdecimal() or len(asked) > 9:
        return None
    open_ones = visible(calls.to_follow_up().filter(school=school), request.user, calls.SEE)
    return get_object_or_404(open_ones, pk=asked)


def _page(
    request: SignedIn,
    form: CallForm,
    school: School,
    *,
    title: str,
    cancel: str,
    follows: Call | None = None,
) -> HttpResponse:
    context = {
        "title": title,
        "school": school,
        "form": form,
        "action": title,
        "cancel": cancel,
        "follows": follows,
    }
    return render(request, "visits/contacts/call.html", context)
