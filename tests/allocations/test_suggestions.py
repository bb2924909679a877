"""S9, S8, S3: what published figures suggest, on the page of one allocation."""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import DjangoAssertNumQueries, Settings

from plimsoll.allocations import actions
from plimsoll.allocations.models import Allocation, Challenge, CriterionView, FrozenEvidence, Side
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.evidence.models import ENGLAND, AreaFact, Fact, ImportRun
from plimsoll.people.models import User
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, Cast, make_cast

pytestmark = pytest.mark.django_db

ATTENDANCE = (
    "Absence was 7.4 % in 2022-23 and 7.2 % in 2023-24, 1.7 percentage points above primary "
    "schools in England at 5.5 % (absence in schools (performance tables), 20 March 2025). "
    "Whether there is promise of improvement since is for both sides to judge."
)
ASSUMED = "This link is assumed: the authority has still to confirm it."
MEASURE, AREA_MEASURE = "absence.overall", "PriTotAbs"


def run() -> int:
    return ImportRun.objects.get_or_create(
        source="absence", file="abs.csv", sha256="a" * 64, as_at=date(2025, 3, 20),
        defaults={"at": NOW, "by_name": "Nobody"},
    )[0].pk  # fmt: skip


def absence(urn: int, **years: float) -> None:
    """`y2023` is the school year that begins in 2023; England's are of primary schools."""
    england = {"2022-23": 5.9, "2023-24": 5.5, "2024-25": 5.2}
    for year, value in england.items():
        AreaFact.objects.update_or_create(
            area=ENGLAND, measure=AREA_MEASURE, year=year, source="absence",
            defaults={"value": value, "source_run": run()},
        )  # fmt: skip
    for name, value in years.items():
        start = int(name[1:])
        Fact.objects.update_or_create(
            urn=urn, measure=MEASURE, year=f"{start}-{(start + 1) % 100:02}", source="absence",
            defaults={"value": value, "source_run": run()},
        )  # fmt: skip


def words(client: Client, user: User, case: Allocation, name: str = "case") -> str:
    """What the page says, without its markup."""
    client.force_login(user)
    answer = client.get(reverse(f"allocations:{name}", args=[case.pk]))
    assert answer.status_code == 200
    plain = re.sub(
        r"<(script|style).*?</\1>|<[^>]*>", " ", answer.content.decode(), flags=re.DOTALL
    )
    return " ".join(html.unescape(plain).split())


def frozen_so(case: Allocation, data: dict[str, Any]) -> None:
    """As an earlier Plimsoll froze it: what is frozen can be neither changed nor removed."""
    FrozenEvidence.objects.create(
        allocation=case, frozen_at=NOW + timedelta(seconds=1), data=data, sha256="b" * 64
    )


def test_S9_both_sides_read_the_same_suggestion_with_its_reason(client: Client, cast: Cast) -> None:
    absence(900001, y2022=7.4, y2023=7.2)
    case = steps.with_school(cast)
    for user in (cast.helen, cast.sadia, cast.priya):
        for name in ("case", "views") if user != cast.priya else ("case",):
            page = words(client, user, case, name)
            assert "Suggestion: “Attendance may be well below the national average" in page
            assert f"{ATTENDANCE} {ASSUMED}" in page


def test_S9_where_published_data_says_nothing_the_page_says_so(client: Client, cast: Cast) -> None:
    page = words(client, cast.helen, steps.with_school(cast))
    for criterion in ("Self-evaluation", "Outreach", "The teaching of reading"):
        assert f"{criterion} Published data says nothing on this." in page
    assert (
        "Attendance No figure is published for this school that is recent enough to suggest "
        "anything."
    ) in page


def test_S8_the_spread_of_what_is_suggested_informs_and_decides_nothing(
    client: Client, cast: Cast
) -> None:
    case = steps.with_school(cast)
    assert "What published data suggests, by band" not in words(client, cast.helen, case)
    absence(900001, y2023=5.5)
    assert (
        "What published data suggests, by band It informs and never decides. A statement that "
        "stands in several bands counts in each of them. Criteria for which published data "
        "suggests a statement, by band Band Criteria A 1 : Attendance B 1 : Attendance C 0 D 0"
    ) in words(client, cast.helen, case)


def test_S8_a_suggestion_fills_nothing_in(client: Client, cast: Cast) -> None:
    absence(900001, y2022=7.4, y2023=7.2)
    case = ALLOCATION.take(steps.opened(cast), "start", by=cast.sadia, at=NOW)
    client.force_login(cast.sadia)
    page = client.get(reverse("allocations:views", args=[case.pk])).content.decode()
    assert 'value="attendance.well-below"' in page
    assert not re.search(r"<input[^>]*type=.radio.[^>]*\bchecked\b", page)
    assert not CriterionView.objects.exists()
    assert Allocation.objects.get(pk=case.pk).proposed_band == ""


