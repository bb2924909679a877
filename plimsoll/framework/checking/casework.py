"""Visits, notices and ladders: whole, lawful, and with an end."""

from collections.abc import Iterator

from plimsoll.framework.casework import Ladder, Notice
from plimsoll.framework.checking.questions import Found, day_of_year, ids, known, once
from plimsoll.framework.model import Edition


def visits(edition: Edition) -> Iterator[Found]:
    lines = {line.id for e in edition.entitlements.values() for line in e.lines}
    for visit in edition.visits:
        key = f"visits[{visit.id}]"
        yield from known(f"{key}.sections", visit.sections, ids(edition.sections), "a section")
        if visit.line:
            yield from known(f"{key}.line", [visit.line], sorted(lines), "an entitlement line")
        if visit.report != bool(visit.sections):
            yield f"{key}.sections", "a visit has sections exactly when it has a report"
        if visit.content_private and (visit.report or visit.prepared):
            yield f"{key}.content_private", "of a private visit nothing is written or asked for"
        if visit.complete_by and not visit.content_private:
            yield f"{key}.complete_by", "only a private visit is recorded as complete"
        if visit.complete_by and not day_of_year(visit.complete_by):
            yield f"{key}.complete_by", "is not a day of the year"
        if visit.prepared and not edition.diary.before:
            yield f"{key}.prepared", "there is nothing in diary.before that the school is asked"
    for section in edition.sections:
        key = f"sections[{section.id}].themes"
        yield from known(key, section.themes, ids(edition.themes), "a theme")
    yield from known("sampling.bands", edition.sampling.bands, ids(edition.bands), "a band")
    yield from known("sampling.reader", [edition.sampling.reader], edition.roles, "a role")


def visiting(edition: Edition) -> Iterator[Found]:
    lists = {
        "diary.met": edition.diary.met,
        "diary.reasons": edition.diary.reasons,
        "diary.before": edition.diary.before,
        "contacts.liaison": edition.contacts.liaison,
        "contacts.rise": edition.contacts.rise,
        "summaries.parts": edition.summaries.parts,
    }
    for key, found in lists.items():
        yield from once(key, ids(found))
    yield from known("deadlines", ("report", "report-reply"), edition.deadlines, "a deadline here")
    for key, roles, permission in (
        ("reports.recipients", edition.reports.recipients, "report.see"),
        ("reports.worry_to", edition.reports.worry_to, "worry.see"),
        ("summaries.recipients", edition.summaries.recipients, "summary.see"),
    ):
        granted = edition.grants.get(permission, {})
        yield from known(key, roles, granted, f"a role that is granted {permission}")
    # Days used and left tell the band to whoever knows the framework (S7).
    yield from known(
        "grants.summary.see",
        edition.grants.get("summary.see", {}),
        edition.grants.get("allocation.see", {}),
        "a role that may know the allocation",
    )


def notices(edition: Edition) -> Iterator[Found]:
    for notice in edition.notices:
        key = f"notices[{notice.id}]"
        yield from known(f"{key}.signatory", [notice.signatory], edition.roles, "a role")
        yield from known(f"{key}.grounds", notice.grounds, ids(edition.grounds), "a ground")
        yield from once(f"{key}.parts", ids(notice.parts))
        reached = [delivery.recipient for delivery in notice.recipients]
        yield from known(f"{key}.recipients", reached, ids(edition.recipients), "a recipient")
        yield from once(f"{key}.recipients", reached)
        yield from _statutory(notice, key, edition)
    for power in edition.powers:
        known_to = ids(edition.recipients)
        yield from known(f"powers[{power.id}].consult", power.consult, known_to, "a recipient")


def concern(edition: Edition) -> Iterator[Found]:
    rules = edition.concern
    parts = {part.id for notice in edition.notices for part in notice.parts}
    for name in ("comparisons", "guidance", "wordings", "doubts"):
        yield from once(f"concern.{name}", ids(getattr(rules, name)))
    services = [service.key for service in edition.services]
    yield from known("concern.legal_service", [rules.legal_service], services, "a service")
    for wording in rules.wordings:
        key = f"concern.wordings[{wording.id}]"
        yield from known(f"{key}.part", [wording.part], parts, "a part of a notice")
        yield from known(f"{key}.ground", [wording.ground], ids(edition.grounds), "a ground")
    for fact in edition.facts:
        key = f"facts[{fact.id}].notice"
        if fact.notice:
            yield from known(key, [fact.notice], ids(edition.notices), "a notice")
        if (fact.shown_by == "notice") != bool(fact.notice):
            yield key, "a fact names a notice exactly when that is what shows it"


def _statutory(notice: Notice, key: str, edition: Edition) -> Iterator[Found]:
    if not notice.parts:
        yield f"{key}.parts", "must hold at least one"
    if not any(delivery.how == "given" for delivery in notice.recipients):
        yield f"{key}.recipients", "is given to nobody"
    if notice.statutory and not notice.law:
        yield f"{key}.law", "is missing: a statutory notice names its law"
    wanted = "statutory" if notice.statutory else "local"
    for ground in edition.grounds:
        if ground.id in notice.grounds and ground.scope != wanted:
            yield f"{key}.grounds", f'"{ground.id}" is not a {wanted} ground'


def ladders(edition: Edition) -> Iterator[Found]:
    yield from once("ladders.types", [code for x in edition.ladders.values() for code in x.types])
    for name, ladder in edition.ladders.items():
        yield from _ladder(ladder, f"ladders.{name}", edition)
    covered = {code for ladder in edition.ladders.values() for code in ladder.types}
    yield from known("scope.school_types", edition.scope.school_types, covered, "in any ladder")


def _ladder(ladder: Ladder, key: str, edition: Edition) -> Iterator[Found]:
    rungs = (*ladder.steps, *ladder.always)
    steps = ids(rungs)
    yield from once(f"{key}.steps", steps)
    yield from known(f"{key}.first", [ladder.first], steps, "a step of this ladder")
    for rung in rungs:
        place = f"{key}.steps[{rung.id}]"
        yield from known(f"{place}.by", [rung.by], edition.roles, "a role")
        yield from known(f"{place}.then", rung.then, steps, "a step of this ladder")
        yield from known(f"{place}.requires", rung.requires, ids(edition.facts), "a fact")
        yield from known(f"{place}.bands", rung.bands, ids(edition.bands), "a band")
        yield from known(f"{place}.starts", rung.starts, edition.deadlines, "a deadline")
        if rung.notice:
            yield from known(f"{place}.notice", [rung.notice], ids(edition.notices), "a notice")
    reachable = _reachable(ladder)
    for step in steps:
        if step not in reachable:
            yield f"{key}.steps[{step}]", f'cannot be reached from "{ladder.first}"'


def _reachable(ladder: Ladder) -> set[str]:
    then = {rung.id: rung.then for rung in (*ladder.steps, *ladder.always)}
    seen: set[str] = set()
    ahead = [ladder.first, *ids(ladder.always)]
    while ahead:
        here = ahead.pop()
        if here not in seen:
            seen.add(here)
            ahead += then.get(here, ())
    return seen
