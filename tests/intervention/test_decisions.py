"""Decisions as records: in order, told or not, corrected by another and never altered (I9)."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from plimsoll.core import audit
from plimsoll.core.workflow import Refused
from plimsoll.intervention.decisions.recording import NewDecision, record_decision, tell_decision
from plimsoll.intervention.models import Case, Decision
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.intervention.steps import DAY, on, take
from tests.markup import StrictClient


def wanted(**more: Any) -> NewDecision:
    values: dict[str, Any] = {
        "what": "Fund a deputy head for two terms",
        "made_on": TODAY,
        "effective_on": TODAY + DAY,
        "decided_by": "Dorothy Adeyemi",
        "authority": "Scheme of delegation, part 3",
        "reasons": "Teaching in two year groups is without a lead.",
    }
    return NewDecision(**(values | more))


def recorded(cast: Cast, case: Case, **more: Any) -> Decision:
    return record_decision(case=case, wanted=wanted(**more), by=cast.dorothy, at=NOW)


def test_I9_a_decision_says_who_what_why_and_on_what_authority(cast: Cast) -> None:
    case = steps.told(cast)
    for empty in ("what", "decided_by", "authority", "reasons"):
        with pytest.raises(Refused, match="Say what was decided"):
            recorded(cast, case, **{empty: " "})
    assert recorded(cast, case).recorded_by == str(cast.dorothy)


@pytest.mark.parametrize(
    ("made", "effective", "why"),
    [
        (TODAY + DAY, TODAY + DAY, "when it has been made"),
        (TODAY, TODAY - DAY, "before it is made"),
    ],
)
def test_I9_its_days_are_in_order(cast: Cast, made: date, effective: date, why: str) -> None:
    with pytest.raises(Refused, match=why):
        recorded(cast, steps.told(cast), made_on=made, effective_on=effective)


@pytest.mark.parametrize("who", ["priya", "sadia", "helen", "chloe", "olu", "nobody"])
def test_U2_I9_it_is_recorded_by_those_who_decide(cast: Cast, who: str) -> None:
    case = steps.told(cast)
    with pytest.raises(Refused, match="does not allow"):
        record_decision(case=case, wanted=wanted(), by=cast.everyone[who], at=NOW)


def test_I9_a_mistaken_one_is_superseded_and_never_altered(cast: Cast) -> None:
    case = steps.told(cast)
    first = recorded(cast, case)
    assert recorded(cast, case) == first  # a second click
    facts = {"case": case, "supersedes": first, "by": cast.declan, "at": NOW}
    second = record_decision(wanted=wanted(what="Fund one for a term"), **facts)
    with pytest.raises(Refused, match="supersedes it already"):
        record_decision(wanted=wanted(what="Fund none"), **facts)
    assert first.superseded_by == second
    for change in ({"what": "Another"}, {"supersedes": second}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Decision.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=first.pk).delete()


def test_I9_the_school_is_told_after_it_is_made_and_once(cast: Cast) -> None:
    case = steps.told(cast)
    decision = recorded(cast, case)
    facts: dict[str, Any] = {"decision": decision, "how": "By letter", "by": cast.dorothy}
    with pytest.raises(Refused, match="made on 5 October 2026 only"):
        tell_decision(on=TODAY - DAY, at=NOW, **facts)
    with pytest.raises(Refused, match="lies ahead"):
        tell_decision(on=TODAY + DAY, at=NOW, **facts)
    told = tell_decision(on=TODAY, at=NOW, **facts)
    assert tell_decision(on=TODAY, at=NOW, **facts) == told
    with pytest.raises(Refused, match="told on 5 October 2026"):
        tell_decision(on=TODAY + DAY, at=on(TODAY + DAY), **facts)


def test_I9_a_closed_case_takes_none(cast: Cast) -> None:
    case = take(steps.told(cast), "school-closed", cast.priya)
    with pytest.raises(Refused, match="was closed"):
        recorded(cast, case)


def test_S7_I9_the_school_reads_those_that_it_was_told(cast: Cast, client: StrictClient) -> None:
    case = steps.told(cast)
    decision = recorded(cast, case)
    told = reverse("intervention:told", args=[case.pk])
    client.force_login(cast.helen)
    assert decision.what not in client.get(told).content.decode()
    tell_decision(decision=decision, on=TODAY, how="By letter", by=cast.dorothy, at=NOW)
    words = client.get(told).content.decode()
    assert decision.what in words
    assert decision.reasons not in words
    assert not audit.readable(cast.helen).filter(verb__startswith="decision.").exists()


def day(name: str, at: date) -> dict[str, str]:
    return {
        f"{name}_day": str(at.day),
        f"{name}_month": str(at.month),
        f"{name}_year": str(at.year),
    }


def test_I9_it_is_recorded_superseded_and_told_by_its_forms(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.told(cast)
    typed = {
        "what": "Fund a deputy", "decided_by": "Dorothy", "authority": "Scheme", "reasons": "Need",
    } | day("made_on", TODAY) | day("effective_on", TODAY)  # fmt: skip
    client.force_login(cast.dorothy)
    add = reverse("intervention:decision-add", args=[case.pk])
    assert client.post(add, typed | {"authority": ""}).status_code == 200
    assert not Decision.objects.exists()
    for _ in range(2):
        assert client.post(add, typed).status_code == 302
    decision = Decision.objects.get()
    supersede = reverse("intervention:decision-supersede", args=[decision.pk])
    assert "Fund a deputy" in client.get(supersede).content.decode()
    assert client.post(supersede, typed | {"what": "Fund two"}).status_code == 302
    assert client.post(supersede, typed | {"what": "Fund three"}).status_code == 200
    tell = reverse("intervention:decision-told", args=[Decision.objects.get(what="Fund two").pk])
    assert client.post(tell, {"how": "Letter"} | day("on", TODAY)).status_code == 302
    words = client.get(reverse("intervention:case", args=[case.pk])).content.decode()
    assert words.count("Superseded") == 1
    assert "The school was told 5 October 2026" in words
    assert tell not in words
