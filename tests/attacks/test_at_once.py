"""Two clicks at once, two people at once: one effect, one e-mail, and nothing lost."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from time import sleep
from typing import Any
from zlib import crc32

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import close_old_connections, connection
from django.test import Client

from plimsoll.allocations.models import Allocation, Side
from plimsoll.core import outbox
from plimsoll.core.models import Event, Message
from plimsoll.evidence import sources
from plimsoll.evidence.intake import pipeline
from plimsoll.evidence.models import Fact
from plimsoll.people import actions, digest
from plimsoll.people.models import User
from tests.allocations import steps
from tests.cast import NOW, Cast, give, make_cast, make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Iterator[Cast]:
    yield make_cast()
    connection.close()


def at_once(*clicks: Callable[[], Any]) -> list[Any]:
    """Each in a thread and on a connection of its own, all begun at the same moment."""
    ready = Barrier(len(clicks))

    def click(act: Callable[[], Any]) -> Any:
        ready.wait(10)
        try:
            return act()
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(len(clicks)) as pool:
        return [each.result(60) for each in [pool.submit(click, act) for act in clicks]]


def acting(cast: Cast) -> User:
    """Another who answers for Harbour View: two people share the headship."""
    joan = make_person("Joan Reid")
    give(joan, "head", cast.harbour_view)
    return joan


def poster(person: User, address: str, data: dict[str, Any]) -> Callable[[], int]:
    browser = Client(raise_request_exception=False)
    browser.force_login(person)
    return lambda: browser.post(address, data).status_code


def test_a_step_clicked_four_times_at_once_is_taken_once(cast: Cast) -> None:
    case = steps.with_school(cast)
    address, data = f"/allocations/{case.pk}/agree/", {"version": case.version}
    answers = at_once(*(poster(cast.helen, address, data) for _ in range(4)))
    assert set(answers) == {302}
    assert Event.objects.filter(verb="allocation.agree").count() == 1
    assert case.signatures.count() == 2
    assert Message.objects.filter(to=cast.sadia.email, key__startswith="agreed:").count() == 1


def test_two_heads_answer_differently_at_once(cast: Cast) -> None:
    case = steps.with_school(cast)
    data = {"version": case.version, "band": "A", "reasons": "We are strong."}
    answers = at_once(
        poster(cast.helen, f"/allocations/{case.pk}/agree/", data),
        poster(acting(cast), f"/allocations/{case.pk}/counter/", data),
    )
    assert sorted(answers) in ([302, 409], [302, 302])
    now = Allocation.objects.get(pk=case.pk)
    assert now.version == case.version + 1
    assert now.state in ("agreed", "with_service")
    assert (now.signatures.count() == 2) == (now.state == "agreed")


def test_first_views_saved_by_two_people_at_once_are_both_kept(cast: Cast) -> None:
    case = steps.take(steps.opened(cast), "start", cast.sadia)
    criterion = case.policy.criteria[0].id

    def views(text: str) -> dict[str, Any]:
        return {"version": "0", "do": "save", f"text-{criterion}": text}

    address = f"/allocations/{case.pk}/views/"
    answers = at_once(
        poster(cast.helen, address, views("What Helen says")),
        poster(acting(cast), address, views("What Joan says")),
    )
    assert sorted(answers) == [302, 409]
    sheet = case.sheets.get(side=Side.SCHOOL)
    assert sheet.version == 1
    assert sheet.views.get(criterion=criterion).text in ("What Helen says", "What Joan says")


def test_a_reminder_clicked_twice_at_once_is_sent_once(cast: Cast) -> None:
    case = steps.with_school(cast)
    address = f"/allocations/{case.pk}/remind/"
    answers = at_once(*(poster(cast.sadia, address, {"reminders": "0"}) for _ in range(3)))
    assert set(answers) == {302}
    assert Message.objects.filter(to=cast.helen.email, key__startswith="reminder:").count() == 1


def test_evidence_added_twice_at_once_stands_once(cast: Cast) -> None:
    case = steps.with_school(cast)
    data = {
        "title": "Attendance this term",
        "text": "96 per cent",
        "dated_day": "1",
        "dated_month": "10",
        "dated_year": "2026",
        "criterion": "",
    }
    address = f"/allocations/{case.pk}/evidence/add/"
    answers = at_once(*(poster(cast.helen, address, data) for _ in range(3)))
    assert set(answers) == {302}
    assert case.added.count() == 1


def test_a_challenge_raised_twice_at_once_stands_once(cast: Cast) -> None:
    case = steps.with_school(cast)
    browser = Client()
    browser.force_login(cast.helen)
    page = browser.get(f"/allocations/{case.pk}/").content.decode()
    found = re.search(r"/challenge/\?figure=([^\"]+)\"", page)
    assert found, page
    address = f"/allocations/{case.pk}/challenge/?figure={found[1]}"
    at_once(*(poster(cast.helen, address, {"text": "It was 210."}) for _ in range(3)))
    assert case.challenges.count() == 1


def test_a_review_asked_for_twice_at_once_is_asked_once(cast: Cast) -> None:
    case = steps.agreed(cast)
    address = f"/allocations/{case.pk}/review/"
    answers = at_once(
        poster(cast.helen, address, {"reasons": "A new head."}),
        poster(acting(cast), address, {"reasons": "A new roof."}),
    )
    assert sorted(answers) == [200, 302]
    assert case.review_requests.count() == 1


def test_a_cycle_opened_twice_at_once_is_opened_once(cast: Cast) -> None:
    data = {"year": "2026-27", "closes_on_day": "", "closes_on_month": "", "closes_on_year": ""}
    answers = at_once(*(poster(cast.priya, "/allocations/cycle/open/", data) for _ in range(2)))
    assert all(answer < 500 for answer in answers), answers
    assert Allocation.objects.count() == 5


def test_positions_stated_by_two_people_at_once_lose_nothing(cast: Cast) -> None:
    case = steps.referred(cast)
    saved = case.referrals.get().school_position
    address = f"/allocations/{case.pk}/position/"
    version = crc32(saved.encode())
    answers = at_once(
        poster(cast.helen, address, {"text": "What Helen says", "version": version}),
        poster(acting(cast), address, {"text": "What Joan says", "version": version}),
    )
    assert sorted(answers) == [302, 409]


def test_drafts_kept_at_once_do_not_fail(cast: Cast) -> None:
    answers = at_once(
        *(poster(cast.helen, "/drafts/views:1:school/", {"a": str(n)}) for n in range(4))
    )
    assert set(answers) == {200}


def test_what_is_joined_by_two_workers_while_its_reader_changes_back_arrives_once(
    cast: Cast,
) -> None:
    helen, morning = cast.helen, NOW + timedelta(days=1)
    actions.choose_emails(person=helen, emails=User.Emails.DAILY, by=helen, at=NOW)
    things = [f"Thing number {number} of many" for number in range(10, 40)]
    for thing in things:
        outbox.tell(key=thing, person=helen, subject=thing, body="", link="/", at=NOW)

    def change_back() -> None:
        me = User.objects.get(pk=helen.pk)
        actions.choose_emails(person=me, emails=User.Emails.EACH, by=me, at=morning)

    def work() -> None:
        digest.join_due(at=morning)

    at_once(work, change_back, work)
    digest.join_due(at=morning)
    outbox.send_due(at=morning)
    sent = "".join(f"{one.subject} {one.body}" for one in mail.outbox)
    assert {thing: sent.count(thing) for thing in things} == dict.fromkeys(things, 1)


def test_the_same_file_read_in_twice_at_once_is_held_once(
    cast: Cast, settings: LazySettings, tmp_path: Path
) -> None:
    settings.VAR = tmp_path / "var"
    rows = "".join(f"{urn},990,5.2,16\n" for urn in range(900001, 900301))
    earlier, path = (tmp_path / f"absence_{year}.csv" for year in ("2022-23", "2023-24"))
    for each in (earlier, path):
        each.write_text("URN,LA,PERCTOT,PPERSABS10\n" + rows)

    def read(file: Path = path) -> int:
        source = sources.known()["absence"]
        return pipeline.run(source, file, by=cast.dan, at=NOW).run.created

    read(earlier)  # so that the names of the columns, which all files share, are held
    with ThreadPoolExecutor(1) as pool:
        with pipeline.alone():
            assert read() == 300
            other = pool.submit(at_once, read)
            sleep(0.5)  # long enough to begin, and to run into what is not yet there
        assert other.result(60) == [0]
    assert Fact.objects.filter(source="absence", year="2023-24").count() == 600
