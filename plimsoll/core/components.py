"""GOV.UK Frontend's components on the server, without its crown and its typeface.

    render("button", text="Save")
    render("details", summary_text="What is a core visit?", text="...")

Parameters are those of the component's macro, in snake_case, nested as dicts. Text is
escaped; a parameter that takes HTML takes it from a SafeString and escapes anything else.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader, TemplateNotFound, select_autoescape

PACKAGE: Final = "govuk_frontend_jinja"


@cache
def environment() -> Environment:
    loader = PrefixLoader({PACKAGE: PackageLoader(PACKAGE)})
    return Environment(
        loader=loader, autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )


@cache
def _macro(component: str) -> Callable[..., str]:
    try:
        template = environment().get_template(f"{PACKAGE}/components/{component}/macro.html")
    except TemplateNotFound:
        raise LookupError(f"GOV.UK Frontend has no component “{component}”.")
    name = _camel(f"govuk-{component}".replace("-", "_"))
    macro: Callable[..., str] = getattr(template.module, name)
    return macro


def render(component: str, **params: Any) -> SafeString:
    """The component as HTML. Raises LookupError for a name that is no component."""
    # Every value went through autoescape, or through `_value` below.
    return mark_safe(str(_macro(component)(_params(params))).strip())  # noqa: S308


@cache
def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _params(values: Mapping[str, Any]) -> dict[str, Any]:
    """As the macros want them. None means "not given", which the macros ask about."""
    return {
        _camel(name): _value(_camel(name), value)
        for name, value in values.items()
        if value is not None
    }


def _value(name: str, value: Any) -> Any:
    if name == "attributes":
        if not isinstance(value, Mapping):
            raise TypeError("Attributes are a dict: a string of them could not be escaped.")
        return value
    if name == "html" or name.endswith("Html"):
        return conditional_escape(value)
    if name == "slots":
        return {_camel(slot): conditional_escape(html) for slot, html in value.items()}
    if isinstance(value, Mapping):
        return _params(value)
    if isinstance(value, list | tuple):
        return [_value("", item) for item in value]
    return value
