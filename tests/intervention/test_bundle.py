"""The file of a case: what is in it, what never is, and that it is what it says (I6, S7, E12)."""

import hashlib
import subprocess
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from pytest_django import Settings

from plimsoll.core import audit
from plimsoll.core.models import Event
from plimsoll.core.workflow import Refused, Stale
from plimsoll.documents.models import Document
from plimsoll.intervention.bundle import holding, making, preparing
from plimsoll.intervention.bundle.choosing import Choice
from plimsoll.intervention.bundle.gathering import gather, one_reading
from plimsoll.intervention.cases.findings import NewFinding, record_finding, withdraw_finding
from plimsoll.intervention.models import Bundle, Case, Notice
from plimsoll.intervention.notices import drafting
from plimsoll.people.models import User
from plimsoll.schools.models import Closure
from plimsoll.visits.contacts import inspections, liaison
from plimsoll.visits.contacts.calls import Said, correct, log
from plimsoll.visits.models import Call, Passage, StandingNote
from plimsoll.visits.reports import attachments
from tests.allocations import steps as allocating
from tests.cast import NOW, TODAY, Cast, make_cast
from tests.documents.test_render import structure
from tests.intervention import planning, steps, using
from tests.intervention.bundled import (
    blacked,
    everything,
    files_of,
    left_out,
    made,
    plain,
    prepared,
    zip_of,
)
from tests.intervention.steps import WHY, found
from tests.intervention.test_notices import begun, go, lawyer, written
from tests.visits import steps as visiting
from tests.visits import summarised


def upload(name: str, words: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


def file_for(cast: Cast, case: Case, audience: str = "court") -> Bundle:
    return made(prepared(case, cast.declan, audience), cast.declan)


def with_document(
    case: Case, fact: str, by: User, *, words: str, name: str, text: str = WHY
) -> Any:
    new = NewFinding(fact=fact, on=TODAY, text=text, file=upload(name, words))
    return record_finding(case=case, wanted=new, by=by, at=NOW)


# --- what it is ---------------------------------------------------------------------------


def test_I6_the_file_holds_the_whole_history(cast: Cast) -> None:
    """Trigger, grounds, concerns, intentions, discussion, findings, notices with their letters."""
    case = steps.formal(cast)
    said = everything(file_for(cast, case))
    for words in (
        case.trigger, case.concerns, case.intentions, "Leadership, management or governance",
        "The concerns were gone through one by one.", WHY, "Pre-formal warning notice",
        "Education and Inspections Act 2006 section 60", "Secretary of State",
        "Action plan of the governing body", "Claim CO/1234/2026", "A court or tribunal",
        "Nothing is on record",
    ):  # fmt: skip
        assert plain(words) in said, words


def test_the_zip_is_what_its_hashes_say(cast: Cast, tmp_path: Path) -> None:
    bundle = file_for(cast, steps.formal(cast))
    for name, body in files_of(bundle).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(body)
    told = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=True
    )
    assert told.stdout.count(b": OK\n") == len(bundle.files) - 1
    whole = zip_of(bundle)
    assert (len(whole), hashlib.sha256(whole).hexdigest()) == (bundle.size, bundle.sha256)
    assert whole == zip_of(bundle)


def test_letters_are_in_it_as_the_bytes_that_were_given(cast: Cast) -> None:
    case = steps.formal(cast)
    bundle = file_for(cast, case)
    notice = Notice.objects.get(case=case, kind="formal")
    letter = Document.objects.about(notice).get(media_type="application/pdf")
    stored = bytes(Document.objects.get(pk=letter.pk).body)
    assert stored in files_of(bundle).values()
    assert letter.pk in {each["document"] for each in bundle.files}


def test_the_pdf_is_tagged_and_every_letter_with_it(cast: Cast) -> None:
    bundle = file_for(cast, steps.formal(cast))
    tags = structure(files_of(bundle)["file.pdf"])
    assert tags.count("\nDocument") + tags.startswith("Document") == 4
    assert 'H1 "The file of case 1: Harbour View Primary School"' in tags
    assert 'H2 "Chronology"' in tags
    assert "The matters on which the conclusion is based" in tags


