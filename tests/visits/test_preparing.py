"""E2: the school's short part before a visit: asked for once, kept, sent, read by its partner."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page

from plimsoll.allocations.models import Allocation
from plimsoll.core import drafts
from plimsoll.core.models import Draft, Event, Message
from plimsoll.core.workflow import Refused, Stale
from plimsoll.visits.diary import preparing
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Preparation, Visit
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast
from tests.markup import StrictClient
from tests.visits.steps import planned

FOCUS = {"focus": "Reading in Year 2", "progress": "", "people": "The English lead"}


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    return steps.agreed(cast, band="B")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def asked() -> list[str]:
    found = Message.objects.filter(key__startswith="visit-prepare:").order_by("pk")
    return list(found.values_list("to", flat=True))


# --- asking ----------------------------------------------------------------------------


def test_E2_the_school_is_asked_ten_days_before_and_once(cast: Cast, case: Allocation) -> None:
    planned(case, cast.sadia, on=TODAY + timedelta(days=11))
    assert preparing.ask_due(at=NOW) == 0
    tomorrow = NOW + timedelta(days=1)
    assert preparing.ask_due(at=tomorrow) == 1
    assert preparing.ask_due(at=tomorrow) == 0
    assert preparing.ask_due(at=tomorrow + timedelta(days=5)) == 0
    assert asked() == ["helen@example.org"]


def test_E2_a_visit_that_moves_is_asked_for_again(cast: Cast, case: Allocation) -> None:
    visit = planned(case, cast.sadia)
    preparing.ask_due(at=NOW)
    VISIT.take(
        visit, "move", by=cast.sadia, at=NOW, on=TODAY + timedelta(days=9), part="day",
        mode="in-person",
    )  # fmt: skip
    assert preparing.ask_due(at=NOW) == 1
    assert asked() == ["helen@example.org"] * 2


@pytest.mark.parametrize("kind", ["contact", "htpm"])
def test_E2_E12_nobody_is_asked_before_a_visit_of_another_type(
    cast: Cast, case: Allocation, kind: str
) -> None:
    visit = planned(case, cast.sadia, kind=kind)
    assert preparing.ask_due(at=NOW) == 0
    with pytest.raises(Refused, match="Nothing is asked"):
        preparing.send(visit=visit, answers=FOCUS, version=0, by=cast.helen, at=NOW)


def test_E2_nobody_is_asked_who_has_answered_or_whose_visit_is_off(
    cast: Cast, case: Allocation
) -> None:
    first = planned(case, cast.sadia)
    second = planned(case, cast.sadia, on=TODAY + timedelta(days=8))
    preparing.send(visit=first, answers=FOCUS, version=0, by=cast.helen, at=NOW)
    VISIT.take(second, "cancel", by=cast.sadia, at=NOW, reason="illness")
    assert preparing.ask_due(at=NOW) == 0


# --- writing ---------------------------------------------------------------------------


def test_E2_the_head_sends_it_and_the_partner_reads_it(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia)
    client.force_login(cast.helen)
    page = client.get(f"/visits/{visit.pk}/").content.decode()
    assert "Answer a few questions before the visit" in page
    done = client.post(f"/visits/{visit.pk}/prepare/", FOCUS | {"version": 0}, follow=True)
    assert "Sent. It stands with the visit." in done.content.decode()
    assert "Answer a few questions" not in words(done.content.decode())
    client.force_login(cast.sadia)
    read = words(client.get(f"/visits/{visit.pk}/").content.decode())
    assert "What would make this visit most useful to you? Reading in Year 2" in read
    assert "What has changed since the last visit?" not in read, "it was left empty"
    assert Event.objects.filter(verb="visit.prepared", actor=cast.helen.pk).count() == 1


def test_E2_what_is_typed_is_kept_as_a_draft(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia)
    key = f"prepare:{visit.pk}"
    drafts.keep(user=cast.helen, key=key, data={"focus": ["Reading, I think"]}, at=NOW)
    client.force_login(cast.helen)
    form = client.get(f"/visits/{visit.pk}/prepare/").content.decode()
    assert "Reading, I think" in form
    assert f'data-draft="{reverse("core:draft", args=[key])}"' in form
    client.post(f"/visits/{visit.pk}/prepare/", FOCUS | {"version": 0})
    assert not Draft.objects.exists()


def test_E2_two_heads_lose_nothing(cast: Cast, case: Allocation, client: StrictClient) -> None:
    visit = planned(case, cast.sadia)
    preparing.send(visit=visit, answers={"focus": "Phonics"}, version=0, by=cast.helen, at=NOW)
    client.force_login(cast.helen)
    late = client.post(f"/visits/{visit.pk}/prepare/", FOCUS | {"version": 0})
    assert late.status_code == 409
    assert "Phonics" in late.content.decode()
    assert "Reading in Year 2" in late.content.decode()
    kept = {"keep": "merged", "merged-focus": "Phonics and reading", "version": 1} | FOCUS
    client.post(f"/visits/{visit.pk}/prepare/", kept)
    assert Preparation.objects.get().answers["focus"] == "Phonics and reading"


def test_E2_a_second_click_sends_nothing_twice(cast: Cast, case: Allocation) -> None:
    visit = planned(case, cast.sadia)
    for _ in range(2):
        preparing.send(visit=visit, answers=FOCUS, version=0, by=cast.helen, at=NOW)
    assert Preparation.objects.get().version == 1
    with pytest.raises(Stale):
        preparing.send(visit=visit, answers={"focus": "x"}, version=0, by=cast.helen, at=NOW)


def test_E2_it_is_sent_by_whoever_confirms_visits_there_and_before_it_is_held(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia)
    for other in (cast.sadia, cast.henry, cast.chloe):
        with pytest.raises(Refused, match="Your role"):
            preparing.send(visit=visit, answers=FOCUS, version=0, by=other, at=NOW)
    client.force_login(cast.helen)
    empty = client.post(f"/visits/{visit.pk}/prepare/", {"version": 0})
    assert "Answer at least one of the questions" in empty.content.decode()
    Visit.objects.update(state="held")
    assert client.get(f"/visits/{visit.pk}/prepare/").status_code == 302


def test_E2_the_form_is_accessible_and_short(
    cast: Cast, case: Allocation, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    visit = planned(case, cast.sadia)
    sign_in(page, cast.helen)
    page.goto(f"/visits/{visit.pk}/prepare/")
    assert_accessible(page)
    page.get_by_label("What would make this visit most useful to you?").fill("Reading")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Sent. It stands with the visit.").wait_for()
    assert_accessible(page)
