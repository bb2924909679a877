"""The pages of a case: who finds it, what each reader sees, and how it is kept up."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plimsoll.core import audit
from plimsoll.core.workflow import Refused, Stale
from plimsoll.intervention.cases import keeping, queries
from plimsoll.intervention.cases.discussions import NewDiscussion, record_discussion
from plimsoll.intervention.models import Case, Decision, DecisionTold
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.intervention.steps import DAY, WHY, approved, discussed, found, opened, take
from tests.markup import StrictClient

OUTSIDERS = ("nobody", "ada", "dan", "olu", "lena", "henry", "sam")
QUERIES = 24


def page(client: StrictClient, cast: Cast, who: str, address: str) -> str:
    client.force_login(cast.everyone[who])
    answer = client.get(address)
    assert answer.status_code == 200, (who, address, answer.status_code)
    return " ".join(answer.content.decode().split())


def case_of(case: Case) -> str:
    return reverse("intervention:case", args=[case.pk])


# --- S7: who may know ----------------------------------------------------------------------


@pytest.mark.parametrize("who", OUTSIDERS)
def test_S7_nobody_else_can_see_or_list_a_case(cast: Cast, client: StrictClient, who: str) -> None:
    case, person = steps.formal(cast), cast.everyone[who]
    assert not queries.cases(person).exists()
    assert not queries.told_cases(person).exists()
    assert not audit.readable(person).filter(verb__startswith="concern.").exists()
    assert not audit.readable(person).filter(verb__startswith="case.").exists()
    client.force_login(person)
    for name in ("case", "told", "discussion", "risk", "review", "block"):
        address = reverse(f"intervention:{name}", args=[case.pk])
        assert client.get(address).status_code in (403, 404)


@pytest.mark.parametrize("who", ["olu", "henry", "sam", "ada"])
def test_S7_what_others_see_of_the_school_is_the_same_with_a_case(
    cast: Cast, client: StrictClient, who: str
) -> None:
    """Neither the list, nor a search, nor the school's page lets a case be inferred."""
    client.force_login(cast.everyone[who])
    addresses = ("/schools/?text=harbour", f"/schools/{cast.harbour_view.pk}/", "/")
    before = [client.get(each).status_code for each in addresses]
    links = [client.get(each).content.count(b"concern") for each in addresses]
    steps.formal(cast)
    assert [client.get(each).status_code for each in addresses] == before
    assert [client.get(each).content.count(b"concern") for each in addresses] == links


@pytest.mark.parametrize("who", ["helen", "chloe"])
def test_S7_I1_the_school_sees_only_what_it_was_told(
    cast: Cast, client: StrictClient, who: str
) -> None:
    case = opened(cast)
    client.force_login(cast.everyone[who])
    told = reverse("intervention:told", args=[case.pk])
    assert client.get(told).status_code == 404
    assert b"/concern/" not in client.get(f"/schools/{case.school_id}/").content

    approved(case, "concerns")
    assert client.get(told).status_code == 404  # approved is not given
    case = take(case, "concerns", cast.priya)
    found(case, "evidence-of-concern", cast.priya)
    assert b"/concern/" in client.get(f"/schools/{case.school_id}/").content
    words = page(client, cast, who, told)
    assert case.policy.notice("concerns").label in words
    assert WHY not in words
    assert case.trigger not in words
    assert client.get(case_of(case)).status_code == 403


def test_S7_a_decision_is_told_or_not(cast: Cast, client: StrictClient) -> None:
    case = steps.told(cast)
    for what, told_on in (("Fund a deputy", TODAY), ("Ask counsel", None)):
        decision = Decision.objects.create(
            case=case, what=what, made_on=TODAY, effective_on=TODAY, decided_by="Dorothy",
            authority="Scheme", reasons=WHY, recorded_at=NOW, recorded_by="D",
        )  # fmt: skip
        if told_on:
            DecisionTold.objects.create(
                decision=decision, on=told_on, how="Letter", recorded_at=NOW, recorded_by="D"
            )
    words = page(client, cast, "helen", reverse("intervention:told", args=[case.pk]))
    assert "Fund a deputy" in words
    assert "Ask counsel" not in words


def test_S7_legal_advice_is_read_by_few(cast: Cast, client: StrictClient) -> None:
    case = steps.formal(cast)
    advice = case.findings.get(fact="legal-advice")
    assert advice.privileged
    withdraw = reverse("intervention:finding-withdraw", args=[case.pk, advice.pk])
    for who, reads in (("declan", True), ("dorothy", True), ("priya", False), ("sadia", False)):
        assert (withdraw in page(client, cast, who, case_of(case))) is reads, who
    assert client.get(withdraw).status_code == 404  # Sadia's
    add = reverse("intervention:finding-add", args=[case.pk, "legal-advice"])
    assert client.get(add).status_code == 403
    with pytest.raises(Refused, match="by those who may read it"):
        found(case, "legal-advice", cast.priya)
    privileged = audit.readable(cast.priya).filter(permission="concern.privileged")
    assert not privileged.exists()


# --- the page ------------------------------------------------------------------------------


