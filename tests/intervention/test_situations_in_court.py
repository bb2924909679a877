"""What would be held against the authority in court: single situations, by hand.

As in `test_situations`, each row cites the section of the notes on the statute.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from plimsoll.core.workflow import Refused
from plimsoll.intervention.cases.findings import withdraw_finding
from plimsoll.intervention.models import Case, Delivery, Notice
from plimsoll.intervention.notices import deliveries, drafting
from plimsoll.intervention.notices.deliveries import Service
from plimsoll.intervention.steps.ladder import process_of
from tests.cast import NOW, TODAY, Cast, make_school
from tests.intervention import steps, using
from tests.intervention.steps import DAY, WHY, approved, discussed, found, on, opened, take
from tests.intervention.test_situations import Situation, in_band, refused

AFTER = TODAY + 22 * DAY  # the day after the period of `steps.formal`


# --- what a notice rests on ----------------------------------------------------------------


def each_ground_of_a_notice_is_shown(cast: Cast) -> None:
    case = steps.warned(cast)
    found(case, "no-improvement", cast.priya)
    found(case, "legal-advice", cast.declan)
    found(case, "statutory-ground", cast.declan, ground="s60-breakdown")
    both = ["s60-standards", "s60-breakdown"]
    approved(case, "formal", grounds=both)
    refused(case, "formal", cast.declan, "Nothing on record shows this ground of the notice: Stand")
    found(case, "statutory-ground", cast.declan, ground="s60-standards")
    assert take(case, "formal", cast.declan).state == "formal"


def pay_is_no_ground_of_section_60_nor_safety_of_60A(cast: Cast) -> None:
    case = steps.warned(cast)
    found(case, "no-improvement", cast.priya)
    found(case, "legal-advice", cast.declan)
    found(case, "statutory-ground", cast.declan, ground="s60-safety")
    approved(case, "formal-60a")
    refused(case, "formal-60a", cast.declan, "Nothing on record shows this ground")
    found(case, "statutory-ground", cast.declan, ground="s60a-pay")
    approved(case, "formal", grounds=["s60-breakdown"])
    refused(case, "formal", cast.declan, "Nothing on record shows this ground")
    assert take(case, "formal-60a", cast.declan).state == "formal-60a"


def a_ground_is_shown_before_the_notice_is_given(cast: Cast) -> None:
    case = steps.warned(cast)
    for fact in ("no-improvement", "legal-advice"):
        found(case, fact, cast.declan)
    found(case, "statutory-ground", cast.declan, ground="s60-breakdown")
    late = TODAY + 3 * DAY
    found(case, "statutory-ground", cast.declan, ground="s60-safety", day=late)
    approved(case, "formal", day=TODAY, grounds=["s60-breakdown", "s60-safety"])
    with pytest.raises(Refused, match="shown since 8 October 2026 only"):
        take(case, "formal", cast.declan, day=TODAY + DAY, at=on(late))


def no_powers_on_a_ground_that_was_withdrawn(cast: Cast) -> None:
    case = steps.formal(cast)
    ground = case.findings.get(fact="statutory-ground")
    withdraw_finding(finding=ground, on=AFTER, why="Not so", by=cast.declan, at=on(AFTER))
    for fact in ("legal-advice", "non-compliance"):
        found(case, fact, cast.declan, day=AFTER)
    approved(case, "proposed-powers", day=AFTER)
    refused(case, "proposed", cast.declan, "A statutory ground, with its evidence", day=AFTER)


def legal_advice_is_of_the_step_that_it_is_for(cast: Cast) -> None:
    """Advice on a formal notice is none on the use of powers, weeks later."""
    case = steps.formal(cast)
    found(case, "non-compliance", cast.declan, day=AFTER)
    approved(case, "proposed-powers", day=AFTER)
    case = take(case, "category", cast.declan, day=AFTER)
    refused(case, "powers", cast.declan, "Legal advice", day=AFTER)
    found(case, "legal-advice", cast.declan, day=AFTER)
    using.in_force(cast, case, "s65")
    assert take(case, "powers", cast.declan, day=AFTER).state == "powers"


def what_was_not_secured_was_not_secured_after_the_notice(cast: Cast) -> None:
    case = steps.talked(cast)
    later = TODAY + 3 * DAY
    found(case, "no-improvement", cast.priya)  # before any notice asked for it
    for fact in ("evidence-of-concern", "evidence-of-inability"):
        found(case, fact, cast.priya)
    approved(case, "pre-formal", day=later)
    case = take(case, "pre-formal", cast.declan, day=later)
    refused(case, "formal", cast.declan, "Evidence that improvement is not secured", day=later)


def improvement_of_before_ends_no_notice(cast: Cast) -> None:
    case = steps.told(cast)
    found(case, "improvement", cast.priya)
    later = TODAY + 30 * DAY
    discussed(case, cast.dorothy, day=later)
    case = take(case, "discussion", cast.dorothy, day=later)
    refused(case, "closed", cast.dorothy, "Evidence that improvement is secured", day=later)


def a_newer_record_does_not_undo_an_older(cast: Cast) -> None:
    """Given on Wednesday on what was known on Monday; more is known since Thursday."""
    case = steps.talked(cast)
    wednesday, friday = TODAY + 2 * DAY, TODAY + 4 * DAY
    for fact in ("evidence-of-concern", "evidence-of-inability"):
        found(case, fact, cast.priya)
    approved(case, "pre-formal")
    found(case, "evidence-of-concern", cast.priya, day=friday)
    discussed(case, cast.dorothy, day=friday)
    case = take(case, "pre-formal", cast.declan, day=wednesday, at=on(friday))
    assert case.notices.get(kind="pre-formal").given_on == wednesday


def a_notice_is_not_decided_before_the_discussion(cast: Cast) -> None:
    """The discussion is held in the hope of averting it."""
    case = steps.told(cast)
    approved(case, "pre-formal")
    later = TODAY + 3 * DAY
    discussed(case, cast.dorothy, day=later)
    case = take(case, "discussion", cast.dorothy, day=later)
    for fact in ("evidence-of-concern", "evidence-of-inability"):
        found(case, fact, cast.priya)
    refused(case, "pre-formal", cast.declan, "approved on 5 October 2026, before this", day=later)
    approved(case, "pre-formal", day=later)
    assert take(case, "pre-formal", cast.declan, day=later).state == "pre-formal"


def nor_are_powers_proposed_before_the_period_is_over(cast: Cast) -> None:
    case = steps.formal(cast)
    approved(case, "proposed-powers", day=AFTER - DAY)
    for fact in ("legal-advice", "non-compliance"):
        found(case, fact, cast.declan, day=AFTER)
    refused(case, "proposed", cast.declan, "approved on 26 October 2026, before this", day=AFTER)


def the_urgent_notice_is_about_safety(cast: Cast) -> None:
    """It may also come up in a case that was opened on something else."""
    case = steps.told(cast, "leadership")
    for fact in ("evidence-of-concern", "urgent-reasons", "legal-advice"):
        found(case, fact, cast.declan)
    approved(case, "pre-formal", grounds=["leadership"])
    refused(case, "pre-formal-urgent", cast.declan, "where safety is threatened")
    approved(case, "pre-formal", grounds=["leadership", "safety"], day=TODAY + DAY)
    assert take(case, "pre-formal-urgent", cast.declan, day=TODAY + DAY).urgent_on == TODAY + DAY


def a_formal_notice_after_an_urgent_one_still_waits_for_the_discussion(cast: Cast) -> None:
    case = steps.told(cast, "safety")
    for fact in ("evidence-of-concern", "urgent-reasons", "legal-advice"):
        found(case, fact, cast.declan)
    approved(case, "pre-formal")
    case = take(case, "pre-formal-urgent", cast.declan)
    found(case, "no-improvement", cast.priya)
    found(case, "statutory-ground", cast.declan, ground="s60-standards")
    approved(case, "formal")
    refused(case, "formal", cast.declan, "Director of Education's discussion")


def a_reason_of_the_director_is_withdrawn_by_the_director(cast: Cast) -> None:
    case = steps.told(cast, "safety")
    reasons = found(case, "urgent-reasons", cast.declan)
    with pytest.raises(Refused, match="put on record by the Director of Children"):
        withdraw_finding(finding=reasons, on=TODAY, why="No", by=cast.priya, at=NOW)


def a_notice_says_which_guidance_was_had_regard_to(cast: Cast) -> None:
    case = steps.ready_for_formal(cast, guidance="")
    refused(case, "formal", cast.declan, "The guidance that was had regard to")


def a_notice_follows_the_one_before_it_whenever_it_was_drafted(cast: Cast) -> None:
    case = steps.talked(cast)
    for fact in ("evidence-of-concern", "evidence-of-inability"):
        found(case, fact, cast.priya)
    formal = drafting.start(
        case=case, kind="formal", grounds=("s60-standards",), by=cast.priya, at=NOW
    )
    assert formal.follows == case.notices.get(kind="concerns")
    Notice.objects.filter(pk=formal.pk).update(
        state="approved", approved_at=NOW, compared_with=["expected"],
        texts={part.id: WHY for part in formal.type.parts}, period_ends=TODAY + 21 * DAY,
    )  # fmt: skip
    approved(case, "pre-formal")
    case = take(case, "pre-formal", cast.declan)
    for fact in ("no-improvement", "legal-advice"):
        found(case, fact, cast.declan)
    found(case, "statutory-ground", cast.declan, ground="s60-standards")
    take(case, "formal", cast.declan)
    formal.refresh_from_db()
    assert formal.follows == case.notices.get(kind="pre-formal")


# --- service -------------------------------------------------------------------------------


def serve(case: Case, kind: str, cast: Cast, **facts: Any) -> None:
    row = Delivery.objects.get(notice__case=case, notice__kind=kind, how="given")
    deliveries.record(
        delivery=row, service=Service(**facts), version=row.version, by=cast.priya, at=on(AFTER)
    )


POSTED: dict[str, Any] = {"method": "post", "sent_on": TODAY}
SIGNED = POSTED | {"given_on": TODAY + 2 * DAY, "evidence": "Receipt"}


def prepared(cast: Cast) -> Case:
    """Powers could be proposed, were it not for what is known of the service."""
    case = steps.formal(cast)
    for fact in ("legal-advice", "non-compliance"):
        found(case, fact, cast.declan, day=AFTER)
    approved(case, "proposed-powers", day=AFTER)
    return case


def step(case: Case, name: str, cast: Cast) -> Case:
    """Without the receipt that `steps.take` would add."""
    facts: dict[str, Any] = {"by": cast.declan, "at": on(AFTER), "on": AFTER, "reasons": WHY}
    return process_of(case).take(case, name, **facts)


def no_powers_on_a_notice_that_nobody_is_known_to_have(cast: Cast) -> None:
    case = prepared(cast)
    with pytest.raises(Refused, match="has received the warning notice"):
        step(case, "proposed", cast)
    serve(case, "formal", cast, **POSTED)  # posted is not received
    with pytest.raises(Refused, match="has received the warning notice"):
        step(case, "proposed", cast)
    serve(case, "formal", cast, **SIGNED)
    assert step(case, "proposed", cast).state == "proposed"


def nor_on_one_that_came_back(cast: Cast) -> None:
    case = prepared(cast)
    serve(case, "formal", cast, **POSTED, bounced_on=TODAY + DAY, bounced_why="Moved")
    with pytest.raises(Refused, match="has received the warning notice"):
        step(case, "proposed", cast)


def nor_on_one_that_came_when_its_period_was_over(cast: Cast) -> None:
    case = prepared(cast)
    serve(case, "formal", cast, **POSTED, given_on=AFTER, evidence="Receipt")
    with pytest.raises(Refused, match="has received the warning notice"):
        step(case, "proposed", cast)


def nor_eligible_before_the_proposal_was_received(cast: Cast) -> None:
    case = prepared(cast)
    serve(case, "formal", cast, **SIGNED)
    case = step(case, "proposed", cast)
    with pytest.raises(Refused, match="received the notice of proposed powers"):
        step(case, "eligible", cast)


# --- days ----------------------------------------------------------------------------------


def the_concerns_cannot_be_addressed_before_the_notice_is_given(cast: Cast) -> None:
    case = steps.talked(cast)
    for fact in ("evidence-of-concern", "evidence-of-inability"):
        found(case, fact, cast.priya)
    approved(case, "pre-formal", address_by=TODAY + 2 * DAY)
    late = TODAY + 3 * DAY
    refused(case, "pre-formal", cast.declan, "to be addressed before it is given", day=late)
    assert take(case, "pre-formal", cast.declan, day=TODAY + 2 * DAY, at=on(late))


def a_period_is_not_over_before_it_begins(cast: Cast) -> None:
    case = steps.ready_for_formal(cast, period_ends=TODAY + DAY)
    late = TODAY + 2 * DAY
    refused(case, "formal", cast.declan, "over before it is given", day=late)
    assert take(case, "formal", cast.declan, day=TODAY + DAY, at=on(late)).state == "formal"


def a_period_may_end_on_a_day_that_is_no_working_day(cast: Cast) -> None:
    """No rule moves it: Christmas Day 2026, a Friday, is over at its end."""
    christmas = TODAY + 81 * DAY
    case = steps.formal(cast, period_ends=christmas)
    with pytest.raises(Refused, match="runs until 25 December 2026"):
        found(case, "non-compliance", cast.declan, day=christmas)
    assert found(case, "non-compliance", cast.declan, day=christmas + DAY)


def a_day_is_one_of_this_country(cast: Cast) -> None:
    """At half past eleven in Greenwich on 5 October it is the 6th here, in summer time."""
    case = steps.ready_for_formal(cast)
    night = datetime(2026, 10, 5, 23, 30, tzinfo=UTC)
    case = take(case, "formal", cast.declan, day=TODAY + DAY, at=night)
    assert case.stands_since == TODAY + DAY


def no_step_is_before_the_one_before_it(cast: Cast) -> None:
    case = steps.talked(cast)
    for fact in ("evidence-of-concern", "evidence-of-inability"):
        found(case, fact, cast.priya)
    thursday = TODAY + 3 * DAY
    approved(case, "pre-formal")
    case = take(case, "pre-formal", cast.declan, day=thursday)
    for fact in ("no-improvement", "legal-advice"):
        found(case, fact, cast.declan, day=thursday)
    found(case, "statutory-ground", cast.declan, ground="s60-standards")
    approved(case, "formal", day=thursday)
    with pytest.raises(Refused, match="came to stand here on 8 October 2026 only"):
        take(case, "formal", cast.declan, day=TODAY + DAY, at=on(thursday))


# --- schools that change -------------------------------------------------------------------


def no_notice_to_a_school_that_the_register_has_closed(cast: Cast) -> None:
    case = steps.ready_for_formal(cast)
    cast.harbour_view.status = "2"
    cast.harbour_view.save()
    refused(case, "formal", cast.declan, "not open any more: end the case")
    assert take(case, "converted", cast.priya).closed_on == TODAY


def one_that_is_proposed_to_close_is_still_open(cast: Cast) -> None:
    case = steps.ready_for_formal(cast)
    cast.harbour_view.status = "3"
    cast.harbour_view.save()
    assert take(case, "formal", cast.declan).state == "formal"


def no_notice_of_section_60_to_what_is_an_academy_now(cast: Cast) -> None:
    case = steps.ready_for_formal(cast)
    cast.harbour_view.type, cast.harbour_view.type_name = "34", "Academy converter"
    cast.harbour_view.save()
    refused(case, "formal", cast.declan, "of another type, Academy converter")
    take(case, "converted", cast.priya)
    assert opened(cast).ladder == "academy"


def a_voluntary_aided_school_that_becomes_a_foundation_school_keeps_its_case(cast: Cast) -> None:
    """The same law reaches it; its recipients follow from what it is now."""
    case = steps.ready_for_formal(cast)
    cast.harbour_view.type, cast.harbour_view.religious_character = "05", "None"
    cast.harbour_view.save()
    case = take(case, "formal", cast.declan)
    rows = Delivery.objects.filter(notice__case=case, notice__kind="formal")
    assert sorted(row.recipient for row in rows) == [
        "appointer", "governing-body", "head", "ofsted", "secretary-of-state",
    ]  # fmt: skip


def of_a_federation_each_school_has_its_own_notice(cast: Cast) -> None:
    other = make_school(900111, "Anchor Primary School", "02", "primary", federation_uid="77")
    steps.formal(cast)
    case = opened(cast, other)
    assert not case.notices.exists()
    assert case.number == 1


# --- how it ends ---------------------------------------------------------------------------


def a_letter_does_not_end_as_a_notice_does(cast: Cast) -> None:
    case = steps.formal(cast)
    found(case, "improvement", cast.priya)
    approved(case, "formal-ended")
    case = take(case, "complied", cast.declan)
    states = dict(case.notices.values_list("kind", "state"))
    assert states == {
        "concerns": "given", "pre-formal": "lapsed", "formal": "complied", "formal-ended": "given",
    }  # fmt: skip


def what_was_drafted_is_given_up_when_the_case_ends(cast: Cast) -> None:
    case = steps.ready_for_formal(cast)
    case = take(case, "school-closed", cast.priya)
    draft = case.notices.get(kind="formal")
    assert (draft.state, draft.approved_at) == ("dropped", None)


def a_case_that_has_ended_goes_nowhere(cast: Cast) -> None:
    case = take(steps.ready_for_formal(cast), "school-closed", cast.priya)
    refused(case, "formal", cast.declan, "is not possible now")
    with pytest.raises(Refused, match="was closed on"):
        discussed(case, cast.dorothy)
    with pytest.raises(Refused, match="was closed on"):
        drafting.start(case=case, kind="formal", grounds=(), by=cast.priya, at=NOW)


def a_new_case_inherits_nothing_that_was_shown(cast: Cast) -> None:
    take(steps.formal(cast), "school-closed", cast.priya)
    case = opened(cast)
    approved(case, "concerns")
    case = take(case, "concerns", cast.priya)
    refused(case, "discussion", cast.dorothy, "Director of Education's discussion")


def a_directive_notice_follows_the_band_of_the_day(cast: Cast) -> None:
    in_band(cast.harbour_view, "C")
    case = steps.talked(cast)
    found(case, "evidence-of-concern", cast.priya)
    approved(case, "directive")
    case = take(case, "directive", cast.declan)
    assert Notice.objects.get(case=case, kind="directive").aspect == "leadership"
    refused(case, "formal", cast.declan, "is not possible now")  # a directive notice is no step 3


def an_academy_is_written_to_urgently_about_safety_only(cast: Cast) -> None:
    case = steps.told(cast, "safety", school=cast.dock_road)
    for fact in ("evidence-of-concern", "urgent-reasons", "legal-advice"):
        found(case, fact, cast.declan)
    approved(case, "academy-letter", grounds=["standards"])
    refused(case, "letter-urgent", cast.declan, "where safety is threatened")
    approved(case, "academy-letter", day=TODAY + DAY)
    assert take(case, "letter-urgent", cast.declan, day=TODAY + DAY).urgent_on == TODAY + DAY


SITUATIONS = (
    Situation("1.3", each_ground_of_a_notice_is_shown),
    Situation("1.2 and 1.3", pay_is_no_ground_of_section_60_nor_safety_of_60A),
    Situation("1.3", a_ground_is_shown_before_the_notice_is_given),
    Situation("1.2(d)", no_powers_on_a_ground_that_was_withdrawn),
    Situation("1.8", legal_advice_is_of_the_step_that_it_is_for),
    Situation("2, step 4", what_was_not_secured_was_not_secured_after_the_notice),
    Situation("2, step 3", improvement_of_before_ends_no_notice),
    Situation("1.11", a_newer_record_does_not_undo_an_older),
    Situation("2 and I2", a_notice_is_not_decided_before_the_discussion),
    Situation("1.2(b) and (d)", nor_are_powers_proposed_before_the_period_is_over),
    Situation("1.3(c) and I2", the_urgent_notice_is_about_safety),
    Situation("I2", a_formal_notice_after_an_urgent_one_still_waits_for_the_discussion),
    Situation("I2", a_reason_of_the_director_is_withdrawn_by_the_director),
    Situation("1.10 s.72", a_notice_says_which_guidance_was_had_regard_to),
    Situation("I7", a_notice_follows_the_one_before_it_whenever_it_was_drafted),
    Situation("1.2(a) and 1.11", no_powers_on_a_notice_that_nobody_is_known_to_have),
    Situation("1.2(a) and 1.11", nor_on_one_that_came_back),
    Situation("1.2(a) and 1.6", nor_on_one_that_came_when_its_period_was_over),
    Situation("1.2(d) and 1.11", nor_eligible_before_the_proposal_was_received),
    Situation("I4", the_concerns_cannot_be_addressed_before_the_notice_is_given),
    Situation("1.4(3)", a_period_is_not_over_before_it_begins),
    Situation("1.6", a_period_may_end_on_a_day_that_is_no_working_day),
    Situation("1.11", a_day_is_one_of_this_country),
    Situation("10", no_step_is_before_the_one_before_it),
    Situation("1.9 and 7.2", no_notice_to_a_school_that_the_register_has_closed),
    Situation("7.2", one_that_is_proposed_to_close_is_still_open),
    Situation("1.1 and 7.2", no_notice_of_section_60_to_what_is_an_academy_now),
    Situation("1.5", a_voluntary_aided_school_that_becomes_a_foundation_school_keeps_its_case),
    Situation("7.2", of_a_federation_each_school_has_its_own_notice),
    Situation("1.9", a_letter_does_not_end_as_a_notice_does),
    Situation("1.9", what_was_drafted_is_given_up_when_the_case_ends),
    Situation("10", a_case_that_has_ended_goes_nowhere),
    Situation("10", a_new_case_inherits_nothing_that_was_shown),
    Situation("2, framework on C", a_directive_notice_follows_the_band_of_the_day),
    Situation("3.1 and I2", an_academy_is_written_to_urgently_about_safety_only),
)


@pytest.mark.parametrize("row", SITUATIONS, ids=lambda row: f"{row.section} {row.story.__name__}")
def test_I1_I2_I3_I4_I5_I6_I7_S11_the_law_is_kept(cast: Cast, row: Situation) -> None:
    row.story(cast)
