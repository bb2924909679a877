"""S7: the band is known to the school and the service only, on every page of the desk.

Harbour View holds a band that no other sentence contains, so that finding it is finding a
leak. Who may know it is written down by hand, person by person.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from plimsoll.allocations.models import Allocation, Cycle, PastBand
from tests.allocations import steps
from tests.cast import NOW, Cast
from tests.markup import StrictClient

# Head and chair of Harbour View, its SIP, both Principal Officers, the two directors, and the
# officer whom a team around the school made party to it.
MAY_KNOW = {"helen", "chloe", "sadia", "priya", "paul", "dorothy", "declan", "pat"}
MAY_NOT = {"ada", "dan", "sam", "olu", "henry", "lena", "nobody"}
LEAKS = ("Band C", "agreed by both", "Agreed by both", "Agree and sign", "Autumn cycle 2026-27")

PAGES = (
    "desk:work", "desk:schools", "desk:map", "desk:saved", "desk:set-up", "desk:policy",
    "desk:calendar", "desk:rights", "desk:audit", "desk:health", "desk:data", "desk:upload",
    "desk:help",
)  # fmt: skip
SCHOOL_PAGES = (
    "desk:school", "desk:evidence", "desk:school-allocations", "desk:documents", "desk:people",
    "desk:history",
)  # fmt: skip


@pytest.fixture
def agreed(cast: Cast) -> Allocation:
    """Harbour View agreed on C; it held B the year before."""
    case = steps.agreed(cast, band="C")
    PastBand.objects.create(
        school=cast.harbour_view, year="2025-26", band="B", source="a spreadsheet", entered_at=NOW
    )
    return case


def addresses() -> list[str]:
    pages = [reverse(name) for name in PAGES]
    school = [reverse(name, args=[900001]) for name in SCHOOL_PAGES]
    searches = [f"/schools/?text={text}" for text in ("harbour", "900001", "HB1 1AA", "hrabour")]
    narrowed = [f"/schools/{page}?band={band}" for band in "ABCD" for page in ("", "map/")]
    trail = ["/set-up/audit/?kind=allocation", "/set-up/audit/?urn=900001"]
    return [*pages, *school, *searches, *narrowed, *trail]


def words_of(client: Client, address: str) -> str:
    """What a page says, without the policy's own page, which speaks of bands in general."""
    response = client.get(address)
    assert response.status_code in (200, 403, 404), address
    return "" if address == reverse("desk:policy") else response.content.decode()


def test_every_member_of_the_cast_has_an_expectation(cast: Cast) -> None:
    assert set(cast.everyone) == MAY_KNOW | MAY_NOT


@pytest.mark.parametrize("who", sorted(MAY_NOT))
def test_S7_nobody_else_meets_the_band_on_any_page(
    who: str, cast: Cast, agreed: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.everyone[who])
    for address in addresses():
        text = words_of(client, address)
        for leak in LEAKS:
            assert leak not in text, f"{who} reads “{leak}” on {address}"
        assert reverse("allocations:case", args=[agreed.pk]) not in text, address


@pytest.mark.parametrize("who", sorted(MAY_KNOW))
def test_S7_whoever_may_know_reads_it_on_the_school_page(
    who: str, cast: Cast, agreed: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.everyone[who])
    assert "Band C" in words_of(client, "/schools/900001/")
    assert "Band C" in words_of(client, "/schools/")
    assert client.get("/schools/900001/allocations/").status_code == 200


@pytest.mark.parametrize("who", ["ada", "dan", "olu"])
def test_S7_the_list_asks_nobody_else_for_a_band(
    who: str, cast: Cast, agreed: Allocation, client: StrictClient
) -> None:
    """The list is the same whatever band is asked for in the address."""
    client.force_login(cast.everyone[who])
    lists = {band: words_of(client, f"/schools/?band={band}") for band in ("B", "C", "X")}
    for text in lists.values():
        assert text.count('href="/schools/9000') == 5
        assert 'name="band"' not in text


