"""The process of a notice: drafted, reviewed, approved, given by its step (I3, I4, I7, S11)."""

from datetime import date

import pytest

from plimsoll.core.models import Message
from plimsoll.core.workflow import Refused, Stale
from plimsoll.documents.models import Document
from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices.reviewers import may_be_asked
from tests.cast import TODAY, Cast
from tests.intervention import steps
from tests.intervention.drafts import begun, go, lawyer, sent, written
from tests.intervention.steps import DAY, WHY, approved, found, take

# --- drafting ------------------------------------------------------------------------------


def test_I4_a_pre_formal_notice_needs_all_its_parts_and_both_its_days(cast: Cast) -> None:
    """The compliance period and the time for the concerns are two facts."""
    notice = begun(steps.talked(cast), "pre-formal", "leadership", by=cast.priya)
    with pytest.raises(Refused, match="The matters on which the concerns rest"):
        go(notice, "send", cast.priya)
    for lacking in ("period_ends", "address_by"):
        notice = written(notice, cast.priya, **{lacking: None})
        with pytest.raises(Refused, match="the day"):
            go(notice, "send", cast.priya)
    assert go(written(notice, cast.priya), "send", cast.priya).state == "waiting"


@pytest.mark.parametrize("days", [1, 14, 15, 16, 90])
def test_I4_no_length_of_the_period_is_prescribed(cast: Cast, days: int) -> None:
    notice = begun(steps.talked(cast), "pre-formal", "leadership", by=cast.priya)
    notice = written(notice, cast.priya, period_ends=TODAY + days * DAY)
    assert go(notice, "send", cast.priya).state == "waiting"


def test_I4_what_a_wording_leaves_to_be_filled_in_is_missed(cast: Cast) -> None:
    case = steps.told(cast, "standards")
    notice = begun(case, "pre-formal", "standards", by=cast.priya)
    texts = {part.id: WHY for part in notice.type.parts}
    texts["matters"] = "Outcomes have fallen for {years} years."
    with pytest.raises(Refused, match="what stands for"):
        go(written(notice, cast.priya, texts=texts), "send", cast.priya)


def test_I7_low_standards_need_what_they_are_low_beside(cast: Cast) -> None:
    reviewer = lawyer()
    notice = begun(steps.warned(cast), "formal", "s60-standards", by=cast.priya)
    with pytest.raises(Refused, match="What the standards are low beside"):
        go(written(notice, cast.priya, reviewer=reviewer), "send_to_review", cast.priya)
    notice.refresh_from_db()
    notice = written(notice, cast.priya, reviewer=reviewer, compared_with=("previous",))
    assert go(notice, "send_to_review", cast.priya).state == "in_review"


def test_S11_a_directive_notice_speaks_of_one_aspect(cast: Cast) -> None:
    case = steps.talked(cast)
    with pytest.raises(Refused, match="one aspect only"):
        begun(case, "directive", "leadership", "safety", by=cast.priya)
    notice = begun(case, "directive", "leadership", by=cast.priya)
    assert notice.aspect == "leadership"
    assert go(written(notice, cast.priya), "send", cast.priya).state == "waiting"


def test_I3_a_notice_that_no_step_gives_or_whose_draft_is_open_cannot_be_begun(
    cast: Cast,
) -> None:
    case = steps.talked(cast)
    with pytest.raises(Refused, match="No step of this case"):
        begun(case, "unit-letter", by=cast.priya)
    begun(case, "pre-formal", by=cast.priya)
    with pytest.raises(Refused, match="open already"):
        begun(case, "pre-formal", by=cast.priya)
    with pytest.raises(Refused, match="no grounds of this notice"):
        begun(case, "directive", "s60-safety", by=cast.priya)
    with pytest.raises(Refused, match="does not allow"):
        begun(case, "directive", by=cast.sadia)


def test_I7_the_next_notice_is_linked_to_the_last(cast: Cast) -> None:
    case = steps.warned(cast)
    notice = begun(case, "formal", "s60-breakdown", by=cast.priya)
    assert notice.follows == Notice.objects.get(case=case, kind="pre-formal")
    assert notice.guidance == "Support and intervention in schools (November 2024)"


