"""Q1, F4: a report is written part by part, and two writers lose nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from plimsoll.core import drafts
from plimsoll.core.forms import PARTS
from plimsoll.core.models import Draft, Event
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.visits.agreed.agreeing import Wanted
from plimsoll.visits.agreed.following import Became
from plimsoll.visits.models import Action, Passage, Report
from plimsoll.visits.reports.writing.page import left
from plimsoll.visits.reports.writing.passages import Clash, save
from plimsoll.visits.reports.writing.typed import Said, Typed
from tests.allocations import steps as allocations
from tests.cast import NOW, TODAY, Cast, give, make_person
from tests.visits import steps

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def report(cast: Cast) -> Report:
    """Of a termly contact at Harbour View, not begun: purpose, evidence, next steps."""
    return steps.held(allocations.agreed(cast, band="B"), cast.sadia, kind="contact").report


@pytest.fixture
def cover(cast: Cast) -> User:
    """Somebody who covers for Sadia at Harbour View."""
    person = make_person("Carl Lake")
    give(person, "sip", cast.harbour_view, kind="cover", in_place_of=cast.sadia)
    return person


def write(report: Report, by: User, at: Any = NOW, **sections: Said) -> None:
    save(report=report, typed=Typed(sections=sections), by=by, at=at)


def said(text: str, version: int = 0, **more: Any) -> Said:
    return Said(text=text, version=version, **more)


def texts(report: Report) -> dict[str, str]:
    return dict(report.passages.values_list("section", "text"))


def page_of(report: Report, name: str = "report") -> str:
    return reverse(f"visits:{name}", args=[report.visit_id])


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def form_of(client: Client, report: Report) -> dict[str, Any]:
    """What the page's form would send if nothing were typed."""
    form = client.get(page_of(report)).context["form"]
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if bound.name.endswith("by_when"):
            texts = bound.field.widget.decompress(value)
            sent |= {f"{bound.name}_{p}": text for p, text in zip(PARTS, texts, strict=True)}
        elif value is not None:
            sent[bound.name] = value
    return sent


# --- what is kept ---------------------------------------------------------------------


def test_Q1_two_writers_in_different_sections_both_succeed(
    cast: Cast, report: Report, cover: User
) -> None:
    write(report, cast.sadia, purpose=said("To see reading."))
    write(report, cover, evidence=said("Two lessons."))
    assert texts(report) == {"purpose": "To see reading.", "evidence": "Two lessons."}
    assert set(report.writers.all()) == {cast.sadia, cover}


def test_Q1_the_later_of_two_in_one_section_saves_nothing(
    cast: Cast, report: Report, cover: User
) -> None:
    write(report, cast.sadia, purpose=said("To see reading."))
    with pytest.raises(Clash) as clash:
        write(report, cover, purpose=said("To see writing."), evidence=said("Two lessons."))
    assert [each.section for each in clash.value.late] == ["purpose"]
    assert texts(report) == {"purpose": "To see reading."}


def test_F4_tags_of_two_writers_are_put_together(cast: Cast, report: Report, cover: User) -> None:
    write(report, cast.sadia, purpose=said("Reading.", priorities=("reading",)))
    write(report, cover, purpose=said("Reading.", priorities=("send",)))
    assert report.passages.get().priorities == ["reading", "send"]


def test_Q1_the_same_words_twice_are_no_clash(cast: Cast, report: Report) -> None:
    write(report, cast.sadia, purpose=said("Reading."))
    write(report, cast.sadia, purpose=said("Reading."))
    assert texts(report) == {"purpose": "Reading."}


def test_Q1_a_writer_may_empty_a_section_and_fill_it_again(cast: Cast, report: Report) -> None:
    write(report, cast.sadia, purpose=said("Reading."))
    write(report, cast.sadia, purpose=said("", version=1))
    write(report, cast.sadia, purpose=said("Writing.", version=2))
    assert texts(report) == {"purpose": "Writing."}


def test_Q1_saving_tells_the_service_and_not_the_school(cast: Cast, report: Report) -> None:
    write(report, cast.sadia, purpose=said("Reading."))
    event = Event.objects.get(verb="report.written")
    assert (event.actor, event.permission) == (cast.sadia.pk, "allocation.inside")
    assert event.after == {"sections": ["purpose"]}


@pytest.mark.parametrize("who", ["helen", "chloe", "priya", "sam", "declan", "nobody"])
def test_S7_Q1_only_the_schools_partner_writes_its_report(
    cast: Cast, report: Report, who: str
) -> None:
    with pytest.raises(Refused, match="does not allow you"):
        write(report, cast.everyone[who], purpose=said("Reading."))
    assert not Passage.objects.exists()


