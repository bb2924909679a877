"""I1, I2, I4, S7: who hears by e-mail of a case and its notices: by hand, under both policies."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from plimsoll.core.models import Message
from plimsoll.framework import editions
from plimsoll.intervention.cases import falling_due, keeping
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.notices import deliveries
from plimsoll.intervention.notices.deliveries import Service
from plimsoll.schools.models import Assignment
from tests.cast import NOW, TODAY, Cast, give
from tests.intervention import steps
from tests.intervention.drafts import begun, go, lawyer, sent, written
from tests.intervention.steps import DAY, WHY
from tests.markup import StrictClient

# None of these is in an e-mail of any kind: it would tell whoever glances at a telephone.
SECRET = (
    "notice", "concern", "concerned", "concerns", "warning", "intervention", "intervene",
    "legal", "law", "solicitor", "statutory", "formal", "section 60", "obligation", "comply",
    "compliance", "breach", "breakdown", "risk", "secretary of state", "regional director",
    "regulator", "category", "special measures", "serious", "failing", "inadequate", "power",
    "powers", "court", "tribunal", "case", "episode", "ladder", "approve", "approved",
    "approval", "recipient", "served",
)  # fmt: skip
EDITIONS = ("harbourside/2026-27", "liverpool/2026-27", "northmoor/2026-27")
# Of each message: the roles that policy names, besides whom the occasion names.
ROLES: dict[str, set[str]] = {
    "case-opened": {"sip", "po", "doe"},
    "case-barred": {"sip", "po", "doe", "dcs"},
    "case-review": set(),
    "case-discussion": {"doe"},
    "notice-to-read": set(),
    "notice-to-approve": set(),
    "notice-sound": set(),
    "notice-returned": set(),
    "notice-approved": set(),
    "notice-given": {"sip"},
    "notice-bounced": set(),
    "letter-to-read": {"head", "chair"},
}


def told(message: str) -> set[str]:
    """Whom it reached, by first name."""
    rows = Message.objects.filter(key__startswith=f"{message}:")
    return {address.partition("@")[0] for address in rows.values_list("to", flat=True)}


def everybody_told() -> set[str]:
    return {address.partition("@")[0] for address in Message.objects.values_list("to", flat=True)}


# --- what e-mails say ---------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_S7_no_message_of_any_policy_says_a_confidential_word(edition: str) -> None:
    for name, message in editions.edition(edition).messages.items():
        text = f"{message.subject} {message.body}"
        found = [word for word in SECRET if re.search(rf"\b{word}\b", text, re.IGNORECASE)]
        assert not found, name


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("message", ROLES)
def test_I1_policy_names_the_roles_that_hear(edition: str, message: str) -> None:
    assert set(editions.edition(edition).messages[message].to) == ROLES[message]


def test_S7_the_address_in_an_email_says_nothing_either(cast: Cast) -> None:
    case = steps.formal(cast)
    assert Message.objects.count() > 6
    for message in Message.objects.all():
        text = f"{message.subject} {message.body} {message.link}"
        assert not [word for word in SECRET if re.search(rf"\b{word}\b", text, re.IGNORECASE)]
    assert Message.objects.filter(link__endswith=f"/to-read/{case.pk}/").exists()


# --- a case -------------------------------------------------------------------------------


def barred(cast: Cast) -> Case:
    facts = {"on": TODAY, "told_how": "By letter", "by": cast.priya, "at": NOW}
    return keeping.record_block(case=steps.opened(cast), **facts)


def superseded(cast: Cast) -> Case:
    return steps.take(steps.formal(cast), "superseded", cast.declan)


def sound(cast: Cast) -> Notice:
    lara = lawyer()
    return go(sent(cast, lara), "find_sound", lara, review=WHY)


def returned_in_review(cast: Cast) -> Notice:
    lara = lawyer()
    return go(sent(cast, lara), "review_back", lara, points="Name the standards.")


def waiting(cast: Cast) -> Notice:
    """A letter that needs no review, drafted by the Director of Education."""
    notice = begun(steps.opened(cast), "concerns", "leadership", by=cast.dorothy)
    return go(written(notice, cast.dorothy), "send", cast.dorothy)


def returned(cast: Cast) -> Any:
    return go(sound(cast), "send_back", cast.declan, points="Shorter.")


def approved(cast: Cast) -> Any:
    return go(sound(cast), "approve", cast.declan)


def bounced(cast: Cast) -> Any:
    notice = steps.formal(cast).notices.get(kind="formal")
    row = deliveries.of(notice)[0]
    service = Service(
        method="post", sent_on=TODAY, bounced_on=TODAY, bounced_why="Nobody of that name"
    )
    return deliveries.record(
        delivery=row, service=service, version=row.version, by=cast.declan, at=NOW
    )


def reviewed_late(cast: Cast) -> Any:
    case = steps.opened(cast)
    return falling_due.run(at=steps.on(case.review_on + 3 * DAY))


def urgent(cast: Cast) -> Any:
    case = steps.told(cast, "safety")
    for fact in ("urgent-reasons", "legal-advice", "evidence-of-concern"):
        steps.found(case, fact, cast.declan)
    steps.approved(case, "pre-formal")
    steps.take(case, "pre-formal-urgent", cast.declan)
    return falling_due.run(at=NOW)


# What happens, the message that it brings, and whom it reaches: never whoever did it.
HEARD: dict[str, tuple[Callable[[Cast], object], str, set[str]]] = {
    "a case is opened": (steps.opened, "case-opened", {"sadia", "priya"}),
    "a bar is recorded": (barred, "case-barred", {"sadia", "dorothy", "declan"}),
    "a notice is superseded": (superseded, "case-barred", {"sadia", "priya", "dorothy"}),
    "a review falls due": (reviewed_late, "case-review", {"priya"}),
    "a discussion is owed": (urgent, "case-discussion", {"dorothy"}),
    "a draft goes to review": (lambda cast: sent(cast, lawyer()), "notice-to-read", {"lara"}),
    "it is found sound: who approves": (sound, "notice-to-approve", {"declan"}),
    "it is found sound: who drafted": (sound, "notice-sound", {"priya"}),
    "the reviewer returns it": (returned_in_review, "notice-returned", {"priya"}),
    "a letter waits for its signatory": (waiting, "notice-to-approve", {"priya"}),
    "the approver returns it": (returned, "notice-returned", {"priya"}),
    "it is approved": (approved, "notice-approved", {"priya"}),
    "it is given: the school": (steps.formal, "letter-to-read", {"helen", "chloe"}),
    "it is given: the partner": (steps.formal, "notice-given", {"sadia"}),
    "it came back": (bounced, "notice-bounced", {"priya"}),
}


@pytest.mark.parametrize("what", HEARD)
def test_I1_I2_I4_who_hears_of_it(cast: Cast, what: str) -> None:
    act, message, heard = HEARD[what]
    act(cast)
    assert told(message) == heard


def test_I1_the_school_hears_of_a_case_by_its_letter_only(cast: Cast) -> None:
    case = steps.opened(cast)
    barred_since = {"on": TODAY, "told_how": "By letter", "by": cast.priya, "at": NOW}
    keeping.record_block(case=case, **barred_since)
    falling_due.run(at=steps.on(case.review_on))
    assert not everybody_told() & {"helen", "chloe", "henry", "lena"}


def test_S7_nobody_outside_hears_of_anything(cast: Cast) -> None:
    """Neither another school's people, nor other partners, officers, data or administration."""
    bounced(cast)
    urgent_somewhere = steps.opened(cast, cast.lighthouse, "safety")
    falling_due.run(at=steps.on(urgent_somewhere.review_on))
    assert not everybody_told() & {"ada", "dan", "henry", "lena", "olu", "nobody", "pat"}
    own = Message.objects.filter(to="sam@example.org")
    assert {f"/to-read/{urgent_somewhere.pk}/" in each.link for each in own} == {True}


