"""What somebody tries who may not, or twice, or with nasty words (S7, I2, I4)."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from plimsoll.core.access import forget
from plimsoll.core.models import Event, Message
from plimsoll.core.workflow import Refused
from plimsoll.documents.models import Document
from plimsoll.intervention.bundle import holding
from plimsoll.intervention.cases import opening
from plimsoll.intervention.decisions.recording import NewDecision, record_decision
from plimsoll.intervention.models import Case, Correction, Finding, Notice
from plimsoll.intervention.notices import deliveries
from plimsoll.intervention.notices.deliveries import Service
from plimsoll.intervention.urls import urlpatterns
from plimsoll.schools.models import School
from tests.cast import NOW, TODAY, Cast, give, make_person
from tests.documents.test_render import words as words_of
from tests.intervention import steps, using
from tests.intervention.bundled import prepared
from tests.intervention.steps import DAY, WHY, found, opened, take
from tests.intervention.test_notices import begun, go, lawyer, sent, written
from tests.markup import StrictClient

STRANGERS = ("nobody", "ada", "dan", "olu", "lena", "henry", "sam")
GUESS = 987_654


def patterns(of: Any = urlpatterns) -> Iterator[URLPattern]:
    for each in of:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        else:
            yield each


# What has no number cannot be guessed: whom the watch list shows is held by its own tests.
ADDRESSES = [
    each for each in patterns() if each.pattern.converters and "urn" not in each.pattern.converters
]


def address(pattern: URLPattern, **of: Any) -> str:
    return reverse(f"intervention:{pattern.name}", kwargs=of)


# --- guessing ------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", ADDRESSES, ids=lambda each: each.name)
def test_S7_a_stranger_is_answered_as_if_there_were_nothing(
    cast: Cast, client: StrictClient, pattern: URLPattern
) -> None:
    """By each address, read or sent to: what is there answers as what is not."""
    case = steps.formal(cast)
    notice = case.notices.get(kind="formal")
    real = {
        "pk": {"notice": notice.pk, "recipient": notice.deliveries.earliest("pk").pk}.get(
            pattern.name.partition("-")[0], case.pk
        ),
        "item": case.findings.earliest("pk").pk,
    }
    if pattern.name in ("notice-add", "recipient-add", "recipient-correct", "owed"):
        real["pk"] = {"notice-add": case.pk, "owed": case.obligations.get().pk}.get(
            pattern.name, notice.pk
        )
    words = {"fact": "evidence-of-concern", "kind": "formal", "name": "meet", "power": "s64"}
    if pattern.name in ("step", "notice-step"):
        words["name"] = {"step": "complied", "notice-step": "approve"}[pattern.name]
    wanted = pattern.pattern.converters
    for who in STRANGERS:
        client.force_login(cast.everyone[who])
        answers = []
        for numbers in (real, dict.fromkeys(real, GUESS)):
            to = address(pattern, **{key: (numbers | words)[key] for key in wanted})
            answers += [[client.get(to), client.post(to, {})]]
        (got, posted), (got_nothing, posted_nothing) = answers
        assert got.status_code == got_nothing.status_code in (403, 404), who
        assert posted.status_code == posted_nothing.status_code, who
        assert posted.status_code in (403, 404, 405), who
        assert told(got) == told(got_nothing), who
    case.refresh_from_db()
    assert case.state == "formal"


ROOMS = ("plan", "owed", "power", "powers", "decision", "bundle", "bundles", "hold")


def test_S7_what_is_owed_decided_used_or_bundled_is_not_there_for_others(
    cast: Cast, client: StrictClient
) -> None:
    """People of another school, a partner whose work was handed over, a lawyer not named: what
    is there answers as what is not, by its real number and by a guessed one."""
    case = steps.eligible(cast)
    use = using.proposed(cast, case, "s64")
    wanted = NewDecision(
        what="To write", made_on=TODAY, effective_on=TODAY, decided_by="The Director",
        authority="The scheme", reasons=WHY,
    )  # fmt: skip
    decision = record_decision(case=case, wanted=wanted, by=cast.declan, at=steps.on(using.AFTER))
    hold = holding.place(case=case, why=WHY, by=cast.declan, at=NOW)
    plan = case.obligations.get().pk
    by_name = {"hold-lift": hold.pk, "power-propose": case.pk, "decision-add": case.pk}
    by_room = {"plan": plan, "owed": plan, "power": use.pk, "decision": decision.pk}
    item = prepared(case, cast.declan).pk
    people = [cast.henry, cast.sam, cast.lena, lawyer()]
    for name, role, ends in (
        ("Carla Else", "chair", None), ("Pia Else", "party", None),
        ("Fred Gone", "sip", date(2026, 9, 30)),
    ):  # fmt: skip
        people.append(make_person(name))
        give(people[-1], role, cast.harbour_view if ends else cast.dock_road, ends=ends)
    for pattern in ADDRESSES:
        room = pattern.name.partition("-")[0]
        if room not in ROOMS:
            continue
        of = {"plan": "accept", "power": "decide"}
        words = {"power": "s64", "name": of.get(room, "meet")}
        real = {"pk": by_name.get(pattern.name, by_room.get(room, case.pk)), "item": item}
        for person in people:
            client.force_login(person)
            answers = []
            for numbers in (real, dict.fromkeys(real, GUESS)):
                to = address(
                    pattern, **{x: (numbers | words)[x] for x in pattern.pattern.converters}
                )
                answers.append([client.get(to), client.post(to, {})])
            (got, posted), (nothing, posted_nothing) = answers
            assert {got.status_code, posted.status_code} <= {403, 404, 405}, (to, person)
            assert posted.status_code == posted_nothing.status_code, (to, person)
            assert got.status_code == nothing.status_code, (to, person)
            assert told(got) == told(nothing), (to, person)


def told(answer: Any) -> str:
    """What the page says, without what differs from one request to the next."""
    text = re.sub(r"csrfmiddlewaretoken\S* value=\S+|nonce=\S+", "", answer.content.decode())
    return re.sub(r"/concern/\S*", "", text)


@pytest.mark.parametrize("who", [*STRANGERS, "helen", "chloe"])
def test_S7_no_document_of_a_case_is_found_by_its_number(
    cast: Cast, client: StrictClient, who: str
) -> None:
    """The school reads the letters that it was given, and nothing that shows a finding."""
    case = steps.formal(cast)
    letters = set(Document.objects.about(case.notices.get(kind="formal")))
    client.force_login(cast.everyone[who])
    for paper in Document.objects.all():
        given = who in ("helen", "chloe") and (
            paper in letters or paper.permission == "concern.told"
        )
        answer = client.get(reverse("documents:download", args=[paper.pk]))
        assert answer.status_code == (200 if given else 404), (who, paper)


def test_I4_there_is_no_letter_to_download_before_it_is_given(cast: Cast) -> None:
    case = steps.ready_for_formal(cast)
    assert not Document.objects.about(case.notices.get(kind="formal")).exists()


def test_S7_an_officer_whose_work_was_handed_over_finds_nothing_any_more(
    cast: Cast, client: StrictClient
) -> None:
    reviewer = lawyer()
    notice = sent(cast, reviewer)
    reviewer.assignments.update(ends=date(2026, 9, 30))
    cast.sadia.assignments.filter(school=cast.harbour_view).update(ends=date(2026, 9, 30))
    for person in (reviewer, cast.sadia):
        forget(person)
        client.force_login(person)
        page = reverse("intervention:notice", args=[notice.pk])
        assert client.get(page).status_code == 404
    with pytest.raises(Refused, match="Your role"):
        go(notice, "find_sound", reviewer, review="Sound.")


def test_I7_a_lawyer_who_was_not_named_neither_reads_nor_reviews(
    cast: Cast, client: StrictClient
) -> None:
    notice = sent(cast, lawyer())
    other = make_person("Leo Barr")
    give(other, "officer", service="legal")
    client.force_login(other)
    assert client.get(reverse("intervention:notice", args=[notice.pk])).status_code == 404
    with pytest.raises(Refused, match="Your role"):
        go(notice, "find_sound", other, review="Sound.")


# --- twice, and too late -------------------------------------------------------------------


def test_I4_a_recipient_added_or_a_fact_put_right_twice_stands_once(
    cast: Cast, client: StrictClient
) -> None:
    notice = begun(steps.warned(cast), "formal", "s60-breakdown", by=cast.priya)
    client.force_login(cast.declan)
    add = reverse("intervention:recipient-add", args=[notice.pk])
    right = reverse("intervention:recipient-correct", args=[notice.pk])
    for _ in range(2):
        sent_to = {"label": "The union", "how": "copied", "reason": "It asked"}
        assert client.post(add, sent_to).status_code == 302
        fact = {"fact": "church:none", "why": "Deed of 1931"}
        assert client.post(right, fact).status_code == 302
    assert notice.deliveries.count() == 1
    assert Correction.objects.count() == 1
    assert Event.objects.filter(verb="notice.recipient-added").count() == 1


def test_I4_a_fact_put_right_and_back_again_stands_as_it_was_said_last(cast: Cast) -> None:
    notice = begun(steps.warned(cast), "formal", "s60-breakdown", by=cast.priya)
    facts = {"notice": notice, "fact": "church", "why": "Deed", "by": cast.declan, "at": NOW}
    for value in ("none", "Roman Catholic", "none"):
        deliveries.correct(value=value, **facts)
    assert [each.value for each in Correction.objects.order_by("pk")] == [
        "none", "Roman Catholic", "none",
    ]  # fmt: skip


def test_I4_nobody_is_added_to_what_a_closed_case_never_gave(cast: Cast) -> None:
    case = take(steps.ready_for_formal(cast), "school-closed", cast.priya)
    draft = case.notices.get(kind="formal")
    with pytest.raises(Refused, match="The case was closed on 5 October 2026"):
        deliveries.add(notice=draft, label="X", how="copied", reason="Y", by=cast.priya, at=NOW)
    with pytest.raises(Refused, match="The case was closed on 5 October 2026"):
        deliveries.correct(
            notice=draft, fact="church", value="none", why="x", by=cast.declan, at=NOW
        )


def test_I4_a_text_saved_or_approved_from_an_old_page_changes_nothing(cast: Cast) -> None:
    reviewer = lawyer()
    notice = go(sent(cast, reviewer), "find_sound", reviewer, review="Sound.")
    old = Notice.objects.select_related("case").get(pk=notice.pk)
    go(notice, "approve", cast.declan)
    with pytest.raises(Refused, match="cannot be changed now"):
        written(old, cast.priya, guidance="Another")
    with pytest.raises(Refused, match="Somebody else changed this"):
        go(old, "send_back", cast.declan, points="Late", version=old.version)


def test_I4_who_gives_what_another_has_given_is_told_and_gives_nothing(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.ready_for_formal(cast)
    to = reverse("intervention:step", args=[case.pk, "formal"])
    data = {
        "version": case.version, "on_day": "5", "on_month": "10", "on_year": "2026",
        "reasons": WHY,
    }  # fmt: skip
    client.force_login(cast.declan)
    assert [client.post(to, data).status_code for _ in range(2)] == [302, 302]
    assert Notice.objects.filter(kind="formal", given_on__isnull=False).count() == 1
    assert Event.objects.filter(verb="concern.formal").count() == 1


def test_I4_copies_are_sent_on_the_day_of_the_notice_or_the_page_says_so(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.formal(cast)
    rows = list(deliveries.of(case.notices.get(kind="formal")))
    client.force_login(cast.declan)
    page = reverse("intervention:notice", args=[rows[0].notice_id])
    warning = "given at the same time as the notice"
    assert warning not in client.get(page).content.decode()  # nothing is sent yet
    for number, row in enumerate(rows):
        late = row.recipient == "ofsted"
        deliveries.record(
            delivery=row, service=Service(method="post", sent_on=TODAY + late * DAY),
            version=row.version, by=cast.priya, at=steps.on(TODAY + DAY),
        )  # fmt: skip
        if number == 0:
            assert warning in client.get(page).content.decode()
    text = client.get(page).content.decode()
    assert "on its day: His Majesty&#x27;s Chief Inspector (Ofsted)." in text


# --- nasty words ---------------------------------------------------------------------------

NASTY = (
    "<script>alert(1)</script> {school} {0} {{x}} %s &amp; \u202edesrever\u202c "
    "\x07bell \x0bpage \ufffe #set page(width: 1pt) $x$ *bold* _it_ @ref `raw` \\ "
)


def test_I4_nasty_words_stay_words_in_every_form_of_a_letter(cast: Cast) -> None:
    cast.harbour_view.name = "Harbour {law} <b>View</b>"
    cast.harbour_view.save()
    case = steps.told(cast)
    notice = begun(case, "pre-formal", "leadership", by=cast.priya)
    texts = {part.id: NASTY.replace("{", "(").replace("}", ")") for part in notice.type.parts}
    texts["matters"] = "ا ب ج\n\n- مرحبا\n- " + "word " * 3_990
    notice = written(notice, cast.priya, texts=texts)
    notice = go(go(notice, "send", cast.priya), "approve", cast.declan)
    steps.discussed(case, cast.dorothy)
    case = take(case, "discussion", cast.dorothy)
    for fact in ("evidence-of-concern", "evidence-of-inability"):
        found(case, fact, cast.priya)
    take(case, "pre-formal", cast.declan)
    browser = Client()  # not the strict one: no page may hold a bell, and no letter does
    browser.force_login(cast.declan)
    page = browser.get(reverse("intervention:notice", args=[notice.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    papers = Document.objects.about(notice)
    assert papers.count() == 2
    pdf = words_of(bytes(papers.get(media_type="application/pdf").body))
    assert "<script>alert(1)</script> (school) (0)" in pdf
    assert "Harbour {law} <b>View</b>" in pdf
    assert "#set page(width: 1pt)" in pdf


@pytest.mark.parametrize("text", ["   ", "\u200b", "-", "- ", "\n\n\n"])
def test_I4_a_part_that_says_nothing_is_missed(cast: Cast, text: str) -> None:
    notice = begun(steps.talked(cast), "pre-formal", "leadership", by=cast.priya)
    texts = {part.id: WHY for part in notice.type.parts} | {"action": text}
    notice = written(notice, cast.priya, texts=texts)
    with pytest.raises(Refused, match="What the governing body is required to do"):
        go(notice, "send", cast.priya)


def test_I3_a_file_that_is_none_of_those_allowed_is_refused_in_words(
    cast: Cast, client: StrictClient
) -> None:
    case = opened(cast)
    client.force_login(cast.priya)
    to = reverse("intervention:finding-add", args=[case.pk, "evidence-of-concern"])
    data = {"on_day": "5", "on_month": "10", "on_year": "2026", "text": WHY}
    for name, body in (("a.exe", b"MZ\x90"), ("a.pdf", b"<html>"), ("../../a.pdf", b"")):
        answer = client.post(to, data | {"file": SimpleUploadedFile(name, body)})
        assert answer.status_code == 200, name
    assert not Finding.objects.exists()


def test_I1_a_case_can_be_opened_where_the_calendar_counts_no_review(
    cast: Cast, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(school: School, policy: Any, today: date) -> date:
        raise Refused("The terms of 2027-28 are not entered.")

    monkeypatch.setattr(opening, "next_review", unknown)
    client.force_login(cast.priya)
    to = reverse("intervention:open", args=[cast.harbour_view.pk])
    assert "say a day" in client.get(to).content.decode()
    data = {"trigger": "x", "grounds": ["standards"], "concerns": "c", "intentions": "i"}
    assert "terms of 2027-28" in client.post(to, data).content.decode()
    year = timezone.localdate().year + 1
    review = {"review_on_day": "5", "review_on_month": "11", "review_on_year": str(year)}
    assert client.post(to, data | review).status_code == 302
    assert Case.objects.get().review_on == date(year, 11, 5)


def test_S7_no_subject_of_an_e_mail_says_what_there_is_to_read(cast: Cast) -> None:
    reviewer = lawyer()
    notice = go(sent(cast, reviewer), "find_sound", reviewer, review="Sound.")
    go(notice, "approve", cast.declan)
    for message in Message.objects.all():
        words = f"{message.subject} {message.body}".lower()
        assert not any(each in words for each in ("warning", "formal", "section 60", "breakdown"))
        assert "notice" not in message.subject.lower()


@pytest.mark.parametrize("page", ["step", "owed"])
def test_U2_what_is_sent_to_a_closed_step_is_answered_with_the_reason_alone(
    cast: Cast, client: StrictClient, page: str
) -> None:
    """From a page opened before it was closed: no error leads to a form that is not there."""
    case = steps.opened(cast)
    name, pk = "category", case.pk
    if page == "owed":
        name, pk = "extend", steps.take(case, name, cast.declan).obligations.get().pk
    client.force_login(cast.priya)
    answer = client.post(reverse(f"intervention:{page}", args=[pk, name]), {"version": ""})
    assert answer.status_code == 200
    assert "There is a problem" not in answer.content.decode()
