"""The pages of the cycle: how the year stands, moderation, bringing in, the export."""

import csv
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page

from plimsoll.allocations.models import Allocation, Cycle, HighRisk, PastBand, Side
from plimsoll.core.models import Event, Message
from plimsoll.core.workflow import begin
from plimsoll.schools.models import Assignment, School
from tests.allocations import steps
from tests.allocations.steps import take
from tests.browser import assert_accessible
from tests.cast import NOW, Cast, make_cast, make_school
from tests.markup import StrictClient

BOARD = "/allocations/cycle/2026-27/"
MODERATION = f"{BOARD}moderation/"
PAGES = ("", "by/partner/", "by/phase/", "by/type/")


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def text_of(client: StrictClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def several(cast: Cast) -> Cycle:
    """B proposed at Harbour View by Sadia, D at Quayside by Sam; the others not started."""
    case = steps.in_moderation(cast)
    other = take(case.cycle.allocations.get(school=cast.quayside), "start", cast.sam)
    steps.views_of(other, by=cast.sam, side=Side.SERVICE)
    take(other, "propose", cast.sam, band="D", reasons="Reading needs support.")
    return case.cycle


# --- the list -------------------------------------------------------------------


def test_S1_the_list_says_how_each_school_stands_and_for_whom_it_waits(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.with_school(cast)
    mark = HighRisk(
        allocation=case, reason="x", review_on=NOW.date(), marked_at=NOW, marked_by_name="Sadia"
    )
    begin(mark, state="marked", at=NOW).save()
    Allocation.objects.filter(pk=case.pk).update(proposed_band="C")
    client.force_login(cast.priya)
    page = text_of(client, BOARD)
    assert "5 schools" in page
    assert "With the school" in page
    assert "Headteacher or principal, until 19 October 2026" in page
    assert "C, high-risk" in page
    assert page.index("Dock Road") < page.index("Tidewater")


def test_S1_an_answer_that_is_late_is_said_to_be(cast: Cast, client: StrictClient) -> None:
    steps.with_school(cast)
    client.force_login(cast.priya)
    with time_machine.travel(NOW.replace(day=23)):
        client.force_login(cast.priya)
        assert "overdue since 19 October 2026" in text_of(client, BOARD)


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("state=moderation", {"Harbour View", "Quayside"}),
        ("phase=secondary", {"Dock Road"}),
        ("type=07", {"Lighthouse"}),
        ("text=tide", {"Tidewater"}),
        ("state=nonsense", {"Harbour View", "Quayside", "Dock Road", "Lighthouse", "Tidewater"}),
        ("page=abc", {"Harbour View", "Quayside", "Dock Road", "Lighthouse", "Tidewater"}),
        ("page=99&phase=secondary", {"Dock Road"}),
        ("state=agreed", set()),
    ],
)
def test_S1_the_address_narrows_the_list_and_nonsense_in_it_does_no_harm(
    cast: Cast, client: StrictClient, query: str, listed: set[str]
) -> None:
    several(cast)
    client.force_login(cast.priya)
    page = text_of(client, f"{BOARD}?{query}")
    names = {"Harbour View", "Quayside", "Dock Road", "Lighthouse", "Tidewater"}
    assert {name for name in names if name in page} == listed


@pytest.mark.parametrize(
    "address",
    [
        "/allocations/cycle/2025-26/",
        "/allocations/cycle/2026/",
        "/allocations/cycle/next/",
        "/allocations/cycle/2026-27/by/colour/",
        "/allocations/cycle/2026-27%00/",
        "/allocations/cycle/2031-32/moderation/",
    ],
)
def test_unknown_years_and_columns_are_not_found(
    cast: Cast, client: StrictClient, address: str
) -> None:
    several(cast)
    client.force_login(cast.priya)
    assert client.get(address).status_code == 404


def test_S1_every_count_leads_to_its_schools(cast: Cast, client: StrictClient) -> None:
    several(cast)
    client.force_login(cast.priya)
    page = text_of(client, f"{BOARD}by/partner/")
    assert "By School Improvement Partner" in page
    assert f"?sip={cast.sam.pk}&amp;state=not_started" in page
    narrowed = text_of(client, f"{BOARD}?sip={cast.sam.pk}&state=not_started")
    assert "2 schools" in narrowed
    assert "By phase" in text_of(client, f"{BOARD}by/phase/")
    assert "Local authority nursery school" in text_of(client, f"{BOARD}by/type/")


def test_S1_without_a_cycle_the_page_says_how_to_begin(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.priya)
    assert "Open a year" in text_of(client, "/allocations/cycle/")
    client.force_login(cast.sadia)
    assert "It begins when the service opens the year" in text_of(client, "/allocations/cycle/")


# --- S7 -------------------------------------------------------------------------


def test_S7_U2_the_cycle_shows_a_partner_nothing_of_the_school_they_lead(
    cast: Cast, client: StrictClient
) -> None:
    several(cast)
    client.force_login(cast.sadia)
    assert "Quayside" not in client.get(f"{BOARD}export/").content.decode()
    for page in PAGES:
        response = client.get(BOARD + page)
        _, _, said = response.content.decode().partition("<main")
        assert "Quayside" not in said, page
        assert "D" not in {line.strip() for line in said.split(">")}, page


