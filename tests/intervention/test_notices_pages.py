"""The pages of a notice: who finds it, and writing one without JavaScript (I4, S7)."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plimsoll.documents.models import Document
from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices import deliveries, drafting
from tests.cast import NOW, Cast
from tests.intervention import steps
from tests.intervention.drafts import begun, go, lawyer, sent
from tests.intervention.steps import DAY, TODAY, WHY, approved, found, take
from tests.markup import StrictClient

QUERIES = 8


def of(notice: Notice) -> str:
    return reverse("intervention:notice", args=[notice.pk])


def test_S7_I7_the_lawyer_who_is_named_reads_that_notice_and_nothing_else(
    cast: Cast, client: StrictClient
) -> None:
    reviewer = lawyer()
    notice = sent(cast, reviewer)
    other = Notice.objects.get(case=notice.case, kind="pre-formal")
    client.force_login(reviewer)
    assert client.get(of(notice)).status_code == 200
    assert client.get(of(other)).status_code == 404
    case = reverse("intervention:case", args=[notice.case_id])
    assert client.get(case).status_code == 403
    assert case not in client.get(of(notice)).content.decode()


@pytest.mark.parametrize("who", ["helen", "chloe", "sam", "olu", "ada", "henry"])
def test_S7_nobody_else_finds_a_draft(cast: Cast, client: StrictClient, who: str) -> None:
    notice = sent(cast, lawyer())
    client.force_login(cast.everyone[who])
    assert client.get(of(notice)).status_code == 404


def test_S7_legal_advice_on_a_notice_is_read_by_few(cast: Cast, client: StrictClient) -> None:
    reviewer = lawyer()
    advice = "Counsel doubts the second ground."
    notice = go(sent(cast, reviewer), "find_sound", reviewer, review=advice)
    for person, reads in ((cast.declan, True), (reviewer, True), (cast.priya, False)):
        client.force_login(person)
        assert (advice in client.get(of(notice)).content.decode()) is reads, person


def test_I3_I4_a_notice_is_written_from_the_library(cast: Cast, client: StrictClient) -> None:
    case = steps.talked(cast)
    client.force_login(cast.priya)
    add = reverse("intervention:notice-add", args=[case.pk, "pre-formal"])
    assert client.post(add, {"grounds": ["leadership"]}).status_code == 302
    notice = Notice.objects.get(case=case, kind="pre-formal")
    write = reverse("intervention:notice-write", args=[notice.pk])
    words = client.get(write).content.decode()
    assert "does not hold leaders to account" in words
    assert "Outcomes have fallen" not in words  # of a ground that was not chosen
    ends, by = TODAY + 21 * DAY, TODAY + 60 * DAY
    typed = {f"text-{part.id}": WHY for part in notice.type.parts} | {
        "version": "1", "grounds": ["leadership"], "library-matters": ["governance"],
        "period_ends_day": ends.day, "period_ends_month": ends.month, "period_ends_year": ends.year,
        "address_by_day": by.day, "address_by_month": by.month, "address_by_year": by.year,
    }  # fmt: skip
    assert client.post(write, typed).status_code == 302
    notice.refresh_from_db()
    assert notice.texts["matters"] == (
        f"{WHY}\n\nThe governing body does not hold leaders to account for the agreed plan."
    )
    assert (notice.period_ends, notice.address_by) == (ends, by)
    late = client.post(write, typed | {"text-action": "Another text"})
    assert late.status_code == 409
    assert "Another text" in late.content.decode()


def test_I4_service_is_recorded_on_its_page(cast: Cast, client: StrictClient) -> None:
    notice = Notice.objects.get(case=steps.formal(cast), kind="formal")
    client.force_login(cast.declan)
    words = client.get(of(notice)).content.decode()
    assert words.count("Not sent yet") == 6
    assert "Required by law" in words
    assert "PDF" in words


def test_the_page_costs_the_same_with_one_recipient_and_with_many(
    cast: Cast, client: StrictClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notice = begun(steps.warned(cast), "formal", "s60-breakdown", by=cast.priya)
    client.force_login(cast.declan)
    client.get(of(notice))
    with django_assert_num_queries(QUERIES):
        client.get(of(notice))
    for number in range(5):
        deliveries.add(
            notice=notice, label=f"Person {number}", how="copied", reason="Asked for it",
            by=cast.priya, at=NOW,
        )  # fmt: skip
    with django_assert_num_queries(QUERIES):
        client.get(of(notice))


def test_I7_a_draft_stands_beside_the_notice_it_follows(cast: Cast, client: StrictClient) -> None:
    notice = drafting.start(
        case=steps.warned(cast), kind="formal", grounds=("s60-breakdown",), by=cast.priya, at=NOW
    )
    client.force_login(cast.priya)
    words = client.get(of(notice)).content.decode()
    assert "Beside the earlier notice" in words
    assert "Pre-formal warning notice" in words


@pytest.mark.parametrize("who", ["helen", "chloe"])
def test_I4_the_school_reads_the_stored_letter(cast: Cast, client: StrictClient, who: str) -> None:
    case = steps.formal(cast)
    client.force_login(cast.everyone[who])
    words = client.get(reverse("intervention:told", args=[case.pk])).content.decode()
    assert words.count("Read it as PDF") == 3  # concerns, the pre-formal and the formal notice
    notice = Notice.objects.get(case=case, kind="formal")
    paper = Document.objects.about(notice).get(media_type="application/pdf")
    address = reverse("documents:download", args=[paper.pk])
    assert address in words
    assert client.get(address).status_code == 200


def test_I5_what_only_the_regulator_received_is_not_listed_for_the_academy(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.talked(cast, school=cast.dock_road)
    for fact in ("evidence-of-concern", "improvement"):
        found(case, fact, cast.paul)
    for kind, step in (("academy-letter", "letter"), ("academy-improved", "improved")):
        approved(case, kind)
        case = take(case, step, cast.declan)
    client.force_login(cast.henry)
    words = client.get(reverse("intervention:told", args=[case.pk])).content.decode()
    assert case.policy.notice("academy-letter").label.replace("'", "&#x27;") in words
    assert case.policy.notice("academy-improved").label not in words


def test_I1_the_first_letter_begins_with_what_the_case_was_opened_on(cast: Cast) -> None:
    case = steps.opened(cast)
    first = begun(case, "concerns", *case.grounds, by=cast.priya)
    assert first.texts == {"concerns": case.concerns, "intentions": case.intentions}
    later = begun(steps.talked(cast, school=cast.dock_road), "academy-letter", by=cast.paul)
    assert later.texts == {}


def test_I4_what_is_approved_leads_to_the_step_that_gives_it(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.opened(cast)
    client.force_login(cast.priya)
    way = f'href="{reverse("intervention:case", args=[case.pk])}#next"'
    notice = approved(case, "concerns")
    assert way in client.get(of(notice)).content.decode()
    take(case, "concerns", cast.priya)
    assert way not in client.get(of(notice)).content.decode()
