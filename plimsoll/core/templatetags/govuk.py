"""What templates say: `{% load govuk %}{% govuk "button" text="Save" %}`.

A double underscore reaches into a parameter: `label__text="Name"`,
`attributes__data_module="x"`. Dicts and lists are passed from the context.
"""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from plimsoll.core import components, rendering

register = template.Library()


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