@pytest.mark.parametrize("who", ["ada", "dan", "olu", "helen", "chloe", "lena", "pat", "nobody"])
def test_S7_nobody_else_opens_a_page_of_the_cycle(
    cast: Cast, client: StrictClient, who: str
) -> None:
    several(cast)
    client.force_login(cast.everyone[who])
    for page in PAGES:
        assert client.get(BOARD + page).status_code == 403, page
    for page in ("moderation/", "spreadsheet/", "take-in/", "close/"):
        assert client.get(BOARD + page).status_code == 403, page
        assert client.post(BOARD + page).status_code == 403, page
    assert client.post(f"{BOARD}remind/").status_code == 403


# --- opening, closing, taking in ------------------------------------------------


def test_S1_a_principal_officer_opens_the_year(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.priya)
    assert "2026-27" in text_of(client, "/allocations/cycle/open/")
    wrong = client.post("/allocations/cycle/open/", {"closes_on_day": "1"})
    assert "Choose the academic year" in wrong.content.decode()
    assert not Cycle.objects.exists()
    sent = {
        "year": "2026-27",
        "closes_on_day": "31",
        "closes_on_month": "12",
        "closes_on_year": "2026",
    }
    response = client.post("/allocations/cycle/open/", sent, follow=True)
    assert "2026-27 is open: 5 schools." in response.content.decode()
    assert "It should be done by" in response.content.decode()
    assert Cycle.objects.get().closes_on == date(2026, 12, 31)
    assert "Every year that has a policy is open" in text_of(client, "/allocations/cycle/open/")


def test_S1_the_year_is_not_closed_while_a_school_is_open(cast: Cast, client: StrictClient) -> None:
    cycle = several(cast)
    client.force_login(cast.priya)
    assert "Close the cycle" in text_of(client, f"{BOARD}close/")
    refused = client.post(f"{BOARD}close/", follow=True)
    assert "5 allocations are not concluded yet" in refused.content.decode()
    cycle.allocations.update(state="agreed", band="A", concluded_at=NOW)
    closed = client.post(f"{BOARD}close/", follow=True).content.decode()
    assert "This cycle is closed." in closed
    assert "Bring in last year" not in closed


@pytest.mark.parametrize(
    ("urn", "said"),
    [
        ("900012", "New Quay is in the cycle."),
        ("900001", "This school is in the cycle already."),
        ("900099", "The register has no school with this URN."),
        ("12", "URN of the school must be 100000 or more"),
        ("=1+1", "URN of the school must be a whole number"),
        ("", "Enter the URN of the school"),
    ],
)
def test_S1_a_school_is_taken_in_by_its_urn(
    cast: Cast, client: StrictClient, urn: str, said: str
) -> None:
    several(cast)
    make_school(900012, "New Quay", "01", "primary")
    client.force_login(cast.priya)
    response = client.post(f"{BOARD}take-in/", {"urn": urn}, follow=True)
    assert said in response.content.decode()


def test_S1_the_report_of_the_spreadsheet_says_what_became_of_each_row(
    cast: Cast, client: StrictClient
) -> None:
    several(cast)
    client.force_login(cast.priya)
    rows = b"URN,Band last year,Chair name\n900005,B,\n900004,X,\n900001,,<b>Bo</b>\n<i>9,A,\n"
    sent = {"file": SimpleUploadedFile("last year.csv", rows)}
    page = client.post(f"{BOARD}spreadsheet/", sent).content.decode()
    assert "2 rows taken, 2 refused" in page
    assert "“X” is not one of A, B, C, D." in page
    assert "“&lt;i&gt;9” is not a URN." in page
    assert PastBand.objects.get().band == "B"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty: choose another"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"Colour\nred\n", "The file has no column “URN”"),
        (b"URN,Band last year\n" + b"9" * (10 * 1024 * 1024), "10 MB or smaller"),
    ],
    ids=["empty", "pdf", "other columns", "too large"],
)
def test_S1_a_file_that_cannot_be_read_is_refused(
    cast: Cast, client: StrictClient, content: bytes, said: str
) -> None:
    several(cast)
    client.force_login(cast.priya)
    sent = {"file": SimpleUploadedFile("last year.csv", content)}
    response = client.post(f"{BOARD}spreadsheet/", sent)
    assert said in response.content.decode()
    assert not PastBand.objects.exists()


def test_S1_every_school_whose_turn_it_is_is_reminded(cast: Cast, client: StrictClient) -> None:
    steps.with_school(cast)
    client.force_login(cast.priya)
    said = client.post(f"{BOARD}remind/", follow=True).content.decode()
    assert "Reminded 1 school." in said
    assert Message.objects.filter(key__startswith="reminder:").count() == 2
    client.force_login(cast.sam)
    assert "Reminded 0 schools." in client.post(f"{BOARD}remind/", follow=True).content.decode()
    assert client.get(f"{BOARD}remind/").status_code == 405


