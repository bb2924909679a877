"""The {placeholders} of policy texts: plain names, filled by plain replacement."""

import re
from collections.abc import Mapping
from typing import Any, Final

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")


def placeholders(text: str) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(text))


def stray_braces(text: str) -> bool:
    """Whether a brace is left that belongs to no placeholder."""
    return bool(set("{}") & set(_PLACEHOLDER.sub("", text)))


def fill(text: str, values: Mapping[str, Any]) -> str:
    """The text with its placeholders filled; a value is never read for placeholders."""
    return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), text).strip()
