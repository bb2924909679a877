"""Whoever had a notice is told in writing that it has ended, and nobody else is (I4, I6, I7)."""

import pytest
from pytest_django import Settings

from plimsoll.core.workflow import Refused
from plimsoll.documents.models import Document
from plimsoll.intervention.models import Case, Delivery, Notice
from plimsoll.intervention.notices import deliveries
from plimsoll.intervention.notices.reach import computed
from tests.cast import NOW, TODAY, Cast, make_cast
from tests.intervention import letters_of, steps
from tests.intervention.letters_of import given
from tests.intervention.steps import DAY, approved, discussed, found, take

BODY, HEAD = "Governing body, care of the chair and the governance professional", "Headteacher"
OFSTED = "His Majesty's Chief Inspector (Ofsted)"
SECRETARY = "Secretary of State, through the DfE Regions Group"
DIOCESE = "Appropriate diocesan authority (Roman Catholic)"
APPOINTER = "Person who appoints the foundation governors"
# Read by hand from section 60(6) and (6A) and section 60A, of a voluntary aided Catholic school.
HAD = {
    "formal": [BODY, HEAD, OFSTED, SECRETARY, DIOCESE, APPOINTER],
    "formal-60a": [BODY, HEAD, SECRETARY, DIOCESE, APPOINTER],
    "pre-formal": [BODY, HEAD, DIOCESE],
    "directive": [BODY, HEAD],
}
ENDED_BY = {
    "formal": ("formal-ended", "formal-withdrawn"),
    "formal-60a": ("formal-ended", "formal-withdrawn"),
    "pre-formal": ("pre-formal-removed",),
    "directive": ("pre-formal-removed",),  # Northmoor has no such notice
}
ENDS = [
    (policy, letter, notice)
    for policy in letters_of.POLICIES
    for notice, letters in ENDED_BY.items()
    for letter in letters
    if notice in letters_of.kinds(policy, "02")
]


@pytest.mark.parametrize(("policy", "letter", "notice"), ENDS)
def test_I4_I6_the_letter_that_ends_a_notice_goes_to_whoever_had_it(
    cast: Cast, policy: str, letter: str, notice: str
) -> None:
    case = letters_of.opened(cast, policy, "02")
    # The others that were given before: what they reached says nothing of this one.
    given(case, letters_of.kinds(policy, "02")[0], given_on=TODAY - 20 * DAY)
    deliveries.make(given(case, notice, given_on=TODAY - 5 * DAY))
    rows = computed(approved(case, letter))
    assert [row.label for row in rows] == HAD[notice]
    assert [row.how for row in rows] == ["given"] + ["copied"] * (len(rows) - 1)
    assert not any(row.statutory for row in rows)
    copy = "Received a copy of the notice of 30 September 2026"
    assert [row.reason for row in rows] == ["It received the notice"] + [copy] * (len(rows) - 1)


def test_I4_one_who_was_added_to_the_notice_hears_of_its_end_as_well(cast: Cast) -> None:
    case = steps.ready_for_formal(cast)
    formal = Notice.objects.get(case=case, kind="formal")
    deliveries.add(
        notice=formal, label="The trade union", how="copied", reason="Asked for it",
        by=cast.priya, at=NOW,
    )  # fmt: skip
    case = take(case, "formal", cast.declan)
    letter = _withdrawn(case, cast)
    assert [row.label for row in deliveries.of(letter)] == [*HAD["formal"], "The trade union"]


def test_I7_a_notice_is_withdrawn_by_a_letter_and_never_without(cast: Cast) -> None:
    case = steps.formal(cast)
    found(case, "legal-advice", cast.declan)
    with pytest.raises(Refused, match="“Withdrawal of the warning notice” is not approved yet"):
        take(case, "withdrawn", cast.declan)
    letter = _withdrawn(case, cast)
    formal = Notice.objects.get(case=case, kind="formal")
    assert (formal.state, letter.state, letter.given_on) == ("withdrawn", "given", TODAY)
    # The school reads it, as it reads the notice.
    assert {each.permission for each in Document.objects.about(letter)} == {"concern.told"}
    assert [row.label for row in deliveries.of(letter)] == HAD["formal"]


def test_I6_the_stored_letter_keeps_its_recipients_once_the_notice_has_ended(cast: Cast) -> None:
    letter = _withdrawn(steps.formal(cast), cast)
    assert Notice.objects.get(case=letter.case, kind="formal").ended_on == TODAY
    assert Delivery.objects.filter(notice=letter, recipient="ofsted").count() == 1


@pytest.mark.parametrize(
    ("to", "letter"), [("removed", "pre-formal-removed"), ("withdrawn", "formal-withdrawn")]
)
def test_F1_I6_I7_at_northmoor_no_notice_ends_without_a_letter(
    db: None, settings: Settings, to: str, letter: str
) -> None:
    settings.AUTHORITY = "northmoor"
    cast = make_cast()
    case = _northmoor_pre_formal(cast)
    if to == "withdrawn":
        case = _northmoor_formal(case, cast)
    with pytest.raises(Refused):
        take(case, "closed", cast.dorothy)
    found(case, "improvement", cast.priya)
    found(case, "legal-advice", cast.declan)
    approved(case, letter)
    case = take(case, to, cast.declan)
    states = dict(case.notices.values_list("kind", "state"))
    assert states[letter] == "given"
    ended = {"removed": ("pre-formal", "removed"), "withdrawn": ("formal", "withdrawn")}[to]
    assert states[ended[0]] == ended[1]


def _withdrawn(case: Case, cast: Cast) -> Notice:
    found(case, "legal-advice", cast.declan)
    letter = approved(case, "formal-withdrawn")
    take(case, "withdrawn", cast.declan)
    letter.refresh_from_db()
    return letter


def _northmoor_pre_formal(cast: Cast) -> Case:
    case = steps.opened(cast)
    found(case, "evidence-of-concern", cast.priya)
    approved(case, "letter-of-concern")
    case = take(case, "letter-of-concern", cast.dorothy)
    discussed(case, cast.dorothy)
    case = take(case, "discussion", cast.dorothy)
    found(case, "evidence-of-inability", cast.priya)
    approved(case, "pre-formal")
    return take(case, "pre-formal", cast.declan)


def _northmoor_formal(case: Case, cast: Cast) -> Case:
    found(case, "no-improvement", cast.priya)
    found(case, "legal-advice", cast.declan)
    formal = approved(case, "formal")
    for ground in formal.grounds:
        found(case, "statutory-ground", cast.declan, ground=ground)
    return take(case, "formal", cast.declan)
