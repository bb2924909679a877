"""E1 to E4: days by band. The source's sums do not agree; all three are kept."""

from decimal import Decimal

import pytest

from plimsoll.framework.entitlements import computed, mismatches, printed, stated
from plimsoll.framework.model import Edition


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        ("A", ("3", "3", "3")),
        ("B", ("5.5", "5", "4")),
        ("C", ("7", "7", "5.5")),
        ("D", ("7", "3", "5.5")),
    ],
)
def test_E4_the_three_sums_of_each_band(
    liverpool: Edition, band: str, expected: tuple[str, str, str]
) -> None:
    entitlement = liverpool.entitlements[band]
    sums = (stated(entitlement), printed(entitlement), computed(entitlement))
    assert sums == tuple(Decimal(number) for number in expected)


def test_E4_the_differences_are_shown_for_B_C_and_D(liverpool: Edition) -> None:
    assert [m.band for m in mismatches(liverpool)] == ["B", "C", "D"]
    assert str(mismatches(liverpool)[2]) == (
        "liverpool/2026-27 D: stated 7 days, the printed lines add up to 3, the wording of the "
        "lines gives 5.5 (the source's lines are incomplete)"
    )


def test_E4_only_the_lines_of_D_are_cut_off(liverpool: Edition) -> None:
    incomplete = [b for b, e in liverpool.entitlements.items() if not e.source_complete]
    assert incomplete == ["D"]


@pytest.mark.parametrize(("band", "two_terms"), [("A", "2.5"), ("B", "3"), ("C", "4"), ("D", "4")])
def test_E2_a_year_of_fewer_terms_has_fewer_termly_days(
    liverpool: Edition, band: str, two_terms: str
) -> None:
    assert computed(liverpool.entitlements[band], terms=2) == Decimal(two_terms)


@pytest.mark.parametrize("band", ["A", "B", "C", "D"])
def test_E1_a_new_heads_two_days_stand_outside_the_total(liverpool: Edition, band: str) -> None:
    line = liverpool.entitlements[band].line("new-head")
    assert (line.each, line.condition, line.counts_toward_total) == (2, "new_head", False)


@pytest.mark.parametrize(
    ("band", "brings"),
    [
        ("A", set()),
        ("B", {"commissioned-intervention"}),
        ("C", {"commissioned-intervention", "partnership-plan", "additional-support"}),
        (
            "D",
            {
                "commissioned-intervention",
                "partnership-plan",
                "additional-support",
                "financial-support",
                "team-around-the-school",
            },
        ),
    ],
)
def test_E5_to_E14_what_each_band_brings_besides_days(
    liverpool: Edition, band: str, brings: set[str]
) -> None:
    everybody = {
        "head-briefings",
        "head-recruitment",
        "governor-briefings",
        "performance-information",
        "professional-development",
        "networks",
        "additional-visits",
    }
    assert {line.id for line in liverpool.entitlements[band].access} == everybody | brings


def test_E13_financial_support_is_for_maintained_schools(liverpool: Edition) -> None:
    types = liverpool.entitlements["D"].line("financial-support").types
    assert "01" in types
    assert "34" not in types


@pytest.mark.parametrize(("band", "days"), [("1", 2), ("2", 4), ("3", 8), ("4", 12)])
def test_northmoors_sums_agree(northmoor: Edition, band: str, days: int) -> None:
    entitlement = northmoor.entitlements[band]
    assert stated(entitlement) == printed(entitlement) == computed(entitlement) == days


def test_northmoor_counts_contacts_as_visits_and_knows_no_half_days(northmoor: Edition) -> None:
    lines = [line for e in northmoor.entitlements.values() for line in e.lines]
    assert {line.unit for line in lines if line.id == "contact"} == {"visit"}
    assert "half-day" not in {line.unit for line in lines}
    assert mismatches(northmoor) == []
