"""Whom a notice reaches, and how it reached each (I4)."""

from datetime import date
from typing import Any

import pytest

from plimsoll.core.workflow import Refused, Stale
from plimsoll.intervention.models import Delivery, Notice
from plimsoll.intervention.notices import deliveries
from plimsoll.intervention.notices.deliveries import Service
from plimsoll.people.models import User
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.intervention.steps import DAY, on, take

# Read by hand from section 60(6) and (6A): Harbour View is voluntary aided, Roman Catholic.
OF_HARBOUR_VIEW = [
    ("Governing body, care of the chair and the governance professional", "given"),
    ("Headteacher", "copied"),
    ("His Majesty's Chief Inspector (Ofsted)", "copied"),
    ("Secretary of State, through the DfE Regions Group", "copied"),
    ("Appropriate diocesan authority (Roman Catholic)", "copied"),
    ("Person who appoints the foundation governors", "copied"),
]


def approved(cast: Cast) -> Notice:
    case = steps.ready_for_formal(cast)
    return Notice.objects.get(case=case, kind="formal")


def given(notice: Notice, cast: Cast) -> list[Delivery]:
    take(notice.case, "formal", cast.declan)
    return deliveries.of(notice)


def test_I4_every_recipient_has_a_row_with_its_reason(cast: Cast) -> None:
    notice = approved(cast)
    deliveries.add(
        notice=notice, label="The trade union", how="copied", reason="Asked for it",
        by=cast.priya, at=NOW,
    )  # fmt: skip
    rows = given(notice, cast)
    assert [(row.label, row.how) for row in rows] == [
        *OF_HARBOUR_VIEW, ("The trade union", "copied"),
    ]  # fmt: skip
    assert [row.statutory for row in rows] == [True] * 6 + [False]
    assert rows[3].reason == "Section 60(6A)"
    assert not any(row.sent_on or row.given_on for row in rows)  # given is never assumed


def test_I4_nobody_can_be_added_or_taken_away_once_it_is_given(cast: Cast) -> None:
    notice = approved(cast)
    rows = given(notice, cast)
    for row in rows:
        with pytest.raises(Refused):
            deliveries.remove(delivery=row, by=cast.declan, at=NOW)
    with pytest.raises(Refused, match="It was given on 5 October 2026"):
        deliveries.add(notice=notice, label="X", how="copied", reason="Y", by=cast.declan, at=NOW)


def test_I4_a_statutory_recipient_stays_whatever_is_stored(cast: Cast) -> None:
    """Before the notice is given there is no row of it that could be taken away."""
    notice = approved(cast)
    added = deliveries.add(
        notice=notice, label="X", how="copied", reason="Y", by=cast.priya, at=NOW
    )
    deliveries.remove(delivery=added, by=cast.priya, at=NOW)
    assert [row.label for row in given(notice, cast)] == [label for label, _ in OF_HARBOUR_VIEW]


def test_I4_only_the_legal_approver_puts_the_fact_right_that_requires_it(cast: Cast) -> None:
    notice = approved(cast)
    wrong = {"fact": "church", "value": "none", "why": "Deed of 1931"}
    for other in (cast.priya, cast.dorothy):
        with pytest.raises(Refused, match="Your role"):
            deliveries.correct(notice=notice, by=other, at=NOW, **wrong)
    with pytest.raises(Refused, match="what shows"):
        deliveries.correct(notice=notice, by=cast.declan, at=NOW, **(wrong | {"why": " "}))
    deliveries.correct(notice=notice, by=cast.declan, at=NOW, **wrong)
    labels = [row.label for row in given(notice, cast)]
    assert labels == [label for label, _ in OF_HARBOUR_VIEW if "diocesan" not in label]


@pytest.mark.parametrize(
    ("value", "dioceses"),
    [
        ("Church of England", ["Church of England"]),
        ("Church of England/Roman Catholic", ["Church of England", "Roman Catholic"]),
    ],
)
def test_I4_the_church_put_right_names_its_diocese(
    cast: Cast, value: str, dioceses: list[str]
) -> None:
    notice = approved(cast)
    deliveries.correct(
        notice=notice, fact="church", value=value, why="Deed", by=cast.declan, at=NOW
    )
    found = [row.label for row in given(notice, cast) if row.recipient == "diocese"]
    assert found == [f"Appropriate diocesan authority ({each})" for each in dioceses]


SENT = {"method": "recorded", "sent_on": TODAY}


@pytest.mark.parametrize(
    ("service", "refusal"),
    [
        ({"sent_on": TODAY}, "by what method"),
        (SENT | {"given_on": TODAY}, "what shows it"),
        (SENT | {"given_on": TODAY + 9 * DAY, "evidence": "Signed"}, "lies ahead"),
        (SENT | {"sent_on": TODAY - DAY}, "no day is before it"),
        ({"method": "email", "sent_on": TODAY, "bounced_on": TODAY}, "why it came back"),
        ({"given_on": TODAY, "evidence": "Signed"}, "needs the day it was sent"),
    ],
)
def test_I4_service_is_recorded_with_what_shows_it(
    cast: Cast, service: dict[str, Any], refusal: str
) -> None:
    row = given(approved(cast), cast)[0]
    with pytest.raises(Refused, match=refusal):
        _record(row, cast.priya, **service)


def test_I4_sent_received_and_come_back_are_three_facts(cast: Cast) -> None:
    row = given(approved(cast), cast)[0]
    back = _record(row, cast.priya, **SENT, bounced_on=TODAY + DAY, bounced_why="Moved")
    assert back.bounced_on == TODAY + DAY
    signed = {"given_on": TODAY + 2 * DAY, "evidence": "Receipt AB 12"}
    row = _record(back, cast.priya, **SENT, **signed)
    assert (row.sent_on, row.given_on, row.bounced_on) == (TODAY, date(2026, 10, 7), None)
    with pytest.raises(Stale):
        _record(back, cast.priya, **SENT)
    with pytest.raises(Refused, match="Your role"):
        _record(row, cast.sadia, **SENT)


def _record(row: Delivery, by: User, **service: Any) -> Delivery:
    return deliveries.record(
        delivery=row, service=Service(**service), version=row.version, by=by,
        at=on(TODAY + 2 * DAY),
    )  # fmt: skip