def test_S7_who_may_not_see_the_allocation_reads_no_suggestion(client: Client, cast: Cast) -> None:
    absence(900001, y2022=7.4, y2023=7.2)
    case = steps.with_school(cast)
    for user in (cast.henry, cast.ada, cast.dan, cast.lena):
        client.force_login(user)
        for name in ("case", "views"):
            answer = client.get(reverse(f"allocations:{name}", args=[case.pk]))
            assert answer.status_code in (403, 404)
            assert "7.2 %" not in answer.content.decode()


def test_U5_a_suggestion_is_of_what_is_published_and_foretells_nothing(
    client: Client, cast: Cast
) -> None:
    absence(900001, y2022=7.4, y2023=7.2)
    page = words(client, cast.sadia, steps.with_school(cast)).lower()
    assert "early warning" not in page
    assert "likelihood" not in page


def test_S3_measures_stand_by_theme_with_source_and_date_and_may_be_challenged(
    client: Client, cast: Cast
) -> None:
    absence(900001, y2022=7.4, y2023=7.2)
    case = steps.with_school(cast)
    page = words(client, cast.helen, case)
    assert (
        "Attendance Overall absence, 2023-24 7.2 % Wrong? , Overall absence, 2023-24: say that "
        "this figure is wrong Source: absence in schools (performance tables), as at 20 March "
        "2025 Attendance: earlier years"
    ) in page
    assert "Overall absence, 2022-23 7.4 % Wrong?" in page
    answer = client.post(
        reverse("allocations:challenge", args=[case.pk]) + f"?figure={MEASURE}.2023-24",
        {"text": "Our register says 6.9"},
    )
    assert answer.status_code == 302
    assert Challenge.objects.get().figure == f"{MEASURE}.2023-24"
    assert "Overall absence, 2023-24 7.2 % Challenged by Helen Marsh" in words(
        client, cast.helen, case
    )


def test_S3_a_challenge_stays_when_its_figure_is_published_no_longer(
    client: Client, cast: Cast
) -> None:
    absence(900001, y2023=7.2)
    case = steps.with_school(cast)
    address = reverse("allocations:challenge", args=[case.pk]) + f"?figure={MEASURE}.2023-24"
    client.force_login(cast.helen)
    client.post(address, {"text": "Our register says 6.9", "seen": "7.2 %"})
    assert "published no longer" not in words(client, cast.helen, case)
    Fact.objects.all().delete()
    assert (
        "Challenged, and published no longer Overall absence, % of sessions, 2023-24: 7.2 % "
        "Published no longer Challenged by Helen Marsh"
    ) in words(client, cast.sadia, case)
    client.force_login(cast.helen)
    answer = client.post(address, {"text": "It is still wrong", "seen": "7.2 %"})
    assert answer.status_code == 302
    assert Challenge.objects.count() == 1


def test_S3_a_concluded_allocation_keeps_its_figures_and_suggestions(
    client: Client, cast: Cast
) -> None:
    absence(900001, y2022=7.4, y2023=7.2)
    case = steps.with_school(cast)
    case = ALLOCATION.take(case, "agree", by=cast.helen, at=NOW)
    absence(900001, y2022=7.4, y2023=3.1, y2024=2.9)
    page = words(client, cast.helen, case)
    assert ATTENDANCE in page
    assert "Overall absence, 2023-24 7.2 %" in page
    for later in ("3.1 %", "2.9 %", "2024-25", "attendance was no lower"):
        assert later not in page
    (suggested,) = [
        each
        for each in case.frozen_evidence.get().data["suggestions"]
        if each["measure"] == MEASURE
    ]
    assert suggested["descriptors"] == ["attendance.well-below"]
    assert [figure["value"] for figure in suggested["figures"]] == [
        "7.4 %",
        "5.9 %",
        "7.2 %",
        "5.5 %",
    ]


def declined(cast: Cast) -> Allocation:
    case = steps.with_school(cast, cast.dock_road)
    return ALLOCATION.take(case, "decline", by=cast.henry, at=NOW, reasons="Our trust helps us.")


def reviewed(cast: Cast) -> Allocation:
    """A provisional band, whose evidence is open until a further round takes its place."""
    case = steps.provisional(cast, cast.dock_road)
    later = NOW + timedelta(days=40)
    about = {"case": case, "side": Side.SCHOOL, "reasons": "Much has changed."}
    actions.ask_for_review(**about, by=cast.henry, at=later)
    return ALLOCATION.take(case, "open_review", by=cast.paul, at=later, reasons="So it has.")


