"""A power from its proposal to its end, and what bars each step of it (I9; ss.60 to 70B)."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from plimsoll.core.workflow import Refused, Stale
from plimsoll.intervention.cases.findings import withdraw_finding
from plimsoll.intervention.models import Case, Consultation, Decision, PowerInUse
from plimsoll.intervention.powers import bar, consulting, using
from plimsoll.intervention.powers.consultees import consultees
from tests.cast import NOW, TODAY, Cast, make_school
from tests.intervention import steps
from tests.intervention.steps import DAY, WHY, found, on, take
from tests.intervention.using import (
    AFTER,
    HOW,
    consulted,
    decided,
    go,
    in_force,
    proposed,
    put_in_force,
    ready,
    rule,
    said,
    secretary,
)

LAST = date(2026, 12, 26)  # two months after 26 October, the end of the compliance period
LATE = date(2026, 12, 27)


# --- eligible by what, since when ----------------------------------------------------------


def test_I9_1_2_the_step_of_the_ladder_records_by_what_the_school_is_eligible(cast: Cast) -> None:
    case = steps.eligible(cast)
    assert (case.eligible_by, case.eligible_since, case.period_ended_on) == (
        "s60", AFTER, date(2026, 10, 26),
    )  # fmt: skip


def test_I9_1_2_a_notice_on_pay_opens_sections_64_to_66(cast: Cast) -> None:
    case = steps.eligible(cast, kind="formal-60a")
    assert case.eligible_by == "s60a"
    with pytest.raises(Refused, match="section 60A"):
        proposed(cast, case, "s63")
    assert proposed(cast, case, "s64").last_day == LAST


def test_I9_1_2_a_category_opens_them_without_a_notice_and_without_a_window(cast: Cast) -> None:
    case = steps.in_category(cast)
    assert (case.eligible_by, case.period_ended_on) == ("category", None)
    assert proposed(cast, case, "s63", day=LATE).last_day is None


def test_I9_1_8_a_category_that_comes_later_lifts_the_window(cast: Cast) -> None:
    case = steps.eligible(cast)
    use = ready(cast, case, "s64")
    take(case, "category", cast.declan, day=AFTER)
    use = put_in_force(cast, decided(cast, use, day=LATE), day=LATE)
    assert (use.state, use.last_day) == ("in_force", None)


def test_I9_1_7_a_notice_of_the_secretary_of_state_ends_the_eligibility(cast: Cast) -> None:
    case = steps.eligible(cast)
    use = ready(cast, case, "s64")
    case = take(case, "superseded", cast.declan, day=AFTER)
    assert case.eligible_by == ""
    with pytest.raises(Refused, match="By no step of this case"):
        decided(cast, use)


def test_I9_1_7_after_the_secretary_of_states_notice_the_period_is_put_on_record(
    cast: Cast,
) -> None:
    case = take(steps.formal(cast), "superseded", cast.declan)
    case = take(case, "with-dfe", cast.declan)
    found(case, "eligible-by-secretary", cast.declan)
    case = take(case, "eligible-by-secretary", cast.declan, day=AFTER)
    with pytest.raises(Refused, match="Say first when"):
        proposed(cast, case, "s64")
    told = {"told_how": "Their letter", "by": cast.declan, "at": on(AFTER)}
    with pytest.raises(Refused, match="was over when the school became eligible"):
        bar.record_period(case=case, on=AFTER, **told)
    bar.record_period(case=case, on=date(2026, 10, 9), **told)
    case.refresh_from_db()
    assert proposed(cast, case, "s64").last_day == date(2026, 12, 9)


@pytest.mark.parametrize("kind", ["s63", "s64", "s65", "s66"])
def test_I9_8_no_power_at_a_unit_even_in_a_category(cast: Cast, kind: str) -> None:
    case = take(steps.opened(cast, cast.tidewater), "category", cast.declan)
    with pytest.raises(Refused, match="reach maintained schools only"):
        proposed(cast, case, kind)
    with pytest.raises(Refused, match="no powers of intervention"):
        bar.bar_powers(case=case, on=TODAY, told_how=HOW, by=cast.declan, at=NOW)


# --- before it is decided ------------------------------------------------------------------


def test_I9_1_8_section_63_asks_the_governing_body_and_the_diocese(cast: Cast) -> None:
    use = proposed(cast, steps.eligible(cast), "s63")
    assert [each.who.recipient for each in consultees(use)] == ["governing-body", "diocese"]
    with pytest.raises(Refused, match=r"Governing body.*: not asked yet"):
        go(use, "put_forward", cast.declan)
    for each in consultees(use):
        said(cast, use, each.who.label, answered=False)
    with pytest.raises(Refused, match="no answer, and no reason why it is not awaited"):
        go(use, "put_forward", cast.declan)
    gb, diocese = (each.who.label for each in consultees(use))
    said(cast, use, gb)
    said(cast, use, diocese, answered=False, not_awaited="Three weeks, reminded twice")
    with pytest.raises(Refused, match="to be notified first"):
        go(use, "put_forward", cast.declan)
    secretary(cast, use)
    assert go(use, "put_forward", cast.declan).state == "before"


def test_I9_9_of_a_foundation_special_school_the_appointer_holds_nothing_up(cast: Cast) -> None:
    school = make_school(900120, "Any School", "12", "not-applicable")
    use = proposed(cast, steps.in_category(cast, school), "s65")
    assert [(x.who.recipient, x.who.statutory) for x in consultees(use)] == [
        ("governing-body", True), ("appointer", False),
    ]  # fmt: skip
    said(cast, use, consultees(use)[0].who.label)
    secretary(cast, use)
    assert go(use, "put_forward", cast.declan).state == "before"


def test_I9_1_8_section_65_needs_consent_and_not_notice_alone(cast: Cast) -> None:
    use = proposed(cast, steps.eligible(cast), "s65")
    consulted(cast, use)
    facts = {"consent_on": None, "how": HOW, "by": cast.declan, "at": on(AFTER)}
    consulting.record_secretary(use=use, told_on=AFTER, version=use.version, **facts)
    with pytest.raises(Refused, match="has not given consent"):
        go(use, "put_forward", cast.declan)
    secretary(cast, use)
    assert go(use, "put_forward", cast.declan).state == "before"


def test_I9_1_8_section_66_needs_a_delegated_budget_on_record(cast: Cast) -> None:
    case = steps.eligible(cast)
    use = proposed(cast, case, "s66")
    secretary(cast, use)
    with pytest.raises(Refused, match="a delegated budget"):
        go(use, "put_forward", cast.declan)
    found(case, "budget-delegated", cast.priya, day=AFTER)
    assert go(use, "put_forward", cast.declan).state == "before"


def test_I9_1_7_the_secretary_of_states_intention_bars_and_lets_again(cast: Cast) -> None:
    case = steps.eligible(cast)
    use = ready(cast, case, "s64")
    told = {"told_how": "Their letter", "by": cast.priya, "at": on(AFTER)}
    bar.bar_powers(case=case, on=AFTER, **told)
    with pytest.raises(Refused, match="section 70B"):
        decided(cast, use)
    with pytest.raises(Refused, match="on record since 27 October"):
        bar.bar_powers(case=case, on=AFTER, **told)
    bar.lift_bar(case=case, on=AFTER, **told)
    with pytest.raises(Refused, match="lifted on 27 October 2026 only"):
        bar.bar_powers(case=case, on=AFTER - DAY, **told)
    use = decided(cast, use)
    bar.bar_powers(case=case, on=AFTER, **told)
    with pytest.raises(Refused, match="section 70B"):
        put_in_force(cast, use)


def test_I9_1_7_the_bar_goes_along_into_the_next_case_of_the_school(cast: Cast) -> None:
    case = steps.in_category(cast)
    bar.bar_powers(case=case, on=TODAY, told_how=HOW, by=cast.priya, at=NOW)
    case.refresh_from_db()
    take(case, "school-closed", cast.priya)
    assert steps.opened(cast).powers_are_barred


def test_I9_1_8_no_additional_governors_come_into_force_while_a_board_sits(cast: Cast) -> None:
    case = steps.eligible(cast)
    governors = decided(cast, ready(cast, case, "s64"))
    board = in_force(cast, case, "s65")
    with pytest.raises(Refused, match="Interim executive board"):
        put_in_force(cast, governors)
    go(board, "end", cast.declan, on=AFTER, reasons=WHY)
    assert put_in_force(cast, governors).state == "in_force"


def test_I9_what_is_said_later_stands_beside_what_was_said_first(cast: Cast) -> None:
    use = proposed(cast, steps.in_category(cast), "s63")
    label = consultees(use)[0].who.label
    first = said(cast, use, label, answered=False)
    assert said(cast, use, label, answered=False) == first  # a second click
    said(cast, use, label)
    assert Consultation.objects.filter(power=use, label=label).count() == 2
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Consultation.objects.filter(pk=first.pk).update(answer="Changed")
    with pytest.raises(Refused, match="Nobody of that name"):
        said(cast, use, "The Mayor")
    with pytest.raises(Refused, match="An answer has its day"):
        said(cast, use, label, answer="")


# --- who decides, and when -----------------------------------------------------------------


@pytest.mark.parametrize("who", ["priya", "sadia", "dorothy", "helen", "chloe", "olu", "nobody"])
def test_U2_I9_it_is_decided_by_the_role_that_policy_names(cast: Cast, who: str) -> None:
    use = ready(cast, steps.in_category(cast), "s64")
    with pytest.raises(Refused, match=r"does not allow|decided by the Director of Children"):
        go(
            use, "decide", cast.everyone[who], made_on=AFTER, effective_on=AFTER,
            authority="x", reasons="y",
        )  # fmt: skip
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["sadia", "helen", "chloe", "olu", "sam", "ada"])
def test_U2_I9_nobody_else_proposes_or_records(cast: Cast, who: str) -> None:
    case, person = steps.in_category(cast), cast.everyone[who]
    with pytest.raises(Refused, match="does not allow"):
        using.propose(case=case, power=rule(case, "s63"), on=TODAY, why=WHY, by=person, at=NOW)
    with pytest.raises(Refused, match="does not allow"):
        bar.bar_powers(case=case, on=TODAY, told_how=HOW, by=person, at=NOW)


def test_I9_a_decision_comes_after_everything_that_it_rests_on(cast: Cast) -> None:
    use = ready(cast, steps.eligible(cast), "s63", day=AFTER + DAY)
    with pytest.raises(Refused, match="only"):
        decided(cast, use, day=AFTER + 2 * DAY, made_on=AFTER)
    with pytest.raises(Refused, match="when it has been made"):
        decided(cast, use, day=AFTER + DAY, made_on=AFTER + 2 * DAY, effective_on=AFTER + 3 * DAY)
    with pytest.raises(Refused, match="before it is made"):
        decided(cast, use, day=AFTER + 2 * DAY, effective_on=AFTER + DAY)
    use = decided(cast, use, day=AFTER + 2 * DAY)
    assert use.decision is not None
    assert use.decision.decided_by == str(cast.declan)
    assert "Appropriate diocesan authority (Roman Catholic)" in use.decision.consulted
    assert "Secretary of State: told 28 October 2026" in use.decision.consulted


def test_I9_1_8_nothing_comes_into_force_after_the_window(cast: Cast) -> None:
    """The period ended on 26 October: the last day is 26 December."""
    case = steps.eligible(cast)
    use = decided(cast, ready(cast, case, "s64"), day=LAST)
    with pytest.raises(Refused, match="closed on 26 December 2026: 2 months after"):
        put_in_force(cast, use, day=LATE)
    # Done in time and recorded a day late: the day is told.
    use = put_in_force(cast, use, day=LATE, notice_on=LAST, in_force_on=LAST)
    assert use.in_force_on == LAST


def test_I9_1_9_when_the_window_is_over_the_board_is_still_possible(cast: Cast) -> None:
    case = steps.eligible(cast)
    for gone in ("s63", "s64", "s66"):
        with pytest.raises(Refused, match="closed on 26 December 2026"):
            proposed(cast, case, gone, day=LATE)
    assert in_force(cast, case, "s65", day=LATE).last_day is None


def test_I9_a_decision_in_the_window_takes_effect_in_it(cast: Cast) -> None:
    use = ready(cast, steps.eligible(cast), "s64")
    with pytest.raises(Refused, match="closed on 26 December"):
        decided(cast, use, day=LAST, effective_on=LATE)


def test_I9_the_database_keeps_the_window_and_the_order_too(cast: Cast) -> None:
    use = decided(cast, ready(cast, steps.eligible(cast), "s64"))
    for values in ({"in_force_on": LATE}, {"in_force_on": AFTER, "told_secretary_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PowerInUse.objects.filter(pk=use.pk).update(**values)


# --- in force, and its end -----------------------------------------------------------------


def test_I9_1_8_section_66_takes_effect_when_it_is_received(cast: Cast) -> None:
    case = steps.eligible(cast)
    use = decided(cast, ready(cast, case, "s66"))
    later = AFTER + DAY
    with pytest.raises(Refused, match="on the day that the governing body receives"):
        put_in_force(cast, use, day=later, notice_on=AFTER)
    assert put_in_force(cast, use, day=later, notice_on=later).in_force_on == later


def test_I9_the_school_is_told_of_the_decision_by_the_notice(cast: Cast) -> None:
    use = in_force(cast, steps.eligible(cast), "s65")
    assert use.decision is not None
    assert (use.decision.told.on, use.decision.told.how) == (AFTER, HOW)


def test_I9_1_8_copies_that_are_lacking_invalidate_nothing_and_are_added_later(cast: Cast) -> None:
    """Section 1.8 on Schedule 6: failure to copy does not invalidate."""
    use = in_force(cast, steps.eligible(cast), "s65")
    assert use.copied == []
    facts = {"version": use.version, "by": cast.declan, "at": on(AFTER)}
    with pytest.raises(Refused, match="Nobody of that name"):
        consulting.record_copies(use=use, copied=["The Mayor"], **facts)
    governors = "Each governor in office"
    assert consulting.record_copies(use=use, copied=[governors], **facts).copied == [governors]
    with pytest.raises(Stale):
        consulting.record_copies(use=use, copied=[], **facts)


def test_I9_a_second_click_proposes_nothing_twice_and_a_power_is_used_once(cast: Cast) -> None:
    case = steps.eligible(cast)
    first = proposed(cast, case, "s64")
    assert proposed(cast, case, "s64") == first
    with pytest.raises(Refused, match="in use in this case already"):
        proposed(cast, case, "s64", day=AFTER + DAY)
    go(first, "give_up", cast.priya, on=AFTER, reasons=WHY)
    assert proposed(cast, case, "s64", day=AFTER + DAY) != first


def test_I9_a_power_that_is_used_again_has_a_decision_of_its_own(cast: Cast) -> None:
    case = steps.eligible(cast)
    first = in_force(cast, case, "s65")
    go(first, "end", cast.declan, on=AFTER, reasons=WHY)
    second = in_force(cast, case, "s65")
    assert first.decision != second.decision


def test_I9_a_decision_comes_after_the_facts_that_it_needs(cast: Cast) -> None:
    case = steps.eligible(cast)
    use = proposed(cast, case, "s66")
    secretary(cast, use)
    found(case, "budget-delegated", cast.priya, day=AFTER + DAY)
    with pytest.raises(Refused, match="has a delegated budget, on 28 October 2026 only"):
        decided(cast, use, day=AFTER + DAY, made_on=AFTER)


def test_I9_what_is_decided_is_given_up_by_who_decides(cast: Cast) -> None:
    use = decided(cast, ready(cast, steps.eligible(cast), "s64"))
    with pytest.raises(Refused, match="given up by the Director"):
        go(use, "give_up", cast.priya, on=AFTER, reasons=WHY)
    assert go(use, "give_up", cast.declan, on=AFTER, reasons=WHY).state == "given_up"


def test_I9_of_two_who_act_the_second_is_told(cast: Cast) -> None:
    use = ready(cast, steps.eligible(cast), "s64")
    with pytest.raises(Stale):
        go(use, "take_back", cast.priya, version=use.version - 1, reasons=WHY)
    assert go(use, "take_back", cast.priya, version=use.version, reasons=WHY).state == "proposed"


def test_I9_before_eligibility_there_is_nothing_to_propose(cast: Cast) -> None:
    with pytest.raises(Refused, match="By no step of this case"):
        proposed(cast, steps.formal(cast), "s64")


def test_I9_nothing_is_proposed_before_the_school_was_eligible(cast: Cast) -> None:
    case = steps.eligible(cast)
    with pytest.raises(Refused, match="eligible since 27 October"):
        proposed(cast, case, "s64", day=AFTER - DAY)


# --- the ladder ----------------------------------------------------------------------------


def refused(case: Case, step: str, cast: Cast, why: str) -> None:
    by = cast.dorothy if step == "closed" else cast.declan
    with pytest.raises(Refused, match=why):
        take(case, step, by, day=AFTER)


def test_I9_the_ladder_says_that_a_power_is_used_when_one_is_in_force(cast: Cast) -> None:
    case = steps.eligible(cast)
    use = decided(cast, ready(cast, case, "s64"))
    refused(case, "powers", cast, "A power of intervention that has come into force")
    put_in_force(cast, use)
    case.refresh_from_db()
    assert take(case, "powers", cast.declan, day=AFTER).state == "powers"


def test_I9_a_case_is_not_closed_over_a_power_in_force(cast: Cast) -> None:
    case = steps.eligible(cast)
    use = in_force(cast, case, "s65")
    case = take(case, "powers", cast.declan, day=AFTER)
    found(case, "improvement", cast.priya, day=AFTER)
    refused(case, "closed", cast, r"A power is in force: .*Interim executive board")
    go(use, "end", cast.declan, on=AFTER, reasons=WHY)
    assert take(case, "closed", cast.dorothy, day=AFTER).closed_on == AFTER


def test_I9_7_2_a_conversion_ends_the_powers_with_the_case(cast: Cast) -> None:
    case = steps.eligible(cast)
    board, governors = in_force(cast, case, "s65"), ready(cast, case, "s66")
    take(case, "converted", cast.priya, day=AFTER)
    board.refresh_from_db()
    governors.refresh_from_db()
    assert (board.state, board.ended_on) == ("ended", AFTER)
    assert (governors.state, governors.ended_on) == ("given_up", AFTER)
    with pytest.raises(Refused, match="was closed"):
        go(governors, "take_back", cast.declan, reasons=WHY)


def test_I9_a_withdrawn_advice_holds_the_decision_up(cast: Cast) -> None:
    case = steps.eligible(cast)
    use = ready(cast, case, "s64")
    advice = case.findings.get(fact="legal-advice", on=AFTER)
    withdraw_finding(finding=advice, on=AFTER, why="Outdated", by=cast.declan, at=on(AFTER))
    with pytest.raises(Refused, match="Not on record yet: Legal advice"):
        decided(cast, use)
