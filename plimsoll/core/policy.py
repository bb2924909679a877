"""Policy as data: a TOML table becomes a frozen dataclass, by its type hints.

The reader knows no noun of the service. It understands `str`, `int`, `Decimal`, `bool`,
`date`, `tuple[X, ...]`, `Mapping[str, X]`, `Literal`, `X | None`, nested dataclasses, and
`Annotated` with `Between` or `Matches`. Keys that are unknown, missing or of the wrong
type become problems, all of them at once. Bad input never raises.

    @dataclass(frozen=True)
    class Rule:                                   [rules.report]
        key: str = named()                        days = 10
        days: Annotated[int, Between(0, 400)]
"""

import json
import re
import tomllib
import types
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

T = TypeVar("T")

LARGEST_FILE: Final = 1_000_000  # bytes; a whole framework takes about a tenth of it
NESTING: Final = 20  # deeper than any honest policy
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, and where: the file, the key in it, the reason."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, self.reason) if part)


@dataclass(frozen=True)
class Between:
    """A number from `least` to `most`, both included."""

    least: int
    most: int

    def complaint(self, value: Any) -> str | None:
        if self.least <= value <= self.most:
            return None
        return f"must be from {self.least} to {self.most}, but is {value}"


@dataclass(frozen=True)
class Matches:
    """A text of one shape; `example` is what a person is told."""

    pattern: str
    example: str

    def complaint(self, value: Any) -> str | None:
        if re.fullmatch(self.pattern, value):
            return None
        return f"must look like {self.example}, but is {_shown(value)}"


def named() -> Any:
    """A field that takes the name its own table has in the mapping around it."""
    return field(metadata={"named": True})


def read_file(path: Path, kind: type[T], *, file: str = "") -> tuple[T | None, list[Problem]]:
    """The file as one `kind`, or None and every reason why not."""
    file = file or path.name
    table, problems = read_toml(path, file=file)
    if table is None:
        return None, problems
    return read_table(table, kind, file=file)