@pytest.mark.parametrize("end", [declined, reviewed])
def test_S3_however_it_ends_its_figures_and_suggestions_stay(
    end: Callable[[Cast], Allocation], client: Client, cast: Cast
) -> None:
    absence(900002, y2022=7.4, y2023=7.2)
    case = end(cast)
    absence(900002, y2022=1.4, y2023=1.2)
    page = words(client, cast.henry, case)
    assert "Overall absence, 2023-24 7.2 %" in page
    assert "1.2 %" not in page
    assert "when it was frozen" in page


def test_S3_the_chart_of_a_concluded_allocation_is_of_the_frozen_figures(
    client: Client, cast: Cast
) -> None:
    absence(900001, y2022=7.4, y2023=7.2)
    case = steps.with_school(cast)
    table = "by year Year This school England, primary schools 2022-23 7.4 % 5.9 % 2023-24 7.2 %"
    assert table in words(client, cast.helen, case)
    case = ALLOCATION.take(case, "agree", by=cast.helen, at=NOW)
    absence(900001, y2022=1.4, y2023=1.2)
    assert f"{table} 5.5 %" in words(client, cast.helen, case)


def test_S3_a_pack_that_was_frozen_before_figures_spoke_is_still_shown(
    client: Client, cast: Cast
) -> None:
    case = ALLOCATION.take(steps.with_school(cast), "agree", by=cast.helen, at=NOW)
    data = FrozenEvidence.objects.get().data
    del data["suggestions"], data["published"]["measures"]
    frozen_so(case, data)
    absence(900001, y2022=7.4, y2023=7.2)
    page = words(client, cast.helen, case)
    assert "when it was frozen" in page
    assert "7.2 %" not in page
    assert "Attendance Published data says nothing on this." in page
    assert "The school has not been inspected, so nothing is suggested." in page


def test_S3_a_frozen_figure_stays_when_its_measure_is_no_longer_known(
    client: Client, cast: Cast
) -> None:
    absence(900001, y2023=7.2)
    case = ALLOCATION.take(steps.with_school(cast), "agree", by=cast.helen, at=NOW)
    data = FrozenEvidence.objects.get().data
    data["published"]["measures"][0]["measure"] = "absence.retired"
    frozen_so(case, data)
    page = words(client, cast.helen, case)
    assert "Other figures Overall absence, % of sessions, 2023-24 7.2 %" in page


def test_F1_northmoor_suggests_by_its_own_rules(
    db: None, client: Client, settings: Settings
) -> None:
    settings.AUTHORITY = "northmoor"
    cast = make_cast()
    absence(900001, y2022=7.4, y2023=7.2)
    case = ALLOCATION.take(steps.opened(cast), "start", by=cast.sadia, at=NOW)
    steps.views_of(case, by=cast.sadia, side=Side.SERVICE)
    page = words(client, cast.sadia, case)
    assert "Suggestion: “Attendance is below the national average.” (3)" in page
    assert (
        "Absence of 7.2 % in 2023-24 was 1.7 percentage points above primary schools in England "
        f"(absence in schools (performance tables), 20 March 2025). {ASSUMED}"
    ) in page
    assert "by priority Priority Criteria 1 0 2 0 3 1 : Attendance 4 0" in page


# The runs that the school's figures and the areas' came with are among them.
QUERIES = 36


def test_the_page_costs_the_same_for_one_figure_and_for_many(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    absence(900001, y2023=7.2)
    case = steps.with_school(cast)
    client.force_login(cast.helen)
    address = reverse("allocations:case", args=[case.pk])
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
    absence(900001, y2018=5.0, y2021=6.0, y2022=7.4, y2024=7.0)
    for measure in ("ks2.rwm-expected", "exclusions.suspensions", "money.balance"):
        Fact.objects.create(
            urn=900001, measure=measure, year="2024-25", source="absence", value=-1,
            source_run=run(),
        )  # fmt: skip
    with django_assert_num_queries(QUERIES):
        client.get(address)


@pytest.mark.django_db(transaction=True)
def test_S9_figures_and_suggestions_are_for_everybody_at_every_width(
    page: Page, sign_in: Callable[..., None], transactional_db: None
) -> None:
    cast = make_cast()
    absence(900001, y2021=6.0, y2022=7.4, y2023=7.2)
    case = steps.with_school(cast)
    sign_in(page, cast.helen)
    for name in ("case", "views"):
        page.goto(reverse(f"allocations:{name}", args=[case.pk]))
        assert_accessible(page)
    page.goto(reverse("allocations:case", args=[case.pk]))
    earlier = page.locator("summary", has_text="Attendance: earlier years")
    older = page.get_by_text("Overall absence, 2021-22", exact=True)
    assert not older.is_visible()
    earlier.focus()
    page.keyboard.press("Enter")
    assert older.is_visible()
    assert_accessible(page)
