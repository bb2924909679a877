"""Two at once upon visits, reports and summaries: one effect, and the ledger's sums agree."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Event, Message
from plimsoll.documents.models import Document
from plimsoll.people.models import User
from plimsoll.visits.days.queries import Balance, balances
from plimsoll.visits.models import (
    Call,
    Entry,
    InspectionCall,
    Liaison,
    Report,
    StandingNote,
    Visit,
    Worry,
)  # fmt: skip
from tests.allocations import steps
from tests.attacks.test_at_once import acting, at_once, poster
from tests.cast import NOW, TODAY, Cast, give, make_cast, make_person
from tests.visits import steps as visiting
from tests.visits.summarised import begun, signed, terms

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def cast() -> Iterator[Cast]:
    yield make_cast()
    connection.close()


@pytest.fixture
def case(cast: Cast) -> Allocation:
    """Harbour View holds band B: a core visit of 1 day."""
    return steps.agreed(cast, band="B")


def another_partner(cast: Cast) -> User:
    cover = make_person("Carl Mint")
    give(cover, "sip", cast.harbour_view, declared_at=NOW)
    return cover


def another_officer(cast: Cast) -> User:
    piers = make_person("Piers Long")
    give(piers, "po", phases=["primary"])
    return piers


def core(visit: Visit) -> tuple[Decimal, Decimal]:
    """Days planned and used on the core line."""
    own = Entry.objects.filter(school=visit.school, line="core")
    found: Balance = balances(own, "line")[("core",)]
    return found.planned, found.used


def on(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def step(visit: Visit, name: str) -> tuple[str, dict[str, Any]]:
    typed = {
        "hold": {"mode": "virtual", "days": "0.5", "met": "head", **on("held_on", TODAY)},
        "cancel": {"reason": "school-late", "charged": "no"},
        "move": {"part": "day", "mode": "virtual", **on("on", TODAY)},
        "confirm": {},
    }
    return f"/visits/{visit.pk}/{name}/", {"version": visit.version, **typed[name]}


def test_a_visit_held_four_times_at_once_is_held_once(cast: Cast, case: Allocation) -> None:
    visit = visiting.planned(case, cast.sadia, on=TODAY)
    answers = at_once(*(poster(cast.sadia, *step(visit, "hold")) for _ in range(4)))
    assert set(answers) == {302}
    assert core(visit) == (0, Decimal("0.5"))
    assert Report.objects.count() == Event.objects.filter(verb="visit.hold").count() == 1


def test_a_visit_held_and_cancelled_at_once_is_one_of_them(cast: Cast, case: Allocation) -> None:
    visit = visiting.planned(case, cast.sadia, on=TODAY)
    answers = at_once(
        poster(cast.sadia, *step(visit, "hold")),
        poster(another_partner(cast), *step(visit, "cancel")),
        poster(cast.helen, *step(visit, "confirm")),
    )
    assert sorted(answers) == [302, 409, 409]
    visit.refresh_from_db()
    assert core(visit) == {
        "held": (0, Decimal("0.5")), "cancelled": (0, 0), "confirmed": (1, 0),
    }[visit.state]  # fmt: skip
    assert Report.objects.count() == (visit.state == "held")


def test_a_report_released_by_two_officers_at_once_is_issued_once(
    cast: Cast, case: Allocation
) -> None:
    report = visiting.checking(cast, case)
    address, data = f"/visits/reports/{report.pk}/step/release/", {"version": report.version}
    at_once(
        poster(cast.priya, address, data), poster(cast.priya, address, data),
        poster(another_officer(cast), address, data),
    )  # fmt: skip
    assert Report.objects.get().state == "issued"
    assert report.revisions.count() == 1
    assert (
        Message.objects.filter(key__startswith="report-issued:", to=cast.helen.email).count() == 1
    )


def test_a_report_released_and_extended_at_once_is_not_extended_after(
    cast: Cast, case: Allocation
) -> None:
    report = visiting.checking(cast, case)
    later = report.due + timedelta(days=3)
    data = {"version": report.version, "why": "Illness", **on("due", later)}
    at_once(
        poster(
            cast.priya, f"/visits/reports/{report.pk}/step/release/", {"version": report.version}
        ),
        poster(another_officer(cast), f"/visits/reports/{report.pk}/extend/", data),
    )
    now = Report.objects.get()
    assert (now.issued_at is None) != (now.due == report.due)
    assert now.version == report.version + 1


def test_two_heads_reply_at_once_and_one_reply_stands(cast: Cast, case: Allocation) -> None:
    report = visiting.issued(cast, case)
    section = report.visit.type.sections[0]
    wrong = {"reply": "reply_not_accurate", f"comment-{section}": "No.", "text": ""}
    address = f"/visits/reports/{report.pk}/reply/"
    at_once(
        poster(cast.helen, address, {"version": report.version, **wrong}),
        poster(cast.helen, address, {"version": report.version, **wrong}),
        poster(acting(cast), address, {"version": report.version, "reply": "reply_accurate"}),
    )
    now = Report.objects.get()
    assert now.version == report.version + 1
    assert report.comments.count() == (now.state == "disputed")
    assert now.state in ("disputed", "final")


@pytest.mark.parametrize(
    ("where", "typed", "kept"),
    [
        (
            "calls/900001/log",
            {"how": "phone", "spoke_to": "head", "about": "Attendance.", **on("on", TODAY)},
            Call,
        ),
        (
            "liaison/900001/log",
            {"spoke_to": "regulator", "about": "Growth.", "next_on": "", **on("on", TODAY)},
            Liaison,
        ),
        (
            "inspections/900001/log",
            {**on("called_on", TODAY), **on("starts_on", TODAY)},
            InspectionCall,
        ),
    ],
)
def test_what_is_logged_by_many_clicks_at_once_is_logged_once(
    cast: Cast, case: Allocation, where: str, typed: dict[str, Any], kept: Any
) -> None:
    answers = at_once(*(poster(cast.sadia, f"/visits/{where}/", typed) for _ in range(12)))
    assert set(answers) == {302}
    assert kept.objects.count() == 1


def test_a_worry_and_a_note_by_two_clicks_at_once_stand_once(cast: Cast, case: Allocation) -> None:
    visit = visiting.held(case, cast.sadia)
    worry = {"about": "The gate stood open.", "to": cast.declan.pk, "told_besides": ""}
    at_once(*(poster(cast.sadia, "/visits/worries/raise/900001/", worry) for _ in range(3)))
    assert Worry.objects.count() == 1
    note = {"still_right": "no", "why": "Results fell."}
    at_once(*(poster(cast.sadia, f"/visits/reports/standing/{visit.pk}/", note) for _ in range(3)))
    assert StandingNote.objects.count() == 1


def test_a_summary_issued_by_two_at_once_is_issued_once(cast: Cast, case: Allocation) -> None:
    terms()
    summary = signed(begun(cast, case.cycle)[cast.harbour_view.pk], cast.sadia)
    address, data = f"/visits/summaries/{summary.pk}/do/issue/", {"version": summary.version}
    at_once(*(poster(who, address, data) for who in (cast.sadia, cast.sadia, cast.priya)))
    summary.refresh_from_db()
    assert summary.state == "issued"
    assert Event.objects.filter(verb="summary.issue").count() == 1
    assert Document.objects.filter(kind__startswith="summary").count() == 2  # PDF and Word
    told = Message.objects.filter(key__startswith="summary-issued:", to=cast.helen.email)
    assert told.count() == 1


def test_a_year_planned_by_two_clicks_at_once_is_planned_once(cast: Cast, case: Allocation) -> None:
    terms()
    address = f"/visits/plan/2026-27/{cast.harbour_view.pk}/"
    browser = Client()
    browser.force_login(cast.sadia)
    page = browser.get(address)
    formset = page.context["formset"]
    data: dict[str, Any] = {"seen": page.context["sheet"].seal, "told": page.context["told"]}
    for name, value in formset.management_form.initial.items():
        data[f"form-{name}"] = value
    for form in formset.forms:
        row = dict(form.initial) | {"wanted": "on"}
        day = row.pop("on")
        data |= {f"{form.prefix}-{name}": value for name, value in row.items()}
        data |= on(f"{form.prefix}-on", day)
    answers = at_once(*(poster(cast.sadia, address, data) for _ in range(3)))
    assert set(answers) == {302}
    assert Visit.objects.count() == len(formset.forms) > 1
    mine = Entry.objects.filter(kind=Entry.Kind.PLAN)
    assert sum(entry.days for entry in mine) == sum(visit.days for visit in Visit.objects.all())
