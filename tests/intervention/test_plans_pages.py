"""The pages of the governing body's plan: who finds it, what each side sees (I8, S7)."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plimsoll.desk.waiting import items
from plimsoll.documents.content import Facts, Heading, Paragraph, Table
from plimsoll.documents.models import Document
from plimsoll.intervention.models import GoverningBodyPlan, Obligation
from plimsoll.intervention.plans import letters, saving
from plimsoll.intervention.plans.content import gathered
from tests.cast import NOW, TODAY, Cast, give
from tests.intervention.planning import go, owed, sent, whole, written
from tests.intervention.steps import DAY, on
from tests.markup import StrictClient

POINTS = "Say who reads the minutes."
QUERIES = 11
OF_THE_SCHOOL = ("helen", "chloe")
OF_THE_SERVICE = ("sadia", "priya", "dorothy", "declan", "pat")
NAMES = ("plan", "plan-write", "plan-check", "plan-file", "plan-receive")


def of(obligation: Obligation, name: str = "plan", *more: str) -> str:
    return reverse(f"intervention:{name}", args=[obligation.pk, *more])


def page(client: StrictClient, cast: Cast, who: str, address: str) -> str:
    client.force_login(cast.everyone[who])
    answer = client.get(address)
    assert answer.status_code == 200, (who, address, answer.status_code)
    return " ".join(answer.content.decode().split())


def returned(cast: Cast) -> GoverningBodyPlan:
    return go(sent(cast), "send_back", cast.priya, day=TODAY + 2 * DAY, points=POINTS)


@pytest.mark.parametrize("who", ["nobody", "ada", "dan", "olu", "lena", "henry", "sam"])
def test_I8_S7_nobody_else_finds_a_plan(cast: Cast, client: StrictClient, who: str) -> None:
    """Henry is the head of another school; Lena works with this one and is no party."""
    plan = sent(cast)
    client.force_login(cast.everyone[who])
    for name in NAMES:
        assert client.get(of(plan.obligation, name)).status_code in (403, 404)
    for paper in Document.objects.about(plan):
        assert client.get(reverse("documents:download", args=[paper.pk])).status_code == 404


def test_I8_S7_the_school_alone_knows_that_it_writes(cast: Cast, client: StrictClient) -> None:
    plan = written(cast)
    for who in OF_THE_SCHOOL:
        words = page(client, cast, who, of(plan.obligation))
        assert "Being written" in words
        assert "Write the plan" in words
    for who in OF_THE_SERVICE:
        words = page(client, cast, who, of(plan.obligation))
        assert "Not received yet" in words
        assert "Being written" not in words
        assert "Do what matter 1 wants." not in words


def test_I8_S7_both_sides_read_every_version_with_its_points(
    cast: Cast, client: StrictClient
) -> None:
    plan = returned(cast)
    paper = SimpleUploadedFile("second.txt", b"Our second plan.")
    client.force_login(cast.chloe)
    assert client.post(of(plan.obligation, "plan-file"), {"file": paper}).status_code == 302
    for who in (*OF_THE_SCHOOL, *OF_THE_SERVICE):
        words = page(client, cast, who, of(plan.obligation))
        assert "Received, not judged yet" in words
        assert "13 working days early" not in words
        assert "14 working days early" in words
        assert POINTS in words
        assert "Do what matter 1 wants." in words
        assert words.count("Read it as") == 3
    for kept in Document.objects.about(plan):
        answer = client.get(reverse("documents:download", args=[kept.pk]))
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_I8_the_judge_accepts_on_a_page(cast: Cast, client: StrictClient) -> None:
    plan = sent(cast)
    address = of(plan.obligation, "plan-judge", "accept")
    assert address in page(client, cast, "priya", of(plan.obligation))
    assert address in page(client, cast, "dorothy", of(plan.obligation))
    assert address not in page(client, cast, "declan", of(plan.obligation))
    client.force_login(cast.priya)
    data = {"version": plan.version, "words": "Thank you."}
    done = client.post(address, data, follow=True).content.decode()
    assert "Accepted" in done
    assert "Thank you." in done
    twice = client.post(address, data, follow=True).content.decode()
    assert "That is not possible now: the state is “Accepted”." in twice


@time_machine.travel(on(TODAY + 3 * DAY), tick=False)
def test_I8_the_judge_returns_it_with_points_and_another_day(
    cast: Cast, client: StrictClient
) -> None:
    plan = sent(cast)
    address = of(plan.obligation, "plan-judge", "send_back")
    client.force_login(cast.dorothy)
    data = {"version": plan.version, "points": POINTS, "why": "",
            "due_day": "6", "due_month": "11", "due_year": "2026"}  # fmt: skip
    refused = client.post(address, data).content.decode()
    assert "Say why there is another day" in refused
    assert POINTS in refused
    stale = client.post(address, data | {"why": "Half term", "version": 1}).content.decode()
    assert "Somebody else changed this since you opened it" in stale
    done = client.post(address, data | {"why": "Half term"}, follow=True).content.decode()
    assert "Owed again by" in done
    plan.obligation.refresh_from_db()
    assert plan.obligation.due == date(2026, 11, 6)
    words = page(client, cast, "helen", of(plan.obligation))
    assert "Returned with points" in words
    assert "at first" in words


def test_I8_a_day_that_cannot_be_is_refused_on_the_page(cast: Cast, client: StrictClient) -> None:
    plan = sent(cast)
    client.force_login(cast.priya)
    data = {"version": plan.version, "points": POINTS, "why": "Half term",
            "due_day": "1", "due_month": "9", "due_year": "2026"}  # fmt: skip
    answer = client.post(of(plan.obligation, "plan-judge", "send_back"), data)
    assert answer.status_code == 200
    plan.refresh_from_db()
    assert plan.received_on is not None


def test_I8_the_keeper_records_a_plan_that_came_by_post(cast: Cast, client: StrictClient) -> None:
    obligation = owed(cast)
    address = of(obligation, "plan-receive")
    assert address in page(client, cast, "sadia", of(obligation))
    assert address not in page(client, cast, "helen", of(obligation))
    client.force_login(cast.sadia)
    data = {"on_day": "5", "on_month": "10", "on_year": "2026", "how": "post"}
    assert b"Choose a file for the plan" in client.post(address, data).content
    bad = SimpleUploadedFile("plan.exe", b"MZ\x90")
    assert client.post(address, data | {"file": bad}).status_code == 200
    assert not GoverningBodyPlan.objects.exists()
    paper = SimpleUploadedFile("plan.txt", b"By post.")
    done = client.post(address, data | {"file": paper}, follow=True).content.decode()
    assert "The plan is on record as received." in done
    assert "By post" in done


def test_I8_a_file_that_is_refused_says_why_beside_the_file(
    cast: Cast, client: StrictClient
) -> None:
    obligation = owed(cast)
    client.force_login(cast.helen)
    bad = SimpleUploadedFile("plan.pdf", b"no PDF at all")
    words = client.post(of(obligation, "plan-file"), {"file": bad}).content.decode()
    assert 'id="id_file-error"' in words or "There is a problem" in words
    assert "plan.pdf" in words
    assert not GoverningBodyPlan.objects.exists()


def test_I8_the_case_shows_its_plan_and_how_late_it_came(cast: Cast, client: StrictClient) -> None:
    plan = sent(cast, day=date(2026, 10, 27))
    case = reverse("intervention:case", args=[plan.obligation.case_id])
    words = page(client, cast, "priya", case)
    assert "1 working day late" in words
    assert of(plan.obligation) in words
    assert of(plan.obligation, "plan-judge", "accept") in words
    assert of(plan.obligation, "plan-judge", "accept") not in page(client, cast, "sadia", case)


@pytest.mark.parametrize("who", OF_THE_SCHOOL)
def test_I8_what_the_school_was_told_leads_to_its_plan(
    cast: Cast, client: StrictClient, who: str
) -> None:
    obligation = owed(cast)
    told = reverse("intervention:told", args=[obligation.case_id])
    words = page(client, cast, who, told)
    assert of(obligation) in words
    assert words.count("Due 26") == 1
    assert "Not begun yet" in words


def test_I8_a_plan_is_not_met_by_hand(cast: Cast, client: StrictClient) -> None:
    obligation = owed(cast)
    case = reverse("intervention:case", args=[obligation.case_id])
    words = page(client, cast, "priya", case)
    for name in ("meet", "reopen"):
        assert of(obligation, "owed", name) not in words
        assert client.get(of(obligation, "owed", name)).status_code == 404
    assert of(obligation, "owed", "extend") in words


# --- my work ---------------------------------------------------------------------------------


def waits_for(cast: Cast, who: str) -> list[str]:
    found = items(cast.everyone[who], on(TODAY + 3 * DAY))
    return [item.what for item in found if item.what.startswith("Action plan")]


def test_I8_my_work_shows_the_plan_to_whom_it_waits_for(cast: Cast) -> None:
    plan = sent(cast)
    judge = ["Action plan of the governing body: read it, and accept or return it"]
    assert {who: waits_for(cast, who) for who in cast.everyone} == {
        who: judge if who == "priya" else [] for who in cast.everyone
    }
    plan = go(plan, "send_back", cast.priya, day=TODAY + 2 * DAY, points=POINTS)
    back = ["Action plan of the governing body: it came back with points"]
    assert {who: waits_for(cast, who) for who in cast.everyone} == {
        who: back if who in OF_THE_SCHOOL else [] for who in cast.everyone
    }


def test_I8_a_plan_is_not_judged_by_the_schools_own_partner(cast: Cast) -> None:
    give(cast.priya, "sip", cast.harbour_view)
    sent(cast)
    assert waits_for(cast, "priya") == []


# --- what it costs ---------------------------------------------------------------------------


def test_I8_the_page_costs_the_same_with_one_version_and_with_many(
    cast: Cast, client: StrictClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = returned(cast)
    client.force_login(cast.declan)
    client.get(of(plan.obligation))
    with django_assert_num_queries(QUERIES):
        client.get(of(plan.obligation))
    for number in range(3, 8):
        plan = go(plan, "send", cast.helen, day=TODAY + number * DAY)
        plan = go(plan, "send_back", cast.priya, day=TODAY + number * DAY, points=POINTS)
    with django_assert_num_queries(QUERIES):
        client.get(of(plan.obligation))


@pytest.mark.parametrize(("who", "name", "count"), [("priya", "case", 31), ("helen", "told", 20)])
def test_I8_a_case_costs_the_same_with_one_plan_and_with_many(
    cast: Cast, client: StrictClient, django_assert_num_queries: DjangoAssertNumQueries,
    who: str, name: str, count: int,
) -> None:  # fmt: skip
    """Those that nobody has begun, and those that wait to be judged."""
    obligation = owed(cast)
    address = reverse(f"intervention:{name}", args=[obligation.case_id])
    page(client, cast, who, address)
    with django_assert_num_queries(count):
        client.get(address)
    for number in range(6):
        obligation.pk = None
        obligation.save()
        if number % 2:
            plan = saving.save(obligation=obligation, typed=whole(), by=cast.helen, at=NOW)
            go(plan, "send", cast.helen, day=TODAY + DAY)
    with django_assert_num_queries(count):
        client.get(address)


def test_I8_the_letter_says_what_is_in_it(cast: Cast) -> None:
    plan = written(cast)
    letter = letters.written(plan.obligation, gathered(plan), 2, by="Helen Marsh", at=NOW)
    assert letter.title == "Action plan of the governing body, version 2"
    assert letter.sender.service == "Governing body of Harbour View Primary School"
    assert letter.marking == "Confidential"
    facts = next(each for each in letter.blocks if isinstance(each, Facts))
    assert facts.rows == (
        (
            "In answer to",
            "Formal warning notice (performance standards and safety), 5 October 2026",
        ),
        ("Due", "26 October 2026"),
        ("Sent by", "Helen Marsh"),
    )
    kinds = [type(each) for each in letter.blocks]
    assert kinds == [
        Facts,
        Heading,
        Paragraph,
        Table,
        Heading,
        Paragraph,
        Table,
        Heading,
        Paragraph,
    ]
    table = next(each for each in letter.blocks if isinstance(each, Table))
    assert table.rows == (
        ("Do what matter 1 wants.", "The chair", "30 November 2026", "The minutes say so."),
    )