def test_the_index_names_the_pages_on_which_things_stand(cast: Cast) -> None:
    bundle = file_for(cast, steps.formal(cast))
    pdf = files_of(bundle)["file.pdf"]
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    leaves = text.split("\f")[:-1]
    row = next(line for line in leaves[0].splitlines() if "Chronology" in line)
    page = int(row.split()[-1])
    assert "What happened" in leaves[page - 1]
    assert f"File, page {page} of {len(leaves)}" in leaves[page - 1]
    row = next(line for line in leaves[0].splitlines() if "themselves" in line)
    assert "Dear governors" in leaves[int(row.split()[-1]) - 1]


def test_an_upload_goes_along_as_it_is_and_is_listed_with_how_to_open_it(cast: Cast) -> None:
    case = steps.talked(cast)
    with_document(
        case, "evidence-of-concern", cast.priya, words="year,seen\n1,12\n", name="Seen.csv"
    )
    bundle = file_for(cast, case)
    (name,) = (each for each in files_of(bundle) if each.endswith(".csv"))
    assert files_of(bundle)[name] == b"year,seen\n1,12\n"
    digest = hashlib.sha256(b"year,seen\n1,12\n").hexdigest()
    said = everything(bundle)
    assert digest in said
    assert plain("opens with Excel, LibreOffice or a text editor") in said


def test_the_file_is_kept_and_shows_ever_after_what_was_handed_over(cast: Cast) -> None:
    case = steps.formal(cast)
    bundle = file_for(cast, case)
    before = zip_of(bundle)
    found(case, "improvement", cast.priya)
    assert zip_of(Bundle.objects.get(pk=bundle.pk)) == before
    with pytest.raises(Refused):
        preparing.leave_out(
            bundle=bundle,
            keys=[],
            there=[],
            why="x",
            version=bundle.version,
            by=cast.declan,
            at=NOW,
        )
    assert set(Document.objects.about(bundle).values_list("permission", flat=True)) == {
        "concern.bundle"
    }


def test_a_second_click_makes_no_second_file(cast: Cast) -> None:
    case = steps.formal(cast)
    first, again = prepared(case, cast.declan), prepared(case, cast.declan)
    assert first.pk == again.pk
    made(first, cast.declan)
    with pytest.raises((Refused, Stale)):
        made(again, cast.declan)
    assert Bundle.objects.count() == 1
    assert Event.objects.filter(verb="bundle.make").count() == 1


def test_what_was_prepared_anew_meanwhile_is_not_made_over(cast: Cast) -> None:
    bundle = prepared(steps.formal(cast), cast.declan)
    left_out(bundle, cast.dorothy, "case-1")
    with pytest.raises(Stale):
        made(bundle, cast.declan)


@pytest.mark.parametrize("who", ["priya", "sadia", "helen", "olu", "ada", "henry"])
def test_S7_nobody_else_makes_the_file(cast: Cast, who: str) -> None:
    bundle = prepared(steps.formal(cast), cast.declan)
    person = cast.everyone[who]
    with pytest.raises(Refused):
        prepared(bundle.case, person, "foi")
    with pytest.raises(Refused):
        made(bundle, person)
    assert not audit.readable(person).filter(verb__startswith="bundle.").exists()


# --- what is left out ---------------------------------------------------------------------


def test_what_is_left_out_by_hand_is_gone_and_named_with_the_reason(cast: Cast) -> None:
    case = steps.formal(cast)
    notice = Notice.objects.get(case=case, kind="pre-formal")
    letter = Document.objects.about(notice).get(media_type="application/pdf")
    talk = case.discussions.get()
    bundle = left_out(
        prepared(case, cast.declan), cast.declan, f"discussion-{talk.pk}", "Not asked"
    )
    bundle = left_out(bundle, cast.declan, f"document-{letter.pk}", "Published already")
    said = everything(made(bundle, cast.declan))
    assert plain("gone through one by one") not in said
    assert plain("Published already") in said
    assert letter.pk not in {each["document"] for each in bundle.files}


