"""Django's bound fields as GOV.UK components, and the error summary that leads to them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.forms.formsets import BaseFormSet
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from plimsoll.core import components, drawing
from plimsoll.core.forms import PARTS, DateInput, Label
from plimsoll.core.trend import Trend

Params = dict[str, Any]

# Django's own default, too tall for a page of several; the component's is 5.
DJANGO_ROWS: Final = "10"

# Attributes of a widget that a component takes as parameters of their own ...
OWN: Final = ("autocomplete", "inputmode", "spellcheck", "rows")
# ... or that GOV.UK advises against: the browser's own checks, and words that vanish.
LEFT_OUT: Final = {
    "id", "class", "cols", "count", "type", "required", "maxlength", "minlength", "min", "max",
    "step", "placeholder", "autofocus", *OWN,
}  # fmt: skip


def field(bound: BoundField, **extra: Any) -> SafeString:
    """The field as its component. `extra` is laid over the component's parameters.

    `size` is that of the label or legend (s, m, l, xl); `heading` makes it the page's.
    """
    if bound.is_hidden:
        return bound.field.widget.render(bound.html_name, bound.value(), {"id": id_of(bound)})
    size, heading = extra.pop("size", "s"), extra.pop("heading", False)
    component, params = _show(bound)
    title = params["fieldset"]["legend"] if "fieldset" in params else params.get("label")
    if title:
        part = "govuk-fieldset__legend" if "fieldset" in params else "govuk-label"
        title |= {"classes": f"{part}--{size}", "is_page_heading": heading or None}
    return components.render(component, **_merged(params, extra))


def form(form: forms.BaseForm) -> SafeString:
    """Every field of a form, the hidden ones too."""
    return _joined(field(bound) for bound in form)


def formset(formset: BaseFormSet, legend: str) -> SafeString:
    """Each form of a set in a fieldset of its own, numbered from 1."""
    sets = (
        components.render(
            "fieldset",
            legend={"text": f"{legend} {number}", "classes": "govuk-fieldset__legend--m"},
            html=form(each),
        )
        for number, each in enumerate(formset.forms, start=1)
    )
    return _joined([form(formset.management_form), *sets])


def summary(sources: Iterable[Any]) -> SafeString:
    """What is wrong, each line leading to the field; nothing when nothing is wrong."""
    lines = [line for each in _forms(sources) for line in _lines(each)]
    if not lines:
        return SafeString("")
    return components.render(
        "error-summary", title_text="There is something to put right", error_list=lines
    )


def wrong(sources: Iterable[Any]) -> bool:
    """Is there an error in any of these forms and form sets?"""
    return any(each.errors for each in _forms(sources)) or any(
        source.non_form_errors() for source in sources if isinstance(source, BaseFormSet)
    )


def id_of(bound: BoundField) -> str:
    return str(bound.field.widget.attrs.get("id") or bound.auto_id or bound.html_name)


def target(bound: BoundField) -> str:
    """The id that a link to the field leads to: the first thing in it to type or choose."""
    if isinstance(bound.field.widget, DateInput):
        return f"{id_of(bound)}_{next(iter(_wrong_parts(bound)), PARTS[0])}"
    return id_of(bound)


def _forms(sources: Iterable[Any]) -> Iterable[Any]:
    for source in sources:
        if isinstance(source, BaseFormSet):
            yield from source.forms
        elif isinstance(source, forms.BaseForm):
            yield source


def _lines(form: forms.BaseForm) -> Iterable[Params]:
    shown = form.visible_fields()
    first = {"href": f"#{target(shown[0])}"} if shown else {}
    for message in form.non_field_errors():
        yield {"text": message, **first}
    for bound in form:
        place = {} if bound.is_hidden else {"href": f"#{target(bound)}"}
        for message in bound.errors:
            yield {"text": message, **place}


def _joined(parts: Iterable[str]) -> SafeString:
    return format_html_join("\n", "{}", ((part,) for part in parts))


def _merged(params: Mapping[str, Any], extra: Mapping[str, Any]) -> Params:
    merged = dict(params)
    for name, value in extra.items():
        old = merged.get(name)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            value = _merged(old, value)
        merged[name] = value
    return merged


def _show(bound: BoundField) -> tuple[str, Params]:
    widget = bound.field.widget
    for kind, show in KINDS:
        if isinstance(widget, kind):
            return show(bound)
    raise TypeError(f"“{bound.name}”: no GOV.UK component shows a {type(widget).__name__}.")


def _label(bound: BoundField) -> str:
    optional = getattr(bound.form, "mark_optional", False) and not bound.field.required
    return f"{bound.label} (optional)" if optional else str(bound.label)


def _common(bound: BoundField) -> Params:
    """What every component is told: its name, its hint, what is wrong, and the rest."""
    attrs = bound.field.widget.attrs
    params: Params = {
        "name": bound.html_name,
        "classes": attrs.get("class"),
        "attributes": {
            name: {"value": value, "optional": True}
            for name, value in attrs.items()
            if name not in LEFT_OUT
        },
        "disabled": bound.field.disabled or None,
    }
    if bound.help_text:
        params["hint"] = {"html": conditional_escape(bound.help_text)}
    if bound.errors:
        lines = format_html_join(mark_safe("<br>"), "{}", ((error,) for error in bound.errors))
        params["error_message"] = {"html": lines}
    return params


def _labelled(bound: BoundField) -> Params:
    """For a component that is one thing to type into or choose from."""
    attrs = bound.field.widget.attrs
    own = {name: attrs[name] for name in OWN if name in attrs}
    return _common(bound) | {"id": id_of(bound), "label": {"text": _label(bound)}} | own


def _grouped(bound: BoundField) -> Params:
    """For a component that is several things under one legend."""
    return _common(bound) | {"fieldset": {"legend": {"text": _label(bound)}}}


def _input(bound: BoundField) -> tuple[str, Params]:
    widget = bound.field.widget
    assert isinstance(widget, forms.widgets.Input)
    params = {"type": widget.input_type, "value": widget.format_value(bound.value())}
    return "input", params | _labelled(bound)


def _number(bound: BoundField) -> tuple[str, Params]:
    # A text box: a number box rounds, scrolls away what was typed and drops letters unseen.
    whole = isinstance(bound.field, forms.IntegerField) and not isinstance(
        bound.field, forms.DecimalField | forms.FloatField
    )
    component, params = _input(bound)
    typed = {"type": "text", "inputmode": "numeric" if whole else "decimal", "spellcheck": False}
    return component, params | typed | {"classes": params["classes"] or "govuk-input--width-5"}


def _password(bound: BoundField) -> tuple[str, Params]:
    return "password-input", _labelled(bound)


def _textarea(bound: BoundField) -> tuple[str, Params]:
    widget = bound.field.widget
    typed = widget.format_value(bound.value()) or ""
    # A parser drops one line break after the tag; this one, not the writer's own.
    params = {"value": f"\n{typed}"} | _labelled(bound)
    if params.get("rows") == DJANGO_ROWS:
        del params["rows"]
    if "count" in widget.attrs:
        return "character-count", params | {"maxlength": widget.attrs["count"]}
    return "textarea", params


def _file(bound: BoundField) -> tuple[str, Params]:
    multiple = getattr(bound.field.widget, "allow_multiple_selected", False)
    return "file-upload", _labelled(bound) | {"multiple": multiple or None}


def _select(bound: BoundField) -> tuple[str, Params]:
    items = [
        {"value": value, "text": text, "selected": chosen}
        for value, text, chosen in _choices(bound)
    ]
    return "select", _labelled(bound) | {"items": items}


def _items(bound: BoundField) -> list[Params]:
    disabled = bound.field.disabled or None
    return [
        {
            "value": value,
            "text": text,
            "checked": chosen,
            "disabled": disabled,
            "hint": {"text": text.hint} if isinstance(text, Label) and text.hint else None,
        }
        for value, text, chosen in _choices(bound)
    ]


def _radios(bound: BoundField) -> tuple[str, Params]:
    return "radios", _grouped(bound) | {"id_prefix": id_of(bound), "items": _items(bound)}


def _checkboxes(bound: BoundField) -> tuple[str, Params]:
    return "checkboxes", _grouped(bound) | {"id_prefix": id_of(bound), "items": _items(bound)}


def _checkbox(bound: BoundField) -> tuple[str, Params]:
    params = _common(bound)
    item = {
        "value": "on",
        "text": str(bound.label),
        "checked": bool(bound.value()),
        "hint": params.pop("hint", None),
        "disabled": params.pop("disabled"),
        "attributes": params.pop("attributes"),
    }
    return "checkboxes", params | {"id_prefix": id_of(bound), "items": [item]}


def _date(bound: BoundField) -> tuple[str, Params]:
    value = bound.value()
    typed = value if isinstance(value, list) else bound.field.widget.decompress(value)
    wrong = _wrong_parts(bound)
    items = [
        {
            "id": f"{id_of(bound)}_{part}",
            "name": f"{bound.html_name}_{part}",
            "label": part.capitalize(),
            "value": text,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in wrong else ""),
        }
        for part, text in zip(PARTS, typed, strict=True)
    ]
    return "date-input", _grouped(bound) | {"id": id_of(bound), "items": items}


def _wrong_parts(bound: BoundField) -> tuple[str, ...]:
    errors = bound.errors.as_data()
    return tuple((errors[0].params or {}).get("parts", PARTS)) if errors else ()


def _choices(bound: BoundField) -> Iterable[tuple[str, str, bool]]:
    """Value, words and whether chosen. A group's name goes before each of its choices."""
    widget = bound.field.widget
    chosen = set(widget.format_value(bound.value()))
    for value, text in widget.choices:
        if isinstance(text, list | tuple):
            for inner, words in text:
                yield str(inner), f"{value}: {words}", str(inner) in chosen
        else:
            plain = "" if value is None else str(value)
            words = "Choose one" if text == "---------" else text
            yield plain, words if isinstance(words, Label) else str(words), plain in chosen


KINDS: Final[tuple[tuple[type[forms.Widget], Callable[[BoundField], tuple[str, Params]]], ...]] = (
    (DateInput, _date),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _checkbox),
    (forms.SelectMultiple, _checkboxes),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.FileInput, _file),
    (forms.PasswordInput, _password),
    (forms.NumberInput, _number),
    (forms.widgets.Input, _input),
)


def picture(trend: Trend) -> str:
    """The chart of a trend as a picture that stands alone, its legend within."""
    legend = drawing.keys(trend)
    context = {
        "trend": trend,
        "id": "picture",
        "drawing": drawing.draw(trend),
        "legend": legend,
        "height": drawing.HEIGHT + drawing.KEY * len(legend),
    }
    return render_to_string("partials/trend.svg", context)
