"""Role × address × method: what every page answers to everybody is written in addresses.txt.

An address without a row fails, and so does a row without an address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from plimsoll.allocations import actions
from plimsoll.allocations.models import Side
from plimsoll.core.models import Message
from plimsoll.evidence.models import ImportRun
from plimsoll.intervention.bundle import holding, preparing
from plimsoll.intervention.decisions.recording import record_decision
from plimsoll.intervention.notices import deliveries, drafting
from plimsoll.schools.invitations import Offered, invite
from plimsoll.schools.models import Assignment, Closure, Contact, SavedFilter, Term
from plimsoll.visits.contacts import inspections, liaison
from plimsoll.visits.contacts.calls import Said, log
from plimsoll.visits.models import Action, Summary
from plimsoll.visits.reports import attachments
from plimsoll.visits.summaries.actions import compose
from tests.allocations import steps
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps as causing
from tests.intervention.test_decisions import wanted
from tests.intervention.using import proposed
from tests.visits import steps as visiting

PEOPLE = (
    "anonymous nobody ada dan olu pat lena henry helen chloe sam sadia paul priya dorothy declan"
).split()
TABLE = Path(__file__).with_name("addresses.txt")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    args: tuple[str, ...]
    permission: str
    get: str
    post: str


def rows() -> list[Row]:
    lines = (line for line in TABLE.read_text().splitlines() if line and not line.startswith("#"))
    cells = (line.split() for line in lines)
    return [
        Row(name, () if args == "-" else tuple(args.split(",")), permission, get, post)
        for name, args, permission, get, post in cells
    ]


# --- the objects -----------------------------------------------------------------


@pytest.fixture
def world(cast: Cast) -> dict[str, object]:
    """A disagreement at Harbour View before its Principal Officer, with something of everything."""
    case = steps.referred(cast)
    report = visiting.issued(cast, case)
    item = actions.add_evidence(
        case=case, side=Side.SCHOOL, title="Reading test", text="", dated=TODAY,
        file=SimpleUploadedFile("reading.csv", b"pupil,score\n1,12\n"), by=cast.helen, at=NOW,
    )  # fmt: skip
    challenge = actions.challenge_figure(
        case=case, side=Side.SERVICE, figure="pupils", shown="210", text="Too many.",
        by=cast.sadia, at=NOW,
    )  # fmt: skip
    mark = actions.mark_high_risk(
        case=case, reason="Leadership", review_on=date(2027, 1, 5), by=cast.sadia, at=NOW
    )
    school = cast.harbour_view
    contact = Contact.objects.create(school=school, kind="clerk", name="Cal Ray", starts=TODAY)
    chair = Offered(role="chair", school=cast.dock_road)
    invited = invite(email="ida@example.org", name="Ida Wood", offer=chair, by=cast.ada, at=NOW)
    said = Said(on=TODAY, how="phone", spoke_to="head", about="Attendance.")
    draft = visiting.written(case, cast.sadia, kind="contact")
    agreed = Action.objects.create(
        report=report, school=school, what="Check phonics", by_when=TODAY, state="open",
        state_since=NOW,
    )  # fmt: skip
    paper = SimpleUploadedFile("walk.csv", b"class,seen\n3,1\n")
    attached = attachments.add(report=draft, file=paper, by=cast.sadia, at=NOW)
    call = log(school=school, said=said, by=cast.sadia, at=NOW)
    coming = inspections.Coming(called_on=TODAY, starts_on=TODAY)
    inspection = inspections.log(school=school, coming=coming, by=cast.helen, at=NOW)
    word = liaison.Word(on=TODAY, spoke_to="regulator", about="The growth plan.")
    about = liaison.About(school=school)
    said_of = liaison.log(about=about, word=word, by=cast.sadia, at=NOW)
    term = Term.objects.create(year="2026-27", name="Autumn", starts=TODAY, ends=TODAY)
    compose(cycle=case.cycle, term=term.name, by=cast.priya, at=NOW)
    concern = causing.formal(cast)
    drafted = drafting.start(
        case=concern, kind="proposed-powers", grounds=(), by=cast.declan, at=NOW
    )
    added = deliveries.add(
        notice=drafted, label="The clerk", how="copied", reason="Asked for it",
        by=cast.declan, at=NOW,
    )  # fmt: skip
    bundle = preparing.prepare(
        case=concern, audience="foi", purpose="FOI 12", by=cast.declan, at=NOW
    )
    held_up = holding.place(case=concern, why="A claim is expected", by=cast.declan, at=NOW)
    category = causing.take(concern, "category", cast.declan)
    power = proposed(cast, category, "s63", day=TODAY)
    decision = record_decision(case=concern, wanted=wanted(), by=cast.dorothy, at=NOW)
    return {
        "bundle": bundle.pk, "held-up": held_up.pk,
        "power": power.pk, "governors": "s64", "give_up": "give_up", "decision": decision.pk,
        "letter": "formal-ended", "drafted": drafted.pk, "drop": "drop", "added": added.pk,
        "served": concern.notices.get(kind="formal").deliveries.first().pk,
        "autumn": term.name, "sign": "sign", "summary": Summary.objects.get(school=school).pk,
        "plan": concern.obligations.get(kind="action-plan").pk, "accept": "accept",
        "extend": "extend",
        "concern": concern.pk, "fact": "improvement", "rung": "superseded",
        "finding": concern.findings.get(fact="no-improvement").pk,
        "liaison": said_of.pk, "trust": cast.dock_road.trust_uid,
        "call": call.pk, "inspection": inspection.pk, "hear": "hear",
        "case": case.pk, "item": item.pk, "challenge": challenge.pk, "mark": mark.pk,
        "document": item.document_id, "urn": school.pk, "contact": contact.pk,
        "person": cast.olu.pk, "year": "2026-27", "phase": "phase", "decide": "decide",
        "dispute": "dispute", "adjust": "adjust", "extra": "additional",
        "close": "close",
        "key": "views:1:school", "help": "work", "token": "nothing",
        "message": Message.objects.first().pk, "provider": "sso", "uid": "1", "x": "x",
        "source": "absence",
        "run": ImportRun.objects.create(source="gias", file="x.csv", sha256="0", at=NOW).pk,
        "term": term.pk,
        "closure": Closure.objects.create(kind="inset", starts=TODAY, ends=TODAY).pk,
        "invitation": invited.pk,
        "saved": SavedFilter.objects.create(
            person=cast.declan, name="Primaries", query="phase=primary", saved_at=NOW
        ).pk,
        "written": draft.visit_id, "attached": attached.pk,
        "report": report.pk, "held": report.visit_id, "action": agreed.pk, "verify": "verify",
        "worry": visiting.worried(cast).pk,
        "visit": visiting.planned(case, cast.sadia).pk, "confirm": "confirm", "funding": "core",
        "sip": Assignment.objects.get(person=cast.sadia, school=school).pk,
    }  # fmt: skip


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, object]]:
    """Every address of the product by name, with its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern.callback
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, inner)


