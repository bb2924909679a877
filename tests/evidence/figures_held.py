"""Series as they would come from files, for tests that need no database."""

from datetime import date

from plimsoll.evidence.figures import Origin
from plimsoll.evidence.school.series import Beside, Point, Series
from plimsoll.framework.measures import MEASURES

FROM = Origin("absence", "absence in schools", "DfE", "", "abs.csv", date(2025, 3, 20), 1, "0")


def series(
    key: str,
    figures: dict[str, float | str],
    england: dict[str, float] | None = None,
    *,
    schools: str = "",
    predecessor: tuple[str, ...] = (),
) -> Series:
    """A number is a figure, a word is a marker; `predecessor` names years before the school."""
    points = tuple(
        Point(
            MEASURES[key],
            year,
            figure if isinstance(figure, (int, float)) else None,
            figure if isinstance(figure, str) else "",
            FROM,
            900000 if year in predecessor else 900001,
            year in predecessor,
        )
        for year, figure in figures.items()
    )
    beside = Beside(
        "england", "England", england or {}, dict.fromkeys(england or {}, "published"),
        "LAIT", date(2025, 5, 1), schools,
    )  # fmt: skip
    return Series(MEASURES[key], points, (beside,) if england else ())


def held(*found: Series) -> dict[str, Series]:
    return {each.measure.key: each for each in found}
