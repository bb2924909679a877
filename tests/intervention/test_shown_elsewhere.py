"""S7, I1, I10: what a case leaves on the school's other pages, and for whom."""

from datetime import date

import pytest

from plimsoll.desk import chronology
from tests.allocations import steps as allocation
from tests.cast import NOW, Cast
from tests.intervention import steps
from tests.intervention.drafts import go, lawyer, sent
from tests.intervention.steps import WHY
from tests.markup import StrictClient
from tests.visits import steps as visiting

OF_CASES = ("case.", "concern.", "notice.", "obligation.")


def told(cast: Cast, who: str) -> list[str]:
    """What the history of Harbour View says to somebody, oldest first."""
    events = chronology.of_school(cast.everyone[who], cast.harbour_view.pk)
    return [line.title for line in reversed(chronology.lines(events))]


@pytest.mark.parametrize("who", ["sadia", "priya", "dorothy", "declan", "pat"])
def test_I1_the_history_of_a_school_tells_the_service_what_was_done(cast: Cast, who: str) -> None:
    steps.warned(cast)
    assert [title for title in told(cast, who) if "document" not in title] == [
        "A case was opened",
        "A notice or letter was given",
        "Concerns and intentions set out",
        "The discussion was put on record",
        "Discussion with head and chair held or refused",
        "A finding was put on record",
        "A finding was put on record",
        "A notice or letter was given",
        "Pre-formal warning notice given",
    ]


@pytest.mark.parametrize("who", ["helen", "chloe"])
def test_S7_the_school_reads_in_its_history_of_its_letters_only(cast: Cast, who: str) -> None:
    case = steps.opened(cast)
    assert told(cast, who) == []
    steps.approved(case, "concerns")
    steps.take(case, "concerns", cast.priya)
    steps.discussed(case, cast.dorothy)
    assert set(told(cast, who)) == {"A document issued"}


@pytest.mark.parametrize("who", ["henry", "sam", "olu", "lena", "ada", "dan", "nobody"])
def test_S7_nobody_else_reads_anything_of_it_in_the_history(cast: Cast, who: str) -> None:
    steps.formal(cast)
    events = chronology.of_school(cast.everyone[who], cast.harbour_view.pk)
    assert not [event for event in events if event.verb.startswith(OF_CASES)]
    assert "A document issued" not in told(cast, who)


def test_S7_legal_advice_is_in_the_history_of_few(cast: Cast) -> None:
    lara = lawyer()
    go(sent(cast, lara), "find_sound", lara, review=WHY)
    found = "A notice was found sound in law"
    assert found in told(cast, "declan")
    assert found in told(cast, "dorothy")
    for who in ("sadia", "priya", "helen"):
        assert found not in told(cast, who), who


def test_I1_a_line_of_the_history_says_of_which_day_it_is(cast: Cast) -> None:
    case = steps.told(cast)
    steps.discussed(case, cast.dorothy, day=date(2026, 10, 6))
    events = chronology.of_school(cast.priya, cast.harbour_view.pk, "case")
    assert chronology.lines(events)[0].text == "Of 6 October 2026"


# --- the school's pages, and a visit's ----------------------------------------------------


@pytest.mark.parametrize(
    ("who", "knows"),
    [("sadia", True), ("priya", True), ("dorothy", True), ("declan", True), ("pat", True),
     ("helen", False), ("chloe", False), ("olu", False), ("ada", False), ("dan", False),
     ("lena", False)],
)  # fmt: skip
def test_S7_the_pages_of_a_school_say_that_a_case_is_open_to_whoever_may_know(
    cast: Cast, client: StrictClient, who: str, knows: bool
) -> None:
    steps.talked(cast)
    client.force_login(cast.everyone[who])
    page = client.get(f"/schools/{cast.harbour_view.pk}/").content.decode()
    assert ("Case open" in page) == knows
    assert ("Discussion with head and chair held or refused" in page) == knows


@pytest.mark.parametrize(("who", "knows"), [("sadia", True), ("helen", False)])
def test_S7_the_page_of_a_visit_says_so_to_its_partner_and_not_to_the_head(
    cast: Cast, client: StrictClient, who: str, knows: bool
) -> None:
    visit = visiting.planned(allocation.agreed(cast), cast.sadia, on=date(2026, 10, 13))
    steps.told(cast)
    client.force_login(cast.everyone[who])
    page = client.get(f"/visits/{visit.pk}/").content.decode()
    assert ("Case open" in page) == knows


def test_I1_a_closed_case_is_no_open_one(cast: Cast, client: StrictClient) -> None:
    case = steps.talked(cast)
    steps.found(case, "improvement", cast.priya)
    steps.take(case, "closed", cast.dorothy, at=NOW)
    client.force_login(cast.priya)
    assert "Case open" not in client.get(f"/schools/{cast.harbour_view.pk}/").content.decode()
