"""Figures of a school as files would have brought them, for the pages' tests."""

from datetime import date

from plimsoll.evidence.models import AreaFact, Fact, ImportRun
from plimsoll.schools.models import School
from tests.cast import NOW

Figures = dict[str, dict[str, float | str]]

OWN: Figures = {
    "absence.overall": {"2021-22": 7.9, "2022-23": "suppressed", "2023-24": 6.2, "2024-25": 5.7},
    "absence.persistent": {"2022-23": 22.0, "2023-24": 21.5, "2024-25": 21.0},
    "ks2.rwm-expected": {"2022-23": 75, "2023-24": 58},
    "ks2.pupils": {"2022-23": 31, "2023-24": 12},
    "ks2.rwm-disadvantaged": {"2022-23": 50, "2023-24": 42},
    "ks2.rwm-others": {"2022-23": 68, "2023-24": 68},
    "ks2.rwm-higher": {"2022-23": "suppressed", "2023-24": "suppressed"},
    "pupils.fsm": {"2024-25": 31.4},
}
AROUND: Figures = {
    "PriTotAbs": {"2022-23": 6.2, "2023-24": 5.8, "2024-25": 5.5},
    "KS2RWM_Expected_STD": {"2022-23": 59, "2023-24": 61},
    "DAP_NEW_KS2_RWM": {"2023-24": 45},
    "NonDAP_NEW_KS2_RWM": {"2023-24": 67},
}


def publish(school: School, own: Figures = OWN, around: Figures = AROUND) -> None:
    """The school's figures, and England's under LAIT's names."""
    runs = [
        ImportRun.objects.create(
            source=source, file=f"{source}.csv", sha256=source, at=NOW, as_at=date(2026, 3, 20)
        ).pk
        for source in ("absence", "lait")
    ]
    Fact.objects.bulk_create(
        Fact(urn=school.urn, source="absence", source_run=runs[0], **row) for row in _rows(own)
    )
    if not AreaFact.objects.exists():
        AreaFact.objects.bulk_create(
            AreaFact(area="england", source="lait", source_run=runs[1], **row)
            for row in _rows(around)
        )


def _rows(figures: Figures) -> list[dict[str, object]]:
    return [
        {
            "measure": measure,
            "year": year,
            "value": None if isinstance(cell, str) else cell,
            "marker": cell if isinstance(cell, str) else "",
        }
        for measure, years in figures.items()
        for year, cell in years.items()
    ]
