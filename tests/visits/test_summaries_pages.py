"""Q2: the summaries of a term are read, amended, signed off and issued by whoever may."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Page
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Event, Message
from plimsoll.documents.models import Document
from plimsoll.people.models import User
from plimsoll.schools.models import Term
from plimsoll.visits.days.granting import bring_up_to_date
from plimsoll.visits.models import Summary
from tests.allocations import steps as allocated
from tests.browser import assert_accessible
from tests.cast import NOW, Cast, give, make_school
from tests.markup import StrictClient
from tests.visits.summarised import AT, begun, full_term, sent, signed, terms

TERM = "/visits/summaries/2026-27/Autumn/"
QUERIES_TERM = 25
QUERIES_SUMMARY = 21


@pytest.fixture(autouse=True)
def _on_the_last_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    terms()
    case = allocated.agreed(cast, band="B")
    full_term(cast, case)
    return case


@pytest.fixture
def summary(cast: Cast, case: Allocation) -> Summary:
    """Harbour View's, of the autumn."""
    return begun(cast, case.cycle)[cast.harbour_view.pk]


def page_of(client: Client, person: User, address: str) -> str:
    """The words of a page."""
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200, address
    return words(response.content.decode())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def act(client: Client, person: User, address: str, **answers: str) -> str:
    client.force_login(person)
    return words(client.post(address, answers, follow=True).content.decode())


# --- the term ----------------------------------------------------------------------------------


def test_Q2_an_officer_composes_the_term_and_sees_which_need_attention_and_why(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.priya)
    response = client.get("/visits/summaries/")
    assert response["Location"] == TERM
    assert "5 schools of yours have none for this term." in page_of(client, cast.priya, TERM)
    page = act(client, cast.priya, f"{TERM}compose/")
    assert "5 composed." in page
    assert "5 composed, 4 need attention ." in page
    assert "Lighthouse School To be read and signed No visit was held this term." in page
    assert "Harbour View Primary School To be read and signed Nothing Sadia Rahman" in page
    assert "0 composed." in act(client, cast.priya, f"{TERM}compose/")


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", "5 summaries"),
        ("?state=attention", "4 summaries"),
        ("?state=composed", "5 summaries"),
        ("?state=issued", "No summary matches."),
        ("?sip=0", "No summary matches."),
        ("?text=harb", "1 summary"),
        ("?state=nonsense", "5 summaries"),
    ],
)
def test_Q2_the_list_is_narrowed_by_state_name_and_partner(
    cast: Cast, summary: Summary, client: StrictClient, query: str, number: str
) -> None:
    assert number in page_of(client, cast.priya, f"{TERM}{query}")
    assert "2 summaries" in page_of(client, cast.priya, f"{TERM}?sip={cast.sadia.pk}")


def test_Q2_U2_a_partner_sees_only_the_schools_worked_with(
    cast: Cast, summary: Summary, client: StrictClient
) -> None:
    page = page_of(client, cast.sadia, TERM)
    assert "2 composed" in page
    assert "Quayside Nursery School To be" not in page, (
        "she is its head, and not inside the service there"
    )


def test_a_year_without_terms_says_so(cast: Cast, case: Allocation, client: StrictClient) -> None:
    Term.objects.all().delete()
    assert "The dates of this year’s terms are not entered yet" in page_of(
        client, cast.priya, "/visits/summaries/"
    )
    assert client.get(TERM).status_code == 404


# --- one summary ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sadia", "priya"])
def test_Q2_it_is_shown_as_the_school_will_read_it(
    cast: Cast, summary: Summary, client: StrictClient, who: str
) -> None:
    page = page_of(client, cast.everyone[who], f"/visits/summaries/{summary.pk}/")
    assert "As the school would read it now. It sees nothing until it is issued." in page
    assert "Leadership and governance: Leaders know their school." in page
    assert "Headteacher performance management: held on 12 November 2026." in page
    assert not re.search(r"\bband\b|[Pp]rovisional|Confidential", page)


@pytest.mark.parametrize("who", ["helen", "chloe", "dorothy", "declan"])
def test_Q2_S7_whoever_only_reads_sees_it_once_it_is_issued(
    cast: Cast, summary: Summary, client: StrictClient, who: str
) -> None:
    address = f"/visits/summaries/{summary.pk}/"
    person = cast.everyone[who]
    client.force_login(person)
    assert client.get(address).status_code == 404
    assert not Event.objects.filter(verb__startswith="summary.", permission="summary.see").exists()
    sent(summary, cast.sadia)
    page = page_of(client, person, address)
    assert "signed off by Sadia Rahman. It stays as it is." in page
    assert "Amend" not in page


@pytest.mark.parametrize("who", ["nobody", "ada", "dan", "olu", "lena", "henry", "sam", "pat"])
def test_S7_Q2_nobody_else_ever_reads_it(
    cast: Cast, summary: Summary, client: StrictClient, who: str
) -> None:
    sent(summary, cast.sadia)
    client.force_login(cast.everyone[who])
    assert client.get(f"/visits/summaries/{summary.pk}/").status_code in (403, 404)
    document = Document.objects.filter(kind="summary").first()
    assert document
    assert client.get(f"/documents/{document.pk}/").status_code == 404


