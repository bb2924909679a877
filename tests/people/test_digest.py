"""E-mails by choice: each thing by itself, or one e-mail a day; never twice, never lost."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from click.testing import CliRunner
from django.core import mail
from django.urls import reverse

from plimsoll.cli.worker import work
from plimsoll.core import outbox
from plimsoll.core.models import Event, Message
from plimsoll.framework.editions import current
from plimsoll.people import actions, digest
from plimsoll.people.models import User
from plimsoll.schools import telling
from tests.allocations import steps
from tests.cast import Cast
from tests.markup import StrictClient

# Policy has the digest leave at 7 in the morning; in October that is 6 o'clock UTC.
EVENING = datetime(2026, 10, 5, 17, 0, tzinfo=UTC)
BEFORE_SEVEN = datetime(2026, 10, 6, 5, 59, tzinfo=UTC)
SEVEN = datetime(2026, 10, 6, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DAILY, EACH = User.Emails.DAILY, User.Emails.EACH


@pytest.fixture
def helen(cast: Cast) -> User:
    """She has chosen one e-mail a day."""
    actions.choose_emails(person=cast.helen, emails=DAILY, by=cast.helen, at=EVENING)
    return cast.helen


def tell(person: User, what: str, *, at: datetime = EVENING, urgent: bool = False) -> bool:
    return outbox.tell(
        key=f"{what}:{person.pk}",
        person=person,
        subject=f"News of {what}",
        body=f"Dear {person.name}, look at {what}.",
        link=f"https://plimsoll.example/{what}/",
        at=at,
        urgent=urgent,
    )


def work_at(at: datetime) -> list[str]:
    """Run the worker once at this time; the subjects of what it sent."""
    before = len(mail.outbox)
    with time_machine.travel(at, tick=False):
        result = CliRunner().invoke(work, ["--once"], catch_exceptions=False)
    assert result.exit_code == 0
    return [one.subject for one in mail.outbox[before:]]


def test_who_chose_nothing_gets_each_thing_at_once(cast: Cast) -> None:
    tell(cast.helen, "one")
    tell(cast.helen, "two")
    assert work_at(EVENING) == ["News of one", "News of two"]


def test_what_came_since_is_one_e_mail_in_the_morning_with_a_line_and_a_link_each(
    helen: User,
) -> None:
    tell(helen, "one")
    tell(helen, "two", at=EVENING + timedelta(hours=1))
    assert work_at(EVENING + timedelta(hours=2)) == []
    assert work_at(BEFORE_SEVEN) == []
    assert work_at(SEVEN) == ["Your messages from School Improvement Harbourside: 2"]
    (letter,) = mail.outbox
    assert letter.to == ["helen@example.org"]
    assert (
        "- News of one\n  https://plimsoll.example/one/\n"
        "- News of two\n  https://plimsoll.example/two/\n"
    ) in letter.body
    assert "look at" not in letter.body, "a digest never has what the e-mails themselves say"
    assert work_at(SEVEN + timedelta(minutes=5)) == []
    assert work_at(SEVEN + DAY) == []


def test_what_comes_after_the_hour_waits_for_the_next_day(helen: User) -> None:
    tell(helen, "one")
    assert len(work_at(SEVEN)) == 1
    tell(helen, "two", at=SEVEN)
    tell(helen, "three", at=SEVEN + timedelta(hours=3))
    assert work_at(SEVEN + timedelta(hours=4)) == []
    assert work_at(SEVEN + DAY) == ["Your messages from School Improvement Harbourside: 2"]


def test_a_digest_that_was_missed_is_made_later_that_day_and_once(helen: User) -> None:
    tell(helen, "one")
    assert len(work_at(SEVEN + timedelta(hours=9))) == 1
    assert work_at(SEVEN + timedelta(hours=10)) == []


def test_the_hour_is_the_hour_of_the_clock_on_the_wall_in_winter_too(helen: User) -> None:
    tell(helen, "one", at=datetime(2026, 12, 1, 12, 0, tzinfo=UTC))
    assert work_at(datetime(2026, 12, 2, 6, 59, tzinfo=UTC)) == []
    assert len(work_at(datetime(2026, 12, 2, 7, 0, tzinfo=UTC))) == 1


def test_what_is_urgent_is_never_held(helen: User) -> None:
    tell(helen, "one")
    tell(helen, "fire", urgent=True)
    assert work_at(EVENING) == ["News of fire"]


def test_whoever_changes_back_gets_what_is_held_at_once_and_once(helen: User) -> None:
    tell(helen, "one")
    actions.choose_emails(person=helen, emails=EACH, by=helen, at=EVENING)
    assert work_at(EVENING) == ["News of one"]
    assert work_at(SEVEN) == []


def test_what_was_held_by_a_change_under_way_while_its_reader_chose_otherwise_is_not_lost(
    helen: User,
) -> None:
    as_known_before = User.objects.get(pk=helen.pk)
    actions.choose_emails(person=helen, emails=EACH, by=helen, at=EVENING)
    tell(as_known_before, "one")
    assert work_at(EVENING) == ["News of one"]


def test_one_cause_is_told_once_though_its_digest_was_sent(helen: User) -> None:
    assert tell(helen, "one")
    work_at(SEVEN)
    assert not tell(helen, "one", at=SEVEN + DAY)
    assert work_at(SEVEN + 2 * DAY) == []


@pytest.mark.parametrize("joined", [False, True])
def test_whoever_has_left_gets_nothing_that_was_waiting(
    cast: Cast, helen: User, joined: bool
) -> None:
    tell(helen, "one")
    tell(cast.chloe, "two")
    if joined:
        digest.join_due(at=SEVEN)
    for person in (helen, cast.chloe):
        actions.close_account(person=person, by=cast.ada, at=SEVEN)
    assert work_at(SEVEN) == []
    assert not Message.objects.filter(person__in=(helen.pk, cast.chloe.pk)).exists()


def test_what_was_sent_before_the_account_was_closed_stays_on_record(
    cast: Cast, helen: User
) -> None:
    tell(helen, "one")
    assert len(work_at(SEVEN)) == 1
    actions.close_account(person=helen, by=cast.ada, at=SEVEN)
    assert Message.objects.filter(person=helen.pk).count() == 2


def test_what_was_held_while_the_account_was_closed_is_not_sent(cast: Cast, helen: User) -> None:
    actions.close_account(person=helen, by=cast.ada, at=EVENING)
    tell(helen, "one")
    assert work_at(SEVEN) == []


def test_each_person_has_a_digest_of_their_own(cast: Cast, helen: User) -> None:
    actions.choose_emails(person=cast.sadia, emails=DAILY, by=cast.sadia, at=EVENING)
    for person in (helen, cast.sadia, cast.chloe):
        tell(person, "one")
    assert work_at(EVENING) == ["News of one"]
    work_at(SEVEN)
    assert sorted(one.to[0] for one in mail.outbox) == [
        "chloe@example.org",
        "helen@example.org",
        "sadia@example.org",
    ]


def test_nobody_waiting_costs_the_worker_one_query(
    cast: Cast,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    """It asks every few seconds, all year."""
    with django_assert_num_queries(1):
        assert digest.join_due(at=SEVEN) == 0


def test_S7_a_digest_carries_no_confidential_word(cast: Cast, helen: User) -> None:
    case = steps.with_school(cast)
    assert outbox.held().filter(person=helen.pk).exists()
    work_at(case.state_since + 2 * DAY)
    (letter,) = (one for one in mail.outbox if one.to == [helen.email])
    words = current().words
    for secret in (
        *words.confidential,
        *(f"{words.band} {band.label}" for band in current().bands),
    ):
        assert secret.lower() not in f"{letter.subject} {letter.body}".lower()


def test_policy_says_which_messages_are_urgent(cast: Cast, helen: User) -> None:
    """That inspectors have called cannot wait for tomorrow; that a visit is confirmed can."""
    for message in ("inspection-call", "visit-confirmed"):
        telling.tell(
            message,
            policy=current(),
            school=cast.harbour_view,
            permission="inspection.see",
            link="/",
            cause="1",
            roles=("head",),
            at=EVENING,
        )
    assert {one.key.split(":")[0]: one.held for one in Message.objects.all()} == {
        "inspection-call": False,
        "visit-confirmed": True,
    }


# --- the page ----------------------------------------------------------------------------


def test_choosing_is_recorded_and_read_back(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.helen)
    address = reverse("emails")
    assert 'value="each" checked' in client.get(address).content.decode()
    assert client.post(address, {"emails": "daily"}).status_code == 302
    page = client.get(address).content.decode()
    assert 'value="daily" checked' in page
    assert "It comes at 7:00" in page
    event = Event.objects.get(verb="person.emails-chosen")
    assert (event.before, event.after) == ({"emails": "each"}, {"emails": "daily"})
    assert event.actor == event.subject_id == cast.helen.pk
    client.post(address, {"emails": "daily"})
    assert Event.objects.filter(verb="person.emails-chosen").count() == 1


def test_nothing_else_can_be_chosen(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.helen)
    assert client.post(reverse("emails"), {"emails": "never"}).status_code == 200
    assert not User.objects.exclude(emails=EACH).exists()