def test_nothing_is_left_out_without_a_reason(cast: Cast) -> None:
    bundle = prepared(steps.formal(cast), cast.declan)
    with pytest.raises(Refused, match="Say why"):
        left_out(bundle, cast.declan, f"case-{bundle.case_id}", " ")


MARK = "zebra-marker"


def privileged(cast: Cast, case: Case) -> None:
    one = with_document(
        case, "legal-advice", cast.declan, words=f"{MARK} file", name=f"{MARK}.txt",
        text=f"{MARK} says counsel",
    )  # fmt: skip
    withdraw_finding(finding=one, on=TODAY, why=f"{MARK} no longer", by=cast.declan, at=NOW)


def legal_review(cast: Cast, case: Case) -> None:
    """A notice found sound and given, and one that came back, with what was to be changed."""
    reviewer = lawyer()
    notice = begun(case, "formal-60a", "s60a-pay", by=cast.priya)
    notice = go(written(notice, cast.priya, reviewer=reviewer), "send_to_review", cast.priya)
    notice = go(notice, "review_back", reviewer, points=f"{MARK} must change")
    notice = go(written(notice, cast.priya, reviewer=reviewer), "send_to_review", cast.priya)
    go(notice, "find_sound", reviewer, review=f"{MARK} is sound")
    Notice.objects.filter(case=case, kind="formal").update(
        review=f"{MARK} advice", points=f"{MARK} points"
    )


def drafts(cast: Cast, case: Case) -> None:
    notice = drafting.start(case=case, kind="proposed-powers", grounds=(), by=cast.declan, at=NOW)
    Notice.objects.filter(pk=notice.pk).update(texts={"matters": f"{MARK} draft"})


def holds(cast: Cast, case: Case) -> None:
    holding.place(case=case, why=f"{MARK} litigation is expected", by=cast.declan, at=NOW)


def other_files(cast: Cast, case: Case) -> None:
    bundle = preparing.prepare(
        case=case, audience="ofsted", purpose=f"{MARK} purpose", by=cast.declan, at=NOW
    )
    made(bundle, cast.declan)


def safeguarding(cast: Cast, case: Case) -> None:
    visiting.worried(cast, about=f"{MARK} at the gate")


def own_notes(cast: Cast, case: Case) -> None:
    """The note on the allocation, the diary, days without school, a call that was corrected."""
    allocation = allocating.agreed(cast)
    visit = visiting.held(allocation, cast.sadia)
    StandingNote.objects.create(
        visit=visit, still_right=False, why=f"{MARK} band", written_at=NOW, written_by="Sadia"
    )
    visiting.planned(allocation, cast.sadia, purpose=f"{MARK} to come")
    Closure.objects.create(kind="inset", starts=TODAY, ends=TODAY, name=MARK)
    said = Said(on=TODAY, how="phone", spoke_to="head", about=f"{MARK} by mistake")
    call = log(school=cast.harbour_view, said=said, by=cast.sadia, at=NOW)
    right = Said(on=TODAY, how="phone", spoke_to="head", about="Attendance")
    correct(call=call, said=right, by=cast.sadia, at=NOW)


def unreleased(cast: Cast, case: Case) -> None:
    """A report that is being checked, and the file of one that is being written."""
    allocation = allocating.agreed(cast)
    draft = visiting.written(allocation, cast.sadia)
    attachments.add(report=draft, file=upload(f"{MARK}.csv", f"{MARK},1\n"), by=cast.sadia, at=NOW)
    report = visiting.take(draft, "send", cast.sadia)
    Passage.objects.filter(report=report).update(text=f"{MARK} in a draft")


def unpublished(cast: Cast, case: Case) -> None:
    coming = inspections.Coming(called_on=TODAY, starts_on=TODAY)
    call = inspections.log(school=case.school, coming=coming, by=cast.helen, at=NOW)
    type(call).objects.filter(pk=call.pk).update(outcome=f"{MARK} outcome", heard_on=TODAY)


