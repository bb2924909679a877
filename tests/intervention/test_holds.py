"""Legal holds: while one stands, nothing of a case is disposed of; and the pages of both."""

from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plimsoll.core import audit
from plimsoll.core.workflow import Refused
from plimsoll.intervention.bundle import holding
from plimsoll.intervention.models import (
    Bundle,
    Case,
    Delivery,
    Hold,
    Obligation,
    PlanJudgement,
    PlanVersion,
)
from tests.cast import NOW, TODAY, Cast
from tests.intervention import planning, steps
from tests.intervention.bundled import blacked, made, prepared
from tests.intervention.steps import DAY, opened
from tests.markup import StrictClient

WHY = "A claim is expected"
QUERIES = 33


def held(case: Case, cast: Cast, why: str = WHY) -> Hold:
    return holding.place(case=case, why=why, by=cast.declan, at=NOW)


def test_nothing_is_disposed_of_while_a_hold_stands(cast: Cast) -> None:
    case = steps.formal(cast)
    held(case, cast)
    with pytest.raises(Refused, match="since 5 October 2026"):
        holding.refuse_disposal(case)
    duty = Obligation.objects.get(case=case)
    with transaction.atomic(), pytest.raises(Refused):
        duty.delete()
    with transaction.atomic(), pytest.raises(Refused):
        Obligation.objects.filter(case=case).delete()
    with transaction.atomic(), pytest.raises(ProtectedError):
        case.delete()


def test_no_part_of_a_record_is_disposed_of_either(cast: Cast) -> None:
    """What a plan was when it was sent, what was said to it, how a notice was served."""
    plan = planning.sent(cast)
    held(plan.obligation.case, cast)
    served = Delivery.objects.filter(notice__kind="formal")
    _refused(PlanVersion.objects.all(), served)
    planning.go(plan, "accept", cast.priya, day=TODAY + DAY)
    _refused(PlanJudgement.objects.all())


def _refused(*records: QuerySet[Any]) -> None:
    for rows in records:
        assert rows.exists()
        with transaction.atomic(), pytest.raises(Refused, match="legal hold"):
            rows.delete()


def test_somebody_added_to_a_draft_is_taken_out_again_while_a_hold_stands(cast: Cast) -> None:
    case = opened(cast)
    held(case, cast)
    draft = steps.approved(case, "concerns")
    Delivery.objects.create(
        notice=draft, recipient="", label="Somebody", how="copied", reason="Asked"
    ).delete()


def test_with_no_hold_the_guard_says_nothing(cast: Cast) -> None:
    holding.refuse_disposal(opened(cast))


def test_each_hold_is_lifted_on_its_own(cast: Cast) -> None:
    case = opened(cast)
    first, second = held(case, cast), held(case, cast, "An inquiry")
    assert held(case, cast).pk == first.pk  # a second click
    holding.lift(hold=first, why="It was settled", by=cast.dorothy, at=NOW)
    with pytest.raises(Refused):
        holding.refuse_disposal(case)
    holding.lift(hold=second, why="It is over", by=cast.dorothy, at=NOW)
    holding.refuse_disposal(case)
    with pytest.raises(Refused, match="was lifted"):
        holding.lift(hold=second, why="Again", by=cast.dorothy, at=NOW)


@pytest.mark.parametrize("who", ["priya", "sadia", "helen", "ada", "olu"])
def test_nobody_else_places_or_lifts_one(cast: Cast, who: str) -> None:
    case, person = opened(cast), cast.everyone[who]
    with pytest.raises(Refused):
        holding.place(case=case, why=WHY, by=person, at=NOW)
    with pytest.raises(Refused):
        holding.lift(hold=held(case, cast), why=WHY, by=person, at=NOW)
    assert not audit.readable(person).filter(verb__startswith="case.hold").exists()


def test_whoever_works_on_the_case_sees_that_it_stands_and_not_why(
    cast: Cast, client: StrictClient
) -> None:
    case = opened(cast)
    held(case, cast)
    address = reverse("intervention:case", args=[case.pk])
    for person, reads in ((cast.declan, True), (cast.priya, False), (cast.sadia, False)):
        client.force_login(person)
        words = client.get(address).content.decode()
        assert "A legal hold stands since" in words
        assert (WHY in words) is reads, person
        assert ("/bundle/" in words) is reads, person


def test_the_file_says_that_a_hold_stands(cast: Cast) -> None:
    case = opened(cast)
    held(case, cast)
    assert made(prepared(case, cast.declan), cast.declan).made_at == NOW


# --- the pages of a bundle ----------------------------------------------------------------


def test_the_file_is_prepared_and_made_without_javascript(cast: Cast, client: StrictClient) -> None:
    case = steps.formal(cast)
    client.force_login(cast.declan)
    begin = reverse("intervention:bundles", args=[case.pk])
    words = client.get(begin).content.decode()
    assert "section 36 applies" in words
    assert client.post(begin, {"audience": "foi", "purpose": "FOI 12"}).status_code == 302
    bundle = Bundle.objects.get()
    of = {
        name: reverse(f"intervention:bundle{name}", args=[case.pk, bundle.pk])
        for name in ("", "-leave-out", "-black-out", "-make", "-zip")
    }
    offered = client.get(of["-leave-out"]).content.decode()
    assert "The case and its steps" in offered
    group = (
        offered.partition(f'value="case-{case.pk}"')[0].rpartition('name="')[2].partition('"')[0]
    )
    typed = {"version": "1", group: [f"case-{case.pk}"], "why": ""}
    refused = client.post(of["-leave-out"], typed)
    assert "Say why it is left out" in refused.content.decode()
    assert client.post(of["-leave-out"], typed | {"why": "Not asked for"}).status_code == 302
    typed = {"version": "2", "words": "Priya Nair", "why": "name of staff"}
    assert client.post(of["-black-out"], typed).status_code == 302
    words = client.get(of[""]).content.decode()
    assert "Not asked for" in words
    assert "Found" in words
    assert client.post(of["-make"], {"version": "3"}).status_code == 302
    again = client.post(of["-make"], {"version": "3"}, follow=True)
    assert Bundle.objects.get().sha256 in again.content.decode()
    answer = client.get(of["-zip"])
    whole = b"".join(answer.streaming_content)
    assert len(whole) == int(answer.headers["Content-Length"]) == Bundle.objects.get().size
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_bundle_of_another_case_is_not_found_under_this_one(
    cast: Cast, client: StrictClient
) -> None:
    case, other = opened(cast), opened(cast, cast.quayside)
    bundle = prepared(other, cast.declan)
    client.force_login(cast.declan)
    address = reverse("intervention:bundle", args=[case.pk, bundle.pk])
    assert client.get(address).status_code == 404


def test_the_page_costs_the_same_with_few_and_with_many(
    cast: Cast, client: StrictClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = steps.formal(cast)
    bundle = blacked(prepared(case, cast.declan), cast.declan, "the results")
    client.force_login(cast.declan)
    address = reverse("intervention:bundle", args=[case.pk, bundle.pk])
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
    for number in range(4):
        steps.found(case, "improvement", cast.priya, day=steps.TODAY)
        bundle = blacked(bundle, cast.declan, f"word {number}")
    with django_assert_num_queries(QUERIES):
        client.get(address)
