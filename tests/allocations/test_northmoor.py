"""F1: the same product under a second framework.

In Northmoor a School Prioritisation gives each school a priority from 1 to 4. Achievement
Officers and the leads of school partnerships propose; the school is informed and may ask for
a review, which the Deputy Director decides.
"""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import Settings

from plimsoll.allocations import queries
from plimsoll.allocations.models import Allocation, Side
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core.models import Message
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from tests.allocations import steps
from tests.allocations.steps import WHY, take, views_of
from tests.browser import assert_accessible
from tests.cast import NOW, Cast, make_cast
from tests.markup import StrictClient

BOARD = "/allocations/cycle/2026-27/"


@pytest.fixture(autouse=True)
def _northmoor(settings: Settings) -> None:
    settings.AUTHORITY = "northmoor"


def proposed(cast: Cast, by: User) -> Allocation:
    """Priority 3 is proposed for Harbour View, by somebody who may."""
    case = take(steps.opened(cast), "start", by)
    views_of(case, by=by, side=Side.SERVICE)
    return take(case, "propose", by, band="3", reasons=WHY)


def informed(cast: Cast) -> Allocation:
    return take(proposed(cast, cast.sadia), "inform", cast.priya)


def offered(case: Allocation, person: User) -> set[str]:
    return {offer.step.name for offer in ALLOCATION.offers(case, by=person, at=NOW)}


def words_of(client: StrictClient, person: User, address: str) -> str:
    """What a page says to this person, without its markup."""
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200, address
    text = re.sub(
        r"<(script|style).*?</\1>|<[^>]*>", " ", response.content.decode(), flags=re.DOTALL
    )
    return " ".join(text.split())


def address_of(case: Allocation) -> str:
    return reverse("allocations:case", args=[case.pk])


# --- the journey ------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sadia", "lena"])
def test_F1_officers_and_partnership_leads_propose(cast: Cast, who: str) -> None:
    case = proposed(cast, cast.everyone[who])
    assert (case.state, case.proposed_band, case.edition) == (
        "moderation",
        "3",
        "northmoor/2026-27",
    )


def test_F1_the_school_is_informed_and_negotiates_nothing(cast: Cast) -> None:
    case = proposed(cast, cast.lena)
    assert offered(case, cast.priya) == {"send_back", "inform"}
    assert offered(case, cast.helen) == set()
    with pytest.raises(Refused):
        take(case, "release", cast.priya)
    case = take(case, "inform", cast.priya)
    assert (case.state, case.band, case.concluded_at) == ("informed", "3", NOW)
    assert offered(case, cast.helen) == {"dispute_informed"}
    assert offered(case, cast.sadia) == set()
    letter = Message.objects.get(key__startswith="informed:", to="helen@example.org")
    assert "priority" not in (letter.subject + letter.body).lower()


def test_F1_the_one_dispute_goes_to_the_deputy_director(cast: Cast) -> None:
    case = informed(cast)
    case = take(case, "dispute_informed", cast.helen, reasons="Our attendance is above average.")
    assert (case.state, case.band) == ("referred", "")
    assert queries.waits_for(case, Side.SCHOOL) == "Deputy Director"
    # Priya moderated it; under this framework she does not decide disputes at all.
    assert offered(case, cast.priya) == set()
    assert offered(case, cast.declan) == set()
    assert offered(case, cast.dorothy) == {"decide_finally"}
    case = take(case, "decide_finally", cast.dorothy, band="2", reasons="The head is right.")
    assert (case.state, case.band) == ("settled", "2")
    assert offered(case, cast.helen) == set()


def test_F1_a_priority_is_not_a_band_and_a_band_is_no_priority(cast: Cast) -> None:
    case = take(steps.opened(cast), "start", cast.sadia)
    views_of(case, by=cast.sadia, side=Side.SERVICE)
    with pytest.raises(Refused, match="This framework has no such priority"):
        take(case, "propose", cast.sadia, band="C", reasons=WHY)


# --- views before seeing the other's -------------------------------------------------


