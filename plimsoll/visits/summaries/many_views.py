"""Signing off and issuing the summaries of a term in one go, each after a page that asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from plimsoll.core.access import needs
from plimsoll.people.requests import SignedIn
from plimsoll.visits.models import Summary
from plimsoll.visits.summaries import actions
from plimsoll.visits.summaries.actions import BATCH, Done
from plimsoll.visits.summaries.forms import WhoseForm
from plimsoll.visits.summaries.queries import SIGN, to_issue
from plimsoll.visits.summaries.term_page import ready_to_sign, schools_of
from plimsoll.visits.summaries.term_views import found_term

MINE, ALL = "mine", "all"


@dataclass(frozen=True)
class Act:
    """What is done to many at once: its words, and what does it."""

    title: str
    action: str
    done: str
    none: str
    consequences: tuple[str, ...]
    told: str
    do: Callable[..., Done]


SIGNING: Final = Act(
    title="Sign off those that need no attention",
    action="Sign them off",
    done="signed off",
    none="No summary that needs no attention waits to be signed.",
    consequences=(
        "Your name stands under each of them.",
        "Those that need attention are left: read them and sign them one by one.",
        "A signature can be withdrawn until the summary is issued.",
    ),
    told="Nobody yet. The schools see a summary once it is issued.",
    do=actions.sign_all,
)
ISSUING: Final = Act(
    title="Issue the summaries that are signed",
    action="Issue them",
    done="issued",
    none="No signed summary waits to be issued.",
    consequences=(
        "Each is kept as PDF and Word, and never changes again.",
        "Those that are not signed are left.",
        "It may take half a minute. If it is interrupted, do it again: none is issued twice.",
    ),
    told="At each school those whom policy names, by an e-mail that says where to read it.",
    do=actions.issue_all,
)


@needs(SIGN)
@never_cache
def sign(request: SignedIn, year: str, term: str) -> HttpResponse:
    """Sign off those of the term that need no attention."""
    cycle, _ = found_term(year, term)
    ready = ready_to_sign(cycle, term, request.user, today=timezone.localdate())
    return _many(request, SIGNING, ready, reverse("visits:summaries-term", args=[year, term]))


@needs(SIGN)
@never_cache
def issue(request: SignedIn, year: str, term: str) -> HttpResponse:
    """Issue those of the term that are signed: of one's own schools, or of the service."""
    found_term(year, term)
    ready = list(to_issue(request.user, year, term))
    return _many(request, ISSUING, ready, reverse("visits:summaries-term", args=[year, term]))


def _many(request: SignedIn, act: Act, ready: list[Summary], back: str) -> HttpResponse:
    if not ready:
        messages.info(request, act.none)
        return redirect(back)
    groups = _groups(request, ready)
    words = {MINE: "Of my own schools", ALL: "Of every school that I may sign for"}
    offered = [(key, f"{words[key]}: {len(group)}") for key, group in groups.items()]
    form = WhoseForm(request.POST or None, offered=offered, initial={"whose": offered[0][0]})
    if form.is_valid():
        chosen = groups[form.cleaned_data["whose"]]
        done = act.do(chosen[:BATCH], by=request.user, at=timezone.now())
        _tell(request, act, done, left=len(chosen[BATCH:]))
        return redirect(back)
    context = {
        "title": act.title,
        "lead": "1 summary waits." if len(ready) == 1 else f"{len(ready)} summaries wait.",
        "consequences": act.consequences,
        "nobody_told": act.told,
        "form": form,
        "action": act.action,
        "cancel": back,
    }
    return render(request, "confirm.html", context)


def _groups(request: SignedIn, ready: list[Summary]) -> dict[str, list[Summary]]:
    """One's own schools apart, where one signs for others besides."""
    own = schools_of(request.user.pk, today=timezone.localdate())
    mine = [each for each in ready if each.school_id in own]
    return {MINE: mine, ALL: ready} if 0 < len(mine) < len(ready) else {ALL: ready}


def _tell(request: SignedIn, act: Act, done: Done, *, left: int) -> None:
    """How many were done, what went wrong at which school, and how many are left for another go."""
    if done.number:
        messages.success(request, f"{done.number} {act.done}.")
    if left:
        messages.info(request, f"{left} more wait: do it again to go on.")
    for problem in done.problems:
        messages.error(request, f"Not {act.done}: {problem}")