def test_Q2_a_sentence_is_amended_and_what_is_left_follows_the_records(
    cast: Cast, summary: Summary, client: StrictClient
) -> None:
    address = f"/visits/summaries/{summary.pk}/"
    assert "Drafted from the records." in page_of(client, cast.sadia, f"{address}amend/")
    answers = {
        "opening": "A good term, with one visit cancelled late.",
        "findings": "Leadership and governance: Leaders know their school.",
        "next": "Focus: Reading in key stage 2",
        "version": "1",
    }
    page = act(client, cast.sadia, f"{address}amend/", **answers)
    assert "Saved." in page
    assert "A good term, with one visit cancelled late." in page
    assert "Last amended by Sadia Rahman" in page
    summary.refresh_from_db()
    assert summary.texts == {"opening": "A good term, with one visit cancelled late."}


def test_Q2_of_two_who_amend_neither_loses_a_word(
    cast: Cast, summary: Summary, client: StrictClient
) -> None:
    address = f"/visits/summaries/{summary.pk}/amend/"
    act(client, cast.sadia, address, opening="Sadia’s words.", version="1")
    client.force_login(cast.priya)
    late = client.post(address, {"opening": "Priya’s words.", "version": "1"})
    assert late.status_code == 409
    assert "Sadia’s words." in late.content.decode()
    assert "Priya’s words." in late.content.decode()