def test_Q1_a_report_that_was_sent_cannot_be_written(cast: Cast) -> None:
    report = steps.written(allocations.agreed(cast, band="B"), cast.sadia)
    steps.take(report, "send", cast.sadia)
    with pytest.raises(Refused, match="no longer being written"):
        write(report, cast.sadia, purpose=said("Too late."))
    answer = client_of(cast.sadia).get(page_of(report), follow=True)
    assert "The report cannot be changed now" in answer.content.decode()


def test_Q1_a_section_of_another_type_of_visit_is_refused(cast: Cast, report: Report) -> None:
    with pytest.raises(Refused, match="no such section"):
        write(report, cast.sadia, outcomes=said("Figures."))


# --- actions that are agreed ----------------------------------------------------------


def agree(report: Report, by: User, what: str = "Check phonics", **more: Any) -> None:
    new = (Wanted(what=what, by_when=date(2026, 11, 30), **more),)
    save(report=report, typed=Typed(new=new), by=by, at=NOW)


def test_Q1_an_action_is_agreed_changed_and_taken_out(cast: Cast, report: Report) -> None:
    agree(report, cast.sadia, who="The deputy head", measure="Every class is seen")
    action = Action.objects.get()
    assert (action.school, action.state, action.side) == (cast.harbour_view, "open", "school")
    changed = Wanted(what="Check phonics weekly", version=1)
    save(report=report, typed=Typed(actions={action.pk: changed}), by=cast.sadia, at=NOW)
    action.refresh_from_db()
    assert (action.what, action.by_when, action.version) == ("Check phonics weekly", None, 2)
    gone = Wanted(what="", version=2)
    save(report=report, typed=Typed(actions={action.pk: gone}), by=cast.sadia, at=NOW)
    assert not Action.objects.exists()


def test_Q1_a_second_click_agrees_nothing_twice(cast: Cast, report: Report) -> None:
    agree(report, cast.sadia)
    agree(report, cast.sadia)
    assert Action.objects.count() == 1


def test_Q1_two_writers_of_one_action_clash(cast: Cast, report: Report, cover: User) -> None:
    agree(report, cast.sadia)
    pk = Action.objects.get().pk
    ours, theirs = Wanted(what="Weekly", version=1), Wanted(what="Daily", version=1)
    save(report=report, typed=Typed(actions={pk: ours}), by=cast.sadia, at=NOW)
    with pytest.raises(Clash):
        save(report=report, typed=Typed(actions={pk: theirs}), by=cover, at=NOW)
    assert Action.objects.get().what == "Weekly"


# --- on the page ----------------------------------------------------------------------


def test_Q1_the_page_has_every_section_with_what_good_looks_like(
    cast: Cast, report: Report
) -> None:
    shown = client_of(cast.sadia).get(page_of(report)).content.decode()
    for words in (
        "Purpose and focus", "Evidence seen", "Next steps and the next visit",
        "What good looks like", "It fits the actions that were agreed.",
        "Impact since the last visit (optional)", "Actions agreed",
    ):  # fmt: skip
        assert words in shown


def test_Q1_the_page_says_when_it_is_due_and_what_is_left(cast: Cast, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(
        due=date(2026, 10, 19), first_due=date(2026, 10, 19), basis="WD"
    )
    report.refresh_from_db()
    assert left(report, date(2026, 10, 15)) == "2 working days left"
    assert left(report, date(2026, 10, 16)) == "1 working day left"
    assert left(report, date(2026, 10, 19)) == "It is due today"
    assert left(report, date(2026, 10, 21)) == "2 working days late"


def test_Q1_an_old_page_changes_only_what_was_typed_in_it(
    cast: Cast, report: Report, cover: User
) -> None:
    """Carl’s page was opened before Sadia saved: what he did not touch is not his change."""
    carl, sadia = client_of(cover), client_of(cast.sadia)
    old, new = form_of(carl, report), form_of(sadia, report)
    assert sadia.post(page_of(report), new | {"text-purpose": "To see reading."}).status_code == 302
    assert carl.post(page_of(report), old | {"text-evidence": "Two\r\nlessons."}).status_code == 302
    assert texts(report) == {"purpose": "To see reading.", "evidence": "Two\nlessons."}


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("mine", "Carl’s words."), ("theirs", "Sadia’s words."), ("merged", "Both.")],
)
def test_Q1_in_the_same_section_both_texts_are_shown_and_one_is_chosen(
    cast: Cast, report: Report, cover: User, keep: str, kept: str
) -> None:
    carl, sadia = client_of(cover), client_of(cast.sadia)
    old = form_of(carl, report)
    sadia.post(
        page_of(report),
        form_of(sadia, report) | {"text-purpose": "Sadia’s words.", "priorities-purpose": ["send"]},
    )
    typed = old | {
        "text-purpose": "Carl’s words.", "text-evidence": "Two lessons.",
        "priorities-purpose": ["reading"], "action-new-what": "Check phonics",
    }  # fmt: skip
    late = carl.post(page_of(report), typed)
    assert late.status_code == 409
    shown = late.content.decode()
    assert "Carl’s words." in shown
    assert "Sadia’s words." in shown
    assert texts(report) == {"purpose": "Sadia’s words."}
    rest: dict[str, Any] = {}
    for name, value in late.context["rest"]:
        rest.setdefault(name, []).append(value)
    chosen = rest | {
        "keep": keep, "text-purpose": "Carl’s words.", "saved-text-purpose": "Sadia’s words.",
        "merged-text-purpose": "Both.",
    }  # fmt: skip
    assert carl.post(page_of(report), chosen).status_code == 302
    assert texts(report) == {"purpose": kept, "evidence": "Two lessons."}
    assert report.passages.get(section="purpose").priorities == ["reading", "send"]
    assert Action.objects.get().what == "Check phonics"


