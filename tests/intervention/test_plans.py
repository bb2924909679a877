"""The governing body's plan: sent, received, accepted, returned, late (I8)."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from plimsoll.core.models import Event, Message
from plimsoll.core.workflow import Refused, Stale
from plimsoll.documents.models import Document
from plimsoll.documents.refusals import Refused as FileRefused
from plimsoll.framework.editions import edition
from plimsoll.intervention.cases.shown import shown
from plimsoll.intervention.models import (
    Case,
    GoverningBodyPlan,
    Obligation,
    PlanJudgement,
    PlanVersion,
)
from plimsoll.intervention.plans import handing_in, saving, taking
from plimsoll.intervention.plans.matters import matters
from plimsoll.intervention.plans.standing import came
from plimsoll.people.models import User
from plimsoll.schools.calendar import calendar_of
from tests.cast import NOW, TODAY, Cast
from tests.intervention import planning, steps
from tests.intervention.planning import go, owed, sent, written
from tests.intervention.steps import DAY, WHY, approved, discussed, found, on, opened, take

# 15 working days after Monday 5 October 2026, the day of the formal notice.
DUE = date(2026, 10, 26)
POINTS = "Say who reads the minutes."


def paper(name: str = "plan.txt", body: bytes = b"We shall do it.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


def handed_in(obligation: Obligation, by: User, *, day: date = TODAY) -> GoverningBodyPlan:
    return handing_in.send_file(obligation=obligation, file=paper(), by=by, at=on(day))


def by_post(
    obligation: Obligation, by: User, *, day: date, told: date, how: str = "post"
) -> GoverningBodyPlan:
    return handing_in.receive(
        obligation=obligation, file=paper(), on=day, how=how, by=by, at=on(told)
    )


def again(obligation: Obligation) -> Obligation:
    return planning.of(Case.objects.get(pk=obligation.case_id))


def how_late(version: PlanVersion) -> str:
    obligation = version.plan.obligation
    return came(version, obligation.basis, calendar_of(obligation.case.school, years=(2026,)))


# --- what it answers -------------------------------------------------------------------------


def test_I8_the_plan_answers_the_notice_point_by_point(cast: Cast) -> None:
    assert matters(owed(cast)) == [
        "Commission a review of governance.",
        "Report to the authority each month.",
    ]


def test_I8_a_notice_without_a_list_is_answered_paragraph_by_paragraph(cast: Cast) -> None:
    obligation = planning.of(steps.formal(cast))
    assert obligation.notice is not None
    assert matters(obligation) == [WHY]
    obligation.notice.texts["action"] = "Do this.\nAnd do it soon.\n\nDo that."
    assert matters(obligation) == ["Do this. And do it soon.", "Do that."]


def test_I8_at_northmoor_the_plan_follows_the_pre_formal_notice(cast: Cast) -> None:
    case = opened(cast)
    case.edition = "northmoor/2026-27"
    case.save()
    found(case, "evidence-of-concern", cast.priya)
    found(case, "evidence-of-inability", cast.priya)
    approved(case, "letter-of-concern")
    case = take(case, "letter-of-concern", cast.dorothy)
    discussed(case, cast.dorothy)
    case = take(case, "discussion", cast.dorothy)
    approved(case, "pre-formal", texts={
        part.id: planning.ACTION if part.id == "action" else WHY
        for part in case.policy.notice("pre-formal").parts
    })  # fmt: skip
    obligation = planning.of(take(case, "pre-formal", cast.declan))
    assert (obligation.label, obligation.due) == ("Plan of the governing body", DUE)
    plan = saving.save(obligation=obligation, typed=planning.whole(), by=cast.chloe, at=on(TODAY))
    plan = go(plan, "send", cast.chloe, day=DUE)
    assert plan.versions.get().content["matters"][0]["text"] == planning.MATTERS[0]
    assert again(obligation).met_on == DUE


@pytest.mark.parametrize(
    "policy", ["liverpool/2026-27", "northmoor/2026-27", "harbourside/2026-27"]
)
def test_I8_policy_says_what_the_form_asks_and_no_email_says_what_it_is(policy: str) -> None:
    rules = edition(policy).concern.plan
    assert [ask.id for ask in rules.questions] == ["oversight", "help"]
    for key in ("plan-received", "plan-answered"):
        for text in edition(policy).messages[key].texts:
            assert "plan" not in text.lower()
            assert "notice" not in text.lower()


# --- sent and received -----------------------------------------------------------------------


@pytest.mark.parametrize("who", ["helen", "chloe"])
def test_I8_sent_it_is_received_and_the_obligation_is_met(cast: Cast, who: str) -> None:
    person = cast.everyone[who]
    plan = go(written(cast), "send", person, day=TODAY + 4 * DAY)
    obligation = again(plan.obligation)
    assert (plan.state, plan.received_on) == ("sent", date(2026, 10, 9))
    assert (obligation.state, obligation.met_on, obligation.met_by) == (
        "met", date(2026, 10, 9), person.name,
    )  # fmt: skip
    version = plan.versions.get()
    assert (version.number, version.how, version.due) == (1, "written", DUE)
    assert how_late(version) == "11 working days early"
    assert version.content["answers"][0]["text"] == "The chair reads it each month."


def test_I8_what_was_sent_is_a_tagged_pdf_and_never_changes(cast: Cast) -> None:
    plan = sent(cast)
    version = plan.versions.get()
    kept = Document.objects.about(plan)
    assert sorted(kept.values_list("media_type", flat=True)) == sorted([
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ])  # fmt: skip
    body = bytes(version.document.body)
    assert body.startswith(b"%PDF")
    assert b"/StructTreeRoot" in body
    assert (version.document.permission, version.document.urn) == ("concern.told", 900001)
    for rows in (PlanVersion.objects.filter(pk=version.pk),):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(number=2)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    go(plan, "send_back", cast.priya, day=TODAY + 2 * DAY, points=POINTS)
    saving.save(
        obligation=again(plan.obligation),
        typed=saving.Typed(new=(planning.said(0, what="More."),)),
        by=cast.helen,
        at=on(TODAY + 3 * DAY),
    )
    version.refresh_from_db()
    assert [each["what"] for each in version.content["matters"][0]["actions"]] == [
        "Do what matter 1 wants.",
    ]  # fmt: skip


def test_I8_one_day_late_is_one_working_day_late(cast: Cast) -> None:
    """Tuesday 27 October: the plan was due on the Monday."""
    plan = sent(cast, day=date(2026, 10, 27))
    version = plan.versions.get()
    assert version.received_on > version.due
    assert how_late(version) == "1 working day late"
    assert again(plan.obligation).met_on == date(2026, 10, 27)


def test_I8_on_its_last_day_it_is_neither_early_nor_late(cast: Cast) -> None:
    assert how_late(sent(cast, day=DUE).versions.get()) == "on the day"


def test_I8_late_by_a_weekend_is_said_in_calendar_days(cast: Cast) -> None:
    """Due on Friday 9 October, received on Sunday 11 October: no working day lies between."""
    obligation = owed(cast)
    Obligation.objects.filter(pk=obligation.pk).update(due=date(2026, 10, 9))
    plan = handed_in(again(obligation), cast.helen, day=date(2026, 10, 11))
    assert how_late(plan.versions.get()) == "2 days late"


def test_I8_what_is_not_whole_is_not_sent(cast: Cast) -> None:
    obligation = owed(cast)
    typed = saving.Typed(new=(planning.said(0, who=""),))
    plan = saving.save(obligation=obligation, typed=typed, by=cast.helen, at=NOW)
    with pytest.raises(Refused, match="Matter 1: say who does it, and more"):
        go(plan, "send", cast.helen)
    assert not plan.versions.exists()
    assert again(obligation).met_on is None


def test_I8_the_school_sends_a_file_as_its_plan(cast: Cast) -> None:
    obligation = owed(cast)
    plan = handed_in(obligation, cast.chloe, day=TODAY + DAY)
    version = plan.versions.get()
    assert (version.how, version.content, bytes(version.document.body)) == (
        "file", {}, b"We shall do it.",
    )  # fmt: skip
    assert again(obligation).met_on == TODAY + DAY


@pytest.mark.parametrize("who", ["sadia", "priya", "dorothy", "declan"])
def test_I8_a_plan_that_came_by_post_counts_from_the_day_it_came(cast: Cast, who: str) -> None:
    obligation = owed(cast)
    plan = by_post(obligation, cast.everyone[who], day=DUE, told=DUE + 3 * DAY)
    version = plan.versions.get()
    assert (version.how, version.received_on, version.recorded_by) == (
        "post", DUE, cast.everyone[who].name,
    )  # fmt: skip
    assert again(obligation).met_on == DUE


def test_I8_no_day_is_out_of_order(cast: Cast) -> None:
    obligation = owed(cast)
    for day, told, why in (
        (TODAY - DAY, TODAY, "asked for on 5 October 2026 only"),
        (TODAY + 2 * DAY, TODAY + DAY, "lies ahead"),
    ):
        with pytest.raises(Refused, match=why):
            by_post(obligation, cast.priya, day=day, told=told)
    plan = by_post(obligation, cast.priya, day=TODAY + DAY, told=TODAY + DAY)
    go(plan, "send_back", cast.priya, day=TODAY + 5 * DAY, points=POINTS)
    with pytest.raises(Refused, match="returned on 10 October 2026 only"):
        by_post(again(obligation), cast.priya, day=TODAY + 3 * DAY, told=TODAY + 6 * DAY)
    assert Document.objects.about(plan).count() == 1


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("plan.exe", b"MZ\x90\x00"),
        ("plan.pdf", b"no PDF at all"),
        ("plan.pdf", b""),
        ("plan.svg", b"<svg onload='alert(1)'/>"),
    ],
)
def test_I8_a_file_that_is_no_plan_is_refused_and_nothing_is_received(
    cast: Cast, name: str, body: bytes
) -> None:
    obligation = owed(cast)
    with pytest.raises(FileRefused):
        handing_in.send_file(obligation=obligation, file=paper(name, body), by=cast.helen, at=NOW)
    assert not GoverningBodyPlan.objects.exists()
    assert again(obligation).met_on is None


# --- who may ---------------------------------------------------------------------------------

OUTSIDE = ("nobody", "ada", "dan", "olu", "lena", "henry", "sam", "pat")


@pytest.mark.parametrize("who", [*OUTSIDE, "paul", "sadia", "priya", "dorothy", "declan"])
def test_I8_S7_only_head_and_chair_write_and_send(cast: Cast, who: str) -> None:
    plan, person = written(cast), cast.everyone[who]
    with pytest.raises(Refused):
        go(plan, "send", person)
    with pytest.raises(Refused):
        handed_in(plan.obligation, person)
    with pytest.raises(Refused):
        saving.save(obligation=plan.obligation, typed=planning.whole(), by=person, at=NOW)


@pytest.mark.parametrize("who", [*OUTSIDE, "helen", "chloe", "sadia", "declan"])
def test_I8_S7_only_judges_accept_or_return(cast: Cast, who: str) -> None:
    plan = sent(cast)
    for step, data in (("accept", {}), ("send_back", {"points": POINTS})):
        with pytest.raises(Refused):
            go(plan, step, cast.everyone[who], day=TODAY + DAY, **data)


@pytest.mark.parametrize("who", [*OUTSIDE, "helen", "chloe"])
def test_I8_only_whoever_keeps_the_case_records_what_came_by_post(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        by_post(owed(cast), cast.everyone[who], day=TODAY, told=TODAY)


# --- accepted or returned --------------------------------------------------------------------


@pytest.mark.parametrize("who", ["priya", "dorothy"])
def test_I8_accepted_it_stays_met(cast: Cast, who: str) -> None:
    plan = go(sent(cast), "accept", cast.everyone[who], day=TODAY + 2 * DAY, words="Thank you.")
    assert (plan.state, plan.accepted_on) == ("accepted", date(2026, 10, 7))
    judgement = PlanJudgement.objects.get()
    assert (judgement.accepted, judgement.text, judgement.version.number) == (True, "Thank you.", 1)
    assert again(plan.obligation).state == "met"
    for step in ("send", "send_back", "accept"):
        with pytest.raises(Refused, match="not possible now"):
            go(plan, step, cast.helen if step == "send" else cast.priya, day=TODAY + 3 * DAY,
               **({"points": POINTS} if step == "send_back" else {}))  # fmt: skip


def test_I8_returned_it_is_owed_again_by_the_same_day(cast: Cast) -> None:
    plan = go(sent(cast), "send_back", cast.priya, day=TODAY + 2 * DAY, points=POINTS)
    obligation = again(plan.obligation)
    assert (plan.state, plan.received_on) == ("returned", None)
    assert (obligation.state, obligation.met_on, obligation.due) == ("open", None, DUE)
    assert not obligation.extensions.exists()


def test_I8_returned_it_may_be_owed_by_another_day_with_the_reason(cast: Cast) -> None:
    plan, day = sent(cast), date(2026, 11, 6)
    plan = go(
        plan, "send_back", cast.priya, day=TODAY + 2 * DAY, points=POINTS, due=day, why="Half term",
    )  # fmt: skip
    obligation = again(plan.obligation)
    assert (obligation.due, obligation.first_due) == (day, DUE)
    extension = obligation.extensions.get()
    assert (extension.due, extension.why, extension.made_by) == (day, "Half term", "Priya Nair")
    assert PlanJudgement.objects.get().due == day
    plan = go(plan, "send", cast.helen, day=date(2026, 10, 28))
    assert how_late(plan.versions.latest("number")) == "7 working days early"


def test_I8_another_day_needs_its_reason_and_points_are_needed(cast: Cast) -> None:
    plan = sent(cast)
    with pytest.raises(Refused):
        go(plan, "send_back", cast.priya, points=POINTS, due=date(2026, 11, 6), day=TODAY + DAY)
    with pytest.raises(Refused, match="needs the points"):
        go(plan, "send_back", cast.priya, points="  ", day=TODAY + DAY)
    plan.refresh_from_db()
    assert (plan.state, PlanJudgement.objects.count()) == ("sent", 0)


def test_I8_each_version_stays_with_the_points_made_to_it(cast: Cast) -> None:
    plan = go(sent(cast), "send_back", cast.priya, day=TODAY + 2 * DAY, points=POINTS)
    plan = handed_in(again(plan.obligation), cast.chloe, day=TODAY + 3 * DAY)
    plan = go(plan, "send_back", cast.dorothy, day=TODAY + 4 * DAY, points="Still not said.")
    plan = by_post(
        again(plan.obligation), cast.sadia, day=TODAY + 5 * DAY, told=TODAY + 5 * DAY, how="hand"
    )
    plan = go(plan, "accept", cast.dorothy, day=TODAY + 6 * DAY)
    kept = [
        (each.number, each.how, each.judgement.text, each.judgement.accepted)
        for each in plan.versions.order_by("number")
    ]
    assert kept == [
        (1, "written", POINTS, False),
        (2, "file", "Still not said.", False),
        (3, "hand", "", True),
    ]


def test_I8_a_second_click_and_a_stale_page_send_nothing_twice(cast: Cast) -> None:
    plan = written(cast)
    seen = plan.version
    go(plan, "send", cast.helen, version=seen)
    with pytest.raises(Stale):
        go(plan, "send", cast.helen, version=seen)
    with pytest.raises(Refused, match="Received, not judged yet"):
        go(plan, "send", cast.chloe)
    with pytest.raises(Refused, match="Received, not judged yet"):
        handed_in(again(plan.obligation), cast.chloe)
    assert plan.versions.count() == 1
    assert Event.objects.filter(verb="governors-plan.send").count() == 1


def test_I8_who_sends_at_once_with_a_save_waits_for_the_case_and_holds_no_plan(
    transactional_db: None, cast: Cast
) -> None:
    """Otherwise each would wait for what the other holds, and one of them would be turned away."""
    plan = written(cast)

    def send() -> str:
        try:
            return taking.take(
                plan=plan, name="send", by=cast.chloe, at=NOW, version=plan.version
            ).state
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Case.objects.select_for_update().get()
            sending = pool.submit(send)
            wait([sending], timeout=2)
            assert GoverningBodyPlan.objects.select_for_update(nowait=True).get() == plan
        assert sending.result(timeout=30) == "sent"


def test_I8_a_plan_is_neither_sent_nor_judged_in_a_closed_case(cast: Cast) -> None:
    plan = sent(cast)
    case = Case.objects.get(pk=plan.obligation.case_id)
    take(case, "school-closed", cast.priya, day=TODAY + DAY)
    with pytest.raises(Refused, match="closed on 6 October 2026"):
        taking.take(plan=plan, name="accept", by=cast.dorothy, at=NOW, version=plan.version)


def test_I8_with_its_case_the_plan_is_owed_no_more(cast: Cast) -> None:
    plan = written(cast)
    case = Case.objects.get(pk=plan.obligation.case_id)
    take(case, "school-closed", cast.priya, day=TODAY + DAY)
    with pytest.raises(Refused, match="closed on 6 October 2026"):
        go(plan, "send", cast.helen, day=TODAY + DAY)
    with pytest.raises(Refused, match="closed on 6 October 2026"):
        by_post(again(plan.obligation), cast.priya, day=TODAY + DAY, told=TODAY + DAY)


def test_I8_a_plan_of_a_superseded_notice_is_not_owed_again(cast: Cast) -> None:
    plan = sent(cast)
    case = Case.objects.get(pk=plan.obligation.case_id)
    take(case, "superseded", cast.declan, day=TODAY + 2 * DAY)
    with pytest.raises(Refused, match="ended on 7 October 2026"):
        go(plan, "send_back", cast.priya, day=TODAY + 3 * DAY, points=POINTS)
    assert go(plan, "accept", cast.priya, day=TODAY + 3 * DAY).state == "accepted"


# --- what rests on it ------------------------------------------------------------------------


def test_I8_the_fact_of_a_plan_is_shown_while_one_is_received_and_not_returned(cast: Cast) -> None:
    plan = written(cast)
    case = Case.objects.get(pk=plan.obligation.case_id)
    assert "plan-received" not in shown(case)
    plan = go(plan, "send", cast.helen, day=TODAY + DAY)
    assert shown(case)["plan-received"].on == date(2026, 10, 6)
    plan = go(plan, "send_back", cast.priya, day=TODAY + 2 * DAY, points=POINTS)
    assert "plan-received" not in shown(case)
    plan = go(plan, "send", cast.helen, day=TODAY + 3 * DAY)
    assert shown(case)["plan-received"].on == date(2026, 10, 8)
    go(plan, "accept", cast.priya, day=TODAY + 4 * DAY)
    assert shown(case)["plan-received"].on == date(2026, 10, 8)


def test_I8_the_keepers_hear_of_it_and_then_the_school_and_no_more_than_that(cast: Cast) -> None:
    plan = written(cast)
    Message.objects.all().delete()
    plan = go(plan, "send", cast.helen, day=TODAY + DAY)
    assert told() == {"sadia@example.org", "priya@example.org"}
    go(plan, "send_back", cast.priya, day=TODAY + 2 * DAY, points=POINTS)
    assert told() == {"helen@example.org", "chloe@example.org"}


def told() -> set[str]:
    """Who was written to since the last look; no e-mail says what it is about."""
    messages = list(Message.objects.all())
    for message in messages:
        for secret in ("plan", "notice", "concern", POINTS):
            assert secret not in message.subject
            assert secret not in message.body, message.body  # nor in the address that it names
    found = {message.to for message in messages}
    Message.objects.all().delete()
    return found


def test_I8_S7_what_happened_is_known_to_both_sides_and_the_writing_to_the_school(
    cast: Cast,
) -> None:
    go(sent(cast), "accept", cast.priya, day=TODAY + 2 * DAY)
    events = Event.objects.filter(verb__startswith="governors-plan.")
    assert dict(events.values_list("verb", "permission")) == {
        "governors-plan.saved": "concern.plan",
        "governors-plan.send": "concern.told",
        "governors-plan.accept": "concern.told",
    }
    assert set(events.values_list("urn", flat=True)) == {900001}
