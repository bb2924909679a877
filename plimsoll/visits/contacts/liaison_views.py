"""Log liaison about a school or a trust, the page of a trust, and what RISE does with a school."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import may, needs, visible
from plimsoll.core.forms import PlimsollForm
from plimsoll.framework.editions import current
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import School
from plimsoll.visits.contacts import liaison, rise
from plimsoll.visits.contacts.liaison import About, Word
from plimsoll.visits.contacts.liaison_forms import LiaisonForm, RiseForm
from plimsoll.visits.contacts.trusts import Trust, trust_page
from plimsoll.visits.models import Liaison


@needs(liaison.SEE)
@never_cache
@require_GET
def trust(request: SignedIn, uid: int) -> HttpResponse:
    """The trust’s schools, and what was said of the trust and of each of them."""
    page = trust_page(_trust(request, uid, liaison.SEE), request.user, current())
    return render(request, "visits/contacts/trust.html", {"page": page, "title": page.trust.name})


@needs(liaison.LOG)
@never_cache
def log(request: SignedIn, urn: int) -> HttpResponse:
    school = get_object_or_404(visible(School.objects.all(), request.user, liaison.LOG), pk=urn)
    back = f"{reverse('desk:contact-log', args=[urn])}#liaison"
    return _log(request, About(school=school), school.name, back)


@needs(liaison.LOG)
@never_cache
def log_of_trust(request: SignedIn, uid: int) -> HttpResponse:
    found = _trust(request, uid, liaison.LOG)
    return _log(request, About(trust_uid=uid), found.name, reverse("visits:trust", args=[uid]))


@needs(liaison.LOG)
@never_cache
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Another entry takes the place of this one, which stays readable."""
    row = get_object_or_404(
        visible(Liaison.objects.select_related("school"), request.user, liaison.LOG), pk=pk
    )
    form = _form(request, {field: getattr(row, field) for field in Word.__annotations__})
    back = _page_of(row)
    if form.is_valid() and form.does(
        liaison.correct, row=row, word=form.word, by=request.user, at=timezone.now()
    ):
        messages.success(request, "It is put right. What was logged first stays beside it.")
        return redirect(back)
    name = row.school.name if row.school else _trust(request, row.trust_uid, liaison.LOG).name
    return _page(request, form, name, title="Correct liaison", cancel=back)


@needs(liaison.LOG)
@never_cache
def record_rise(request: SignedIn, urn: int) -> HttpResponse:
    """The newest entry holds; those before it stay as history."""
    school = get_object_or_404(visible(School.objects.all(), request.user, liaison.LOG), pk=urn)
    at = timezone.now()
    today = timezone.localdate(at)
    form = RiseForm(request.POST or None, initial={"since": today}, policy=current(), today=today)
    back = f"{reverse('desk:contact-log', args=[urn])}#rise"
    if form.is_valid() and form.does(
        rise.record, school=school, status=form.answer, by=request.user, at=at
    ):
        messages.success(request, f"What RISE does with {school.name} is recorded.")
        return redirect(back)
    return _page(
        request, form, school.name, title="What RISE does", action="Record it", cancel=back
    )


def _log(request: SignedIn, about: About, name: str, back: str) -> HttpResponse:
    at = timezone.now()
    form = _form(request, {"on": timezone.localdate(at)})
    if form.is_valid() and form.does(
        liaison.log, about=about, word=form.word, by=request.user, at=at
    ):
        messages.success(request, f"The liaison about {name} is logged.")
        return redirect(back)
    return _page(request, form, name, title="Log liaison", cancel=back)


def _trust(request: SignedIn, uid: int | None, permission: str) -> Trust:
    """A trust of which the person may read at one school at least; 404 says no more."""
    schools = School.objects.filter(trust_uid=uid)
    found = visible(schools, request.user, permission).order_by("urn").first()
    if uid is None or found is None:
        raise Http404
    return Trust(uid, found.trust_name or "Trust", may_log=may(request.user, liaison.LOG, found))


def _page_of(row: Liaison) -> str:
    if row.school_id:
        return f"{reverse('desk:contact-log', args=[row.school_id])}#liaison"
    return reverse("visits:trust", args=[row.trust_uid])


def _form(request: SignedIn, initial: dict[str, Any]) -> LiaisonForm:
    return LiaisonForm(
        request.POST or None, initial=initial, policy=current(), today=timezone.localdate()
    )


def _page(
    request: SignedIn, form: PlimsollForm, name: str, *, title: str, cancel: str, action: str = ""
) -> HttpResponse:
    context = {
        "title": title,
        "name": name,
        "form": form,
        "action": action or title,
        "cancel": cancel,
    }
    return render(request, "visits/contacts/liaison_form.html", context)