# --- moderation -----------------------------------------------------------------


def test_S4_moderation_sets_proposals_of_one_band_beside_each_other(
    cast: Cast, client: StrictClient
) -> None:
    cycle = several(cast)
    cycle.allocations.filter(school=cast.harbour_view).update(previous_band="A")
    client.force_login(cast.priya)
    page = text_of(client, MODERATION)
    assert page.index("Band D: 1 proposal") < page.index("Band B: 1 proposal")
    assert "Reading needs support." in page
    assert "Safeguarding" in page
    assert "Sadia Rahman" in page


def test_S4_proposals_are_released_together(cast: Cast, client: StrictClient) -> None:
    cycle = several(cast)
    client.force_login(cast.priya)
    pks = list(cycle.allocations.filter(state="moderation").values_list("pk", flat=True))
    said = client.post(MODERATION, {"case": [*pks, "abc", "²", "9" * 30]}, follow=True)
    assert "Released to 2 schools." in said.content.decode()
    assert "No proposal waits for moderation." in said.content.decode()
    assert cycle.allocations.filter(state="with_school").count() == 2


def test_S4_nothing_ticked_releases_nothing(cast: Cast, client: StrictClient) -> None:
    cycle = several(cast)
    client.force_login(cast.priya)
    said = client.post(MODERATION, follow=True).content.decode()
    assert "Tick at least one proposal" in said
    assert cycle.allocations.filter(state="moderation").count() == 2


def test_S4_a_schools_own_partner_cannot_release_it(cast: Cast, client: StrictClient) -> None:
    cycle = several(cast)
    Assignment.objects.create(person=cast.paul, role="sip", school=cast.quayside, starts=NOW)
    client.force_login(cast.paul)
    case = cycle.allocations.get(school=cast.quayside)
    page = text_of(client, MODERATION)
    assert "You are this school&#x27;s own" in page
    assert f'value="{case.pk}"' not in page
    said = client.post(MODERATION, {"case": [case.pk]}, follow=True).content.decode()
    assert "somebody else must do this" in said
    assert cycle.allocations.get(school=cast.quayside).state == "moderation"


# --- the export -----------------------------------------------------------------


def rows_of(client: StrictClient) -> list[list[str]]:
    response = client.get(f"{BOARD}export/")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Disposition"] == 'attachment; filename="cycle-2026-27.csv"'
    return list(csv.reader(response.content.decode("utf-8-sig").splitlines()))


def test_S7_the_export_holds_what_the_person_may_see_marked_in_every_row(
    cast: Cast, client: StrictClient
) -> None:
    several(cast)
    School.objects.filter(pk=900001).update(name='=HYPERLINK("http://x")')
    client.force_login(cast.sadia)
    header, *rows = rows_of(client)
    assert header[-1] == "Marking"
    assert [row[:2] for row in rows] == [
        ["900002", "Dock Road Academy"],
        ["900001", '\'=HYPERLINK("http://x")'],
    ]
    assert rows[1][4:7] == ["Sadia Rahman", "B", "Waiting for moderation"]
    assert {row[-1] for row in rows} == {Cycle.objects.get().policy.words.marking}
    assert Event.objects.get(verb="cycle.exported").actor_name == "Sadia Rahman"
    client.force_login(cast.dorothy)
    assert len(rows_of(client)) == 6


# --- what a page costs ------------------------------------------------------------

COSTS = {"": 9, "by/partner/": 7, "by/phase/": 5, "by/type/": 5, "moderation/": 8, "export/": 8}


@pytest.mark.parametrize("many", [False, True], ids=["one", "many"])
@pytest.mark.parametrize("page", COSTS)
def test_a_page_costs_the_same_with_one_school_and_with_many(
    cast: Cast,
    client: StrictClient,
    django_assert_num_queries: Callable,
    page: str,
    many: bool,
) -> None:
    if many:
        several(cast)
        for urn in range(900100, 900160):
            make_school(urn, f"School {urn}", "01", "primary")
        cycle = Cycle.objects.get()
        for school in School.objects.filter(pk__gte=900100):
            begin(
                Allocation(cycle=cycle, school=school, edition=cycle.edition),
                state="not_started",
                at=NOW,
            ).save()
    else:
        School.objects.exclude(pk=900001).update(status="2")
        steps.in_moderation(cast)
    client.force_login(cast.priya)
    client.get(BOARD + page)
    with django_assert_num_queries(COSTS[page]):
        client.get(BOARD + page)


# --- in the browser -----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "address", [BOARD, f"{BOARD}by/partner/", MODERATION, f"{BOARD}spreadsheet/",
                f"{BOARD}take-in/", f"{BOARD}close/", "/allocations/cycle/open/"]
)  # fmt: skip
def test_the_pages_are_accessible(
    page: Page, sign_in: Callable, transactional_db: None, address: str
) -> None:
    cast = make_cast()
    several(cast)
    sign_in(page, cast.priya)
    page.goto(address)
    assert_accessible(page)
