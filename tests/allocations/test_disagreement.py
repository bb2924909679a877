"""The disagreement route, silence, high risk and review (S2, S3, S4, S5, S6, S10, U4)."""

from datetime import date, timedelta

import pytest

from plimsoll.allocations import actions
from plimsoll.allocations.cycle import bands_in_force
from plimsoll.allocations.models import Allocation, HighRisk, Side
from plimsoll.allocations.workflow import ALLOCATION, HIGH_RISK
from plimsoll.core.models import Message
from plimsoll.core.workflow import Refused
from plimsoll.documents.models import Document
from tests.allocations import steps
from tests.allocations.steps import take
from tests.cast import NOW, Cast


def test_S4_the_first_referral_goes_to_the_principal_officer_with_both_positions(
    cast: Cast,
) -> None:
    case = steps.referred(cast)
    (referral,) = case.referrals.all()
    assert referral.role == "po"
    assert referral.school_position == "Our attendance is above average."
    assert referral.service_position == steps.WHY
    told = set(Message.objects.filter(key__startswith="referred").values_list("to", flat=True))
    assert told == {cast.priya.email}


def test_S4_the_other_side_may_put_its_own_position(cast: Cast) -> None:
    case = steps.referred(cast)
    actions.state_position(
        case=case, side=Side.SERVICE, text="The trend is down.", by=cast.sadia, at=NOW
    )
    assert case.referrals.get().service_position == "The trend is down."


def test_S4_the_officer_of_another_phase_cannot_decide(cast: Cast) -> None:
    with pytest.raises(Refused):
        take(steps.referred(cast), "decide", cast.paul, band="B", reasons="No.")


def test_S4_the_schools_own_partner_never_decides(cast: Cast) -> None:
    from tests.cast import give

    case = steps.referred(cast)
    give(cast.priya, "sip", cast.harbour_view)
    with pytest.raises(Refused, match="somebody else must"):
        take(case, "decide", cast.priya, band="B", reasons="I know the school.")


def test_S5_the_second_referral_goes_to_the_director_who_decides_finally(cast: Cast) -> None:
    case = steps.decided(cast)
    case = take(case, "refer_further", cast.helen, reasons="The trend has turned.")
    with pytest.raises(Refused, match="Director"):
        take(case, "decide_finally", cast.priya, band="C", reasons="As before.")
    case = take(case, "decide_finally", cast.dorothy, band="B", reasons="The new figures show it.")
    assert (case.state, case.band) == ("settled", "B")
    second = case.referrals.get(tier=1)
    assert (second.role, second.school_position, second.service_position) == (
        "doe",
        "The trend has turned.",
        "Both have a point.",
    )
    assert not case.signatures.exists()
    assert ALLOCATION.offers(case, by=cast.helen, at=NOW) == []


def test_S5_a_decision_that_the_school_accepts_stands(cast: Cast) -> None:
    case = take(steps.decided(cast), "accept_decision", cast.helen)
    assert (case.state, case.band, case.signatures.count()) == ("settled", "C", 0)


def test_S5_a_decision_stands_only_once_the_schools_days_are_over(cast: Cast) -> None:
    """Ten working days after Monday 5 October 2026 is Monday 19 October."""
    case = steps.decided(cast)
    assert case.answer_due == date(2026, 10, 19)
    with pytest.raises(Refused, match="19 October 2026"):
        take(case, "let_stand", cast.priya, at=NOW + timedelta(days=14))
    assert take(case, "let_stand", cast.priya, at=NOW + timedelta(days=15)).state == "settled"


def test_S2_a_silent_school_gets_a_provisional_band_and_is_not_shown_as_agreed(
    cast: Cast,
) -> None:
    case = steps.provisional(cast)
    assert (case.state, case.band) == ("provisional", "B")
    assert not case.signatures.exists()
    assert ALLOCATION.state(case).label == "Provisional: the school has not answered"
    letter = Document.objects.about(case).first()
    assert letter is not None
    assert letter.title.startswith("Provisional")


def test_S2_no_provisional_band_before_a_reminder_and_the_policys_days(cast: Cast) -> None:
    """Fifteen working days after 5 October end on 26 October."""
    case = steps.with_school(cast)
    offer = {"band": "B", "reasons": "Nothing was heard."}
    with pytest.raises(Refused, match="from 27 October 2026"):
        take(case, "provide", cast.priya, at=NOW + timedelta(days=21), **offer)
    with pytest.raises(Refused, match="Remind the school first"):
        take(case, "provide", cast.priya, at=NOW + timedelta(days=22), **offer)
    actions.remind(case=case, by=cast.sadia, at=NOW + timedelta(days=20))
    done = take(case, "provide", cast.priya, at=NOW + timedelta(days=22), **offer)
    assert done.state == "provisional"


def test_S2_the_head_may_dispute_a_provisional_band_before_somebody_else(cast: Cast) -> None:
    """The Principal Officer set it, so the dispute goes to the Director."""
    case = take(
        steps.provisional(cast), "dispute_provisional", cast.helen, reasons="I was away, ill."
    )
    assert (case.state, case.band) == ("referred", "")
    assert case.referrals.get().role == "doe"
    case = take(case, "decide_finally", cast.dorothy, band="A", reasons="The head is right.")
    assert case.band == "A"


def test_S2_the_head_may_agree_late_to_a_provisional_band(cast: Cast) -> None:
    case = take(steps.provisional(cast), "agree_provisional", cast.helen)
    assert (case.state, case.signatures.count()) == ("agreed", 2)


