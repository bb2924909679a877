"""F4: what reports speak of, by the authority's priorities, and what nobody wrote of."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.framework.editions import current
from plimsoll.visits.models import Passage, Report
from plimsoll.visits.reports.oversight.coverage import Coverage, coverage
from tests.allocations import steps as allocations
from tests.cast import TODAY, Cast
from tests.visits import steps

READING = "Children and young people have a curriculum"


@pytest.fixture
def reports(cast: Cast) -> list[Report]:
    """Two of Harbour View and one of Dock Road speak of reading; one of them of SEND too."""
    view = allocations.agreed(cast, band="B")
    road = view.cycle.allocations.get(school=cast.dock_road)
    written = [
        steps.written(view, cast.sadia),
        steps.written(view, cast.sadia, on=TODAY + timedelta(days=90), kind="contact"),
        steps.written(road, cast.sadia, kind="additional", funding="traded"),
    ]
    for report in written:
        tag(report, "reading")
        officer = cast.priya if report.visit.school_id == cast.harbour_view.pk else cast.paul
        steps.take(steps.take(report, "send", cast.sadia), "release", officer)
    tag(written[0], "reading", "send")
    return written


def tag(report: Report, *priorities: str) -> None:
    Passage.objects.filter(report=report, section="purpose").update(priorities=list(priorities))


def counts(found: Coverage) -> list[tuple[str, str]]:
    return [(row.reports, row.schools) for row in found.rows]


def test_F4_reports_and_schools_are_counted_by_priority(cast: Cast, reports: list[Report]) -> None:
    found = coverage(current(), cast.priya, year="2026-27")
    # wellbeing, reading, send, workforce, pathways
    assert counts(found) == [("0", "0"), ("3", "2"), ("1", "1"), ("0", "0"), ("0", "0")]
    assert [school.name for school in found.rows[1].named] == [
        "Dock Road Academy", "Harbour View Primary School",
    ]  # fmt: skip
    assert len(found.gaps) == 3


def test_F4_a_term_is_counted_by_itself(cast: Cast, reports: list[Report]) -> None:
    autumn = (TODAY - timedelta(days=30), TODAY + timedelta(days=60))
    found = coverage(current(), cast.priya, year="2026-27", first=autumn[0], last=autumn[1])
    assert counts(found)[1] == ("2", "2")


def test_F4_a_report_that_no_school_has_is_not_counted(cast: Cast) -> None:
    report = steps.written(allocations.agreed(cast, band="B"), cast.sadia)
    tag(report, "reading")
    assert counts(coverage(current(), cast.priya, year="2026-27"))[1] == ("0", "0")


def test_F4_S7_few_schools_are_no_number_for_whoever_may_not_see_them(
    cast: Cast, reports: list[Report]
) -> None:
    """Nobody but a partner is held to some schools here, so a partner shows the rule."""
    found = coverage(current(), cast.helen, year="2026-27")
    reading = found.rows[1]
    assert (reading.reports, reading.schools) == ("2, and few others", "1, and fewer than 5 others")
    assert [school.name for school in reading.named] == ["Harbour View Primary School"]
    assert not reading.is_gap


def show(cast: Cast, who: str, query: str = "") -> str:
    client = Client()
    client.force_login(cast.everyone[who])
    return client.get(reverse("visits:priorities") + query).content.decode()


def test_F4_the_page_says_what_nobody_wrote_of(cast: Cast, reports: list[Report]) -> None:
    shown = show(cast, "dorothy")
    assert "Nobody wrote of" in shown
    assert READING in shown
    assert "3 reports that reached a school" in shown


@pytest.mark.parametrize("many", [False, True])
def test_the_page_takes_as_many_queries_for_one_report_as_for_many(
    cast: Cast, reports: list[Report], many: bool,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    if not many:
        Passage.objects.exclude(report=reports[0]).update(priorities=[])
    client = Client()
    client.force_login(cast.dorothy)
    with django_assert_num_queries(12):
        client.get(reverse("visits:priorities"))
