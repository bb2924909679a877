"""F1: a case keeps the edition of the policy under which it was opened."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from plimsoll.allocations.cycle import open_cycle
from plimsoll.framework import editions
from plimsoll.people.models import User
from tests.allocations import steps
from tests.allocations.steps import take
from tests.cast import NOW, Cast
from tests.markup import StrictClient


def text_of(client: StrictClient, person: User, address: str) -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def next_edition(settings: Settings, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Harbourside adopts a framework for 2027-28 that calls things otherwise."""
    root = tmp_path / "policy"
    shutil.copytree(settings.POLICY_ROOT, root)
    settings.POLICY_ROOT = root

    def adopt() -> None:
        base = (root / "liverpool" / "2026-27.toml").read_text(encoding="utf-8")
        base = base.replace('year = "2026-27"', 'year = "2027-28"', 1)
        base = base.replace('band = "band"', 'band = "tier of support"')
        base = base.replace("answer_days = 10", "answer_days = 3")
        base = base.replace("la_codes = [341]", "la_codes = [990]")
        (root / "harbourside" / "2027-28.toml").write_text(base, encoding="utf-8")
        editions.forget()

    yield adopt
    editions.forget()


def test_F1_a_case_keeps_the_edition_it_was_opened_under(
    cast: Cast, client: StrictClient, next_edition: Callable[[], None]
) -> None:
    case = steps.in_moderation(cast, band="C")
    next_edition()
    assert editions.current().year == "2027-28"
    case = take(case, "release", cast.priya)
    assert case.answer_due == date(2026, 10, 19)
    page = text_of(client, cast.helen, reverse("allocations:case", args=[case.pk]))
    assert "Band C" in page
    assert "tier of support" not in page.lower()
    assert case.cycle.policy.words.band == "band"


def test_F1_the_next_year_opens_under_the_next_edition_with_the_bands_in_force(
    cast: Cast, client: StrictClient, next_edition: Callable[[], None]
) -> None:
    steps.agreed(cast, band="C")
    next_edition()
    cycle = open_cycle(year="2027-28", closes_on=None, by=cast.priya, at=NOW)
    assert cycle.policy.words.band == "tier of support"
    assert cycle.allocations.get(school=cast.harbour_view).previous_band == "C"
    board = text_of(client, cast.priya, "/allocations/cycle/2027-28/")
    assert "Tier of support" in board
    assert "Tier of support" not in text_of(client, cast.priya, "/allocations/cycle/2026-27/")
