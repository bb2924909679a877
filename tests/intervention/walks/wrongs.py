"""What is tried in vain before a step is taken, each thing on its own and undone again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from django.db import transaction

from plimsoll.framework.casework import Fact, Rung
from plimsoll.intervention.cases import keeping
from plimsoll.intervention.cases.findings import withdraw_finding
from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices.workflow import NOTICE
from tests.intervention.steps import DAY
from tests.intervention.walks.office import Office


@contextmanager
def undone(office: Office) -> Iterator[None]:
    """Whatever is done within was never done."""
    case, paper, point = office.case, office.paper.copy(), transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
        office.case, office.paper = case, paper


def wrongs(office: Office, rung: Rung) -> list[Callable[[], None]]:
    """Everything that is in vain before this step, when all that it demands is there."""
    right, today = office.person(rung.by), office.paper.today
    people = [each for each in office.cast.everyone.values() if each != right]
    tried = [partial(office.attempt, rung, each, today) for each in people]
    days = (office.paper.since - DAY, today + DAY)
    tried += [partial(office.attempt, rung, right, day) for day in days] * 4
    facts = map(office.paper.policy.fact, rung.requires)
    tried += [partial(_without_fact, office, rung, fact) for fact in facts] * 4
    if rung.notice:
        tried += [partial(_not_approved, office, rung), partial(_not_whole, office, rung)] * 4
    return tried


def _without_fact(office: Office, rung: Rung, fact: Fact) -> None:
    """One thing that the step demands is taken away again, as far as people can."""
    with undone(office):
        rows = office.case.findings.filter(fact=fact.id, withdraws=None, withdrawn_by=None)
        by, facts = office.cast.declan, {"on": office.paper.today, "at": office.now}
        for row in rows.order_by("pk"):
            withdraw_finding(finding=row, why="Not so", by=by, **facts)
        office.findings_again()
        if fact.shown_by == "no-block":
            keeping.record_block(case=office.case, told_how="Letter", by=by, **facts)
            office.paper.blocked, office.paper.unblocked = True, None
        if fact.shown_by in ("finding", "statutory-ground", "no-block"):
            office.attempt(rung, office.person(rung.by), office.paper.today)


def _not_approved(office: Office, rung: Rung) -> None:
    """Every letter that could be given is taken back to be changed."""
    with undone(office):
        officer = office.person("doe")
        for notice in _ready(office, rung):
            NOTICE.take(notice, "reopen", by=officer, at=office.now, reasons="To be changed")
            letter = office.paper.ready(rung.notice)
            assert letter is not None
            office.paper.letters.remove(letter)
        office.attempt(rung, office.person(rung.by), office.paper.today)


def _not_whole(office: Office, rung: Rung) -> None:
    with undone(office):
        for notice in _ready(office, rung):
            notice.texts = {}
            notice.save()
        office.paper.letters = [
            replace(each, lacks="part") if each.kind == rung.notice and not each.given else each
            for each in office.paper.letters
        ]
        office.attempt(rung, office.person(rung.by), office.paper.today)


def _ready(office: Office, rung: Rung) -> list[Notice]:
    return list(Notice.objects.filter(case=office.case, kind=rung.notice, state="approved"))