def test_S3_the_evidence_is_frozen_with_the_agreement(cast: Cast) -> None:
    case = steps.with_school(cast)
    actions.add_evidence(
        case=case,
        side=Side.SCHOOL,
        title="Attendance this term",
        text="95.1 % up to Friday",
        dated=date(2026, 10, 2),
        by=cast.helen,
        at=NOW,
    )
    case = take(case, "agree", cast.helen)
    frozen = case.frozen_evidence.get()
    assert frozen.data["added"][0]["text"] == "95.1 % up to Friday"
    assert frozen.data["added"][0]["unvalidated"] is True
    assert {sheet["side"] for sheet in frozen.data["views"]} == {"school", "service"}
    assert len(frozen.sha256) == 64
    with pytest.raises(Refused, match="concluded"):
        actions.add_evidence(
            case=case,
            side=Side.SCHOOL,
            title="Too late",
            text="x",
            dated=date(2026, 10, 2),
            by=cast.helen,
            at=NOW,
        )


def test_S3_either_side_may_challenge_a_figure_and_the_other_answers(cast: Cast) -> None:
    case = steps.with_school(cast)
    challenge = actions.challenge_figure(
        case=case,
        side=Side.SCHOOL,
        figure="pupils",
        shown="210 pupils",
        text="We have 230 since September.",
        by=cast.helen,
        at=NOW,
    )
    answer = {"challenge": challenge, "outcome": "right", "answer": "Agreed.", "at": NOW}
    with pytest.raises(Refused, match="other side"):
        actions.answer_challenge(side=Side.SCHOOL, by=cast.helen, **answer)
    actions.answer_challenge(side=Side.SERVICE, by=cast.sadia, **answer)
    with pytest.raises(Refused, match="already"):
        actions.answer_challenge(side=Side.SERVICE, by=cast.sadia, **answer)
    challenge.refresh_from_db()
    assert (challenge.outcome, challenge.answered_by_name) == ("right", "Sadia Rahman")


def marked(cast: Cast, band: str = "C") -> HighRisk:
    case = steps.agreed(cast, band=band)
    return actions.mark_high_risk(
        case=case,
        reason="Two leaders have left.",
        review_on=date(2026, 12, 1),
        by=cast.sadia,
        at=NOW,
    )


def test_S10_a_high_risk_mark_has_its_reason_and_review_date_and_the_school_is_told(
    cast: Cast,
) -> None:
    mark = marked(cast)
    assert (mark.state, mark.review_on) == ("marked", date(2026, 12, 1))
    assert Message.objects.filter(key__startswith="high-risk", to=cast.helen.email).exists()


def test_S10_only_the_band_that_policy_names_can_be_high_risk_and_only_once(cast: Cast) -> None:
    with pytest.raises(Refused, match="names for it"):
        marked(cast, band="B")


def test_S10_the_head_disputes_the_mark_by_the_same_route(cast: Cast) -> None:
    mark = HIGH_RISK.take(marked(cast), "dispute", by=cast.helen, at=NOW, reasons="Both replaced.")
    with pytest.raises(Refused, match="Principal Officer"):
        HIGH_RISK.take(mark, "uphold", by=cast.dorothy, at=NOW, reasons="It stays.")
    mark = HIGH_RISK.take(mark, "uphold", by=cast.priya, at=NOW, reasons="Too early to say.")
    mark = HIGH_RISK.take(mark, "take_further", by=cast.helen, at=NOW, reasons="It is settled.")
    mark = HIGH_RISK.take(mark, "overturn", by=cast.dorothy, at=NOW, reasons="I agree.")
    assert mark.state == "lifted"
    assert mark.ended_at == NOW


def test_U4_S6_a_head_asks_for_a_review_and_the_band_stands_until_it_ends(cast: Cast) -> None:
    case = steps.agreed(cast)
    with pytest.raises(Refused, match="Nobody has asked"):
        take(case, "open_review", cast.priya, reasons="Why?")
    ask = {"case": case, "side": Side.SCHOOL, "reasons": "We lost our deputy."}
    actions.ask_for_review(**ask, by=cast.helen, at=NOW)
    with pytest.raises(Refused, match="already"):
        actions.ask_for_review(**ask, by=cast.helen, at=NOW)
    case = take(case, "open_review", cast.priya, reasons="A good reason.")
    again = Allocation.objects.get(school=case.school, round=2)
    assert (again.state, again.previous_band) == ("preparing", "B")
    assert bands_in_force([900001]) == {900001: "B"}
    steps.views_of(again, by=cast.sadia, side=Side.SERVICE)
    later = NOW + timedelta(days=1)
    again = take(again, "propose", cast.sadia, at=later, band="C", reasons="More support.")
    again = take(again, "release", cast.priya, at=later)
    take(again, "agree", cast.helen, at=later)
    assert bands_in_force([900001]) == {900001: "C"}


def test_U4_a_review_may_be_refused_with_reasons(cast: Cast) -> None:
    case = steps.agreed(cast)
    request = actions.ask_for_review(
        case=case, side=Side.SERVICE, reasons="Results came.", by=cast.sadia, at=NOW
    )
    actions.refuse_review(request=request, answer="Wait for spring.", by=cast.priya, at=NOW)
    request.refresh_from_db()
    assert (request.granted, request.answer) == (False, "Wait for spring.")


def test_S7_no_e_mail_of_the_whole_journey_names_a_band_or_a_reason(cast: Cast) -> None:
    case = steps.decided(cast)
    case = take(case, "refer_further", cast.helen, reasons="The trend has turned.")
    take(case, "decide_finally", cast.dorothy, band="B", reasons="The new figures show it.")
    texts = [f"{each.subject} {each.body}" for each in Message.objects.all()]
    assert len(texts) >= 6
    for text in texts:
        for word in ("band B", "band C", "Band", "attendance", "trend", "figures show"):
            assert word not in text
