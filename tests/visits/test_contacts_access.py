"""U1: what was said of a trust is read by whoever may read it of one school of that trust."""

import pytest

from plimsoll.core.access import may, visible
from plimsoll.visits.models import Liaison
from tests.cast import NOW, TODAY, Cast, make_school

COMPASS, ANCHOR = 90001, 90002


def said(**about: object) -> Liaison:
    """A word with the Regional Director's office, about one academy or one trust."""
    return Liaison.objects.create(
        on=TODAY, spoke_to="regulator", about="The growth plan.", logged_at=NOW, logged_by=1,
        logged_by_name="Dorothy Adeyemi", **about,
    )  # fmt: skip


@pytest.fixture
def kept(cast: Cast) -> dict[str, Liaison]:
    """Compass has Dock Road, Sadia's, and Pilot Point, nobody's; Anchor has a school of Sam's."""
    pilot_point = make_school(900010, "Pilot Point Academy", "34", "secondary", trust_uid=COMPASS)
    cast.tidewater.trust_uid = ANCHOR
    cast.tidewater.save()
    return {
        "dock road": said(school=cast.dock_road),
        "pilot point": said(school=pilot_point),
        "tidewater": said(school=cast.tidewater),
        "harbour view": said(school=cast.harbour_view),
        "compass": said(trust_uid=COMPASS),
        "anchor": said(trust_uid=ANCHOR),
    }


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("sadia", {"dock road", "harbour view", "compass"}),
        ("sam", {"tidewater", "anchor"}),
        *((who, {"dock road", "pilot point", "tidewater", "harbour view", "compass", "anchor"})
          for who in ("priya", "paul", "dorothy", "declan")),
        *((who, set()) for who in ("helen", "henry", "chloe", "lena", "pat", "olu", "ada", "dan",
                                   "nobody")),
    ],
)  # fmt: skip
def test_U1_S7_a_list_and_a_check_of_liaison_agree_for_everybody(
    cast: Cast, kept: dict[str, Liaison], who: str, reads: set[str]
) -> None:
    person = cast.everyone[who]
    seen = set(visible(Liaison.objects.all(), person, "liaison.see"))
    assert seen == {kept[name] for name in reads}
    assert {row for row in kept.values() if may(person, "liaison.see", row)} == seen