def other_schools(cast: Cast, case: Case) -> None:
    """Another school's case, and what was said of the trust that this school might join."""
    other = steps.opened(cast, cast.dock_road)
    Case.objects.filter(pk=other.pk).update(trigger=f"{MARK} elsewhere")
    with_document(
        other, "evidence-of-concern", cast.paul, words=MARK, name=f"{MARK}.txt", text=MARK
    )
    word = liaison.Word(on=TODAY, spoke_to="regulator", about=f"{MARK} of the trust")
    type(case.school).objects.filter(pk=case.school_id).update(trust_uid=cast.dock_road.trust_uid)
    about = liaison.About(trust_uid=cast.dock_road.trust_uid)
    liaison.log(about=about, word=word, by=cast.paul, at=NOW)


@pytest.mark.parametrize(
    "plant",
    [
        privileged, legal_review, drafts, holds, other_files, safeguarding, own_notes, unreleased,
        unpublished, other_schools,
    ],
)  # fmt: skip
def test_S7_what_belongs_in_no_file_is_in_none(cast: Cast, plant: Any) -> None:
    case = steps.formal(cast)
    plant(cast, case)
    bundle = file_for(cast, case)
    assert plain(MARK) not in everything(bundle)
    assert plain(WHY) in everything(bundle)


def test_S7_the_allocation_goes_only_to_whom_policy_allows(cast: Cast) -> None:
    case, allocation = steps.formal(cast), allocating.agreed(cast)
    letter = Document.objects.filter(permission="allocation.see", kind="allocation-letter").first()
    assert letter is not None
    for audience, told in (("court", True), ("ofsted", False), ("foi", False)):
        bundle = file_for(cast, case, audience)
        said = everything(bundle)
        names = " ".join(each["name"] for each in bundle.files)
        assert (plain(letter.title) in said) is told, audience
        assert (plain(allocation.policy.words.marking) in said) is told, audience
        assert ("school-support-allocation" in names) is told, audience
    assert plain("section 36 applies where the qualified person is of that opinion") in said


def test_S7_whoever_prepares_it_is_warned_of_a_band_in_its_words(cast: Cast) -> None:
    case = steps.opened(cast)
    Case.objects.filter(pk=case.pk).update(trigger="The school went from band B to band D.")
    for audience, warned in (("court", []), ("foi", ["5 October 2026: The case was opened"])):
        bundle = prepared(case, cast.declan, audience)
        assert Choice(bundle, gather(bundle, at=NOW)).names_band == warned
    for words in ("band B", "band D"):
        bundle = blacked(bundle, cast.declan, words)
    assert not Choice(bundle, gather(bundle, at=NOW)).names_band


def test_E12_of_private_visits_there_is_nothing_at_all(cast: Cast) -> None:
    """Not the visit, and not the line of a summary that told the school its day."""
    summarised.terms()
    case = steps.formal(cast)
    allocation = allocating.agreed(cast)
    summarised.full_term(cast, allocation)
    summary = summarised.begun(cast, allocation.cycle)[cast.harbour_view.pk]
    summarised.sent(summary, cast.priya)
    letter = Document.objects.get(subject="visits.summary", media_type="application/pdf")
    private = allocation.policy.visit("htpm").label
    bundle = prepared(case, cast.declan)
    whole = making.made(bundle=bundle, version=bundle.version, by=cast.declan, at=summarised.AT)
    said = everything(whole)
    assert plain(private) not in said
    assert plain("12 November 2026") not in said
    assert plain("Summary of support") in said
    assert plain("Core visit") in said
    assert letter.pk not in {each["document"] for each in whole.files}


def test_visits_reports_calls_and_liaison_of_its_time_are_in_it(cast: Cast) -> None:
    case = steps.formal(cast)
    report = visiting.issued(cast, allocating.agreed(cast))
    said = Said(on=TODAY, how="phone", spoke_to="head", about="Attendance in year 6")
    log(school=cast.harbour_view, said=said, by=cast.sadia, at=NOW)
    before = Said(on=date(2026, 9, 30), how="phone", spoke_to="head", about="Before the case")
    log(school=cast.harbour_view, said=before, by=cast.sadia, at=NOW)
    word = liaison.Word(on=TODAY, spoke_to="regulator", about="The growth plan")
    liaison.log(about=liaison.About(school=case.school), word=word, by=cast.sadia, at=NOW)
    told = everything(file_for(cast, case, "ofsted"))
    for words in (
        "Attendance in year 6", "The growth plan", f"Visit held: {report.visit.type.label}",
        visiting.WORDS, f"Report: {report.visit.type.label}",
    ):  # fmt: skip
        assert plain(words) in told, words
    assert plain("Before the case") not in told