def answer(client: Client, method: str, address: str) -> str:
    """What comes back, as one letter of the table; whatever it changed is undone."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    if response.status_code == 302:
        return "L" if response["Location"].startswith(reverse("account_login")) else ">"
    return LETTERS.get(response.status_code, str(response.status_code))


LETTERS = {200: "o", 401: "u", 403: "x", 404: "-", 405: "m", 410: "g"}


# --- the tests -------------------------------------------------------------------


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {name for name, _ in addresses()} == {row.name for row in rows()}


def test_every_view_declares_the_permission_of_its_row() -> None:
    expected = {row.name: row.permission for row in rows()}
    declared = {name: getattr(view, "permission", "none") for name, view in addresses()}
    assert declared == expected


@pytest.mark.parametrize("who", PEOPLE)
def test_S7_U2_each_address_answers_each_person_as_written(
    cast: Cast, world: dict[str, object], who: str
) -> None:
    column = PEOPLE.index(who)
    client = Client()
    wrong = []
    for row in rows():
        address = reverse(row.name, args=[world[key] for key in row.args])
        for method, expected in (("get", row.get), ("post", row.post)):
            if who != "anonymous" and "_auth_user_id" not in client.session:
                client.force_login(cast.everyone[who])
            if (got := answer(client, method, address)) != expected[column]:
                wrong.append(f"{method} {row.name}: expected {expected[column]}, got {got}")
    assert not wrong
