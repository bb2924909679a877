"""A list in pages, as GOV.UK's pagination component wants it."""

from typing import Any

from django.core.paginator import Page
from django.http import QueryDict


def params(page: Page, query: QueryDict) -> dict[str, Any]:
    """The component's parameters; every other filter of the address is kept."""
    paginator = page.paginator
    items = [
        {"number": number, "href": _address(query, number), "current": number == page.number}
        if isinstance(number, int)
        else {"ellipsis": True}
        for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    previous = page.previous_page_number() if page.has_previous() else None
    following = page.next_page_number() if page.has_next() else None
    return {
        "items": items,
        "previous": {"href": _address(query, previous)} if previous else None,
        "next": {"href": _address(query, following)} if following else None,
    }


def _address(query: QueryDict, number: int) -> str:
    other = query.copy()
    other["page"] = str(number)
    return f"?{other.urlencode()}"
