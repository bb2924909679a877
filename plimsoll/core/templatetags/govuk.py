"""What templates say: `{% load govuk %}{% govuk "button" text="Save" %}`.

A double underscore reaches into a parameter: `label__text="Name"`,
`attributes__data_module="x"`. Dicts and lists are passed from the context.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django import template
from django.core.paginator import Page
from django.db.models import Model
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.timezone import localtime

from plimsoll.core import access, components, drawing, pagination, rendering
from plimsoll.core.forms import long_date
from plimsoll.core.progress import WIDTH, Part, segments
from plimsoll.core.trend import Trend

register = template.Library()

SCHOOL_YEAR: Final = re.compile(r"(?<![\d-])20\d\d-\d\d(?![\d-])")

# What a state means for the reader, and the colour that repeats it.
TONES: Final = {
    "done": "govuk-tag--green",
    "moving": "govuk-tag--blue",
    "waiting": "govuk-tag--yellow",
    "stopped": "govuk-tag--red",
    "none": "govuk-tag--grey",
}


def nested(flat: dict[str, Any]) -> dict[str, Any]:
    """{"label__text": x} as {"label": {"text": x}}; attributes get their hyphens."""
    tree: dict[str, Any] = {}
    for path, value in flat.items():
        *branches, leaf = path.split("__")
        at = tree
        for branch in branches:
            at = at.setdefault(branch, {})
        at[leaf.replace("_", "-") if "attributes" in branches else leaf] = value
    return tree


@register.simple_tag
def govuk(component: str, **params: Any) -> SafeString:
    """Any component of GOV.UK Frontend."""
    return components.render(component, **nested(params))


@register.simple_tag(takes_context=True)
def may(context: template.Context, permission: str, obj: Model | None = None) -> bool:
    """May whoever looks at the page do this there? `{% may "call.log" school as may_log %}`

    Without an object: may they do it anywhere?
    """
    return access.may(context["request"].user, permission, obj)


@register.simple_block_tag
def govukblock(content: SafeString, component: str, **params: Any) -> SafeString:
    """Any component that has HTML inside: details, inset-text, panel, fieldset ..."""
    return components.render(component, **nested(params), html=content)


@register.simple_tag
def govuk_field(bound: BoundField, **params: Any) -> SafeString:
    """One field of a form, as the component of its widget."""
    return rendering.field(bound, **nested(params))


@register.simple_tag
def govuk_form(form: BaseForm | BaseFormSet, legend: str = "") -> SafeString:
    """Every field of a form, or every form of a set under numbered legends."""
    if isinstance(form, BaseFormSet):
        return rendering.formset(form, legend)
    return rendering.form(form)


@register.simple_tag
def govuk_errors(*forms: Any) -> SafeString:
    """The error summary over any forms and sets; base.html shows it for `form`."""
    return rendering.summary(forms)


@register.simple_tag
def error_prefix(*forms: Any) -> str:
    """What a page's title begins with when one of its forms was refused."""
    return "Error: " if rendering.wrong(forms) else ""


@register.simple_block_tag
def filled(content: SafeString, tag: str, classes: str) -> str:
    """Its content in an element, and no element when there is no content."""
    if not content.strip():
        return ""
    return format_html('<{} class="{}">{}</{}>', tag, classes, content, tag)


@register.simple_tag
def status(text: str, tone: str = "none") -> SafeString:
    """A state in words, with a colour that only repeats them."""
    return components.render("tag", text=text, classes=f"{TONES[tone]} pl-status")


@register.simple_tag
def source_line(source: str, as_at: date | None = None) -> str:
    """What a figure is based on."""
    when = format_html(', as at <time datetime="{}">{}</time>', as_at, day(as_at)) if as_at else ""
    return format_html('<p class="pl-source">Source: {}{}</p>', source, when)


@register.filter
def day(value: date | None) -> str:
    """24 November 2026; a moment is shown in local time."""
    if value is None:
        return ""
    return long_date(localtime(value) if isinstance(value, datetime) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """24 November 2026, 10:42."""
    return f"{day(value)}, {localtime(value):%H:%M}" if value else ""


@register.filter
def unbroken(text: str) -> SafeString:
    """Text whose lines never end before a per cent sign nor within a school year.

    The hyphen of a year stays what it is, for whoever looks for the year or copies it.
    """
    tidy = conditional_escape(text.replace(" %", "\u00a0%"))
    return SafeString(SCHOOL_YEAR.sub(r'<span class="pl-year">\g<0></span>', tidy))


@register.simple_tag
def summary_list(rows: Iterable[tuple[str, Any]]) -> SafeString:
    """Pairs of what and how, as a summary list. A SafeString may hold HTML."""
    items = [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]
    return components.render("summary-list", rows=items)


@register.simple_block_tag
def scroll(content: SafeString, label: str) -> str:
    """Room for a table too wide to stack: scrolls by itself, by keyboard too."""
    return format_html(
        '<div class="pl-scroll" role="region" aria-label="{}" tabindex="0">{}</div>',
        label,
        content,
    )


@register.simple_tag(takes_context=True)
def pages(context: template.Context, page: Page) -> SafeString:
    """Links to the other pages of a list, and nothing when there is one page."""
    if page.paginator.num_pages == 1:
        return SafeString("")
    return components.render("pagination", **pagination.params(page, context["request"].GET))


@register.inclusion_tag("partials/progress.html")
def progress_bar(parts: Iterable[Part], title: str, unit: str) -> dict[str, Any]:
    """A bar of `core.progress.Part`s with the table that says the same."""
    return {
        "segments": segments(parts),
        "title": title,
        "unit": unit,
        "id": slugify(title),
        "width": WIDTH,
    }


@register.inclusion_tag("partials/trend.html")
def trend_chart(trend: Trend) -> dict[str, Any]:
    """Lines over years with the table that says the same; no picture of a single year."""
    return {
        "trend": trend,
        "id": f"trend-{slugify(trend.key)}",
        "drawing": drawing.draw(trend) if trend.is_drawn else None,
        "height": drawing.HEIGHT,
        "keys": drawing.keys(trend),
    }
