"""The authority's own figures, beside its region, England and its neighbours."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from plimsoll.core.access import may, needs
from plimsoll.desk import authority_files, listing
from plimsoll.desk.filters import AuthorityFilter
from plimsoll.evidence.authority import indicators
from plimsoll.evidence.authority.indicators import Indicator
from plimsoll.evidence.authority.queries import around, authorities_held, held, stories
from plimsoll.evidence.authority.stories import Around, Story
from plimsoll.framework import editions
from plimsoll.people.requests import SignedIn

SIZE: Final = 8  # charts on one page
EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Asked:
    """What the address asks for; `beside` is None where nothing of the authority is held."""

    filters: AuthorityFilter
    beside: Around | None
    indicators: list[Indicator]

    def stories(self, shown: list[Indicator] | None = None) -> list[Story]:
        if self.beside is None:
            return []
        wanted = self.indicators if shown is None else shown
        return stories(self.beside, wanted, editions.current().profile)


@needs("school.see")
@require_GET
def authority(request: SignedIn) -> HttpResponse:
    asked = _asked(request)
    page = listing.page(asked.indicators, request.GET, size=SIZE)
    policy = editions.current()
    context: dict[str, Any] = {
        "title": policy.authority.name,
        "filters": asked.filters,
        "beside": asked.beside,
        "page": page,
        "stories": asked.stories(list(page.rows)),
        "authorities": authorities_held(),
        "rules": policy.profile,
        "query": request.GET.urlencode(),
        "may_import": may(request.user, "import.run"),
    }
    return render(request, "desk/authority.html", context)


@needs("school.see")
@require_GET
def as_csv(request: SignedIn) -> HttpResponse:
    """Every figure that the filters ask for, a line each."""
    asked = _asked(request)
    content = authority_files.as_csv(asked.stories())
    return _file(content, "text/csv; charset=utf-8", "csv")


@needs("school.see")
@require_GET
def as_workbook(request: SignedIn) -> HttpResponse:
    """The same as an Excel workbook."""
    asked = _asked(request)
    return _file(authority_files.as_workbook(asked.stories()), EXCEL, "xlsx")


def _asked(request: HttpRequest) -> Asked:
    code = str(editions.current().authority.la_codes[0])
    beside = around(code)
    known = indicators.all_of(held(code)) if beside else []
    filters = AuthorityFilter(request.GET, topics=indicators.topics(known))
    wanted = filters.cleaned_data if filters.is_valid() else {"topic": "", "phase": ""}
    return Asked(filters, beside, indicators.chosen(known, wanted["topic"], wanted["phase"]))


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"{slugify(editions.current().authority.name)}-figures.{ending}"
    header = content_disposition_header(True, name) or ""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": header})