def test_I4_a_save_that_comes_too_late_is_told(cast: Cast) -> None:
    notice = begun(steps.talked(cast), "pre-formal", "leadership", by=cast.priya)
    written(notice, cast.declan)
    with pytest.raises(Stale):
        written(notice, cast.priya)


# --- review and approval -------------------------------------------------------------------


def test_I7_a_formal_notice_is_reviewed_by_the_lawyer_who_was_named(cast: Cast) -> None:
    reviewer = lawyer()
    notice = begun(steps.warned(cast), "formal", "s60-breakdown", by=cast.priya)
    assert may_be_asked(notice, TODAY) == [reviewer]  # and not Olu, who is of SEND
    notice = written(notice, cast.priya)
    with pytest.raises(Refused, match="Name the officer"):
        go(notice, "send_to_review", cast.priya)
    with pytest.raises(Refused, match="not possible now"):
        go(notice, "send", cast.priya)
    notice = go(written(notice, cast.priya, reviewer=reviewer), "send_to_review", cast.priya)
    for other in (cast.olu, cast.declan, cast.priya):
        with pytest.raises(Refused, match="Your role"):
            go(notice, "find_sound", other, review="Sound.")
    notice = go(notice, "review_back", reviewer, points="Name the section.")
    assert (notice.state, notice.points) == ("returned", "Name the section.")
    notice = go(notice, "send_to_review", cast.priya)
    notice = go(notice, "find_sound", reviewer, review="Sound: section 60(2)(b).")
    assert (notice.state, notice.points) == ("waiting", "")


def test_I7_it_is_approved_by_its_signatory_and_not_by_whoever_drafted_it(cast: Cast) -> None:
    reviewer = lawyer()
    notice = go(sent(cast, reviewer), "find_sound", reviewer, review="Sound.")
    with pytest.raises(Refused, match="approved by the Director of Children"):
        go(notice, "approve", cast.dorothy)
    notice = go(notice, "send_back", cast.declan, points="Shorter.")
    notice = go(notice, "send_to_review", cast.priya)
    assert notice.reviewed_at is None  # another text, another review
    notice = go(notice, "find_sound", reviewer, review="Sound.")
    notice = go(notice, "approve", cast.declan)
    assert (notice.state, notice.approved_by) == ("approved", "Declan Byrne")

    own = begun(notice.case, "formal-60a", "s60a-pay", by=cast.declan)
    own = written(own, cast.declan, reviewer=reviewer)
    own = go(go(own, "send_to_review", cast.declan), "find_sound", reviewer, review="Sound.")
    with pytest.raises(Refused, match="somebody else must approve"):
        go(own, "approve", cast.declan)


def test_I3_whoever_signs_may_approve_their_own_notice_that_is_not_reviewed(cast: Cast) -> None:
    notice = begun(steps.talked(cast), "pre-formal", "leadership", by=cast.declan)
    notice = go(written(notice, cast.declan), "send", cast.declan)
    assert go(notice, "approve", cast.declan).state == "approved"


def test_I7_what_is_taken_back_needs_review_and_approval_again(cast: Cast) -> None:
    reviewer = lawyer()
    notice = go(sent(cast, reviewer), "find_sound", reviewer, review="Sound.")
    notice = go(notice, "approve", cast.declan)
    notice = go(notice, "reopen", cast.priya, reasons="The period is too short.")
    assert (notice.state, notice.approved_at, notice.reviewed_at) == ("drafting", None, None)
    notice = go(notice, "drop", cast.priya, reasons="The school has acted.")
    assert notice.state == "dropped"


# --- giving and ending ---------------------------------------------------------------------


