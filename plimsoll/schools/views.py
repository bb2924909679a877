"""The people of the service and of each school: who they are, and which roles they hold."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.account.utils import perform_login
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import PUBLIC, SIGNED_IN, may, needs, visible
from plimsoll.core.forms import PlimsollForm
from plimsoll.core.workflow import Refused
from plimsoll.people import actions as people
from plimsoll.people.models import Invitation, User
from plimsoll.people.requests import SignedIn
from plimsoll.schools import actions, forms, invitations, posts
from plimsoll.schools.invitations import Offered
from plimsoll.schools.models import Assignment, School

PAGE = 50


def _take(form: PlimsollForm, act: Callable[[], Any]) -> bool:
    """Do it; a refusal becomes an error of the form."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _now() -> datetime:
    return timezone.now()


# --- everybody ----------------------------------------------------------------------------


@needs("people.see")
@require_GET
def people_list(request: SignedIn) -> HttpResponse:
    filters = forms.PeopleFilter(request.GET)
    found = posts.directory(**filters.cleaned_data) if filters.is_valid() else User.objects.none()
    today = timezone.localdate()
    page = Paginator(posts.with_posts(found, today), PAGE).get_page(request.GET.get("page"))
    open_invitations = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    context = {
        "filters": filters,
        "page": page,
        "listed": posts.listed(page.object_list, today),
        "invitations": [
            (invitation, invitation.obstacle(_now()))
            for invitation in open_invitations.order_by("-invited_at")
        ],
        "may_change": may(request.user, "people.change"),
        "may_invite": may(request.user, "assignment.change"),
    }
    return render(request, "schools/people_list.html", context)


