"""Taking a step of a report on its page: asked once, refused with words, nothing typed lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plimsoll.core import drafts
from plimsoll.core.stale import CONFLICT
from plimsoll.core.stepping import not_now
from plimsoll.core.workflow import Offer, Refused, Stale
from plimsoll.people.requests import SignedIn
from plimsoll.visits.models import Report
from plimsoll.visits.reports import next_steps, queries
from plimsoll.visits.reports.content import title_of
from plimsoll.visits.reports.reading import state_label
from plimsoll.visits.reports.step_forms import Seen
from plimsoll.visits.reports.workflow import REPORT

READ: Final = "visits:report-read"


@dataclass(frozen=True)
class Taking:
    """One page on which one of some steps is taken. `make` makes its form."""

    request: SignedIn
    report: Report
    names: tuple[str, ...]
    title: str
    make: Callable[..., Seen]
    template: str
    at: datetime

    def answer(self) -> HttpResponse:
        offer = self._offer()
        if self.request.method == "POST":
            form = self.make(self.request.POST)
            return self._take(form) if offer else self._too_late(form)
        if offer is None:
            return self._not_now()
        draft = drafts.of(self.request.user, self._key)
        form = self.make(initial={"version": self.report.version})
        form.initial = drafts.laid_over(form, draft) if draft else form.initial
        return self._show(form, blocked=offer.blocked, draft=draft)

    @property
    def _key(self) -> str:
        return f"report:{self.report.pk}:{self.names[0]}"

    def _offer(self) -> Offer | None:
        offers = REPORT.offers(self.report, by=self.request.user, at=self.at)
        return next((each for each in offers if each.step.name in self.names), None)

    def _take(self, form: Seen) -> HttpResponse:
        if form.is_valid():
            name = form.cleaned_data.get("reply", self.names[0])
            version = form.cleaned_data["version"]
            facts = form.facts
            try:
                REPORT.take(
                    self.report, name, by=self.request.user, at=self.at, version=version, **facts
                )
            except Stale:
                return self._too_late(form)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                drafts.discard(user=self.request.user, key=self._key)
                messages.success(self.request, f"Done: {REPORT.step(name).label}.")
                return self._back()
        return self._show(form)

    def _too_late(self, form: Seen) -> HttpResponse:
        """What changed meanwhile, with everything typed kept; a second click is no second step."""
        self.report.refresh_from_db()
        if self._taken_already():
            return self._back()
        typed = {bound.name: bound.value() for bound in form} | {"version": self.report.version}
        return self._show(self.make(initial=typed), changed=True, gone=self._offer() is None)

    def _taken_already(self) -> bool:
        steps = map(REPORT.step, self.names)
        return any(REPORT.has_just_taken(self.report, each, by=self.request.user) for each in steps)

    def _not_now(self) -> HttpResponse:
        return not_now(self.request, self._state, READ, self.report.pk)

    def _back(self) -> HttpResponse:
        return redirect(READ, self.report.pk)

    @property
    def _state(self) -> str:
        return state_label(self.report, inside=queries.is_inside(self.request.user, self.report))

    def _show(self, form: Seen, **more: Any) -> HttpResponse:
        context = {
            "report": self.report,
            "title": self.title,
            "of": title_of(self.report),
            "form": form,
            "state": self._state,
            "follows": next_steps.follows(self.report, self.names[0], at=self.at),
            "told": next_steps.told(self.report, self.names[0], at=self.at),
            "draft_url": reverse("core:draft", args=[self._key]),
            "kept": [bound for bound in form if not bound.is_hidden and bound.value()],
        }
        status = CONFLICT if more.get("changed") else 200
        return render(self.request, self.template, context | more, status=status)
