"""The few questions that every rule asks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from plimsoll.core.policy import joined
from plimsoll.framework.texts import placeholders, stray_braces

Found = tuple[str, str]  # key, reason


def known(key: str, names: Iterable[str], options: Iterable[str], what: str) -> Iterator[Found]:
    """Each name must be one of the options."""
    options = list(options)
    for name in names:
        if name not in options:
            yield key, f'"{name}" is not {what} (known: {", ".join(options)})'


def once(key: str, names: Iterable[str]) -> Iterator[Found]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{key}[{name}]", f"is given {count} times; it must be unique"


def exactly(key: str, names: Iterable[str], wanted: Iterable[str]) -> Iterator[Found]:
    """The names must be those that are wanted, all of them and no others."""
    names, wanted = list(names), list(wanted)
    for name in wanted:
        if name not in names:
            yield joined(key, name), "is missing"
    for name in names:
        if name not in wanted:
            yield joined(key, name), f"is not known here (known: {', '.join(wanted)})"


def filled(key: str, texts: Iterable[str], allowed: Iterable[str]) -> Iterator[Found]:
    """Texts may hold the allowed {placeholders} and no other brace."""
    for text in texts:
        for name in sorted(placeholders(text) - set(allowed)):
            listed = ", ".join(sorted(allowed))
            yield key, f"{{{name}}} cannot be filled in here (allowed: {listed})"
        if stray_braces(text):
            yield key, "holds a brace that belongs to no {placeholder}"


def day_of_year(month_day: str) -> bool:
    """Is “12-31” a day? 2028 is a leap year, so that 29 February may be named."""
    try:
        date.fromisoformat(f"2028-{month_day}")
    except ValueError:
        return False
    return True


def ids(items: Iterable[Any]) -> list[str]:
    """What each item is known by: its id, or else its key."""
    return [getattr(item, "id", None) or item.key for item in items]