def test_S7_a_band_filter_is_over_the_rows_one_may_know(
    cast: Cast, agreed: Allocation, client: StrictClient
) -> None:
    """The partner of other schools asks for C and does not find Harbour View: a count of one."""
    client.force_login(cast.sam)
    assert "Harbour View" not in words_of(client, "/schools/?band=C")
    client.force_login(cast.sadia)
    found = words_of(client, "/schools/?band=C")
    assert "Harbour View" in found
    assert "Dock Road" not in found
    assert "Harbour View" not in words_of(client, "/schools/?band=B")


@pytest.mark.parametrize("who", sorted(MAY_NOT - {"lena"}))
def test_S7_the_allocation_tab_is_not_there(
    who: str, cast: Cast, agreed: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.everyone[who])
    assert client.get("/schools/900001/allocations/").status_code in (403, 404)
    assert "/schools/900001/allocations/" not in words_of(client, "/schools/900001/")


def test_S7_documents_of_the_allocation_are_listed_for_nobody_else(
    cast: Cast, agreed: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.helen)
    assert "/documents/" in words_of(client, "/schools/900001/documents/")
    for who in ("ada", "dan", "sam", "olu", "lena"):
        client.force_login(cast.everyone[who])
        page = words_of(client, "/schools/900001/documents/")
        assert "No document that you may read" in page, who


def test_S7_the_audit_trail_shows_an_administrator_no_allocation(
    cast: Cast, agreed: Allocation, client: StrictClient
) -> None:
    """Neither the events nor how many there are: an empty page is an empty page."""
    client.force_login(cast.ada)
    assert "Nothing that you may read" in words_of(client, "/set-up/audit/?kind=allocation")
    client.force_login(cast.dorothy)
    assert "Agree and sign" in words_of(client, "/set-up/audit/?kind=allocation")


def test_S7_the_school_does_not_hear_of_a_proposal_before_it_is_released(
    cast: Cast, client: StrictClient
) -> None:
    steps.in_moderation(cast, band="D")
    for who in ("helen", "chloe", "pat"):
        client.force_login(cast.everyone[who])
        for address in (*(reverse(name, args=[900001]) for name in SCHOOL_PAGES), "/"):
            text = words_of(client, address)
            assert "Band D" not in text, (who, address)
            assert "moderation" not in text.lower(), (who, address)
            assert "Propose" not in text, (who, address)


def test_S7_a_partner_who_is_head_elsewhere_is_a_head_there(
    cast: Cast, client: StrictClient
) -> None:
    """Sadia leads Quayside; what its own partner prepares is not hers to see (U2)."""
    steps.in_moderation(cast, cast.quayside, band="D")
    client.force_login(cast.sadia)
    for address in ("/", "/schools/", "/schools/900003/", "/schools/900003/allocations/"):
        text = words_of(client, address)
        assert "Band D" not in text, address
        assert "moderation" not in text.lower(), address


def test_S7_the_band_follows_the_role_and_ends_with_it(
    cast: Cast, agreed: Allocation, client: StrictClient
) -> None:
    """A head who has left reads nothing from the day after."""
    from plimsoll.schools.models import Assignment

    Assignment.objects.filter(person=cast.helen).update(ends=NOW.date() - timedelta(days=1))
    client.force_login(cast.helen)
    assert client.get("/schools/900001/").status_code == 403
    assert "Band C" not in words_of(client, "/")


def test_S7_a_provisional_band_is_never_shown_as_agreed(cast: Cast, client: StrictClient) -> None:
    steps.provisional(cast)
    client.force_login(cast.helen)
    page = words_of(client, "/schools/900001/")
    assert "Band B" in page
    assert "Provisional: the school has not answered" in page
    assert "Agreed" not in page


def test_S7_the_cycle_in_the_navigation_is_for_whoever_sees_it(
    cast: Cast, agreed: Allocation, client: StrictClient
) -> None:
    assert Cycle.objects.count() == 1
    for who, sees in (("helen", False), ("ada", False), ("sadia", True), ("priya", True)):
        client.force_login(cast.everyone[who])
        assert ("Autumn cycle" in words_of(client, "/")) is sees, who