@needs("people.see")
@require_GET
def person(request: SignedIn, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    context = {
        "person": shown,
        "posts": posts.of(shown, timezone.localdate()),
        "may_change": may(request.user, "people.change"),
        "may_appoint": may(request.user, "assignment.change"),
    }
    return render(request, "schools/person.html", context)


@needs("assignment.change")
def invite(request: SignedIn) -> HttpResponse:
    form = forms.InviteForm(request.POST or None)
    if form.is_valid() and _take(form, lambda: _invite(form, request.user)):
        messages.success(request, f"The invitation goes to {form.cleaned_data['email']}.")
        return redirect("schools:people-list")
    context = {"title": "Invite somebody", "form": form, "action": "Send the invitation"}
    return render(request, "schools/form.html", context | _cancel("schools:people-list"))


def _invite(form: forms.InviteForm, by: User) -> None:
    data = form.cleaned_data
    offer = Offered(
        role=data["role"],
        school=data["school"],
        phases=tuple(data["phases"]),
        service=data["service"],
    )
    invitations.invite(email=data["email"], name=data["name"], offer=offer, by=by, at=_now())


@needs("assignment.change")
def invite_again(request: SignedIn, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    return _confirm(
        request,
        lambda: invitations.send_again(invitation=invitation, by=request.user, at=_now()),
        title=f"Send {invitation.name} a new link",
        action="Send a new link",
        consequences=["The link sent before stops working."],
        told=[invitation.email],
        done=f"A new link goes to {invitation.email}.",
        back=reverse("schools:people-list"),
    )


@needs("assignment.change")
def invite_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    return _confirm(
        request,
        lambda: invitations.withdraw(invitation=invitation, by=request.user, at=_now()),
        title=f"Withdraw the invitation of {invitation.name}",
        action="Withdraw the invitation",
        consequences=["The link in the e-mail stops working."],
        done=f"The invitation of {invitation.name} is withdrawn.",
        back=reverse("schools:people-list"),
    )


@needs("people.change")
def end_access(request: SignedIn, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk, is_active=True)
    today = timezone.localdate()
    return _confirm(
        request,
        lambda: actions.end_access(person=shown, on=today, by=request.user, at=_now()),
        title=f"End the access of {shown.name}",
        action="End access",
        warning="Every role of this person ends today.",
        consequences=["They are signed out everywhere, and cannot sign in any more."],
        done=f"{shown.name} has no access any more.",
        back=reverse("schools:person", args=[pk]),
    )


@needs("people.change")
def reopen(request: SignedIn, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk, is_active=False)
    return _confirm(
        request,
        lambda: people.reopen_account(person=shown, by=request.user, at=_now()),
        title=f"Let {shown.name} sign in again",
        action="Let them sign in",
        consequences=["The roles that ended stay ended: appoint the person anew."],
        done=f"{shown.name} can sign in again.",
        back=reverse("schools:person", args=[pk]),
    )


@needs("people.change")
def end_sessions(request: SignedIn, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    return _confirm(
        request,
        lambda: people.end_sessions(person=shown, by=request.user, at=_now()),
        title=f"Sign {shown.name} out everywhere",
        action="Sign them out",
        consequences=["They can sign in again."],
        done=f"{shown.name} is signed out everywhere.",
        back=reverse("schools:person", args=[pk]),
    )


# --- roles --------------------------------------------------------------------------------


@needs("assignment.change")
def appoint(request: SignedIn, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk, is_active=True)
    form = forms.AppointForm(request.POST or None, today=timezone.localdate())
    if form.is_valid() and _take(
        form,
        lambda: actions.appoint(person=shown, by=request.user, at=_now(), **form.cleaned_data),
    ):
        messages.success(request, f"{shown.name} is appointed.")
        return redirect("schools:person", pk)
    context = {"title": f"Appoint {shown.name}", "form": form, "action": "Appoint"}
    return render(request, "schools/form.html", context | _cancel("schools:person", pk))


@needs("assignment.see")
def end(request: SignedIn, pk: int) -> HttpResponse:
    """Whoever may assign ends any role; a head, the delegation that the head gave."""
    assignment = get_object_or_404(_endable(request), pk=pk)
    form = forms.EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid() and _take(
        form,
        lambda: actions.end(assignment=assignment, by=request.user, at=_now(), **form.cleaned_data),
    ):
        messages.success(request, f"The role of {assignment.person.name} ends on the day you set.")
        return redirect(_page_of(request, assignment))
    title = f"End a role of {assignment.person.name}"
    post = posts.Post(assignment, timezone.localdate())
    context = {"title": title, "caption": f"{post.role}, {post.where}", "form": form}
    cancel = {"cancel": _page_of(request, assignment), "action": "End the role"}
    return render(request, "schools/form.html", context | cancel)


def _endable(request: SignedIn) -> Any:
    rows = Assignment.objects.select_related("person", "school", "in_place_of")
    if may(request.user, "assignment.change"):
        return rows
    return visible(rows, request.user, "delegate.appoint").filter(in_place_of=request.user)


def _page_of(request: SignedIn, assignment: Assignment) -> str:
    if may(request.user, "people.see"):
        return reverse("schools:person", args=[assignment.person_id])
    return reverse("schools:people", args=[assignment.school_id])


@needs("assignment.change")
def hand_over(request: SignedIn, pk: int) -> HttpResponse:
    rows = Assignment.objects.select_related("person", "school").filter(role="sip")
    assignment = get_object_or_404(visible(rows, request.user, "assignment.change"), pk=pk)
    form = forms.HandOverForm(request.POST or None)
    if form.is_valid() and _take(
        form,
        lambda: actions.hand_over(
            assignment=assignment, by=request.user, at=_now(), **form.cleaned_data
        ),
    ):
        messages.success(request, f"{assignment.school} is handed over.")
        return redirect("schools:people", assignment.school_id)
    context = {
        "title": f"Hand over {assignment.school}",
        "caption": f"Now with {assignment.person.name}",
        "form": form,
        "action": "Hand over",
    }
    return render(
        request, "schools/form.html", context | _cancel("schools:people", assignment.school_id)
    )


@needs("assignment.change")
def cover(request: SignedIn, pk: int) -> HttpResponse:
    absent = get_object_or_404(Assignment.objects.select_related("person", "school"), pk=pk)
    form = forms.CoverForm(request.POST or None, initial={"starts": timezone.localdate()})
    if form.is_valid() and _take(
        form,
        lambda: actions.cover(absent=absent, by=request.user, at=_now(), **form.cleaned_data),
    ):
        messages.success(request, f"{absent.person.name} is covered for.")
        return redirect("schools:person", absent.person_id)
    post = posts.Post(absent, timezone.localdate())
    context = {
        "title": f"Cover for {absent.person.name}",
        "caption": f"{post.role}, {post.where}",
        "form": form,
        "action": "Appoint the cover",
    }
    return render(
        request, "schools/form.html", context | _cancel("schools:person", absent.person_id)
    )


# --- at one school ------------------------------------------------------------------------


@needs("assignment.see")
@require_GET
def at_school(request: SignedIn, urn: int) -> HttpResponse:
    school = get_object_or_404(
        visible(School.objects.all(), request.user, "assignment.see"), pk=urn
    )
    context = {
        "school": school,
        "places": posts.at(school, timezone.localdate()),
        "may_change": may(request.user, "assignment.change", school),
        "may_delegate": may(request.user, "delegate.appoint", school),
        "may_open_people": may(request.user, "people.see"),
    }
    return render(request, "schools/at_school.html", context)


@needs("delegate.appoint")
def delegate(request: SignedIn, urn: int) -> HttpResponse:
    schools = visible(School.objects.all(), request.user, "delegate.appoint")
    school = get_object_or_404(schools, pk=urn)
    form = forms.DelegateForm(request.POST or None, initial={"starts": timezone.localdate()})
    if form.is_valid() and _take(
        form,
        lambda: invitations.delegate_to(
            school=school, by=request.user, at=_now(), **form.cleaned_data
        ),
    ):
        messages.success(
            request,
            f"{form.cleaned_data['name']} may act for you. "
            "If they have no account yet, an invitation goes to their address.",
        )
        return redirect("schools:people", urn)
    context = {
        "title": "Let somebody act for you",
        "caption": school.name,
        "lead": "They see and do at this school what you can. You can end it at any time.",
        "form": form,
        "action": "Let them act for me",
    }
    return render(request, "schools/form.html", context | _cancel("schools:people", urn))


@needs("assignment.declare")
def declare(request: SignedIn, pk: int) -> HttpResponse:
    own = visible(
        Assignment.objects.select_related("school").filter(role="sip", person=request.user),
        request.user,
        "assignment.declare",
    )
    assignment = get_object_or_404(own, pk=pk)
    form = forms.InterestForm(request.POST or None, initial={"interest": assignment.interest})
    if form.is_valid() and _take(
        form,
        lambda: actions.declare_interest(
            assignment=assignment, by=request.user, at=_now(), **form.cleaned_data
        ),
    ):
        messages.success(request, f"Your declaration for {assignment.school} is kept.")
        return redirect("schools:people", assignment.school_id)
    context = {
        "title": "Declare your interests",
        "caption": str(assignment.school),
        "lead": "Principal Officers and administrators can read it. The school cannot.",
        "form": form,
        "action": "Declare",
    }
    return render(
        request, "schools/form.html", context | _cancel("schools:people", assignment.school_id)
    )


# --- one's own account --------------------------------------------------------------------


@needs(SIGNED_IN)
def mine(request: SignedIn) -> HttpResponse:
    me = get_object_or_404(User, pk=request.user.pk)
    form = forms.NameForm(request.POST or None, initial={"name": me.name})
    if form.is_valid():
        people.rename(person=me, by=me, at=_now(), **form.cleaned_data)
        messages.success(request, "Your name is changed.")
        return redirect("schools:mine")
    context = {"me": me, "form": form, "posts": posts.of(me, timezone.localdate())}
    return render(request, "schools/mine.html", context)


@needs(PUBLIC)
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows on GET, accepts on POST: a mail scanner that follows links uses nothing up."""
    found = invitations.by_token(token)
    reason = found.obstacle(_now()) if found else invitations.INCOMPLETE
    if found is None or reason:
        return render(request, "schools/invitation_over.html", {"reason": reason}, status=410)
    form = forms.AcceptForm(
        request.POST if request.method == "POST" else None,
        person=User(email=found.email, name=found.name),
    )
    if form.is_valid():
        try:
            made = invitations.accept(token=token, at=_now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return perform_login(request, made, email_verification="none")
    context = {"invitation": found, "offer": invitations.offered_by(found), "form": form}
    return render(request, "schools/invitation.html", context)


# --- shared by the pages above ------------------------------------------------------------


def _cancel(name: str, *args: Any) -> dict[str, str]:
    return {"cancel": reverse(name, args=args)}


def _confirm(
    request: SignedIn, act: Callable[[], Any], *, done: str, back: str, **words: Any
) -> HttpResponse:
    """Ask before something with consequences; do it on POST."""
    if request.method == "POST":
        try:
            act()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect(back)
    return render(request, "confirm.html", words | {"cancel": back})
