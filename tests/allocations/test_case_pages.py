"""The pages of one allocation: who sees what, when, and that nothing typed is lost."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from plimsoll.allocations import actions
from plimsoll.allocations.models import Allocation, PastBand, Side
from plimsoll.allocations.workflow import HIGH_RISK
from plimsoll.core.models import Draft, Event
from plimsoll.evidence.models import Inspection
from plimsoll.framework import editions
from plimsoll.people.models import User
from plimsoll.schools.models import School
from tests.allocations import steps
from tests.allocations.steps import WHY
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def text(client: Client, user: User, address: str, status: int = 200) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == status, answer
    return answer.content.decode()


def page_of(case: Allocation, name: str = "case", *args: object) -> str:
    return reverse(f"allocations:{name}", args=[case.pk, *args])


def fresh(case: Allocation) -> Allocation:
    return Allocation.objects.get(pk=case.pk)


# --- the page of the case -----------------------------------------------------


def test_case_tells_the_head_what_waits_and_what_it_brings(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    page = text(client, cast.helen, page_of(case))
    assert "Agree and sign" in page
    assert "Headteacher or principal, Helen Marsh" in page
    assert WHY in page
    assert "What band B brings: 5.5 days" in page


def test_E4_case_says_that_the_sums_differ(client: Client, cast: Cast) -> None:
    page = text(client, cast.helen, page_of(steps.with_school(cast)))
    assert "The framework states 5.5 days" in page
    assert "add up to 5, and their wording comes to 4" in page


def test_S7_case_is_404_for_whoever_may_not_know(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    assert "Nobody" not in text(client, cast.henry, page_of(case), 404)
    # Sadia is a partner, but not of this school; Sam of other schools only.
    text(client, cast.sam, page_of(case), 404)
    for nobody in (cast.ada, cast.dan, cast.olu, cast.lena, cast.nobody):
        text(client, nobody, page_of(case), 403)


def test_S7_case_says_who_can_see_it(client: Client, cast: Cast) -> None:
    page = text(client, cast.helen, page_of(steps.with_school(cast)))
    for known in ("Helen Marsh (Headteacher or principal)", "Dorothy Adeyemi", "Chloe Grant"):
        assert known in page
    for unknown in ("Ada Quick", "Henry Cole", "Lena Hart", "Paul Whitfield"):
        assert unknown not in page


def test_reading_a_case_is_an_event(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    text(client, cast.helen, page_of(case))
    event = Event.objects.get(verb="allocation.read")
    assert (event.actor, event.subject_id) == (cast.helen.pk, case.pk)


# Every address that a school's side can open while the service prepares.
BEFORE = ("case", "views", "evidence-add")


@pytest.mark.parametrize("name", BEFORE)
def test_S7_school_sees_nothing_of_a_proposal_before_release(
    client: Client, cast: Cast, name: str
) -> None:
    case = steps.in_moderation(cast, band="C")
    actions.mark_high_risk(
        case=case, reason="A secret worry", review_on=date(2026, 12, 1), by=cast.sadia, at=NOW
    )
    page = text(client, cast.helen, page_of(case, name))
    for secret in (
        WHY,
        "A secret worry",
        "As we saw in class",
        "oderation",
        "roposed",
        "high-risk",
    ):
        assert secret not in page, secret
    assert " checked" not in page.replace("has checked it", "")


@pytest.mark.parametrize("school", ["harbour_view", "dock_road"])
def test_S7_page_is_the_same_before_and_after_the_proposal(
    client: Client, cast: Cast, school: str
) -> None:
    """Whether a proposal is ready is not the school's business either."""
    case = steps.opened(cast, getattr(cast, school))
    case = steps.take(case, "start", cast.sadia)
    head = steps.head(cast, case)
    preparing = text(client, head, page_of(case))
    steps.views_of(case, by=cast.sadia, side=Side.SERVICE)
    steps.take(case, "propose", cast.sadia, band="C", reasons=WHY)
    assert _still(text(client, head, page_of(case))) == _still(preparing)


def _still(page: str) -> str:
    """Without what differs between any two requests."""
    return re.sub(r'(nonce|value)="[^"]*"', "", page)


