"""E12: of the head's performance management dates, days and completion are kept, nothing else.

Nothing else can be written: at the form, at the step, at planning, in the database.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from playwright.sync_api import Page
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Draft, Event, Message
from plimsoll.core.workflow import Refused
from plimsoll.visits.days.granting import bring_up_to_date
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Entry, Preparation, Report, Visit
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast
from tests.markup import StrictClient
from tests.visits.steps import held, planned

# What somebody might want to write of it. It must be found nowhere.
SECRET = "Objective three was not met"
LOG = "/schools/900001/visits/private/"
ALL = "/visits/private/2026-27/"
QUERIES_LOG = 13
QUERIES_ALL = 8


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    return steps.agreed(cast, band="B")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def everything_kept() -> str:
    """Every text of every row that could hold a word of a visit."""
    rows = [
        list(model.objects.values())
        for model in (Visit, Entry, Event, Message, Preparation, Report, Draft)
    ]
    return json.dumps(rows, default=str)


# --- nothing else can be written ----------------------------------------------------------


def test_E12_planning_keeps_no_word(cast: Cast, case: Allocation) -> None:
    visit = planned(case, cast.sadia, kind="htpm", purpose=SECRET, others=SECRET)
    assert visit.private
    assert SECRET not in everything_kept()


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("hold", {"held_on": TODAY, "mode": "virtual", "days": Decimal(1), "met": ["head"]}),
        ("hold", {"held_on": TODAY, "mode": "virtual", "days": Decimal(1), "others": SECRET}),
        ("hold", {"held_on": TODAY, "mode": SECRET[:9], "days": Decimal(1)}),
        ("move", {"on": TODAY, "part": "day", "mode": "phone", "purpose": SECRET}),
        ("move", {"on": TODAY, "part": "day", "mode": "phone", "others": SECRET}),
        ("move", {"on": TODAY, "part": SECRET[:9], "mode": "phone"}),
        ("cancel", {"reason": "illness", "note": SECRET}),
        ("cancel", {"reason": SECRET}),
        ("miss", {"reason": "illness", "note": SECRET}),
        ("miss", {"reason": SECRET}),
    ],
)
def test_E12_a_step_with_a_word_is_refused_and_leaves_none(
    cast: Cast, case: Allocation, step: str, data: dict[str, Any]
) -> None:
    visit = planned(case, cast.sadia, kind="htpm", on=TODAY)
    before = everything_kept()
    with pytest.raises(Refused):
        VISIT.take(visit, step, by=cast.sadia, at=NOW, **data)
    assert everything_kept() == before


def test_E12_the_steps_that_take_reasons_are_not_there(cast: Cast, case: Allocation) -> None:
    visit = planned(case, cast.sadia, kind="htpm")
    with pytest.raises(Refused, match="not possible"):
        VISIT.take(visit, "ask_other_day", by=cast.helen, at=NOW, reasons=SECRET)
    with pytest.raises(TypeError, match="takes no reasons"):
        VISIT.take(visit, "ask_other_day_only", by=cast.helen, at=NOW, reasons=SECRET)
    VISIT.take(visit, "ask_other_day_only", by=cast.helen, at=NOW)
    VISIT.take(visit, "cancel", by=cast.sadia, at=NOW, reason="illness")
    with pytest.raises(Refused, match="not possible"):
        VISIT.take(visit, "reopen", by=cast.sadia, at=NOW, reasons=SECRET)
    VISIT.take(visit, "reopen_only", by=cast.sadia, at=NOW)
    assert SECRET not in everything_kept()


@pytest.mark.parametrize(
    "texts",
    [
        {"purpose": SECRET},
        {"note": SECRET},
        {"others": SECRET},
        {"met": ["head"]},
        {"reason": SECRET},
    ],
)
def test_E12_the_database_refuses_a_word(
    cast: Cast, case: Allocation, texts: dict[str, Any]
) -> None:
    visit = planned(case, cast.sadia, kind="htpm")
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**texts)


def test_E12_a_form_ignores_a_word(cast: Cast, case: Allocation, client: StrictClient) -> None:
    visit = planned(case, cast.sadia, kind="htpm", on=TODAY)
    client.force_login(cast.sadia)
    said = dict.fromkeys(("purpose", "others", "note", "reasons", "met", "text"), SECRET)
    day = {"on_day": 6, "on_month": 10, "on_year": 2026, "part": "day", "mode": "in-person"}
    client.post(f"/visits/{visit.pk}/move/", {"version": 1} | day | said)
    assert Visit.objects.get().on == date(2026, 10, 6)
    client.post(
        f"/visits/{visit.pk}/cancel/", {"version": 2, "reason": "illness", "charged": "no"} | said
    )
    client.post(f"/visits/{visit.pk}/reopen_only/", {"version": 3} | said)
    assert Visit.objects.get().state == "planned"
    assert SECRET not in everything_kept()


def test_E12_no_form_of_a_private_visit_has_a_place_for_words(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia, kind="htpm", on=TODAY)
    for who, step in (
        ("sadia", "move"), ("sadia", "hold"), ("sadia", "cancel"), ("sadia", "miss"),
        ("helen", "ask_other_day_only"),
    ):  # fmt: skip
        client.force_login(cast.everyone[who])
        form = client.get(f"/visits/{visit.pk}/{step}/").content.decode()
        assert "<textarea" not in form
        assert "data-draft" not in form
        for name in ("purpose", "others", "note", "reasons", "met"):
            assert f'name="{name}"' not in form


def test_E12_there_is_no_report_and_no_preparation(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = held(case, cast.sadia, kind="htpm")
    assert not Report.objects.exists()
    client.force_login(cast.helen)
    assert client.get(f"/visits/{visit.pk}/prepare/").status_code == 404
    page = words(client.get(f"/visits/{visit.pk}/").content.decode())
    assert "Only dates, days and completion are kept of it." in page
    assert "Report" not in page.partition("What happened")[0].partition("The visit")[2]


# --- the log --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["helen", "chloe", "sadia", "priya"])
def test_E12_the_head_and_the_chair_see_the_dates(
    cast: Cast, case: Allocation, client: StrictClient, who: str
) -> None:
    visit = held(case, cast.sadia, kind="htpm", on=TODAY - timedelta(days=3))
    VISIT.take(visit, "complete", by=cast.sadia, at=NOW, completed_on=TODAY)
    planned(case, cast.sadia, kind="htpm", on=date(2027, 2, 4))
    client.force_login(cast.everyone[who])
    page = words(client.get(LOG).content.decode())
    assert "it is to be complete by 31 December 2026" in page
    assert "2 October 2026 Held, and complete 2 October 2026 1 5 October 2026" in page
    assert "4 February 2027 Planned: the school has not confirmed – – Not yet" in page


def test_E12_a_day_is_charged_as_of_any_visit(cast: Cast, case: Allocation) -> None:
    held(case, cast.sadia, kind="htpm")
    used = Entry.objects.filter(kind="deliver")
    assert [(each.line, each.days, each.why) for each in used] == [
        ("htpm", 1, "Headteacher performance management")
    ]


@pytest.mark.parametrize("who", ["lena", "henry", "sam", "olu", "nobody"])
def test_E12_S7_nobody_else_sees_even_the_dates(
    cast: Cast, case: Allocation, client: StrictClient, who: str
) -> None:
    visit = held(case, cast.sadia, kind="htpm")
    client.force_login(cast.everyone[who])
    for address in (LOG, f"/visits/{visit.pk}/"):
        assert client.get(address).status_code in (403, 404)
    if who not in ("nobody", "henry"):
        overview = client.get("/schools/900001/").content.decode()
        assert "A visit took place" not in overview


def test_E12_the_service_counts_completion_by_the_day_that_policy_names(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    others = case.cycle.allocations.filter(school__in=(cast.quayside, cast.dock_road))
    others.update(previous_band="C")
    bring_up_to_date(cycle=case.cycle, at=NOW)
    visit = held(case, cast.sadia, kind="htpm")
    VISIT.take(visit, "complete", by=cast.sadia, at=NOW, completed_on=TODAY)
    client.force_login(cast.priya)
    page = words(client.get(ALL).content.decode())
    assert "Completed by 31 December 2026: 1 of 3" in page
    assert "Harbour View Primary School Sadia Rahman – 5 October 2026 5 October 2026" in page
    assert "Quayside Nursery School Sam Okoro – – Not yet" in page
    assert "Late" not in page
    with time_machine.travel(NOW.replace(month=12, year=2026, day=31) + timedelta(days=1)):
        client.force_login(cast.priya)
        late = words(client.get(ALL).content.decode())
    assert "Not yet Late" in late
    assert "Completed by 31 December 2026: 1 of 3" in late


def test_E12_the_pages_cost_the_same_with_many(
    cast: Cast,
    case: Allocation,
    client: StrictClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    planned(case, cast.sadia, kind="htpm", on=TODAY)
    client.force_login(cast.priya)
    client.get(ALL)
    for address, number in ((LOG, QUERIES_LOG), (ALL, QUERIES_ALL)):
        with django_assert_num_queries(number):
            client.get(address)
    for day in range(1, 10):
        planned(case, cast.sadia, kind="htpm", on=TODAY + timedelta(days=day))
    for address, number in ((LOG, QUERIES_LOG), (ALL, QUERIES_ALL)):
        with django_assert_num_queries(number):
            client.get(address)


def test_E12_the_log_is_accessible(
    cast: Cast, case: Allocation, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    held(case, cast.sadia, kind="htpm")
    sign_in(page, cast.priya)
    for address in (LOG, ALL):
        page.goto(address)
        assert_accessible(page)
