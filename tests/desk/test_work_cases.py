"""My work with cases, notices and letters: what waits for whom, and what nobody else learns
(I1, I2, I4, S7)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plimsoll.desk import waiting
from plimsoll.intervention.cases.keeping import note_reading
from plimsoll.intervention.notices import deliveries
from plimsoll.intervention.notices.deliveries import Service
from plimsoll.intervention.notices.workflow import NOTICE
from plimsoll.people.models import User
from plimsoll.schools.models import Assignment
from tests.cast import NOW, TODAY, Cast, give, make_person, make_school
from tests.intervention import steps
from tests.intervention.drafts import begun, go, lawyer, sent, written
from tests.intervention.steps import DAY, WHY, on
from tests.markup import StrictClient

FORMAL = "Formal warning notice (performance standards and safety)"
OUTSIDERS = ("henry", "sam", "olu", "ada", "dan", "lena", "nobody", "paul")


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def waits(user: User, day: date = TODAY) -> list[str]:
    """What waits of cases, at Harbour View unless it is said where."""
    return [
        item.what if item.school == "Harbour View Primary School" else f"{item.school}: {item.what}"
        for item in waiting.items(user, on(day))
    ]


def hrefs(user: User) -> list[str]:
    return [item.href for item in waiting.items(user, NOW)]


def test_I1_an_open_case_waits_for_whoever_tells_head_and_chair(cast: Cast) -> None:
    case = steps.opened(cast)
    assert waits(cast.priya) == ["A case is open: set out concerns and intentions"]
    assert hrefs(cast.priya) == [f"/concern/{case.pk}/notices/add/concerns/"]
    for who in ("dorothy", "declan", "sadia", "helen", "chloe", *OUTSIDERS):
        assert waits(cast.everyone[who]) == [], who


def test_I1_a_draft_waits_for_its_drafter_then_its_signatory_then_to_be_given(cast: Cast) -> None:
    case = steps.opened(cast)
    letter = "Letter of concerns and intentions"
    notice = begun(case, "concerns", "leadership", by=cast.dorothy)
    assert waits(cast.dorothy) == [f"{letter}: go on with the draft"]
    assert waits(cast.priya) == []
    notice = go(written(notice, cast.dorothy), "send", cast.dorothy)
    assert waits(cast.priya) == [f"{letter}: approve it, or return it with points"]
    assert waits(cast.dorothy) == waits(cast.declan) == []
    notice = go(notice, "send_back", cast.priya, points="Name the year groups.")
    assert waits(cast.dorothy) == [f"{letter}: it came back with points"]
    go(go(notice, "send", cast.dorothy), "approve", cast.priya)
    assert waits(cast.priya) == [f"{letter} is approved: give it"]
    assert hrefs(cast.priya) == [f"/concern/{case.pk}/steps/concerns/"]
    assert waits(cast.paul) == []


def test_I2_the_discussion_waits_for_the_director_then_its_step(cast: Cast) -> None:
    case = steps.told(cast)
    assert "The discussion is to be held, or its refusal put on record" in waits(cast.dorothy)
    steps.discussed(case, cast.dorothy)
    assert waits(cast.dorothy) == [
        "Director's discussion with head and chair: all it needs is on record"
    ]
    steps.take(case, "discussion", cast.dorothy)
    assert waits(cast.dorothy) == waits(cast.declan) == []


def test_I2_a_discussion_that_is_owed_says_since_when(cast: Cast) -> None:
    case = steps.told(cast, "safety")
    for fact in ("urgent-reasons", "legal-advice", "evidence-of-concern"):
        steps.found(case, fact, cast.declan)
    steps.approved(case, "pre-formal")
    steps.take(case, "pre-formal-urgent", cast.declan)
    owed = "The discussion is owed since the urgent step of 5 October 2026"
    assert waits(cast.dorothy) == [owed]
    steps.discussed(case, cast.dorothy)
    assert waits(cast.dorothy) == []


def test_I3_what_a_drafted_notice_still_needs_is_asked_of_whoever_finds_it(cast: Cast) -> None:
    """Evidence of whoever keeps the case; legal advice of whoever takes the step."""
    case = steps.warned(cast)
    assert not [each for each in waits(cast.priya) if "not on record" in each]
    notice = begun(case, "formal", "s60-breakdown", by=cast.declan)
    asked = [each for each in waits(cast.priya) if "not on record" in each]
    assert asked == [
        f"{FORMAL} is being prepared: “{fact}” is not on record yet"
        for fact in (
            "Evidence that improvement is not secured",
            "A statutory ground, with its evidence",
        )
    ]
    assert [each for each in waits(cast.declan) if "not on record" in each] == [
        f"{FORMAL} is being prepared: “Legal advice” is not on record yet"
    ]
    go(notice, "drop", cast.declan, reasons="Not now.")
    assert not [each for each in waits(cast.declan) if "not on record" in each]


def test_I4_a_notice_in_review_waits_for_its_named_reviewer_alone(cast: Cast) -> None:
    lara, other = lawyer(), make_person("Otto Blum")
    give(other, "officer", service="legal")
    notice = sent(cast, lara)
    assert waits(lara) == [f"{FORMAL}: review it in law"]
    assert hrefs(lara) == [f"/concern/notices/{notice.pk}/"]
    assert waits(other) == []
    go(notice, "find_sound", lara, review=WHY)
    assert waits(lara) == []
    found = f"{FORMAL}: approve it, or return it with points"
    assert found in waits(cast.declan)
    assert found not in waits(cast.dorothy)
    assert found not in waits(cast.priya)


def test_I4_what_has_not_reached_everybody_waits_for_whoever_keeps_the_case(cast: Cast) -> None:
    notice = steps.formal(cast).notices.get(kind="formal")
    rows = deliveries.of(notice)
    assert len(rows) == 6
    assert f"{FORMAL}, recipients: 6 not served yet" in waits(cast.priya)
    back: dict[str, Any] = {"sent_on": TODAY, "bounced_on": TODAY, "bounced_why": "Moved"}
    here = {"sent_on": TODAY, "given_on": TODAY, "evidence": "A signature"}
    for row, more in ((rows[0], back), (rows[1], here)):
        service = Service(method="post", **more)
        deliveries.record(delivery=row, service=service, version=1, by=cast.priya, at=NOW)
    found = f"{FORMAL}, recipients: 4 not served yet, 1 came back"
    assert found in waits(cast.priya)
    for who in ("declan", "sadia", "helen", *OUTSIDERS):
        assert found not in waits(cast.everyone[who]), who


def test_I1_a_review_waits_on_its_day_and_comes_soon_before(cast: Cast) -> None:
    case = steps.opened(cast)
    text = "Review the case, and set the next review"
    assert text not in waits(cast.priya, case.review_on - DAY)
    assert text in waits(cast.priya, case.review_on)
    soon = waiting.next_due(cast.priya, TODAY)
    assert [(item.what, item.due) for item in soon] == [(text, case.review_on)]
    assert waiting.next_due(cast.paul, TODAY) == []


def test_I1_a_review_late_by_friday_stands_beside_the_reports(cast: Cast) -> None:
    """Policy wants a case of 5 October reviewed by Tuesday 24 November."""
    case = steps.opened(cast)
    text = "Review the case, and set the next review"
    friday_before = case.review_on - DAY * (case.review_on.weekday() + 3)
    assert waiting.late_by_friday(cast.priya, friday_before) == []
    monday = case.review_on - DAY * case.review_on.weekday()
    assert [item.what for item in waiting.late_by_friday(cast.priya, monday)] == [text]
    assert waiting.late_by_friday(cast.sadia, monday) == []


def test_S7_a_letter_waits_for_head_and_chair_until_each_has_opened_it(cast: Cast) -> None:
    case = steps.opened(cast)
    assert waits(cast.helen) == []
    case = steps.take(_approved(cast, case), "concerns", cast.priya)
    letter = "Letter of concerns and intentions: read it"
    assert waits(cast.helen) == waits(cast.chloe) == [letter]
    assert hrefs(cast.helen) == [f"/concern/{case.pk}/told/"]
    for who in ("sadia", "declan", *OUTSIDERS):
        assert letter not in waits(cast.everyone[who]), who
    note_reading(case=case, by=cast.helen, at=NOW + DAY, permission="concern.told")
    assert waits(cast.helen) == []
    assert waits(cast.chloe) == [letter]


def _approved(cast: Cast, case: object) -> object:
    steps.approved(case, "concerns")
    return case


def test_S7_a_letter_to_a_regulator_alone_is_no_letter_to_read(cast: Cast) -> None:
    case = steps.told(cast, "leadership", school=cast.dock_road)
    note_reading(case=case, by=cast.henry, at=NOW, permission="concern.told")
    assert waits(cast.henry) == []


def test_S7_after_a_handover_nothing_waits_for_the_former_head(cast: Cast) -> None:
    steps.told(cast)
    Assignment.objects.filter(person=cast.helen).update(ends=TODAY - DAY)
    assert waits(User.objects.get(pk=cast.helen.pk)) == []


def test_I4_a_draft_whose_drafter_has_left_waits_for_whoever_keeps_the_case(cast: Cast) -> None:
    notice = begun(steps.opened(cast), "concerns", "leadership", by=cast.dorothy)
    Assignment.objects.filter(person=cast.dorothy).update(ends=TODAY - DAY)
    assert waits(User.objects.get(pk=cast.dorothy.pk)) == []
    assert waits(cast.priya) == [f"{notice.type.label}: go on with the draft"]


def test_I1_what_is_over_waits_for_nobody(cast: Cast) -> None:
    case = steps.talked(cast)
    steps.found(case, "improvement", cast.priya)
    assert "Close: no longer a concern: all it needs is on record" in waits(cast.dorothy)
    steps.take(case, "closed", cast.dorothy)
    assert not [each for each in waits(cast.dorothy) if "recipients" not in each]


@pytest.mark.parametrize(
    ("who", "count"), [("priya", 48), ("dorothy", 33), ("declan", 32), ("sadia", 43), ("helen", 23)]
)
@pytest.mark.parametrize("schools", [1, 9])
def test_my_work_with_cases_costs_a_fixed_number_of_queries(
    cast: Cast, client: StrictClient, schools: int, who: str, count: int
) -> None:
    for number in range(schools):
        more = make_school(900100 + number, f"Pier {number} School", "01", "primary")
        give(cast.sadia, "sip", more)
        case = steps.opened(cast, more)
        NOTICE.take(steps.approved(case, "concerns"), "reopen", by=cast.priya, at=NOW, reasons=WHY)
        steps.approved(case, "concerns")
        steps.take(case, "concerns", cast.priya)
    case = steps.formal(cast)
    begun(case, "formal-ended", by=cast.declan)
    client.force_login(cast.everyone[who])
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) == count, len(queries)
