"""The list of schools and the pages of one."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plimsoll.schools.models import Assignment, Contact, School
from tests.allocations import steps
from tests.cast import NOW, SINCE, Cast, make_school
from tests.desk.inspected import inspected
from tests.markup import StrictClient

NAMES = {
    900001: "Harbour View Primary School",
    900002: "Dock Road Academy",
    900003: "Quayside Nursery School",
    900004: "Lighthouse School",
    900005: "Tidewater Centre",
}


def listed(client: StrictClient, address: str) -> list[int]:
    page = client.get(address).content.decode()
    return [urn for urn in NAMES if f'href="/schools/{urn}/"' in page]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [900001, 900002, 900003, 900004, 900005]),
        ("phase=primary", [900001]),
        ("type=34", [900002]),
        ("status=open", [900001, 900002, 900003, 900004, 900005]),
        ("status=2", []),
        ("text=harbor+view", [900001]),
        ("text=900004", [900004]),
        ("text=Compass", [900002]),
        ("text=990/2003", [900003]),
        ("text=zzzzzz", []),
        ("mine=on", []),
        ("route=academy", [900002]),
        ("route=maintained", [900001, 900003, 900004]),
        ("route=pru", [900005]),
        ("route=other", []),
        ("trust=compass", [900002]),
        ("trust=90001", [900002]),
        ("trust=90002", []),
        ("la=nowhere", []),
        ("inspected=none", [900001, 900002, 900003, 900004, 900005]),
        ("within=1,1,2,2", []),
        ("within=1,1,2", [900001, 900002, 900003, 900004, 900005]),
        ("page=2", []),
        ("page=x", [900001, 900002, 900003, 900004, 900005]),
        ("page=99999999999999999999", [900001, 900002, 900003, 900004, 900005]),
        ("phase=nonsense", [900001, 900002, 900003, 900004, 900005]),
    ],
)
def test_the_list_is_narrowed_by_its_address(
    query: str, found: list[int], cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.olu)
    assert listed(client, f"/schools/?{query}") == found


@pytest.mark.parametrize(
    ("when", "found"),
    [("1", [900001]), ("4", [900001]), ("longer", []), ("none", [900002, 900003])],
)
def test_the_list_is_narrowed_by_the_last_inspection(
    when: str, found: list[int], cast: Cast, client: StrictClient
) -> None:
    """Harbour View was inspected in 2019, 2024 and on 3 February 2026."""
    inspected(cast.harbour_view)
    client.force_login(cast.sadia)
    with time_machine.travel(NOW, tick=False):
        assert listed(client, f"/schools/?mine=on&inspected={when}") == found


def test_my_schools_are_those_where_i_hold_a_role(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.sadia)
    assert listed(client, "/schools/?mine=on") == [900001, 900002, 900003]


def test_a_head_sees_the_own_school_and_no_other(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.helen)
    assert listed(client, "/schools/") == [900001]
    assert listed(client, "/schools/?text=Dock+Road") == []
    for page in ("", "evidence/", "documents/", "contacts/", "history/", "allocations/"):
        assert client.get(f"/schools/900002/{page}").status_code == 404, page


def test_pages_follow_each_other_without_a_total(cast: Cast, client: StrictClient) -> None:
    for number in range(40):
        make_school(900100 + number, f"Pier {number:02} School", "01", "primary")
    client.force_login(cast.olu)
    first = client.get("/schools/?phase=primary").content.decode()
    assert "?phase=primary&amp;page=2" in first
    second = client.get("/schools/?phase=primary&page=2").content.decode()
    assert "?phase=primary&amp;page=1" in second
    assert "page=3" not in second


@pytest.mark.parametrize("more", [0, 25])
def test_the_list_costs_a_fixed_number_of_queries(
    more: int, cast: Cast, client: StrictClient
) -> None:
    for number in range(more):
        make_school(900100 + number, f"Pier {number:02} School", "01", "primary")
    steps.agreed(cast)
    client.force_login(cast.dorothy)
    client.get("/schools/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/schools/")
    assert len(queries) == 7, [query["sql"] for query in queries]


@pytest.mark.parametrize("rounds", [1, 4])
def test_the_history_costs_a_fixed_number_of_queries(
    rounds: int, cast: Cast, client: StrictClient
) -> None:
    from plimsoll.core.audit import record
    from tests.cast import NOW

    for _ in range(rounds):
        record(verb="school.changed", subject=cast.harbour_view, by=None, at=NOW,
               permission="school.see")  # fmt: skip
    client.force_login(cast.olu)
    client.get("/schools/900001/history/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/schools/900001/history/")
    assert len(queries) == 7, [query["sql"] for query in queries]


def test_the_page_says_who_the_school_is(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.olu)
    page = client.get("/schools/900001/").content.decode()
    for text in (
        "Harbour View Primary School",
        "Voluntary aided school",
        "URN 900001",
        "990/2001",
        "Maintained (Education and Inspections Act 2006 s.60)",
        "Sadia Rahman",
        "Roman Catholic",
    ):
        assert text in page, text


def test_only_pages_that_hold_something_are_offered(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.lena)
    page = client.get("/schools/900001/").content.decode()
    assert "/schools/900001/evidence/" in page
    for absent in ("allocations", "documents", "contacts", "history"):
        assert f"/schools/900001/{absent}/" not in page, absent


def test_a_vacancy_is_said(cast: Cast, client: StrictClient) -> None:
    Assignment.objects.filter(person=cast.helen).delete()
    client.force_login(cast.priya)
    page = client.get("/schools/900001/contacts/").content.decode()
    assert "Vacant: nobody holds this role." in page


def test_the_history_is_in_words_and_narrowed(cast: Cast, client: StrictClient) -> None:
    steps.with_school(cast)
    client.force_login(cast.helen)
    page = client.get("/schools/900001/history/").content.decode()
    assert "Release to the school" in page
    page = client.get("/schools/900001/history/?kind=contact").content.decode()
    assert "Release to the school" not in page
    assert "Nothing of this kind" in page


# --- contacts ---------------------------------------------------------------------------

NEW = {
    "kind": "clerk", "name": "Cora Bell", "email": "cora@example.org", "telephone": "",
    "starts_day": "1", "starts_month": "10", "starts_year": "2026",
}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "status"),
    [("dan", 302), ("priya", 302), ("dorothy", 302), ("sadia", 302),
     ("sam", 404), ("helen", 403), ("ada", 403), ("olu", 403), ("declan", 403)],
)  # fmt: skip
def test_contacts_are_changed_by_those_who_may(
    who: str, status: int, cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.everyone[who])
    assert client.post("/schools/900001/contacts/add/", NEW).status_code == status
    assert Contact.objects.count() == (status == 302)


def test_a_contact_is_added_corrected_and_ended(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.dan)
    client.post("/schools/900001/contacts/add/", NEW)
    contact = Contact.objects.get()
    assert (contact.name, contact.starts.isoformat()) == ("Cora Bell", "2026-10-01")
    address = f"/contacts/{contact.pk}/"
    client.post(f"{address}change/", NEW | {"name": "Cora Bellamy"})
    page = client.get("/schools/900001/contacts/").content.decode()
    assert "Cora Bellamy" in page
    early = {"on_day": "1", "on_month": "9", "on_year": "2026"}
    refused = client.post(f"{address}end/", early).content.decode()
    assert "Choose 1 October 2026 or later" in refused
    client.post(f"{address}end/", early | {"on_month": "10", "on_day": "2"})
    contact.refresh_from_db()
    assert contact.ends == date(2026, 10, 2)
    history = client.get("/schools/900001/history/").content.decode()
    for said in ("A contact added", "A contact changed", "A contact ended"):
        assert said in history


def test_a_contact_nobody_can_reach_is_refused(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.dan)
    page = client.post("/schools/900001/contacts/add/", NEW | {"email": ""}).content.decode()
    assert "Enter an e-mail address or a telephone number" in page
    assert not Contact.objects.exists()


def test_a_system_leader_reads_no_contacts(cast: Cast, client: StrictClient) -> None:
    Contact.objects.create(school=cast.harbour_view, kind="clerk", name="Cora Bell", starts=SINCE)
    client.force_login(cast.lena)
    assert client.get("/schools/900001/contacts/").status_code == 403
    assert School.objects.count() == 5


# --- the story --------------------------------------------------------------------------


def test_S9_the_story_tells_the_last_inspection_in_its_eras_own_terms(
    cast: Cast, client: StrictClient
) -> None:
    """No overall grade is made up where an inspection gave none."""
    inspected(cast.harbour_view)
    client.force_login(cast.olu)
    page = client.get("/schools/900001/").content.decode()
    assert (
        "Inspected on 3 February 2026: expected standard in inclusion and achievement; "
        "needs attention in attendance and behaviour." in page
    )
    evidence = client.get("/schools/900001/evidence/").content.decode()
    for said in ("5 March 2019: Good", "1 October 2024: Key judgements, no overall grade"):
        assert said in evidence, said


def test_a_school_without_an_inspection_is_said_to_be_not_inspected(
    cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.olu)
    assert "Not inspected" in client.get("/schools/900001/").content.decode()
    assert "Not inspected" in client.get("/schools/900001/evidence/").content.decode()