def test_S2_each_side_gives_its_views_before_it_sees_the_others(cast: Cast) -> None:
    case = take(steps.opened(cast), "start", cast.sadia)
    views_of(case, by=cast.sadia, side=Side.SERVICE, submit=False)
    views_of(case, by=cast.helen, side=Side.SCHOOL)
    assert seen_by(case, Side.SERVICE) == {"service"}
    assert seen_by(case, Side.SCHOOL) == {"school"}
    views_of(case, by=cast.sadia, side=Side.SERVICE)
    assert seen_by(case, Side.SERVICE) == {"service", "school"}
    case = take(case, "propose", cast.sadia, band="3", reasons=WHY)
    assert seen_by(case, Side.SCHOOL) == {"school"}
    assert seen_by(take(case, "inform", cast.priya), Side.SCHOOL) == {"service", "school"}


def seen_by(case: Allocation, side: Side) -> set[str]:
    return set(queries.sheets_seen(case, side, queries.sheets_of(case)))


# --- the pages --------------------------------------------------------------------


def foreign_words(text: str) -> set[str]:
    """Words of the first framework that no page of the second may use."""
    found = re.findall(
        r"\b(?:bands?|SIP|SSA|Autumn cycle|Principal Officer)\b", text, re.IGNORECASE
    )
    return set(found) | set(re.findall(r"School Improvement Partner|Director of Education", text))


@pytest.mark.parametrize(
    "address",
    [
        BOARD,
        f"{BOARD}by/partner/",
        f"{BOARD}by/phase/",
        f"{BOARD}moderation/",
        f"{BOARD}spreadsheet/",
        f"{BOARD}take-in/",
        f"{BOARD}close/",
        "/allocations/cycle/open/",
        "/schools/900001/",
        "/",
    ],
)
def test_F1_the_pages_speak_the_authoritys_words(
    cast: Cast, client: StrictClient, address: str
) -> None:
    case = proposed(cast, cast.sadia)
    client.force_login(cast.priya)
    assert foreign_words(words_of(client, cast.priya, address)) == set()
    assert foreign_words(words_of(client, cast.priya, address_of(case))) == set()


def test_F1_the_cycle_is_named_and_labelled_by_policy(cast: Cast, client: StrictClient) -> None:
    proposed(cast, cast.sadia)
    board = words_of(client, cast.priya, BOARD)
    for word in ("September prioritisation 2026-27", "School Prioritisation", "AO", "Priority"):
        assert word in board
    assert "Senior Achievement Officer" in board
    moderation = words_of(client, cast.priya, f"{BOARD}moderation/")
    assert "Priority 3: 1 proposal" in moderation
    assert "Achievement Officer" in moderation


def test_F1_a_ticked_proposal_informs_its_school(cast: Cast, client: StrictClient) -> None:
    case = proposed(cast, cast.sadia)
    client.force_login(cast.priya)
    client.post(f"{BOARD}moderation/", {"case": [case.pk]})
    assert Allocation.objects.get(pk=case.pk).state == "informed"
    page = words_of(client, cast.helen, address_of(case))
    assert "Priority 3" in page
    assert WHY in page
    assert "8 days" in page
    assert foreign_words(page) == set()


def test_S7_the_lead_of_a_partnership_sees_its_own_schools_only(
    cast: Cast, client: StrictClient
) -> None:
    case = proposed(cast, cast.lena)
    assert WHY in words_of(client, cast.lena, address_of(case))
    other = case.cycle.allocations.get(school=cast.quayside)
    assert client.get(address_of(other)).status_code == 404
    assert client.get(BOARD).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_F1_a_head_asks_for_review_in_the_browser(
    page: Page, sign_in: Callable, transactional_db: None
) -> None:
    cast = make_cast()
    case = informed(cast)
    sign_in(page, cast.helen)
    page.goto(address_of(case))
    assert_accessible(page)
    page.goto(f"{address_of(case)}dispute_informed/")
    assert_accessible(page)
    page.get_by_role("textbox").first.fill("Our attendance is above average.")
    page.locator("main form button[type=submit], main form button").last.click()
    assert Allocation.objects.get(pk=case.pk).state == "referred"
    assert "Deputy Director" in page.inner_text("main")
