"""What published evidence suggests. It informs; it decides nothing and fills nothing in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plimsoll.framework.model import Edition


@dataclass(frozen=True)
class Cited:
    """A figure that a suggestion rests on, with its source and date."""

    label: str
    value: str
    source: str
    as_at: str = ""


@dataclass(frozen=True)
class Suggestion:
    """The descriptors suggested for a criterion and why; none, and why not."""

    criterion: str
    descriptors: tuple[str, ...]
    because: str
    assumed: bool = False
    measure: str = ""  # none: an inspection
    figures: tuple[Cited, ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """The same in plain values; by hand, for a whole country is printed in one run."""
        return {**vars(self), "figures": [dict(vars(each)) for each in self.figures]}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Suggestion":
        cited = tuple(Cited(**each) for each in plain["figures"])
        given = {**plain, "descriptors": tuple(plain["descriptors"]), "figures": cited}
        return cls(**given)


def by_criterion(suggestions: Iterable[Suggestion]) -> dict[str, list[Suggestion]]:
    """Those that suggest something; where none does, why not."""
    found: dict[str, list[Suggestion]] = {}
    for each in suggestions:
        found.setdefault(each.criterion, []).append(each)
    return {
        criterion: [each for each in several if each.descriptors] or several
        for criterion, several in found.items()
    }


def spread(edition: Edition, suggestions: Iterable[Suggestion]) -> dict[str, list[str]]:
    """By band, the criteria for which a descriptor that stands in it is suggested.

    A descriptor that stands in several bands counts for each of them; a criterion counts
    once in a band, however many measures speak of it.
    """
    found: dict[str, list[str]] = {band.key: [] for band in edition.bands}
    for each in suggestions:
        for band in bands_of(edition, each):
            if each.criterion not in found[band]:
                found[band].append(each.criterion)
    return found


def bands_of(edition: Edition, suggestion: Suggestion) -> list[str]:
    """The bands in which the suggested descriptors stand, the least support first."""
    standing = {band for key in suggestion.descriptors for band in edition.descriptor(key).bands}
    return [band.key for band in edition.bands if band.key in standing]