@pytest.mark.parametrize(
    "step", ["agree", "counter", "refer", "record_by_school", "agree_provisional"]
)
def test_S7_a_step_that_is_not_open_tells_no_more(client: Client, cast: Cast, step: str) -> None:
    case = steps.in_moderation(cast)
    client.force_login(cast.helen)
    data = {"version": case.version, "band": "A", "reasons": "x"}
    data |= {"met_on_day": "1", "met_on_month": "10", "met_on_year": "2026"}
    for answer in (
        client.get(page_of(case, "step", step), follow=True),
        client.post(page_of(case, "step", step), data, follow=True),
    ):
        page = answer.content.decode()
        assert "oderation" not in page
        assert WHY not in page


@pytest.fixture
def blind(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """An authority in which each side judges first by itself."""
    root = tmp_path / "policy"
    shutil.copytree(settings.POLICY_ROOT, root)
    file = root / "liverpool" / "2026-27.toml"
    file.write_text(file.read_text().replace("blind_views = false", "blind_views = true"))
    settings.POLICY_ROOT = root
    yield
    editions.forget()


def test_S2_the_proposal_is_hidden_until_own_views_are_in(
    blind: None, client: Client, cast: Cast
) -> None:
    case = steps.in_moderation(cast, band="C")
    case = steps.take(case, "release", cast.priya)
    actions.mark_high_risk(
        case=case, reason="A secret worry", review_on=date(2026, 12, 1), by=cast.sadia, at=NOW
    )
    for name in ("case", "views"):
        page = text(client, cast.helen, page_of(case, name))
        assert WHY not in page
        assert "A secret worry" not in page
    page = text(client, cast.helen, page_of(case))
    assert "Give and submit your own views first" in page
    page = text(client, cast.helen, page_of(case, "step", "agree"))
    assert "Give and submit your own views first" in page
    assert WHY not in page


# Reading is among them: the session, the person and the roles, the event that it leaves.
QUERIES = 35


def more_of_everything(cast: Cast, case: Allocation, number: int) -> Allocation:
    """One more inspection, offer to and fro, piece of evidence, challenge and year."""
    day = date(2026, 3, number)
    inspection = Inspection.objects.create(
        urn=case.school_id,
        era="report-card",
        kind="graded",
        starts=day,
        overall_status="not-judged",
        category_status="not-published",
        safeguarding="met",
        safeguarding_status="graded",
    )
    inspection.grades.create(
        area="inclusion", grade="strong-standard", status="graded", graded_on=day
    )
    about = {"case": case, "side": Side.SCHOOL, "by": cast.helen, "at": NOW}
    actions.add_evidence(title=f"Piece {number}", text="x", dated=day, **about)
    actions.challenge_figure(figure="pupils", shown="210", text=f"No {number}", **about)
    PastBand.objects.create(
        school=case.school, year=f"20{number:02}-{number + 1:02}", band="B", source="x",
        entered_at=NOW,
    )  # fmt: skip
    case = steps.take(case, "counter", cast.helen, band="A", reasons=WHY)
    return steps.take(case, "offer_again", cast.sadia, band="B", reasons=WHY)


def test_case_costs_the_same_for_one_and_for_many(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = more_of_everything(cast, steps.with_school(cast), 1)
    client.force_login(cast.helen)
    client.get(page_of(case))  # the session notes once that it is in use
    with django_assert_num_queries(QUERIES):
        client.get(page_of(case))
    for number in range(2, 8):
        case = more_of_everything(cast, case, number)
    with django_assert_num_queries(QUERIES):
        client.get(page_of(case))


# --- views ---------------------------------------------------------------------


def filled(case: Allocation, choose: int = 0, say: str = "Seen.") -> dict[str, str]:
    data = {"version": "0", "do": "save"}
    for criterion in case.policy.criteria:
        if criterion.applies_to(case.school.phase):
            data[f"choice-{criterion.id}"] = case.policy.descriptors_of(criterion.id)[choose % 1].id
            data[f"text-{criterion.id}"] = say
    return data


def test_S8_views_are_saved_and_submitted(client: Client, cast: Cast) -> None:
    case = steps.take(steps.opened(cast), "start", cast.sadia)
    client.force_login(cast.sadia)
    client.post(page_of(case, "views"), filled(case) | {"do": "submit"})
    sheet = case.sheets.get(side=Side.SERVICE)
    assert sheet.submitted_at is not None
    assert sheet.views.get(criterion="safeguarding").text == "Seen."


def test_S8_a_decisive_criterion_needs_a_view_to_submit(client: Client, cast: Cast) -> None:
    case = steps.take(steps.opened(cast), "start", cast.sadia)
    client.force_login(cast.sadia)
    data = filled(case) | {"do": "submit"}
    del data["choice-safeguarding"]
    page = client.post(page_of(case, "views"), data).content.decode()
    assert "Give your view on Safeguarding: it is decisive" in page
    assert 'href="#id_choice-safeguarding"' in page
    assert page.count("Seen.") == 18
    assert not case.sheets.exists()


def test_stale_views_show_both_texts(client: Client, cast: Cast) -> None:
    case = steps.take(steps.opened(cast), "start", cast.sadia)
    client.force_login(cast.sadia)
    client.post(page_of(case, "views"), filled(case, say="The first text."))
    answer = client.post(page_of(case, "views"), filled(case, say="The second text."))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The first text." in page
    assert "The second text." in page


def test_reader_of_the_side_cannot_write_its_views(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    for reader in (cast.chloe, cast.priya):
        client.force_login(reader)
        assert client.get(page_of(case, "views")).status_code == 200
        assert client.post(page_of(case, "views"), filled(case)).status_code == 403


def test_views_come_back_from_a_draft(client: Client, cast: Cast) -> None:
    case = steps.take(steps.opened(cast), "start", cast.sadia)
    client.force_login(cast.sadia)
    address = reverse("core:draft", args=[actions.views_key(case, Side.SERVICE)])
    client.post(address, {"text-reading": "Half a sent"})
    assert "Half a sent" in text(client, cast.sadia, page_of(case, "views"))
    client.post(page_of(case, "views"), filled(case))
    assert not Draft.objects.exists()


def test_views_of_a_concluded_case_are_read_only(client: Client, cast: Cast) -> None:
    page = text(client, cast.helen, page_of(steps.agreed(cast), "views"))
    assert "<textarea" not in page
    assert "As we saw in class." in page


# --- steps ---------------------------------------------------------------------


def test_S2_head_signs_exactly_what_is_shown(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    page = text(client, cast.helen, page_of(case, "step", "agree"))
    assert "You sign band B" in page
    assert WHY in page
    assert "Sadia Rahman (School Improvement Partner)" in page
    client.post(page_of(case, "step", "agree"), {"version": case.version})
    assert fresh(case).state == "agreed"


def test_a_second_click_signs_no_second_time(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    client.force_login(cast.helen)
    for _ in range(2):
        answer = client.post(page_of(case, "step", "agree"), {"version": case.version})
        assert answer.status_code == 302
    assert case.signatures.count() == 2
    assert Event.objects.filter(verb="allocation.agree").count() == 1


def test_a_step_that_comes_too_late_keeps_the_reasons(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    late = case.version
    case = steps.take(
        case, "record_by_service", cast.sadia, band="B", reasons=WHY, met_on=NOW.date()
    )
    client.force_login(cast.helen)
    data = {"version": late, "band": "A", "reasons": "Our long and careful reasons."}
    answer = client.post(page_of(case, "step", "counter"), data)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Our long and careful reasons." in page
    assert "the school confirms" in page
    assert fresh(case).state == "school_confirms"


def test_a_step_without_reasons_says_so_and_keeps_the_rest(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    client.force_login(cast.helen)
    data = {"version": case.version, "band": "A", "reasons": ""}
    page = client.post(page_of(case, "step", "counter"), data).content.decode()
    assert "Enter your reasons" in page
    assert 'href="#id_reasons"' in page
    assert 'value="A" checked' in page


@pytest.mark.parametrize(
    ("who", "step"), [("chloe", "agree"), ("sadia", "agree"), ("helen", "release")]
)
def test_a_step_of_another_role_is_refused(client: Client, cast: Cast, who: str, step: str) -> None:
    case = steps.with_school(cast)
    client.force_login(getattr(cast, who))
    assert client.get(page_of(case, "step", step)).status_code == 403
    answer = client.post(page_of(case, "step", step), {"version": case.version})
    assert answer.status_code == 403
    assert fresh(case).state == "with_school"


def test_S4_the_decider_reads_both_positions(client: Client, cast: Cast) -> None:
    case = steps.referred(cast)
    page = text(client, cast.priya, page_of(case, "step", "decide"))
    assert "Our attendance is above average." in page
    assert WHY in page


def test_S5_a_decision_may_be_taken_further(client: Client, cast: Cast) -> None:
    case = steps.decided(cast)
    client.force_login(cast.helen)
    data = {"version": case.version, "reasons": "We still see it otherwise."}
    client.post(page_of(case, "step", "refer_further"), data)
    assert fresh(case).state == "referred"
    page = text(client, cast.dorothy, page_of(case, "step", "decide_finally"))
    assert "We still see it otherwise." in page


def test_an_unknown_step_is_404(client: Client, cast: Cast) -> None:
    text(client, cast.helen, page_of(steps.with_school(cast), "step", "bribe"), 404)


# --- evidence, positions, marks, reviews ------------------------------------------


def test_S3_evidence_is_added_withdrawn_and_marked_unvalidated(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    client.force_login(cast.helen)
    data = {"title": "Our register", "text": "96 percent", "criterion": "attendance"}
    data |= {"dated_day": "1", "dated_month": "10", "dated_year": "2026"}
    for _ in range(2):
        client.post(page_of(case, "evidence-add"), data)
    page = text(client, cast.sadia, page_of(case))
    assert "Unvalidated" in page
    assert "96 percent" in page
    item = case.added.get()
    assert "Withdraw" not in page
    client.force_login(cast.sadia)
    address = page_of(case, "evidence-withdraw", item.pk)
    assert client.post(address, {"why": "No"}).status_code == 403
    client.force_login(cast.helen)
    client.post(address, {"why": "Counted twice"})
    page = text(client, cast.sadia, page_of(case))
    assert "Counted twice" in page
    assert "<s>Our register</s>" in page


def test_S3_a_figure_is_challenged_and_answered(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    client.force_login(cast.helen)
    address = page_of(case, "challenge") + "?figure=pupils"
    for _ in range(2):
        client.post(address, {"text": "We have 211."})
    raised = case.challenges.get()
    assert raised.shown == "Pupils: 210"
    answer = page_of(case, "challenge-answer", raised.pk)
    assert client.get(answer).status_code == 403
    client.force_login(cast.sadia)
    client.post(answer, {"outcome": "noted", "answer": "The census is from January."})
    page = text(client, cast.helen, page_of(case))
    assert "We have 211." in page
    assert "The census is from January." in page


def test_S3_a_figure_that_changed_while_somebody_wrote_is_not_challenged_unseen(
    client: Client, cast: Cast
) -> None:
    case = steps.with_school(cast)
    client.force_login(cast.helen)
    address = page_of(case, "challenge") + "?figure=pupils"
    assert 'name="seen" value="210"' in client.get(address).content.decode()
    School.objects.filter(pk=case.school_id).update(pupils=211)
    typed = {"text": "We have 211.", "seen": "210"}
    page = client.post(address, typed).content.decode()
    assert "The figure changed while you wrote: it was 210 and is 211 now." in page
    assert "We have 211." in page
    assert not case.challenges.exists()
    assert 'name="seen" value="211"' in page
    client.post(address, typed | {"seen": "211"})
    assert case.challenges.get().shown == "Pupils: 211"


def test_S3_an_answer_comes_before_the_conclusion_or_not_at_all(client: Client, cast: Cast) -> None:
    """What is frozen stays as it was, from an old tab too."""
    case = steps.with_school(cast)
    client.force_login(cast.helen)
    client.post(page_of(case, "challenge") + "?figure=pupils", {"text": "We have 211."})
    steps.take(case, "agree", cast.helen)
    client.force_login(cast.sadia)
    page = client.post(
        page_of(case, "challenge-answer", case.challenges.get().pk),
        {"outcome": "right", "answer": "So it is."},
    ).content.decode()
    assert "This allocation is concluded" in page
    assert case.challenges.get().answered_at is None


def test_an_unknown_figure_is_404(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    text(client, cast.helen, page_of(case, "challenge") + "?figure=nothing", 404)


def test_S4_each_side_states_its_position(client: Client, cast: Cast) -> None:
    case = steps.referred(cast)
    client.force_login(cast.sadia)
    page = client.get(page_of(case, "position")).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    data = {"version": version[1], "text": "What we saw in three visits."}
    client.post(page_of(case, "position"), data)
    assert case.referrals.get().service_position == "What we saw in three visits."
    answer = client.post(page_of(case, "position"), data | {"text": "Later"})
    assert answer.status_code == 409


def test_S10_the_head_sees_a_mark_and_disputes_it(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast, band="C")
    client.force_login(cast.sadia)
    page = client.get(page_of(case, "high-risk")).content.decode()
    assert "Mark as high-risk" in page
    data = {"reason": "Three heads in a year."}
    data |= {"review_on_day": "1", "review_on_month": "3", "review_on_year": "2027"}
    client.post(page_of(case, "high-risk"), data)
    page = text(client, cast.helen, page_of(case))
    assert "Three heads in a year." in page
    mark = case.high_risk.get()
    disputed = {"reasons": "Two, not three.", "version": mark.version}
    client.post(page_of(case, "high-risk-step", mark.pk, "dispute"), disputed)
    mark.refresh_from_db()
    assert mark.state == "disputed"
    assert "Two, not three." in text(client, cast.priya, page_of(case))


def test_S10_a_mark_is_not_lifted_by_who_has_not_read_the_dispute(
    client: Client, cast: Cast
) -> None:
    case = steps.with_school(cast, band="C")
    mark = actions.mark_high_risk(
        case=case, reason="Three heads in a year.", review_on=date(2027, 3, 1),
        by=cast.sadia, at=NOW,
    )  # fmt: skip
    lifted = {"reasons": "Settled in the spring.", "version": mark.version}
    mark = HIGH_RISK.take(mark, "dispute", by=cast.helen, at=NOW, reasons="Two, not three.")
    mark = HIGH_RISK.take(mark, "uphold", by=cast.priya, at=NOW, reasons="Two are many.")
    client.force_login(cast.sadia)
    address = page_of(case, "high-risk-step", mark.pk, "lift")
    page = client.post(address, lifted).content.decode()
    assert "Somebody else changed this since you opened it." in page
    assert "Two, not three." in page
    assert "Settled in the spring." in page
    mark.refresh_from_db()
    assert mark.state == "answered"
    client.post(address, lifted | {"version": mark.version})
    mark.refresh_from_db()
    assert mark.state == "lifted"


def test_S6_a_review_is_asked_for_and_answered(client: Client, cast: Cast) -> None:
    case = steps.agreed(cast)
    client.force_login(cast.helen)
    client.post(page_of(case, "review"), {"reasons": "A new building."})
    client.force_login(cast.priya)
    assert "A new building." in client.get(page_of(case, "review-refuse")).content.decode()
    client.post(page_of(case, "review-refuse"), {"reasons": "Not before spring."})
    assert "Not before spring." in text(client, cast.helen, page_of(case))


def test_a_second_click_reminds_no_second_time(client: Client, cast: Cast) -> None:
    case = steps.with_school(cast)
    client.force_login(cast.sadia)
    for _ in range(2):
        client.post(page_of(case, "remind"), {"reminders": "0"})
    assert fresh(case).reminders == 1


# --- what is held -------------------------------------------------------------------


def test_U4_head_reads_and_takes_along_what_is_held(client: Client, cast: Cast) -> None:
    case = steps.agreed(cast)
    urn = case.school_id
    page = text(client, cast.helen, reverse("allocations:held", args=[urn]))
    assert "band B" in page
    answer = client.get(reverse("allocations:held-download", args=[urn]))
    assert answer.json()["allocations"][0]["band"] == "B"
    assert client.get(reverse("allocations:held", args=[900002])).status_code == 404
    text(client, cast.sam, reverse("allocations:held", args=[urn]), 403)


def test_U4_what_is_held_tells_nothing_before_release(client: Client, cast: Cast) -> None:
    case = steps.in_moderation(cast)
    for name in ("held", "held-download"):
        page = text(client, cast.helen, reverse(f"allocations:{name}", args=[case.school_id]))
        assert "oderation" not in page
        assert WHY not in page


# --- another framework ----------------------------------------------------------------


@pytest.fixture
def northmoor(settings: Settings) -> None:
    settings.AUTHORITY = "northmoor"


def test_F1_the_case_speaks_the_words_of_another_framework(
    northmoor: None, client: Client, cast: Cast
) -> None:
    """Northmoor informs its schools, and calls nothing a band."""
    case = steps.in_moderation(cast, band="3")
    assert WHY not in text(client, cast.helen, page_of(case))
    client.force_login(cast.priya)
    client.post(page_of(case, "step", "inform"), {"version": case.version})
    page = text(client, cast.helen, page_of(case))
    assert "Priority 3, in force" in page
    assert "Achievement Officer" in page
    assert "School Improvement Partner" not in page
    assert re.search(r"\bbands?\b", _words(page), re.IGNORECASE) is None


def _words(page: str) -> str:
    return re.sub(r"<[^>]*>", " ", page)
