"""Two people, or two clicks, at one case of a school causing concern: one effect."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from plimsoll.core.models import Event
from plimsoll.documents.models import Document
from plimsoll.intervention.models import Case, Notice
from tests.attacks.test_at_once import at_once, poster
from tests.cast import Cast, give, make_cast, make_person
from tests.intervention import steps
from tests.intervention.steps import WHY, found
from tests.intervention.test_notices import begun, go, written

pytestmark = pytest.mark.django_db(transaction=True)
DAY_OF_STEP = {"on_day": "5", "on_month": "10", "on_year": "2026"}


@pytest.fixture
def cast() -> Iterator[Cast]:
    yield make_cast()
    connection.close()


def test_I4_two_directors_give_one_notice_at_once(cast: Cast) -> None:
    case = steps.ready_for_formal(cast)
    deputy = make_person("Dinah Cole")
    give(deputy, "dcs")
    data = DAY_OF_STEP | {"version": case.version, "reasons": WHY}
    address = f"/concern/{case.pk}/steps/formal/"
    answers = at_once(*(poster(who, address, data) for who in (cast.declan, deputy, cast.declan)))
    assert all(answer in (200, 302, 409) for answer in answers), answers
    assert Event.objects.filter(verb="concern.formal").count() == 1
    notice = case.notices.get(kind="formal")
    assert notice.deliveries.count() == 6
    assert Document.objects.about(notice).count() == 2
    assert case.obligations.filter(kind="action-plan").count() == 1


def test_I3_a_finding_is_withdrawn_while_the_step_that_rests_on_it_is_taken(cast: Cast) -> None:
    """One comes first: the notice is given, or the finding shows nothing any more."""
    case = steps.talked(cast)
    for fact in ("evidence-of-concern", "evidence-of-inability"):
        finding = found(case, fact, cast.priya)
    steps.approved(case, "pre-formal")
    step = DAY_OF_STEP | {"version": case.version, "reasons": WHY}
    answers = at_once(
        poster(cast.declan, f"/concern/{case.pk}/steps/pre-formal/", step),
        poster(
            cast.priya,
            f"/concern/{case.pk}/findings/{finding.pk}/withdraw/",
            DAY_OF_STEP | {"why": "Not so"},
        ),
    )
    assert all(answer in (200, 302) for answer in answers), answers
    given = Event.objects.filter(verb="concern.pre-formal")
    withdrawn = Event.objects.get(verb="case.withdrawn")
    assert all(each.pk < withdrawn.pk for each in given)


def test_I4_a_notice_is_taken_back_while_it_is_given(cast: Cast) -> None:
    """Either it is given as it was approved, or it is back with its writer: never both."""
    case = steps.talked(cast)
    for fact in ("evidence-of-concern", "evidence-of-inability"):
        found(case, fact, cast.priya)
    notice = written(begun(case, "pre-formal", "leadership", by=cast.priya), cast.priya)
    notice = go(go(notice, "send", cast.priya), "approve", cast.declan)
    answers = at_once(
        poster(
            cast.declan,
            f"/concern/{case.pk}/steps/pre-formal/",
            DAY_OF_STEP | {"version": case.version, "reasons": WHY},
        ),
        poster(
            cast.priya,
            f"/concern/notices/{notice.pk}/steps/reopen/",
            {"version": notice.version, "reasons": "Shorter"},
        ),
    )
    assert all(answer in (200, 302) for answer in answers), answers
    notice.refresh_from_db()
    case.refresh_from_db()
    assert (notice.state, case.state) in (("given", "pre-formal"), ("drafting", "discussion"))
    assert Document.objects.about(notice).exists() == (notice.state == "given")


@pytest.mark.parametrize("what", ["open", "draft", "finding", "discussion", "recipient", "bar"])
def test_I1_I2_what_is_clicked_four_times_at_once_is_there_once(cast: Cast, what: str) -> None:
    case = steps.opened(cast)
    notice = begun(case, "pre-formal", "leadership", by=cast.priya)
    quay = cast.quayside.pk
    clicks: dict[str, tuple[Any, str, dict[str, Any], Any]] = {
        "open": (
            cast.priya, f"/concern/schools/{quay}/open/",
            {"trigger": "t", "grounds": ["standards"], "concerns": "c", "intentions": "i"},
            lambda: Case.objects.filter(school=quay),
        ),
        "draft": (
            cast.priya, f"/concern/{case.pk}/notices/add/formal/", {},
            lambda: Notice.objects.filter(kind="formal"),
        ),
        "finding": (
            cast.priya, f"/concern/{case.pk}/findings/add/evidence-of-concern/",
            DAY_OF_STEP | {"text": WHY}, case.findings.all,
        ),
        "discussion": (
            cast.dorothy, f"/concern/{case.pk}/discussion/",
            DAY_OF_STEP | {
                "invited_on_day": "5", "invited_on_month": "10", "invited_on_year": "2026",
                "invited_how": "x", "result": "refused", "points": "x",
            }, case.discussions.all,
        ),
        "recipient": (
            cast.priya, f"/concern/notices/{notice.pk}/recipients/add/",
            {"label": "The union", "how": "copied", "reason": "It asked"},
            notice.deliveries.all,
        ),
        "bar": (
            cast.declan, f"/concern/{case.pk}/secretary-of-state/",
            DAY_OF_STEP | {"told_how": "Letter", "lifts": "False"},
            lambda: Case.objects.filter(blocked_since__isnull=False, blocked_until=None),
        ),
    }  # fmt: skip
    who, address, data, kept = clicks[what]
    answers = at_once(*(poster(who, address, data) for _ in range(4)))
    assert all(answer in (200, 302) for answer in answers), answers
    assert kept().count() == 1