def test_Q1_a_draft_comes_back_over_what_somebody_else_saved(
    cast: Cast, report: Report, cover: User
) -> None:
    """The part that was typed in comes back with its mark, the others as they are now."""
    carl = client_of(cover)
    typed = form_of(carl, report) | {"text-purpose": "Carl’s words."}
    lists = {name: v if isinstance(v, list) else [str(v)] for name, v in typed.items()}
    drafts.keep(user=cover, key=f"report:{report.pk}", data=lists, at=NOW)
    write(report, cast.sadia, purpose=said("Sadia’s words."), evidence=said("Two lessons."))
    sent = form_of(carl, report)
    assert (sent["text-purpose"], sent["text-evidence"]) == ("Carl’s words.", "Two lessons.")
    assert carl.post(page_of(report), sent).status_code == 409, "the clash is noticed"
    assert Draft.objects.exists(), "the draft stays until it is settled"


def test_Q1_what_was_sent_is_no_draft_any_more(cast: Cast, report: Report) -> None:
    client = client_of(cast.sadia)
    drafts.keep(user=cast.sadia, key=f"report:{report.pk}", data={"text-purpose": ["x"]}, at=NOW)
    client.post(page_of(report), form_of(client, report) | {"text-purpose": "Reading."})
    assert not Draft.objects.exists()


def test_Q1_an_action_without_words_is_asked_for_them(cast: Cast, report: Report) -> None:
    client = client_of(cast.sadia)
    answer = client.post(page_of(report), form_of(client, report) | {"action-new-who": "Helen"})
    assert "Say what is to be done" in answer.content.decode()


def test_Q1_F4_a_section_offers_the_criteria_of_its_themes_and_every_priority(
    cast: Cast,
) -> None:
    core = steps.held(allocations.agreed(cast, band="B"), cast.sadia).report
    form = client_of(cast.sadia).get(page_of(core)).context["form"]
    assert [key for key, _ in form.fields["criteria-leadership"].choices] == [
        "leadership", "self-evaluation", "outreach",
    ]  # fmt: skip
    assert [key for key, _ in form.fields["priorities-purpose"].choices] == [
        "wellbeing", "reading", "send", "workforce", "pathways",
    ]  # fmt: skip
    assert "criteria-purpose" not in form.fields


# --- actions of earlier visits --------------------------------------------------------


@pytest.fixture
def second(cast: Cast) -> Report:
    """A second report; the first agreed an action and has reached the school."""
    case = allocations.agreed(cast, band="B")
    first = steps.written(case, cast.sadia)
    agree(first, cast.sadia)
    steps.take(steps.take(first, "send", cast.sadia), "release", cast.priya)
    return steps.held(case, cast.sadia, kind="contact", on=TODAY + timedelta(days=28)).report


def test_Q1_an_open_action_is_carried_into_the_next_report(cast: Cast, second: Report) -> None:
    shown = client_of(cast.sadia).get(page_of(second)).content.decode()
    assert "Check phonics" in shown
    assert "What has become of it" in shown


def test_Q1_what_became_of_it_and_closing_it_are_one_save(cast: Cast, second: Report) -> None:
    client, action = client_of(cast.sadia), Action.objects.get()
    key = f"follow-{action.pk}"
    sent = form_of(client, second)
    refused = client.post(page_of(second), sent | {f"close-{action.pk}": "verify"})
    assert "before you close it" in refused.content.decode()
    words = {f"text-{key}": "Every class was seen.", f"close-{action.pk}": "verify"}
    assert client.post(page_of(second), sent | words).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.closed_why) == ("verified", "Every class was seen.")
    assert second.follow_ups.get().text == "Every class was seen."
    again = client.get(page_of(second)).content.decode()
    assert "Every class was seen." in again, "this report goes on to tell of it"
    assert "How it stands" not in again


def test_Q1_an_action_of_another_school_is_not_carried(cast: Cast, report: Report) -> None:
    typed = Typed(follow_ups={7: Became(text="Done")})
    with pytest.raises(Refused, match="not carried"):
        save(report=report, typed=typed, by=cast.sadia, at=NOW)
