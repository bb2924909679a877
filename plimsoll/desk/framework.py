"""A policy edition as its owner reads it, with its sums as they are (E4)."""

from dataclasses import dataclass
from decimal import Decimal

from plimsoll.framework.entitlements import computed, mismatches, printed
from plimsoll.framework.judging import Criterion
from plimsoll.framework.model import Edition
from plimsoll.framework.procedure import DeadlineRule
from plimsoll.framework.support import Line

BASES = {
    "CAL": "calendar days",
    "WD": "working days",
    "WD-INSP": "working days outside long school holidays",
    "SD": "days on which the school is open",
}


@dataclass(frozen=True)
class Statements:
    """A criterion with each of its descriptors, and the bands in which it stands."""

    criterion: Criterion
    descriptors: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Days:
    """What a band brings, and the three totals that the source gives for it."""

    band: str
    lines: tuple[Line, ...]
    stated: Decimal
    printed: Decimal
    computed: Decimal
    differs: bool
    note: str


@dataclass(frozen=True)
class Due:
    """A deadline with its basis in words."""

    rule: DeadlineRule
    days: str


@dataclass(frozen=True)
class Shown:
    """Everything of an edition that its page shows."""

    themes: tuple[tuple[str, tuple[Statements, ...]], ...]
    days: tuple[Days, ...]
    deadlines: tuple[Due, ...]
    route: tuple[tuple[str, str], ...]


def shown(edition: Edition) -> Shown:
    return Shown(
        themes=tuple(
            (theme.label, tuple(_statements(edition, theme.id))) for theme in edition.themes
        ),
        days=tuple(_days(edition)),
        deadlines=tuple(
            Due(rule, in_days(rule.days, rule.basis)) for rule in edition.deadlines.values()
        ),
        route=tuple(
            (tier.label, _tier(tier.days, tier.basis, final=tier.final))
            for tier in edition.disagreement
        ),
    )


def in_days(days: int, basis: str) -> str:
    return f"{days} {BASES[basis]}"


def _tier(days: int | None, basis: str, *, final: bool) -> str:
    limit = in_days(days, basis) if days is not None else "No limit set"
    return f"{limit}; the last word" if final else limit


def _statements(edition: Edition, theme: str) -> list[Statements]:
    return [
        Statements(
            criterion,
            tuple((d.text, ", ".join(d.bands)) for d in edition.descriptors_of(criterion.id)),
        )
        for criterion in edition.criteria
        if criterion.theme == theme
    ]


def _days(edition: Edition) -> list[Days]:
    differing = {mismatch.band for mismatch in mismatches(edition)}
    rows = []
    for band in edition.bands:
        brings = edition.entitlements[band.key]
        rows.append(
            Days(
                band=band.label,
                lines=brings.lines,
                stated=brings.stated_days.normalize(),
                printed=printed(brings).normalize(),
                computed=computed(brings).normalize(),
                differs=band.key in differing,
                note=brings.note,
            )
        )
    return rows
