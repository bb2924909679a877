"""Help for each page, and what the service says of itself. Everybody may read it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from plimsoll.core.access import PUBLIC, needs
from plimsoll.framework import editions
from plimsoll.framework.texts import fill

TEXTS: Final = Path(__file__).parent.parent / "help.toml"


@dataclass(frozen=True)
class Topic:
    """What one page is for, what good looks like there, and how to do what it is for."""

    key: str
    title: str
    purpose: str
    good: tuple[str, ...]
    how: tuple[str, ...] = ()


def topics() -> dict[str, Topic]:
    """The help texts, in this authority's own words."""
    words = vars(editions.current().words)
    plain = {name: text for name, text in words.items() if isinstance(text, str)}
    return {
        row["key"]: Topic(
            key=row["key"],
            title=_in_words(row["title"], plain),
            purpose=_in_words(row["purpose"], plain),
            good=tuple(_in_words(line, plain) for line in row["good"]),
            how=tuple(_in_words(line, plain) for line in row.get("how", ())),
        )
        for row in _texts()
    }


@cache
def _texts() -> list[dict[str, Any]]:
    with TEXTS.open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["topic"]
    return rows


def _in_words(text: str, words: dict[str, str]) -> str:
    filled = fill(text, words)
    return filled[:1].upper() + filled[1:]


@needs(PUBLIC)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/help/index.html", {"title": "Help", "topics": topics().values()})


@needs(PUBLIC)
@require_GET
def topic(request: HttpRequest, key: str) -> HttpResponse:
    shown = topics().get(key)
    if shown is None:
        raise Http404
    return render(request, "desk/help/topic.html", {"title": shown.title, "topic": shown})


@needs(PUBLIC)
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return _statement(request, "accessibility", "Accessibility statement")


@needs(PUBLIC)
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return _statement(request, "privacy", "Privacy")


@needs(PUBLIC)
@require_GET
def cookies(request: HttpRequest) -> HttpResponse:
    return _statement(request, "cookies", "Cookies")


def _statement(request: HttpRequest, name: str, title: str) -> HttpResponse:
    context = {"title": title, "authority": editions.current().authority}
    return render(request, f"desk/help/{name}.html", context)