def test_I2_I3_the_page_says_exactly_what_is_missing_and_where_to_add_it(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.talked(cast)
    found(case, "evidence-of-concern", cast.priya)
    words = page(client, cast, "priya", case_of(case))
    add = reverse("intervention:finding-add", args=[case.pk, "evidence-of-inability"])
    assert f'href="{add}"' in words
    assert reverse("intervention:finding-add", args=[case.pk, "evidence-of-concern"]) not in words
    assert "is not approved yet" in words
    step = reverse("intervention:step", args=[case.pk, "pre-formal"])
    assert step not in words
    found(case, "evidence-of-inability", cast.priya)
    approved(case, "pre-formal")
    assert step not in page(client, cast, "priya", case_of(case))  # the Director's step
    assert step in page(client, cast, "declan", case_of(case))


def test_I2_the_discussion_that_is_owed_stays_on_the_page(cast: Cast, client: StrictClient) -> None:
    case = steps.told(cast, "safety")
    for fact in ("evidence-of-concern", "urgent-reasons", "legal-advice"):
        found(case, fact, cast.declan)
    approved(case, "pre-formal")
    take(case, "pre-formal-urgent", cast.declan)
    owed = "The discussion with head and chair is owed."
    assert owed in page(client, cast, "sadia", case_of(case))
    discussed(case, cast.dorothy, day=TODAY + DAY, result="refused")
    assert owed not in page(client, cast, "sadia", case_of(case))


def test_the_page_costs_the_same_with_one_record_and_with_many(
    cast: Cast, client: StrictClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = steps.warned(cast)
    client.force_login(cast.declan)
    client.get(case_of(case))
    with django_assert_num_queries(QUERIES):
        client.get(case_of(case))
    for day in range(1, 9):
        found(case, "evidence-of-concern", cast.priya, day=TODAY + day * DAY)
        discussed(case, cast.dorothy, day=TODAY + day * DAY)
        approved(case, "formal", day=TODAY + day * DAY)
    with django_assert_num_queries(QUERIES):
        client.get(case_of(case))


# --- keeping it up -------------------------------------------------------------------------


def test_I1_a_case_is_opened_by_its_form_with_policys_review(
    cast: Cast, client: StrictClient
) -> None:
    address = reverse("intervention:open", args=[cast.harbour_view.pk])
    client.force_login(cast.priya)
    sent = {"trigger": "Outcomes", "grounds": ["standards"], "concerns": "c", "intentions": "i"}
    assert client.post(address, sent | {"grounds": ["s60-standards"]}).status_code == 200
    assert not Case.objects.exists()
    answer = client.post(address, sent)
    case = Case.objects.get()
    assert answer["Location"] == case_of(case)
    assert (case.number, case.ladder, case.state) == (1, "maintained", "opened")
    assert case.review_on > case.opened_on
    assert client.post(address, sent).status_code == 200  # a second click opens no second
    assert Case.objects.count() == 1


def test_I6_a_step_is_taken_by_its_form_and_a_stale_one_is_not(
    cast: Cast, client: StrictClient
) -> None:
    case = opened(cast)
    approved(case, "concerns")
    address = reverse("intervention:step", args=[case.pk, "concerns"])
    client.force_login(cast.priya)
    sent = {"on_day": "5", "on_month": "10", "on_year": "2026", "reasons": WHY}
    assert client.post(address, sent | {"version": case.version + 1}).status_code == 200
    assert client.post(address, sent | {"version": case.version}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.stands_since) == ("concerns", TODAY)
    assert case.notices.get().given_on == TODAY


def test_U2_a_step_is_for_the_role_that_policy_names(cast: Cast) -> None:
    case = opened(cast)
    approved(case, "concerns")
    for person in (cast.sadia, cast.helen, cast.olu):
        with pytest.raises(Refused, match="does not allow this step"):
            take(case, "concerns", person)
    with pytest.raises(Refused, match="taken by the Principal Officer"):
        take(case, "concerns", cast.declan)


def test_a_review_always_lies_ahead_and_a_closed_case_takes_no_more(cast: Cast) -> None:
    case = opened(cast)
    with pytest.raises(Refused, match="must lie ahead"):
        keeping.set_review(case=case, on=TODAY, why="", by=cast.priya, at=NOW)
    case = keeping.set_review(case=case, on=TODAY + DAY, why="", by=cast.priya, at=NOW)
    assert case.review_on == TODAY + DAY
    take(case, "school-closed", cast.priya)
    with pytest.raises(Refused, match="was closed on 5 October 2026"):
        found(case, "evidence-of-concern", cast.priya)


def test_of_two_who_state_the_risk_the_second_is_shown_the_first(cast: Cast) -> None:
    case = opened(cast)
    told = {"case": case, "version": case.version, "deescalation": "", "by": cast.priya}
    keeping.state_risk(risk="High", at=NOW, **told)
    with pytest.raises(Stale):
        keeping.state_risk(risk="Low", at=NOW, **told)


def test_a_second_click_records_nothing_twice(cast: Cast) -> None:
    case = opened(cast)
    assert discussed(case, cast.dorothy) == discussed(case, cast.dorothy)
    first = found(case, "evidence-of-concern", cast.priya)
    assert found(case, "evidence-of-concern", cast.priya) == first


@pytest.mark.parametrize(
    ("invited", "held", "why"),
    [(2, 1, "invited before"), (-3, -2, "opened later"), (0, 5, "lies ahead")],
)
def test_I2_the_days_of_a_discussion_are_in_order(
    cast: Cast, invited: int, held: int, why: str
) -> None:
    new = NewDiscussion(
        invited_on=TODAY + invited * DAY, invited_how="Letter", result="held",
        on=TODAY + held * DAY, points="x", present="y",
    )  # fmt: skip
    at = steps.on(TODAY + 3 * DAY)
    with pytest.raises(Refused, match=why):
        record_discussion(case=opened(cast), wanted=new, by=cast.dorothy, at=at)


def test_I2_the_discussion_is_the_directors_to_record(cast: Cast) -> None:
    with pytest.raises(Refused, match="put on record by the Director of Education"):
        discussed(opened(cast), cast.priya)
