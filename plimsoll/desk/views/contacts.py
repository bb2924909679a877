"""Whom the authority reaches at a school: add, correct, end."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import needs, visible
from plimsoll.core.forms import PlimsollForm
from plimsoll.core.workflow import Refused
from plimsoll.desk.forms import ContactForm, EndContactForm, NewContactForm
from plimsoll.people.requests import SignedIn
from plimsoll.schools import contacts
from plimsoll.schools.models import Contact, School


@needs(contacts.CHANGE)
def add(request: SignedIn, urn: int) -> HttpResponse:
    school = get_object_or_404(visible(School.objects.all(), request.user, contacts.CHANGE), pk=urn)
    form = NewContactForm(request.POST or None, initial={"starts": timezone.localdate()})
    if form.is_valid() and done(
        form,
        lambda: contacts.add(
            school=school, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, f"{form.cleaned_data['name']} is kept as a contact.")
        return redirect("desk:people", urn)
    return _form(request, form, school, title="Add a contact", action="Add the contact")


@needs(contacts.CHANGE)
def change(request: SignedIn, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    now_kept = {field: getattr(contact, field) for field in contacts.FIELDS}
    form = ContactForm(request.POST or None, initial=now_kept)
    if form.is_valid() and done(
        form,
        lambda: contacts.change(
            contact=contact, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, f"{contact.name} is changed.")
        return redirect("desk:people", contact.school_id)
    title = f"Correct {contact.name}"
    return _form(request, form, contact.school, title=title, action="Save")


@needs(contacts.CHANGE)
def end(request: SignedIn, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    form = EndContactForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid() and done(
        form,
        lambda: contacts.end(
            contact=contact, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, f"{contact.name} is no contact after the day you set.")
        return redirect("desk:people", contact.school_id)
    title = f"End {contact.name} as a contact"
    return _form(request, form, contact.school, title=title, action="End the contact")


def done(form: PlimsollForm, act: Callable[[], Any]) -> bool:
    """Do it; a refusal becomes an error of the form."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _contact(request: SignedIn, pk: int) -> Contact:
    running = Contact.objects.select_related("school")
    return get_object_or_404(visible(running, request.user, contacts.CHANGE), pk=pk)


def _form(
    request: HttpRequest, form: PlimsollForm, school: School, *, title: str, action: str
) -> HttpResponse:
    context = {
        "title": title,
        "caption": school.name,
        "form": form,
        "action": action,
        "cancel": reverse("desk:people", args=[school.urn]),
    }
    return render(request, "desk/form.html", context)