def test_I8_a_plan_is_in_it_as_it_was_sent_and_never_as_it_is_being_written(cast: Cast) -> None:
    plan = planning.written(cast)
    case = plan.obligation.case
    before = everything(file_for(cast, case))
    assert plain("Do what matter 1 wants.") not in before
    planning.go(plan, "send", cast.helen)
    told = everything(file_for(cast, case, "ofsted"))
    for words in ("Do what matter 1 wants.", "The governing body’s plan received, version 1"):
        assert plain(words) in told, words


def test_I9_a_power_is_in_it_with_its_decision_and_whom_it_was_consulted_on(cast: Cast) -> None:
    case = steps.eligible(cast)
    using.in_force(cast, case, "s65")
    bundle = prepared(case, cast.declan)
    at = steps.on(using.AFTER)
    told = everything(making.made(bundle=bundle, version=bundle.version, by=cast.declan, at=at))
    for words in (
        using.rule(case, "s65").label, "We do not object.", "Scheme of delegation, part 3",
        using.HOW, "The Secretary of State consented on", "The school was told",
    ):  # fmt: skip
        assert plain(words) in told, words


def test_I6_under_northmoor_the_file_is_made_as_well(db: None, settings: Settings) -> None:
    settings.AUTHORITY = "northmoor"
    cast = make_cast()
    case = steps.opened(cast)
    found(case, "evidence-of-concern", cast.dorothy)
    steps.approved(case, "letter-of-concern")
    case = steps.take(case, "letter-of-concern", cast.dorothy)
    said = everything(file_for(cast, case, "foi"))
    assert plain(case.policy.notice("letter-of-concern").label) in said
    assert plain("section 36 applies") in said


def test_gathering_costs_the_same_with_one_record_and_with_many(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    case = steps.formal(cast)
    bundle = Bundle.objects.select_related("case__school").get(pk=prepared(case, cast.declan).pk)
    with django_assert_num_queries(28) as first:
        gather(bundle, at=NOW)
    for number in range(3):
        new = NewFinding(
            fact="improvement",
            on=TODAY,
            text=f"Finding {number}",
            file=upload(f"{number}.csv", "a,b\n"),
        )
        record_finding(case=case, wanted=new, by=cast.priya, at=NOW)
    with django_assert_num_queries(len(first.captured_queries)):
        gather(bundle, at=NOW)


# --- at one moment -------------------------------------------------------------------------


def test_what_is_written_while_the_file_is_read_is_not_half_in_it(
    transactional_db: None, cast: Cast
) -> None:
    """Somebody logs a call between two readings: both readings are of before it."""
    said = Said(on=TODAY, how="phone", spoke_to="head", about="Meanwhile")

    def meanwhile() -> None:
        try:
            log(school=cast.harbour_view, said=said, by=cast.sadia, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with one_reading():
            before = Call.objects.count()
            writing = pool.submit(meanwhile)
            wait([writing], timeout=2)  # on SQLite the writer waits until the reading is done
            assert Call.objects.count() == before
        writing.result(timeout=30)
    assert Call.objects.count() == before + 1


def test_of_two_clicks_at_once_one_makes_the_file(transactional_db: None, cast: Cast) -> None:
    case = steps.opened(cast)
    bundle = prepared(case, cast.declan)

    def click(person: User) -> str:
        try:
            made(Bundle.objects.select_related("case__school").get(pk=bundle.pk), person)
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(2) as pool:
        done = sorted(pool.map(click, (cast.declan, cast.dorothy)))
    assert done == ["made", "refused"]
    assert Document.objects.filter(kind="bundle", media_type="application/pdf").count() == 1
