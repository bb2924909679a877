"""Fetching a case for a page: for whoever may know of it; for everybody else it is not there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from plimsoll.core import drafts
from plimsoll.core.access import may
from plimsoll.core.forms import PlimsollForm
from plimsoll.intervention.cases import queries
from plimsoll.intervention.models import Case
from plimsoll.intervention.permissions import SEE
from plimsoll.people.requests import SignedIn


def fetched(request: SignedIn, pk: int, permission: str = SEE) -> Case:
    """The whole case, to whoever may do this with it."""
    case = get_object_or_404(queries.cases(request.user), pk=pk)
    if not may(request.user, permission, case):
        raise PermissionDenied
    return case


def told(request: SignedIn, pk: int) -> Case:
    """A case of which the school was told something."""
    return get_object_or_404(queries.told_cases(request.user), pk=pk)


def draft_key(case: Case, form: str) -> str:
    return f"case:{case.pk}:{form}"


def back(request: SignedIn, case: Case, said: str, *, kept: str = "") -> HttpResponse:
    """To the case, where the form is done with: what was kept of it as a draft goes."""
    if kept:
        drafts.discard(user=request.user, key=draft_key(case, kept))
    messages.success(request, said)
    return redirect("intervention:case", case.pk)


def small(
    request: SignedIn,
    case: Case,
    form: PlimsollForm,
    *,
    kept: str = "",
    **words: str | bool | list[str],
) -> HttpResponse:
    """One form of a case. words: title, lead, action; where there is one upload, notes.

    kept names the form among those of the case, where what is typed is kept as a draft.
    """
    context = {"case": case, "form": form} | words
    if kept:
        context |= drafts.opened(user=request.user, key=draft_key(case, kept), form=form)
    return render(request, "intervention/small.html", context)


def posted(request: SignedIn) -> tuple[object, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()
