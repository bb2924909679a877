"""E-mails leave after the change they tell of, and never twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from plimsoll.core import outbox
from plimsoll.core.models import Message
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def post(key: str = "told:1") -> bool:
    return outbox.post(key=key, to="helen@example.org", subject="News", body="Read.", at=NOW)


def test_one_cause_writes_once() -> None:
    assert post() is True
    assert post() is False
    assert Message.objects.count() == 1


def test_a_change_undone_sends_nothing() -> None:
    def fail_half_way() -> None:
        post()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transaction.atomic(fail_half_way)()
    assert outbox.send_due(at=NOW) == (0, 0)
    assert mail.outbox == []


def test_what_waits_is_sent_and_a_second_sender_sends_nothing() -> None:
    post("told:1")
    post("told:2")
    assert outbox.send_due(at=NOW) == (2, 0)
    assert outbox.send_due(at=NOW) == (0, 0)
    assert [message.to for message in mail.outbox] == [["helen@example.org"]] * 2


def test_a_failure_is_kept_for_a_person_and_sent_again_only_by_one(
    settings: Any,
) -> None:
    """Nothing listens on port 1, so the e-mail cannot leave."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    post()
    assert outbox.send_due(at=NOW) == (0, 1)
    assert outbox.send_due(at=NOW) == (0, 0)
    (stuck,) = outbox.stuck(at=NOW)
    assert "refused" in stuck.failure
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    outbox.send_again(stuck)
    assert outbox.send_due(at=NOW) == (1, 0)
    assert not outbox.stuck(at=NOW).exists()


def test_a_sender_that_vanished_is_shown_and_not_repeated() -> None:
    post()
    Message.objects.update(claimed_at=NOW)
    later = NOW + outbox.LEASE + timedelta(seconds=1)
    assert outbox.send_due(at=later) == (0, 0)
    assert not outbox.stuck(at=NOW).exists()
    assert outbox.stuck(at=later).count() == 1