def test_Q2_a_draft_waits_for_its_writer(
    cast: Cast, summary: Summary, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    client.post(f"/drafts/summary:{summary.pk}/", {"opening": "Half a thou"})
    page = page_of(client, cast.sadia, f"/visits/summaries/{summary.pk}/amend/")
    assert "Half a thou" in page
    assert "Half a thou" not in page_of(
        client, cast.priya, f"/visits/summaries/{summary.pk}/amend/"
    )


def test_Q2_signed_off_it_can_be_amended_only_after_the_signature_is_withdrawn(
    cast: Cast, summary: Summary, client: StrictClient
) -> None:
    address = f"/visits/summaries/{summary.pk}/"
    page = act(client, cast.sadia, f"{address}do/sign/", version="1")
    assert "Signed off by Sadia Rahman" in page
    refused = act(client, cast.sadia, f"{address}amend/", opening="Late", version="2")
    assert "It is signed: withdraw the signature to change it." in refused
    assert "Amend the words" in act(client, cast.priya, f"{address}do/withdraw/", version="2")


def test_Q2_S7_words_that_name_the_band_are_not_signed(
    cast: Cast, summary: Summary, client: StrictClient
) -> None:
    address = f"/visits/summaries/{summary.pk}/"
    page = act(client, cast.sadia, f"{address}amend/", opening="Now in band D.", version="1")
    assert "“The term in brief” names the band. A summary never does." in page
    page = act(client, cast.sadia, f"{address}do/sign/", version="2")
    assert "It names the band: “Now in band D.”" in page
    summary.refresh_from_db()
    assert summary.state == "composed"


@pytest.mark.parametrize("who", ["helen", "dorothy", "olu"])
def test_Q2_nobody_else_signs_or_amends(
    cast: Cast, summary: Summary, client: StrictClient, who: str
) -> None:
    client.force_login(cast.everyone[who])
    for address in ("amend/", "do/sign/", "do/issue/", "do/nonsense/"):
        answer = client.post(f"/visits/summaries/{summary.pk}/{address}", {"version": "1"})
        assert answer.status_code == 403, address
    for address in ("", "sign/", "issue/"):
        assert client.get(f"{TERM}{address}").status_code == 403


# --- many at once ------------------------------------------------------------------------------


def test_Q2_those_without_attention_are_signed_off_in_one_go(
    cast: Cast, summary: Summary, client: StrictClient
) -> None:
    asked = page_of(client, cast.priya, f"{TERM}sign/")
    assert "Of every school that I may sign for: 1" in asked
    page = act(client, cast.priya, f"{TERM}sign/", whose="all")
    assert "1 signed off." in page
    assert set(Summary.objects.values_list("state", flat=True)) == {"composed", "signed"}
    again = act(client, cast.priya, f"{TERM}sign/", whose="all")
    assert "No summary that needs no attention waits to be signed." in again


def test_Q2_a_partner_issues_own_schools_and_an_officer_the_rest(
    cast: Cast, summary: Summary, client: StrictClient
) -> None:
    for each in Summary.objects.select_related("school"):
        signed(each, cast.priya)
    assert "every school that I may sign for: 2" in page_of(client, cast.sadia, f"{TERM}issue/")
    assert "2 issued." in act(client, cast.sadia, f"{TERM}issue/", whose="all")
    assert "3 issued." in act(client, cast.priya, f"{TERM}issue/", whose="all")
    assert "No signed summary waits" in act(client, cast.priya, f"{TERM}issue/", whose="all")
    assert Document.objects.filter(kind="summary").count() == 10
    told = Message.objects.filter(key__startswith="summary-issued:")
    # Sadia is told of Quayside, whose head she is; Lighthouse and Tidewater have no head.
    assert sorted(told.values_list("to", flat=True)) == [
        "chloe@example.org", "helen@example.org", "henry@example.org", "sadia@example.org",
    ]  # fmt: skip
    assert {message.subject for message in told} == {
        "The term at Harbour View Primary School",
        "The term at Dock Road Academy",
        "The term at Quayside Nursery School",
    }


def test_Q2_issued_of_my_own_schools_leaves_the_others(
    cast: Cast, summary: Summary, client: StrictClient
) -> None:
    give(cast.priya, "sip", cast.tidewater)
    for each in Summary.objects.select_related("school"):
        signed(each, cast.priya)
    asked = page_of(client, cast.priya, f"{TERM}issue/")
    assert "Of my own schools: 1" in asked
    assert "Of every school that I may sign for: 5" in asked
    assert "1 issued." in act(client, cast.priya, f"{TERM}issue/", whose="mine")
    assert Summary.objects.get(state="issued").school == cast.tidewater


def test_Q2_the_school_finds_it_on_its_page_and_among_its_documents(
    cast: Cast, summary: Summary, client: StrictClient
) -> None:
    sent(summary, cast.sadia)
    page = page_of(client, cast.helen, "/schools/900001/visits/")
    assert "Termly summaries" in page
    assert "Autumn 2026-27" in page
    assert "Summary of support: Autumn 2026-27" in page_of(
        client, cast.helen, "/schools/900001/documents/"
    )
    assert "A termly summary issued" in page_of(client, cast.helen, "/schools/900001/history/")
    assert "A termly summary signed off" not in page_of(
        client, cast.helen, "/schools/900001/history/"
    )


# --- speed ---------------------------------------------------------------------------------------


def test_Q2_the_list_costs_the_same_with_many_schools(
    cast: Cast,
    summary: Summary,
    client: StrictClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    case = Allocation.objects.get(school=cast.harbour_view)
    page_of(client, cast.priya, TERM)
    with django_assert_num_queries(QUERIES_TERM):
        page_of(client, cast.priya, TERM)
    for number in range(1, 71):
        school = make_school(900100 + number, f"School {number:02d}", "01", "primary")
        Allocation.objects.create(
            cycle=case.cycle, school=school, edition=case.edition, previous_band="D",
            state="not_started", state_since=NOW,
        )  # fmt: skip
    bring_up_to_date(cycle=case.cycle, at=NOW)
    begun(cast, case.cycle)
    page_of(client, cast.priya, TERM)
    with django_assert_num_queries(QUERIES_TERM):
        page = page_of(client, cast.priya, TERM)
    assert "75 composed, 74 need attention" in page
    assert "School 70" in page_of(client, cast.priya, f"{TERM}?page=2")


def test_Q2_one_summary_costs_the_same_whatever_is_in_it(
    cast: Cast,
    summary: Summary,
    client: StrictClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    empty = Summary.objects.get(school=cast.lighthouse)
    for each in (summary, empty):
        page_of(client, cast.priya, f"/visits/summaries/{each.pk}/")
        with django_assert_num_queries(QUERIES_SUMMARY):
            page_of(client, cast.priya, f"/visits/summaries/{each.pk}/")


# --- in the browser ------------------------------------------------------------------------------


def test_every_page_of_the_summaries_is_accessible_with_data(
    cast: Cast, summary: Summary, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    sign_in(page, cast.priya)
    one = f"/visits/summaries/{summary.pk}/"
    empty = f"/visits/summaries/{Summary.objects.get(school=cast.lighthouse).pk}/"
    for address in (TERM, f"{TERM}sign/", one, empty, f"{one}amend/"):
        page.goto(address)
        assert_accessible(page)
    sent(summary, cast.priya)
    sign_in(page, cast.helen)
    for address in (one, "/schools/900001/visits/"):
        page.goto(address)
        assert_accessible(page)


def test_Q2_a_term_is_signed_and_issued_without_javascript(
    cast: Cast,
    summary: Summary,
    page_without_javascript: Page,
    sign_in: Callable[[Page, Any], None],
) -> None:
    page = page_without_javascript
    sign_in(page, cast.sadia)
    page.goto(TERM)
    page.get_by_role("link", name="Sign off those that need no attention").click()
    page.get_by_role("button", name="Sign them off").click()
    page.get_by_text("1 signed off.").wait_for()
    page.get_by_role("link", name="Issue those that are signed").click()
    page.get_by_role("button", name="Issue them").click()
    page.get_by_text("1 issued.").wait_for()
    assert Summary.objects.filter(state="issued").count() == 1
