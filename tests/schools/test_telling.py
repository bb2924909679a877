"""E2, S7: who hears by e-mail, once, and only of what they may look at."""

from datetime import date

import pytest

from plimsoll.core.models import Message
from plimsoll.framework.editions import current
from plimsoll.people.models import User
from plimsoll.schools.telling import tell
from tests.cast import NOW, Cast, give


def post(cast: Cast, message: str = "visit-moved", **more: object) -> int:
    facts = {
        "policy": current(),
        "school": cast.harbour_view,
        "permission": "visit.see",
        "link": "/visits/7/",
        "cause": "visit:7:2",
        "day": date(2026, 11, 3),
        "by": cast.sadia,
        "at": NOW,
    }
    return tell(message, **(facts | more))  # type: ignore[arg-type]


def told() -> set[str]:
    return set(Message.objects.values_list("to", flat=True))


def test_E2_the_school_hears_once_of_one_cause(cast: Cast) -> None:
    assert post(cast, roles=("head", "chair")) == 2
    assert post(cast, roles=("head", "chair")) == 0
    assert post(cast, roles=("head",), cause="visit:7:3") == 1
    assert told() == {"helen@example.org", "chloe@example.org"}


def test_E2_an_email_says_when_and_where_to_look(cast: Cast) -> None:
    post(cast, roles=("head",))
    message = Message.objects.get()
    assert message.subject == "A visit to Harbour View Primary School is moved"
    assert "Sadia Rahman has moved a visit" in message.body
    assert "It is now on 3 November 2026." in message.body
    assert "/visits/7/" in message.body


def test_E2_nobody_hears_of_what_they_did_themselves(cast: Cast) -> None:
    assert post(cast, roles=("head", "sip"), by=cast.helen) == 1
    assert told() == {"sadia@example.org"}


@pytest.mark.parametrize("who", ["sam", "henry", "nobody"])
def test_S7_whoever_may_not_open_the_page_gets_no_email(cast: Cast, who: str) -> None:
    other: User = cast.everyone[who]
    assert post(cast, "visit-confirmed", people=[other]) == 0
    assert not told()


def test_E2_policy_names_the_roles_that_hear(cast: Cast) -> None:
    """A visit that is moved goes to the head, and not to the chair."""
    assert post(cast) == 1
    assert told() == {"helen@example.org"}


def test_S7_a_role_without_the_permission_is_not_told(cast: Cast) -> None:
    assert post(cast, roles=("head", "chair"), permission="visit.plan") == 0


def test_I4_a_role_that_reads_only_what_names_its_holder_is_told_by_name(cast: Cast) -> None:
    facts = {"permission": "concern.review", "cause": "notice:1:1"}
    assert post(cast, "notice-to-read", roles=("officer",), **facts) == 0
    assert post(cast, "notice-to-read", people=[cast.olu], **facts) == 1
    assert told() == {"olu@example.org"}


def test_U2_who_holds_the_role_on_the_day_is_told_and_the_sender_of_a_record(cast: Cast) -> None:
    give(cast.sam, "head", cast.harbour_view, starts=date(2027, 1, 1))
    facts = {"by": None, "sender": cast.helen, "on": date(2027, 1, 1)}
    assert post(cast, **facts) == 2
    assert told() == {"helen@example.org", "sam@example.org"}


@pytest.mark.parametrize("message", [name for name in current().messages if "visit" in name])
def test_S7_no_message_of_a_visit_says_its_type(cast: Cast, message: str) -> None:
    post(cast, message, roles=("head",))
    text = "".join(f"{each.subject} {each.body}" for each in Message.objects.all())
    assert text
    for type_ in current().visits:
        assert type_.label.lower() not in text.lower()
