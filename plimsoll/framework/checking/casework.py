"""Visits and notices: whole and lawful."""

from collections.abc import Iterator

from plimsoll.framework.casework import Notice
from plimsoll.framework.checking.questions import Found, day_of_year, filled, ids, known, once
from plimsoll.framework.model import Edition
from plimsoll.framework.vocabulary import ACTION_PLAN, NOTICE_PLACEHOLDERS


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
        yield from known(
            f"{key}.approvers",
            notice.approvers or (notice.signatory,),
            edition.grants.get("concern.approve", {}),
            "a role that is granted concern.approve",
        )
        yield from known(f"{key}.grounds", notice.grounds, ids(edition.grounds), "a ground")
        yield from once(f"{key}.parts", ids(notice.parts))
        reached = [delivery.recipient for delivery in notice.recipients]
        yield from known(f"{key}.recipients", reached, ids(edition.recipients), "a recipient")
        yield from once(f"{key}.recipients", reached)
        texts = [notice.opening, notice.closing]
        yield from filled(f"{key}.opening", texts, NOTICE_PLACEHOLDERS)
        yield from _statutory(notice, key, edition)


def concern(edition: Edition) -> Iterator[Found]:
    rules = edition.concern
    parts = {part.id for notice in edition.notices for part in notice.parts}
    for name in ("comparisons", "guidance", "wordings", "doubts"):
        yield from once(f"concern.{name}", ids(getattr(rules, name)))
    yield from filled("concern.not_statutory", [rules.not_statutory], NOTICE_PLACEHOLDERS)
    bands = [band.key for band in edition.bands]
    yield from known("concern.watched_bands", rules.watched_bands, bands, "a band")
    keepers = edition.grants.get("concern.record", {})
    yield from known("concern.keeper", [rules.keeper], keepers, "a role that keeps cases")
    yield from once("concern.plan.questions", ids(rules.plan.questions))
    plan = edition.deadlines.get(ACTION_PLAN)
    if plan and plan.owed_by != "school":
        yield f"deadlines.{ACTION_PLAN}.owed_by", "the plan is owed by the school"
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
        if fact.shown_by != "service" and (fact.shown_by == "notice") != bool(fact.notice):
            yield key, "a fact names a notice exactly when that is what shows it"
        if fact.by:
            yield from known(f"facts[{fact.id}].by", [fact.by], edition.roles, "a role")


def clocks(edition: Edition) -> Iterator[Found]:
    """What is owed in a case: whom it must reach, and the points of law that stand beside it."""
    for name, rule in edition.deadlines.items():
        key = f"deadlines.{name}"
        reached = [delivery.recipient for delivery in rule.sent_to]
        yield from known(f"{key}.sent_to", reached, ids(edition.recipients), "a recipient")
        yield from once(f"{key}.sent_to", reached)
        yield from _known_doubts(f"{key}.doubts", rule.doubts, edition)
    for power in edition.powers:
        yield from _known_doubts(f"powers[{power.id}].doubts", power.doubts, edition)


def _known_doubts(key: str, doubts: tuple[str, ...], edition: Edition) -> Iterator[Found]:
    yield from known(key, doubts, ids(edition.concern.doubts), "a doubt")


def _statutory(notice: Notice, key: str, edition: Edition) -> Iterator[Found]:
    if not notice.parts:
        yield f"{key}.parts", "must hold at least one"
    if not any(delivery.how == "given" for delivery in notice.recipients):
        yield f"{key}.recipients", "is given to nobody"
    if any(delivery.how == "consulted" for delivery in notice.recipients):
        yield f"{key}.recipients", "a letter is given or copied: it is a power that is consulted on"
    if notice.statutory and not notice.law:
        yield f"{key}.law", "is missing: a statutory notice names its law"
    if bool(notice.route) != (notice.statutory and bool(notice.grounds)):
        yield f"{key}.route", "stands exactly with a statutory notice that has grounds"
    wanted = "statutory" if notice.statutory else "local"
    for ground in edition.grounds:
        if ground.id in notice.grounds and ground.scope != wanted:
            yield f"{key}.grounds", f'"{ground.id}" is not a {wanted} ground'
