"""The pages on which what is owed is met, extended and opened again, and the step of a category."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plimsoll.documents.models import Document
from plimsoll.intervention.clocks.meeting import meet
from plimsoll.intervention.clocks.workflow import OFFERED
from plimsoll.intervention.models import Case, Obligation
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.intervention.steps import WHY, take
from tests.markup import StrictClient


def address(owed: Obligation, name: str) -> str:
    return reverse("intervention:owed", args=[owed.pk, name])


def day(name: str, on: date) -> dict[str, str]:
    return {
        f"{name}_day": str(on.day),
        f"{name}_month": str(on.month),
        f"{name}_year": str(on.year),
    }


@pytest.fixture
def case(cast: Cast) -> Case:
    """Harbour View has had a formal notice, and a category since."""
    return take(steps.formal(cast), "category", cast.declan)


def test_I9_s15_the_statement_is_recorded_as_sent_with_who_and_when_and_its_document(
    cast: Cast, client: StrictClient, case: Case
) -> None:
    statement = case.obligations.get(kind="statement-of-action")
    client.force_login(cast.priya)
    with time_machine.travel(NOW, tick=False):
        words = client.get(address(statement, "meet")).content.decode()
        assert "Day on which it was sent" in words
        assert "Appropriate appointing authority" in words
        sent = day("on", TODAY) | {"version": statement.version, "note": "Priya, by e-mail"}
        paper = SimpleUploadedFile("statement.csv", b"what,by\nreview,1\n")
        answer = client.post(address(statement, "meet"), sent | {"file": paper}, follow=True)
        words = " ".join(answer.content.decode().split())
    assert "Done: Record that it was sent." in words
    assert "5 October 2026, recorded by Priya Nair" in words
    assert "statement.csv" in words
    statement.refresh_from_db()
    assert (statement.state, statement.met_on, statement.note) == (
        "met", TODAY, "Priya, by e-mail",
    )  # fmt: skip


@pytest.mark.parametrize("missing", ["on_day", "note"])
def test_I9_s15_nothing_is_recorded_without_who_and_when(
    cast: Cast, client: StrictClient, case: Case, missing: str
) -> None:
    statement = case.obligations.get(kind="statement-of-action")
    client.force_login(cast.priya)
    sent = day("on", TODAY) | {"version": statement.version, "note": "Priya", missing: ""}
    assert client.post(address(statement, "meet"), sent).status_code == 200
    statement.refresh_from_db()
    assert statement.state == "open"


def test_I9_s15_a_file_that_is_refused_says_so_and_records_nothing(
    cast: Cast, client: StrictClient, case: Case
) -> None:
    statement = case.obligations.get(kind="statement-of-action")
    client.force_login(cast.priya)
    sent = day("on", TODAY) | {"version": statement.version, "note": "Priya"}
    bad = SimpleUploadedFile("statement.exe", b"MZ\x90\x00")
    assert client.post(address(statement, "meet"), sent | {"file": bad}).status_code == 200
    statement.refresh_from_db()
    assert statement.state == "open"
    assert not Document.objects.about(statement).exists()


def test_I9_s15_the_page_of_another_day_says_that_the_law_sets_it(
    cast: Cast, client: StrictClient, case: Case
) -> None:
    statement = case.obligations.get(kind="statement-of-action")
    client.force_login(cast.priya)
    words = client.get(address(statement, "extend")).content.decode()
    assert "Education Act 2005 section 15; SI 2005/2038 regulation 7" in words
    assert '<form method="post" novalidate' not in words
    case_page = client.get(reverse("intervention:case", args=[case.pk])).content.decode()
    assert address(statement, "extend") not in case_page
    assert address(statement, "meet") in case_page


def test_I8_another_day_is_set_by_its_form_once(
    cast: Cast, client: StrictClient, case: Case
) -> None:
    plan = case.obligations.get(kind="action-plan")
    client.force_login(cast.priya)
    with time_machine.travel(NOW, tick=False):
        sent = day("due", date(2026, 11, 9)) | {"version": plan.version, "why": WHY}
        assert client.post(address(plan, "extend"), sent | {"why": " "}).status_code == 200
        early = sent | day("due", date(2026, 10, 23))
        assert (
            b"must be 26 October 2026 or later"
            in client.post(address(plan, "extend"), early).content
        )
        assert client.post(address(plan, "extend"), sent).status_code == 302
        again = client.post(address(plan, "extend"), sent)
    assert b"Somebody else changed this since you opened it" in again.content
    assert plan.extensions.count() == 1


def test_I9_s15_what_was_sent_is_opened_again_and_a_second_click_is_led_back(
    cast: Cast, client: StrictClient, case: Case
) -> None:
    statement = case.obligations.get(kind="statement-of-action")
    meet(obligation=statement, on=TODAY, note="By hand", by=cast.priya, at=NOW)
    statement.refresh_from_db()
    client.force_login(cast.priya)
    sent = {"version": statement.version, "why": WHY}
    assert client.post(address(statement, "reopen"), sent).status_code == 302
    answer = client.post(address(statement, "reopen"), sent, follow=True)
    assert "the state is “Open”" in answer.content.decode()


def test_U2_what_a_reader_may_not_do_is_neither_offered_nor_reached(
    cast: Cast, client: StrictClient, case: Case
) -> None:
    """Sadia keeps the case and does not judge the plan, which its own steps meet; Pat reads."""
    plan = case.obligations.get(kind="action-plan")
    statement = case.obligations.get(kind="statement-of-action")
    keeps = address(statement, "meet")
    offered = {
        "sadia": {keeps},
        "priya": {keeps, address(plan, "extend")},
        "declan": {keeps},
        "pat": set(),
    }
    both = [address(each, name) for each in (plan, statement) for name in OFFERED]
    for who, there in offered.items():
        client.force_login(cast.everyone[who])
        words = client.get(reverse("intervention:case", args=[case.pk])).content.decode()
        assert {each for each in both if each in words} == there, who
        reached = client.get(address(plan, "extend")).status_code
        assert reached == (200 if who == "priya" else 403), who
    client.force_login(cast.priya)
    for name in ("hand_in", "end_ended", "nothing"):
        assert client.get(address(statement, name)).status_code == 404
    client.force_login(cast.helen)
    assert client.get(keeps).status_code == 403


def test_I8_nothing_is_offered_in_a_closed_case(
    cast: Cast, client: StrictClient, case: Case
) -> None:
    statement = case.obligations.get(kind="statement-of-action")
    meet(obligation=statement, on=TODAY, note="By hand", by=cast.priya, at=NOW)
    take(case, "school-closed", cast.priya)
    statement.refresh_from_db()
    client.force_login(cast.priya)
    words = client.get(reverse("intervention:case", args=[case.pk])).content.decode()
    assert "Ended with its case" in words
    assert "/owed/" not in words
    closed = client.get(address(statement, "reopen")).content.decode()
    assert "The case was closed on 5 October 2026" in closed


# --- the step of a category --------------------------------------------------------------------


def test_I9_s15_the_step_of_a_category_asks_when_the_report_was_received(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.told(cast)
    step = reverse("intervention:step", args=[case.pk, "category"])
    client.force_login(cast.declan)
    with time_machine.travel(NOW, tick=False):
        assert "Day on which the inspection report was received" in (
            client.get(step).content.decode()
        )
        sent = day("on", TODAY) | {"version": case.version, "reasons": WHY}
        assert client.post(step, sent).status_code == 200
        assert not case.obligations.exists()
        sent |= day("since", date(2026, 10, 1))
        assert client.post(step, sent).status_code == 302
    assert case.obligations.get().due == date(2026, 10, 15)


def test_I8_the_step_that_ends_a_case_says_what_ends_with_it(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.formal(cast)
    client.force_login(cast.priya)
    words = client.get(reverse("intervention:step", args=[case.pk, "school-closed"]))
    told = "What is still owed ends with it: Action plan of the governing body, due 26 October 2026"
    assert told in words.content.decode()
