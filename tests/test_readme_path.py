"""The README's way with real schools, as it is written there, then on in a browser.

The schools are real and what is said of them here is not, so nothing of it is kept: the
database is a test's, no school is named in this file and no picture is taken.
"""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from plimsoll.allocations.models import Allocation
from plimsoll.cli.commands import plimsoll
from plimsoll.evidence.models import Fact, Inspection
from plimsoll.framework.measures import MEASURES
from plimsoll.people.models import User
from plimsoll.schools.models import School
from tests.browser import OpenPage
from tests.cast import give, make_person

pytestmark = pytest.mark.django_db(transaction=True)
At = Callable[[str], Page]


@pytest.fixture
def liverpool(real_data: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the README's section, in its order."""
    settings.AUTHORITY = "liverpool"
    monkeypatch.chdir(settings.ROOT)
    for line in commands_of_the_readme():
        done = CliRunner().invoke(plimsoll, line)
        assert done.exit_code == 0, f"plimsoll {shlex.join(line)}: {done.output}"


def commands_of_the_readme() -> list[list[str]]:
    readme = (settings.ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^\.venv/bin/plimsoll (.+)$", readme, flags=re.MULTILINE)
    assert [shlex.split(line)[0] for line in found] == ["migrate", "import-folder", "cycle"]
    return [shlex.split(line) for line in found]


@pytest.fixture
def open_case(liverpool: None, open_page: OpenPage, sign_in: Callable[[Page, User], None]) -> At:
    """Open the case of a real school as the holder of a role, who comes to be on the way."""
    school = School.objects.filter(
        type="01", phase="primary", status="1", allocations__cycle__year="2026-27"
    ).order_by("urn")[0]
    case = Allocation.objects.get(school=school)
    pages: dict[str, Page] = {}

    def open_as(role: str) -> Page:
        if role not in pages:
            at_school = school if role in ("sip", "head") else None
            person = make_person(f"{role.title()} Example")
            give(person, role, at_school, starts=timezone.localdate())
            pages[role] = open_page()
            sign_in(pages[role], person)
        pages[role].goto(f"/allocations/{case.pk}/")
        return pages[role]

    return open_as


def press(page: Page, text: str) -> None:
    """Click the link or button of the page that says just this."""
    said = re.compile(rf"^\s*{re.escape(text)}\s*$")
    page.locator("main").locator("a, button").filter(has_text=said).first.click()


def take(page: Page, step: str, *, band: str = "", reasons: str = "") -> None:
    """Go to a step from the case's page, fill its form in and take it."""
    press(page, step)
    page.wait_for_load_state()  # what is ticked before the page has arrived would be lost
    if band:
        page.locator(f"input[name=band][value={band}]").check()
    if reasons:
        page.get_by_label("Your reasons").fill(reasons)
    press(page, step)


def propose(open_case: At, band: str) -> None:
    """From the published evidence to a proposal of which the school hears."""
    partner = open_case("sip")
    expect(partner.locator("main")).to_contain_text("Ofsted")
    take(partner, "Start the allocation")
    press(partner, "Give your views")
    partner.locator("input[name=choice-safeguarding]").first.check()
    partner.locator("textarea[name=text-safeguarding]").fill("Written for a test.")
    press(partner, "Save and submit")
    open_case("sip")
    take(partner, "Propose for moderation", band=band, reasons="Written for a test.")
    take(open_case("po"), "Release to the school")


def test_the_register_inspections_and_figures_are_there(liverpool: None) -> None:
    assert School.objects.filter(la=341).count() == School.objects.count() == 219
    assert Allocation.objects.filter(state="not_started").count() == 185
    assert Allocation.objects.count() == 185
    eras = set(Inspection.objects.values_list("era", flat=True))
    assert eras == {"overall", "key-judgements", "report-card"}
    themes = {MEASURES[key].theme for key in Fact.objects.values_list("measure", flat=True)}
    assert themes >= {"attendance", "outcomes", "gaps", "destinations", "pupils", "staff", "money"}


def test_S2_a_real_school_is_taken_to_agreed(open_case: At) -> None:
    propose(open_case, "B")
    head = open_case("head")
    expect(head.locator("main")).to_contain_text("Band B, proposed")
    take(head, "Agree and sign")
    expect(head.locator("main")).to_contain_text("Agreed by both")
    assert Allocation.objects.get(state="agreed").band == "B"


def test_S4_S5_a_real_school_is_taken_through_both_referrals(open_case: At) -> None:
    propose(open_case, "C")
    take(open_case("head"), "Disagree and refer", reasons="Written for a test.")
    take(open_case("po"), "Decide the disagreement", band="C", reasons="Written for a test.")
    take(open_case("head"), "Take it further", reasons="Written for a test.")
    take(open_case("doe"), "Decide finally", band="B", reasons="Written for a test.")
    head = open_case("head")
    expect(head.locator("main")).to_contain_text("Settled by decision")
    case = Allocation.objects.get(state="settled")
    assert case.band == "B"
    tiers = case.referrals.order_by("tier").values_list("role", "band")
    assert list(tiers) == [("po", "C"), ("doe", "B")]