def test_I4_the_legal_reviewer_hears_of_that_draft_and_of_nothing_else(cast: Cast) -> None:
    lara = lawyer()
    notice = go(sent(cast, lara), "find_sound", lara, review=WHY)
    go(notice, "approve", cast.declan)
    assert [each.key for each in Message.objects.filter(to=lara.email)] == [
        f"notice-to-read:notice:{notice.pk}:{2}:{lara.pk}"
    ]


def test_S7_a_former_partner_hears_no_more_and_the_new_one_does(cast: Cast) -> None:
    case = steps.talked(cast)
    Assignment.objects.filter(person=cast.sadia, school=cast.harbour_view).update(ends=TODAY - DAY)
    give(cast.sam, "sip", cast.harbour_view)
    Message.objects.all().delete()
    steps.found(case, "evidence-of-concern", cast.priya)
    steps.found(case, "evidence-of-inability", cast.priya)
    steps.approved(case, "pre-formal")
    steps.take(case, "pre-formal", cast.declan)
    assert told("notice-given") == {"sam"}
    assert "sadia" not in everybody_told()


def test_I4_what_its_drafter_no_longer_drafts_comes_back_to_whoever_keeps_the_case(
    cast: Cast,
) -> None:
    lara = lawyer()
    notice = sent(cast, lara)
    Assignment.objects.filter(person=cast.priya).update(ends=TODAY - DAY)
    give(cast.olu, "po", phases=["primary"])
    go(notice, "review_back", lara, points="Name the standards.")
    assert told("notice-returned") == {"olu"}