def read_toml(path: Path, *, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The file's table, or None and the one reason why it cannot be had."""

    def refused(reason: str) -> tuple[None, list[Problem]]:
        return None, [Problem(file, "", reason)]

    try:
        content = path.read_bytes()
    except OSError as error:
        return refused(f"cannot be read: {error.strerror or error}")
    except ValueError as error:  # a name that no file can have
        return refused(f"cannot be read: {error}")
    if len(content) > LARGEST_FILE:
        return refused(f"is larger than {LARGEST_FILE:,} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return refused(f"is not UTF-8 text (line {line}): save it as UTF-8")
    if not text.strip():
        return refused("is empty")
    try:
        return tomllib.loads(text, parse_float=_decimal), []
    except RecursionError:
        return refused("is nested too deeply")
    except ValueError as error:  # TOMLDecodeError, and numbers too long to be numbers
        return refused(f"is not valid TOML: {error}")


def read_table(
    table: Mapping[str, Any], kind: type[T], *, file: str
) -> tuple[T | None, list[Problem]]:
    """The table as one `kind`, or None and every problem in it."""
    reader = _Reader(file)
    value = reader.read(table, kind, "")
    return (None if reader.problems else value), reader.problems


class _Reader:
    """Walks a table and a type side by side and notes what does not fit."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def problem(self, key: str, reason: str) -> None:
        self.problems.append(Problem(self.file, key, reason))

    def read(self, value: Any, hint: Any, key: str, depth: int = 0) -> Any:
        """The value as `hint` wants it; None after a problem has been noted."""
        if depth > NESTING:
            return self.problem(key, "is nested too deeply")
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self.bounded(self.read(value, args[0], key, depth), args[1:], key)
        if origin in (Union, types.UnionType):
            (inner,) = (arg for arg in args if arg is not type(None))
            return self.read(value, inner, key, depth)
        if origin is Literal:
            return self.choice(value, args, key)
        if origin is tuple:
            return self.sequence(value, args[0], key, depth)
        if origin is not None and issubclass(origin, Mapping):
            return self.mapping(value, args[1], key, depth)
        if is_dataclass(hint):
            return self.record(value, hint, key, depth)
        return self.plain(value, hint, key)

    def record(self, value: Any, kind: Any, key: str, depth: int, name: str = "") -> Any:
        if not isinstance(value, Mapping):
            return self.problem(key, f"must be a table, but is {_kind(value)}")
        before = len(self.problems)
        wanted, hints, found = _wanted(kind, name)
        for part in value:
            if part not in wanted:
                self.problem(joined(key, part), _unknown(part, wanted))
        for part, wish in wanted.items():
            if part in value:
                found[part] = self.read(value[part], hints[part], joined(key, part), depth + 1)
            elif wish.default is MISSING and wish.default_factory is MISSING:
                self.problem(joined(key, part), "is missing")
        return kind(**found) if len(self.problems) == before else None

    def sequence(self, value: Any, inner: Any, key: str, depth: int) -> Any:
        if not isinstance(value, list):
            return self.problem(key, f"must be a list, but is {_kind(value)}")
        return tuple(
            self.read(item, inner, f"{key}[{_mark(item, number)}]", depth + 1)
            for number, item in enumerate(value, start=1)
        )

    def mapping(self, value: Any, inner: Any, key: str, depth: int) -> Any:
        if not isinstance(value, Mapping):
            return self.problem(key, f"must be a table, but is {_kind(value)}")
        found = {}
        for name, item in value.items():
            if not _NAME.fullmatch(name):
                self.problem(joined(key, name), "has a name of other than letters, digits, . _ -")
            inside = joined(key, name)
            if is_dataclass(inner):
                found[name] = self.record(item, inner, inside, depth + 1, name)
            else:
                found[name] = self.read(item, inner, inside, depth + 1)
        return MappingProxyType(found)

    def choice(self, value: Any, options: tuple[Any, ...], key: str) -> Any:
        # `1 == True` in Python, never in a policy.
        if any(type(value) is type(option) and value == option for option in options):
            return value
        listed = ", ".join(_shown(option) for option in options)
        near = _nearest(value, [option for option in options if isinstance(option, str)])
        return self.problem(key, f"must be one of {listed}, but is {_shown(value)}{near}")

    def bounded(self, value: Any, bounds: Iterable[Any], key: str) -> Any:
        for bound in bounds:
            complaint = bound.complaint(value) if value is not None else None
            if complaint:
                return self.problem(key, complaint)
        return value

    def plain(self, value: Any, kind: Any, key: str) -> Any:
        if kind is Decimal and type(value) is int:
            value = Decimal(value)
        # `type` and not `isinstance`: True is no number, and a date with a time no date.
        if type(value) is not kind:
            return self.problem(key, f"must be {_KINDS[kind]}, but is {_kind(value)}")
        return self.text(value, key) if kind is str else value

    def text(self, value: str, key: str) -> str:
        hidden = [c for c in value if c != "\n" and unicodedata.category(c) in {"Cc", "Cf"}]
        if hidden:
            code = f"U+{ord(hidden[0]):04X}"
            self.problem(key, f"holds a control or invisible character ({code})")
        elif not value.strip():
            self.problem(key, "is empty")
        return value.strip()


_KINDS: Final = {
    str: "a text",
    int: "a whole number",
    Decimal: "a number",
    bool: "true or false",
    date: "a date",
    datetime: "a date with a time",
    list: "a list",
    dict: "a table",
}


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), type(value).__name__)


def _shown(value: Any) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def joined(key: str, name: str) -> str:
    """The key of a name inside a table, quoted as TOML would have it."""
    part = name if _NAME.fullmatch(name) and "." not in name else json.dumps(name)
    return f"{key}.{part}" if key else part


def _mark(item: Any, number: int) -> str:
    """An item of a list is known by its own id or key, else by its place, from 1."""
    if isinstance(item, Mapping):
        for name in ("id", "key"):
            own = item.get(name)
            if isinstance(own, str) and _NAME.fullmatch(own):
                return own
    return str(number)


def _unknown(name: str, wanted: Iterable[str]) -> str:
    return "is not a known key" + _nearest(name, list(wanted))


def _nearest(name: Any, options: list[str]) -> str:
    near = get_close_matches(name, options, n=1) if isinstance(name, str) else []
    return f'; did you mean "{near[0]}"?' if near else ""


@cache
def _shape(kind: Any) -> tuple[dict[str, Field[Any]], dict[str, Any]]:
    return {f.name: f for f in fields(kind)}, get_type_hints(kind, include_extras=True)


def _wanted(kind: Any, name: str) -> tuple[dict[str, Field[Any]], dict[str, Any], dict[str, Any]]:
    """The fields that the table must hold, their hints, and those that its name fills."""
    shape, hints = _shape(kind)
    wanted = {part: f for part, f in shape.items() if not f.metadata.get("named")}
    return wanted, hints, {part: name for part in shape if part not in wanted}


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"{_shown(text)} is not a number that can be counted with")
    return number
