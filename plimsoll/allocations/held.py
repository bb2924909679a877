"""What Plimsoll holds about a school's allocations, at the school's own request (U4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from plimsoll.allocations import queries
from plimsoll.allocations.models import PastBand, Side
from plimsoll.allocations.page.history import title_of
from plimsoll.core import audit
from plimsoll.documents.models import Document
from plimsoll.documents.papers import form_of
from plimsoll.people.models import User
from plimsoll.schools.models import School

NEWEST = 200


@dataclass(frozen=True)
class HeldCase:
    pk: int
    year: str
    state: str
    band: str
    offers: int
    views: int
    evidence: int

    @property
    def href(self) -> str:
        return reverse("allocations:case", args=[self.pk])


@dataclass(frozen=True)
class HeldPaper:
    title: str
    at: datetime
    by: str
    form: str
    sha256: str
    href: str


@dataclass(frozen=True)
class HeldEvent:
    at: datetime
    title: str
    by: str


@dataclass(frozen=True)
class Held:
    school: School
    cases: list[HeldCase]
    past: list[PastBand]
    papers: list[HeldPaper]
    events: list[HeldEvent]


def held(school: School, user: User) -> Held:
    """Records, documents and events of this school, each as the reader may know it."""
    documents = Document.objects.filter(urn=school.urn, permission="allocation.see").defer("body")
    events = audit.readable(user).filter(urn=school.urn)[:NEWEST]
    return Held(
        school=school,
        cases=_cases(school, user),
        past=list(PastBand.objects.filter(school=school).order_by("-year")),
        papers=[
            HeldPaper(
                each.title,
                each.issued_at,
                each.issued_by_name,
                form_of(each.media_type),
                each.sha256,
                reverse("documents:download", args=[each.pk]),
            )
            for each in documents.order_by("-issued_at", "-pk")
        ],
        events=[HeldEvent(each.at, title_of(each.verb), each.actor_name) for each in events],
    )


def _cases(school: School, user: User) -> list[HeldCase]:
    found = (
        queries.cases(user)
        .filter(school=school)
        .prefetch_related("offers", "sheets__views", "added")
        .order_by("-cycle__year", "-round")
    )
    return [
        HeldCase(
            pk=case.pk,
            year=case.cycle.year if case.round == 1 else f"{case.cycle.year}, round {case.round}",
            state=queries.state_label(case, Side.SCHOOL),
            band=case.policy.band(case.band).label if case.band else "",
            # One's own side: what the other prepares is told when it is heard.
            offers=sum(offer.side == Side.SCHOOL for offer in case.offers.all()),
            views=sum(len(s.views.all()) for s in case.sheets.all() if s.side == Side.SCHOOL),
            evidence=len(case.added.all()),
        )
        for case in found
    ]


def as_plain(found: Held) -> dict[str, Any]:
    """The same for a machine."""
    return {
        "school": {"urn": found.school.urn, "name": found.school.name},
        "allocations": [
            {
                "year": case.year,
                "state": case.state,
                "band": case.band or None,
                "own_proposals": case.offers,
                "own_views": case.views,
                "added_evidence": case.evidence,
            }
            for case in found.cases
        ],
        "earlier_bands": [
            {"year": each.year, "band": each.band, "source": each.source} for each in found.past
        ],
        "documents": [
            {
                "title": each.title,
                "form": each.form,
                "issued_at": each.at.isoformat(),
                "issued_by": each.by,
                "sha256": each.sha256,
            }
            for each in found.papers
        ],
        "events": [
            {"at": each.at.isoformat(), "what": each.title, "by": each.by} for each in found.events
        ],
    }
