"""A form of parts that are saved each by itself, and know whether anybody touched them.

Each part carries a mark of what it held when the page was opened: the version, and a
checksum of its values. What is sent as it was seen was not touched, so it is no change of
this writer's, however old their page is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zlib import crc32

from django import forms

from plimsoll.core.forms import PlimsollForm, speak


@dataclass(frozen=True)
class Part:
    """The fields that belong together, their values as saved, and the version of these."""

    key: str
    values: Mapping[str, Any]
    version: int = 0

    @property
    def mark(self) -> str:
        return f"{self.version}.{checksum(self.values)}"


def checksum(values: Mapping[str, Any]) -> int:
    """The same for what is said in the same words: a browser's line ends are no difference."""
    plain = {name: _plain(value) for name, value in values.items()}
    return crc32(json.dumps(plain, sort_keys=True).encode())


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return sorted(map(str, value))
    return one_line_end(str(value)) if value else ""


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def seen(key: str) -> str:
    """The name of the field that carries a part's mark."""
    return f"seen-{key}"


class PartsForm(PlimsollForm):
    """What the kinds of form are made of: fields by part, and the mark of each."""

    mark_optional = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.parts: dict[str, Part] = {}

    def add_part(self, part: Part, fields: Mapping[str, forms.Field]) -> None:
        """Add a part's fields, each filled with what is saved."""
        self.parts[part.key] = part
        mark = forms.CharField(required=False, widget=forms.HiddenInput({"data-kept": ""}))
        for name, field in {**fields, seen(part.key): mark}.items():
            field.label = field.label or name
            speak(field)
            self.fields[name] = field
        self.initial = {**self.initial, **part.values, seen(part.key): part.mark}

    def touched(self, key: str) -> bool:
        """Was anything in this part changed since the page was opened?

        A part that was not on that page was not.
        """
        if not self.cleaned_data[seen(key)]:
            return False
        _, _, was = self.cleaned_data[seen(key)].partition(".")
        return was != str(checksum(self.said(key)))

    def said(self, key: str) -> dict[str, Any]:
        """What was typed into the part."""
        values = {name: self.cleaned_data.get(name) for name in self.parts[key].values}
        return {
            name: one_line_end(value) if isinstance(value, str) else value
            for name, value in values.items()
        }

    def version(self, key: str) -> int:
        """The version that the page had shown of the part."""
        shown = self.cleaned_data[seen(key)].partition(".")[0]
        return int(shown) if shown.isdecimal() else 0

    def restored(self, typed: "PartsForm") -> None:
        """Lay what was typed and not sent over what is saved, where it was touched.

        A part that was touched keeps the mark that it was typed on, so that somebody else's
        save in between is noticed when this one is sent.
        """
        typed.full_clean()
        for key, part in self.parts.items():
            if key in typed.parts and seen(key) in typed.data and typed.touched(key):
                names = (*part.values, seen(key))
                raw = {name: typed[name].value() for name in names}
                self.initial = {**self.initial, **raw}
