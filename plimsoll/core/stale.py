"""A save that came too late: both texts side by side, and neither is lost.

    data = stale.settled(request.POST)
    form = ReportForm(data)
    ...
    except Stale as refused:
        return stale.page(request, form, saved=values, by=..., at=..., version=...)

The page posts to the same address. `settled` turns its answer into the form's own data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from plimsoll.core.forms import PARTS, DateInput

CONFLICT: Final = 409
SAVED: Final = "saved-"
MERGED: Final = "merged-"

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Clash:
    """One field whose two versions differ. Text can be merged; anything else is chosen."""

    name: str
    label: str
    yours: Pairs
    theirs: Pairs
    text: bool

    @property
    def your_words(self) -> str:
        return _words(self.yours)

    @property
    def their_words(self) -> str:
        return _words(self.theirs)

    @property
    def both(self) -> str:
        return f"{self.their_words}\n\n{self.your_words}"


def page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    saved: Mapping[str, Any],
    by: str,
    at: datetime,
    version: int,
) -> HttpResponse:
    """Show both. `saved` holds the form's values as they are now, `version` is theirs."""
    differing = clashes(form, saved)
    fought = {name for clash in differing for name, _ in (*clash.yours, *clash.theirs)}
    rest = [
        (name, value)
        for bound in form
        for name, value in _pairs(bound, bound.value())
        if name not in fought and name != "version"
    ]
    context = {
        "clashes": differing,
        "mergeable": any(clash.text for clash in differing),
        "rest": rest,
        "by": by,
        "at": at,
        "version": version,
    }
    return render(request, "stale.html", context, status=CONFLICT)


def clashes(form: forms.BaseForm, saved: Mapping[str, Any]) -> list[Clash]:
    """The fields in which what was typed and what is saved differ."""
    found = []
    for bound in form:
        if bound.name not in saved:
            continue
        yours, theirs = _pairs(bound, bound.value()), _pairs(bound, saved[bound.name])
        if [_same(value) for _, value in yours] != [_same(value) for _, value in theirs]:
            text = isinstance(bound.field.widget, forms.Textarea)
            found.append(Clash(bound.html_name, str(bound.label), yours, theirs, text))
    return found


def settled(data: QueryDict) -> QueryDict:
    """The data as the person chose on the stale page; untouched when it is from elsewhere."""
    prefix = {"theirs": SAVED, "merged": MERGED}.get(data.get("keep", ""))
    if prefix is None:
        return data
    chosen = data.copy()
    names = {name.partition("-")[2] for name in data if name.startswith((SAVED, MERGED))}
    for name in names:
        # What cannot be merged stays as typed.
        if prefix == SAVED or prefix + name in data:
            chosen.setlist(name, data.getlist(prefix + name))
    return chosen


def _pairs(bound: BoundField, value: Any) -> Pairs:
    """The value as a browser would send it: names and texts."""
    widget = bound.field.widget
    if isinstance(widget, DateInput):
        parts = value if isinstance(value, list) else widget.decompress(value)
        return [
            (f"{bound.html_name}_{part}", str(typed))
            for part, typed in zip(PARTS, parts, strict=True)
        ]
    if isinstance(widget, forms.CheckboxInput):
        return [(bound.html_name, "on")] if value else []
    formatted = widget.format_value(value)
    texts = formatted if isinstance(formatted, list) else [formatted or ""]
    return [(bound.html_name, str(text)) for text in texts]


def _same(text: str) -> str:
    """Browsers send line ends of their own; they are no difference."""
    return text.replace("\r\n", "\n").strip()


def _words(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join(text for _, text in pairs)
