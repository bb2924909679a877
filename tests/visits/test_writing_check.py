"""Q1, S7: before a report is sent: what is missing, what names a band, what wants a look."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.core.workflow import Refused
from plimsoll.documents.models import Document
from plimsoll.people.models import User
from plimsoll.visits.agreed.agreeing import Wanted
from plimsoll.visits.models import Attachment, Report
from plimsoll.visits.reports import attachments, review
from plimsoll.visits.reports.writing.passages import save
from plimsoll.visits.reports.writing.typed import Said, Typed
from tests.allocations import steps as allocations
from tests.cast import NOW, TODAY, Cast
from tests.visits import steps

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 60 + b"IEND\xaeB`\x82"


@pytest.fixture
def report(cast: Cast) -> Report:
    """Of a termly contact, with every section written."""
    return steps.written(allocations.agreed(cast, band="B"), cast.sadia, kind="contact")


def write(report: Report, by: User, text: str, section: str = "purpose") -> None:
    passage = report.passages.get(section=section)
    typed = Typed(sections={section: Said(text=text, version=passage.version)})
    save(report=report, typed=typed, by=by, at=NOW)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(report: Report) -> str:
    return reverse("visits:report-review", args=[report.visit_id])


def send(report: Report, by: User, **more: object) -> str:
    client = client_of(by)
    version = client.get(address(report)).context["form"].initial["version"]
    answer = client.post(address(report), {"version": version, **more}, follow=True)
    report.refresh_from_db()
    return answer.content.decode()


def test_Q1_what_is_missing_is_said_by_name(cast: Cast, report: Report) -> None:
    report.passages.filter(section__in=("purpose", "impact")).delete()
    undated = Typed(new=(Wanted(what="Check phonics"),))
    save(report=report, typed=undated, by=cast.sadia, at=NOW)
    assert [(each.part, each.text) for each in review.hindrances(report)] == [
        ("purpose", "Purpose and focus is still to be written"),
        ("agreed", "Say by when: Check phonics"),
    ]
    shown = client_of(cast.sadia).get(address(report)).content.decode()
    assert "Put this right first" in shown
    assert "Send to be checked" not in shown


def test_S7_Q1_a_band_is_refused_with_the_sentence_where_it_stands(
    cast: Cast, report: Report
) -> None:
    write(report, cast.sadia, "All is well. The school is rightly in band C. Reading is strong.")
    shown = client_of(cast.sadia).get(address(report)).content.decode()
    assert "“The school is rightly in band C.”" in shown
    assert "#part-purpose" in shown
    assert "Send to be checked" not in shown
    with pytest.raises(Refused, match="No report names a band"):
        steps.take(report, "send", cast.sadia)


def test_S7_a_band_in_an_action_or_a_follow_up_is_refused_too(cast: Cast, report: Report) -> None:
    typed = Typed(new=(Wanted(what="Leave band D", by_when=TODAY),))
    save(report=report, typed=typed, by=cast.sadia, at=NOW)
    assert [each.part for each in review.hindrances(report)] == ["agreed"]


def test_S7_a_band_in_the_name_of_a_file_or_in_who_came_is_refused_too(
    cast: Cast, report: Report
) -> None:
    named = SimpleUploadedFile("Why band C.csv", b"class,seen\n3,1\n")
    attachments.add(report=report, file=named, by=cast.sadia, at=NOW)
    report.visit.others = "Sam Okoro, band C"
    assert [(each.part, each.sentence) for each in review.hindrances(report)] == [
        ("facts", "Sam Okoro, band C"),
        ("files", "Why band C.csv"),
    ]


def test_Q1_a_warning_is_no_bar_once_the_author_has_looked(cast: Cast, report: Report) -> None:
    write(report, cast.sadia, "The pupil Jordan Bell has a diagnosis.")
    found = review.warnings(report, TODAY)
    assert [each.word for each in found] == ["diagnosis", "Jordan Bell"]
    refused = send(report, cast.sadia)
    assert "Say that you have looked at each of these words" in refused
    assert report.state == "draft"
    assert "The report is sent to be checked" in send(report, cast.sadia, looked_at="on")
    assert report.state == "checking"


def test_Q1_adults_of_the_school_and_the_service_are_no_pupils(cast: Cast, report: Report) -> None:
    write(report, cast.sadia, "Helen Marsh, Chloe Grant and Sadia Rahman met at Harbour View.")
    assert review.warnings(report, TODAY) == []
    assert "The report is sent to be checked" in send(report, cast.sadia)


def test_Q1_whoever_sends_reads_what_somebody_else_saved_last(cast: Cast, report: Report) -> None:
    client = client_of(cast.sadia)
    version = client.get(address(report)).context["form"].initial["version"]
    write(report, cast.sadia, "Something else.")
    answer = client.post(address(report), {"version": version}, follow=True)
    assert "Read it once more" in answer.content.decode()
    report.refresh_from_db()
    assert report.state == "draft"


def test_Q1_an_action_of_which_nothing_is_said_is_named_and_no_bar(
    cast: Cast, report: Report
) -> None:
    typed = Typed(new=(Wanted(what="Check phonics", by_when=TODAY),))
    save(report=report, typed=typed, by=cast.sadia, at=NOW)
    steps.take(steps.take(report, "send", cast.sadia), "release", cast.priya)
    case = report.visit.school.allocations.get()
    later = steps.written(case, cast.sadia, kind="contact", on=TODAY + timedelta(days=30))
    assert review.unspoken(later) == ["Check phonics"]
    assert review.hindrances(later) == []


# --- files ----------------------------------------------------------------------------


def attach(report: Report, by: User, name: str = "walk.png", body: bytes = PNG) -> Attachment:
    return attachments.add(report=report, file=SimpleUploadedFile(name, body), by=by, at=NOW)


def fetch(person: User, attachment: Attachment) -> int:
    return (
        client_of(person).get(reverse("visits:report-attachment", args=[attachment.pk])).status_code
    )


def test_Q1_a_file_is_read_by_whoever_may_read_its_report(cast: Cast, report: Report) -> None:
    kept = attach(report, cast.sadia)
    assert kept.document.permission == "allocation.inside"
    assert [fetch(each, kept) for each in (cast.sadia, cast.helen, cast.henry)] == [200, 404, 404]
    steps.take(steps.take(report, "send", cast.sadia), "release", cast.priya)
    assert [fetch(each, kept) for each in (cast.sadia, cast.helen, cast.henry)] == [200, 200, 404]


def test_Q1_a_file_is_checked_by_its_content(cast: Cast, report: Report) -> None:
    with pytest.raises(Refused, match="walk"):
        attach(report, cast.sadia, body=b"MZ\x90\0 this is a program")
    assert not Document.objects.filter(filename="walk.png").exists()


def test_Q1_the_same_file_twice_is_there_once(cast: Cast, report: Report) -> None:
    assert attach(report, cast.sadia) == attach(report, cast.sadia)
    assert report.attachments.count() == 1


def test_Q1_a_file_is_taken_out_while_the_report_is_written(cast: Cast, report: Report) -> None:
    kept = attach(report, cast.sadia)
    attachments.remove(report=report, pk=kept.pk, by=cast.sadia, at=NOW)
    assert not report.attachments.exists()
    attach(report, cast.sadia)
    steps.take(report, "send", cast.sadia)
    report.refresh_from_db()
    with pytest.raises(Refused, match="no longer being written"):
        attachments.remove(report=report, pk=kept.pk, by=cast.sadia, at=NOW)


def test_Q1_a_file_comes_with_the_text_in_one_save(cast: Cast, report: Report) -> None:
    page = reverse("visits:report", args=[report.visit_id])
    client = client_of(cast.sadia)
    bad = {"file": SimpleUploadedFile("walk.png", b"no picture"), "do": "attach"}
    refused = client.post(page, bad)
    assert refused.status_code == 200
    assert "walk.png" in refused.content.decode()
    good = {"file": SimpleUploadedFile("walk.png", PNG), "do": "attach"}
    assert client.post(page, good)["Location"].endswith("#part-files")
    assert report.attachments.get().document.title == "walk.png"


# --- how much is asked of the database --------------------------------------------------

WRITING, CHECKING = 23, 22


@pytest.mark.parametrize("many", [False, True])
def test_the_pages_take_as_many_queries_for_a_short_report_as_for_a_long_one(
    cast: Cast, report: Report, many: bool,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    number = 12 if many else 1
    new = tuple(Wanted(what=f"Action {each}", by_when=TODAY) for each in range(number))
    save(report=report, typed=Typed(new=new), by=cast.sadia, at=NOW)
    steps.take(steps.take(report, "send", cast.sadia), "release", cast.priya)
    case = report.visit.school.allocations.get()
    later = steps.written(case, cast.sadia, kind="contact", on=TODAY + timedelta(days=30))
    save(report=later, typed=Typed(new=new), by=cast.sadia, at=NOW)
    for each in range(number):
        attach(later, cast.sadia, f"walk-{each}.csv", f"class,seen\n{each},1\n".encode())
    client = client_of(cast.sadia)
    with django_assert_num_queries(WRITING):
        client.get(reverse("visits:report", args=[later.visit_id]))
    with django_assert_num_queries(CHECKING):
        client.get(address(later))