def test_I1_one_cause_writes_once(cast: Cast) -> None:
    case = steps.opened(cast)
    late = steps.on(case.review_on + DAY)
    assert (falling_due.run(at=late), falling_due.run(at=late + DAY)) == (1, 0)
    keeping.set_review(
        case=case, on=case.review_on + 10 * DAY, why=WHY, by=cast.priya, at=late + DAY
    )
    assert falling_due.run(at=late + 2 * DAY) == 0
    assert falling_due.run(at=late + 12 * DAY) == 1
    assert Message.objects.filter(key__startswith="case-opened:").count() == 2


def test_I2_a_discussion_owed_is_asked_for_each_week_until_it_is_on_record(cast: Cast) -> None:
    assert urgent(cast) == 1
    assert falling_due.run(at=NOW + 6 * DAY) == 0
    assert falling_due.run(at=NOW + 7 * DAY) == 1
    steps.discussed(Case.objects.get(), cast.dorothy, day=TODAY + 8 * DAY)
    assert falling_due.run(at=NOW + 14 * DAY) == 0


def test_I4_what_came_back_is_told_once_for_the_day_it_came_back(cast: Cast) -> None:
    row = bounced(cast)
    again = Service(
        method="post", sent_on=TODAY, bounced_on=TODAY, bounced_why="Moved", address="The Pier"
    )
    deliveries.record(delivery=row, service=again, version=2, by=cast.declan, at=NOW)
    assert Message.objects.filter(key__startswith="notice-bounced:").count() == 1


# --- the door -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "leads"),
    [("helen", "told"), ("chloe", "told"), ("sadia", ""), ("declan", ""), ("sam", None)],
)
def test_S7_the_door_leads_each_reader_to_their_own_page(
    cast: Cast, client: StrictClient, who: str, leads: str | None
) -> None:
    case = steps.told(cast)
    client.force_login(cast.everyone[who])
    answer = client.get(f"/to-read/{case.pk}/")
    if leads is None:
        assert answer.status_code == 404
    else:
        name = f"intervention:{leads or 'case'}"
        assert answer.url == reverse(name, args=[case.pk])


def test_S7_before_a_letter_the_door_is_not_there_for_the_school(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.opened(cast)
    client.force_login(cast.helen)
    assert client.get(f"/to-read/{case.pk}/").status_code == 404