def test_I4_the_step_gives_it_with_a_stored_letter_and_tells_that_there_is_one(
    cast: Cast,
) -> None:
    case = steps.talked(cast)
    for fact in ("evidence-of-concern", "evidence-of-inability"):
        found(case, fact, cast.priya)
    notice = go(
        written(begun(case, "pre-formal", "leadership", by=cast.priya), cast.priya),
        "send", cast.priya,
    )  # fmt: skip
    with pytest.raises(Refused, match="not approved yet"):
        take(case, "pre-formal", cast.declan)
    go(notice, "approve", cast.declan)
    before = set(Message.objects.values_list("pk", flat=True))
    take(case, "pre-formal", cast.declan)
    notice.refresh_from_db()
    assert (notice.state, notice.given_on, notice.signed_by) == ("given", TODAY, "Declan Byrne")
    papers = Document.objects.about(notice)
    assert {paper.media_type.rpartition("/")[2][:3] for paper in papers} == {"pdf", "vnd"}
    assert {paper.permission for paper in papers} == {"concern.told"}
    told = Message.objects.exclude(pk__in=before)
    assert {message.person for message in told} >= {cast.helen.pk, cast.chloe.pk}
    for message in told:
        words = f"{message.subject} {message.body}".lower()
        assert not any(each in words for each in ("notice", "warning", "concern ", "formal"))


def test_I6_removal_is_a_letter_of_its_own_and_the_notice_ends_by_it(cast: Cast) -> None:
    case = steps.warned(cast)
    found(case, "improvement", cast.priya)
    letter = begun(case, "pre-formal-removed", by=cast.priya)
    go(go(written(letter, cast.priya), "send", cast.priya), "approve", cast.declan)
    case = take(case, "removed", cast.declan)
    notice = Notice.objects.get(case=case, kind="pre-formal")
    assert (notice.state, notice.ended_on) == ("removed", TODAY)
    assert Document.objects.about(letter).exists()
    assert Document.objects.about(notice).count() == 2  # the history stays


@pytest.mark.parametrize(
    ("step", "state", "day"),
    [("superseded", "superseded", TODAY), ("withdrawn", "withdrawn", TODAY)],
)
def test_I7_how_a_formal_notice_ends_is_told_apart(
    cast: Cast, step: str, state: str, day: date
) -> None:
    case = steps.formal(cast)
    if step == "withdrawn":
        approved(case, "formal-withdrawn")
    case = take(case, step, cast.declan, day=day)
    assert Notice.objects.get(case=case, kind="formal").state == state


def test_I5_a_letter_to_the_regulator_alone_is_not_the_academys_to_read(cast: Cast) -> None:
    case = steps.talked(cast, school=cast.dock_road)
    found(case, "evidence-of-concern", cast.paul)
    for kind, step in (("academy-letter", "letter"), ("academy-improved", "improved")):
        letter = begun(case, kind, by=cast.paul)
        go(go(written(letter, cast.paul), "send", cast.paul), "approve", cast.declan)
        if step == "improved":
            found(case, "improvement", cast.paul)
        case = take(case, step, cast.declan)
        expected = "concern.see" if step == "improved" else "concern.told"
        assert {each.permission for each in Document.objects.about(letter)} == {expected}


def test_I3_the_principal_officer_who_signs_the_letter_of_concerns_also_approves_it(
    cast: Cast,
) -> None:
    """By its own process: drafted, sent, approved, given by the first step of the case."""
    case = steps.opened(cast)
    letter = written(begun(case, "concerns", "leadership", by=cast.priya), cast.priya)
    letter = go(go(letter, "send", cast.priya), "approve", cast.priya)
    assert letter.state == "approved"
    take(case, "concerns", cast.priya)
    letter.refresh_from_db()
    assert (letter.state, letter.signed_by) == ("given", "Priya Nair")


def test_I3_a_principal_officer_approves_no_notice_that_another_signs(cast: Cast) -> None:
    notice = begun(steps.talked(cast), "pre-formal", "leadership", by=cast.priya)
    notice = go(written(notice, cast.priya), "send", cast.priya)
    with pytest.raises(Refused, match="approved by the Director of Children's Services"):
        go(notice, "approve", cast.priya)
