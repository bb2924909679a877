"""The audit trail as people read it: what happened, in words, without a band in it.

Who may read an event is `core.audit`'s answer. The words here never say which band was
proposed or agreed: that stands on the allocation's own page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse

from plimsoll.allocations.workflow import ALLOCATION, HIGH_RISK
from plimsoll.core import audit
from plimsoll.core.forms import long_date
from plimsoll.core.models import Event
from plimsoll.framework import editions
from plimsoll.intervention.cases import words as cases
from plimsoll.schools import roles
from plimsoll.schools.models import Contact

WORDS: Final = {
    "action.drop": "An agreed action dropped",
    "action.record_done": "An agreed action recorded as done",
    "action.reopen": "An agreed action opened again",
    "action.say_done": "An agreed action said to be done",
    "action.verify": "An agreed action seen to be done",
    "allocation.opened": "The year’s {allocation} opened",
    "allocation.views-saved": "Views saved",
    "allocation.views-submitted": "Views given",
    "allocation.evidence-added": "Evidence added",
    "allocation.evidence-withdrawn": "Evidence withdrawn",
    "allocation.figure-challenged": "A figure challenged",
    "allocation.challenge-answered": "A challenge answered",
    "allocation.position-stated": "A position stated",
    "allocation.high-risk-marked": "Marked as high risk",
    "allocation.review-asked": "An in-year review asked for",
    "allocation.review-refused": "The in-year review refused",
    "allocation.reminded": "The school reminded",
    "allocation.read": "The {allocation} read",
    "assignment.began": "A role begins",
    "assignment.ended": "A role ends",
    "assignment.declared": "Interests declared",
    "call.corrected": "A call put right in the log",
    "call.logged": "A call logged",
    "closure.added": "Days without school entered",
    "closure.changed": "Days without school changed",
    "closure.removed": "Days without school removed",
    "contact.added": "A contact added",
    "contact.changed": "A contact changed",
    "contact.ended": "A contact ended",
    "cycle.opened": "The {cycle} opened",
    "cycle.closed": "The {cycle} closed",
    "cycle.exported": "The {cycle} exported",
    "days.granted": "Days granted",
    "days.adjusted": "Days adjusted",
    "days.added": "Days added",
    "days.budgeted": "A budget of days set",
    "days.carried": "Days carried over",
    "days.exported": "The days of schools exported",
    "document.keep": "A document kept",
    "document.issue": "A document issued",
    "document.read": "A document read",
    "feed.made": "A calendar address made",
    "feed.revoked": "A calendar address revoked",
    "figures.changed": "Published figures changed",
    "figures.recorded": "Published figures read in",
    "inspection.recorded": "An inspection recorded",
    "inspection.changed": "What is published of an inspection changed",
    "inspection-call.change": "What is known of an inspection to come changed",
    "inspection-call.hear": "The outcome of an inspection heard",
    "inspection-call.logged": "Inspectors have called",
    "inspection-call.publish": "The outcome of an inspection published",
    "inspection-call.reopen": "An inspection put right: back to the call",
    "inspection-call.review": "The {allocation} looked at after an inspection",
    "inspection-call.stand_down": "An inspection that does not take place",
    "invitation.sent": "An invitation sent",
    "invitation.sent-again": "An invitation sent again",
    "invitation.withdrawn": "An invitation withdrawn",
    "invitation.accepted": "An invitation accepted",
    "liaison.corrected": "Liaison put right in the log",
    "liaison.logged": "Liaison logged",
    "message.sent-again": "An e-mail sent again",
    "pack.read": "The school profile taken along",
    "person.created": "An account made",
    "person.emails-chosen": "The rhythm of e-mails chosen",
    "person.renamed": "A name changed",
    "person.closed": "Access ended",
    "person.reopened": "Access given again",
    "person.sessions-ended": "Signed out everywhere",
    "person.signed-in": "Signed in",
    "person.sign-in-failed": "A sign-in failed",
    "report.amend": "A report opened to be amended",
    "report.begun": "A report begun",
    "report.close": "A report made final without a reply",
    "report.extended": "More time given for a report",
    "report.file-removed": "A file taken out of a report",
    "report.let_stand": "A report let stand, with both sides on record",
    "report.reader-asked": "Somebody asked to read a report",
    "report.release": "A report released to the school",
    "report.release_amended": "An amended report released as final",
    "report.reply_accurate": "A report found accurate by the school",
    "report.reply_not_accurate": "A report found not accurate by the school",
    "report.reply_with_comments": "A report found accurate by the school, with comments",
    "report.send": "A report sent to be checked",
    "report.send_back": "A report returned with points",
    "report.written": "A report written in",
    "rise.changed": "What RISE does with the school recorded",
    "school.brought-in": "Brought in from the spreadsheet",
    "school.created": "Entered from the national register",
    "school.changed": "Changed in the national register",
    "standing.read": "The note on the {allocation} read",
    "standing.written": "A note on the {allocation} written",
    "summary.composed": "The termly summaries composed",
    "summary.amended": "A termly summary amended",
    "summary.issue": "A termly summary issued to the school",
    "summary.sign": "A termly summary signed off",
    "summary.withdraw": "The signature under a termly summary withdrawn",
    "term.added": "Term dates entered",
    "term.changed": "Term dates changed",
    "term.removed": "Term dates removed",
    "watch.exported": "The watch list taken along",
    "visit.ask_other_day": "Another day asked for a visit",
    "visit.ask_other_day_only": "Another day asked for a visit",
    "visit.cancel": "A visit cancelled",
    "visit.complete": "A visit recorded as complete",
    "visit.confirm": "The day of a visit confirmed",
    "visit.hold": "A visit held",
    "visit.listed": "The list of visits taken along",
    "visit.miss": "A visit not held",
    "visit.move": "A visit moved",
    "visit.planned": "A visit planned",
    "visit.prepared": "The school’s part before the visit sent",
    "visit.record_confirmed": "The day of a visit confirmed by word of mouth",
    "visit.reopen": "A visit put right: it is still to come",
    "visit.reopen_only": "A visit put right: it is still to come",
    "worry.acknowledge": "A safeguarding worry acknowledged",
    "worry.close": "A safeguarding worry closed",
    "worry.raised": "A safeguarding worry raised",
    "worry.read": "A safeguarding worry read",
}
# Any other step is told by its label, after what it is a step of: others release things too.
STEPS: Final = {
    f"{process.name}.{step.name}": f"{about}: {step.label}"
    for process, about in ((ALLOCATION, "{allocation}"), (HIGH_RISK, "High risk"))
    for step in process.steps
}
# What a list may be narrowed to: the beginnings of the verbs. The list is fixed, so it says
# nothing of what has happened.
KINDS: Final = (
    ("allocation", "Allocations"),
    ("high-risk", "High-risk marks"),
    ("cycle", "Cycles"),
    ("days", "Days"),
    ("visit", "Visits"),
    ("report", "Reports"),
    ("action", "Agreed actions"),
    ("call", "Calls"),
    ("liaison", "Liaison"),
    ("rise", "RISE"),
    ("inspection-call", "Calls of inspectors"),
    ("summary", "Termly summaries"),
    ("case", "Cases of concern"),
    ("concern", "Steps of such cases"),
    ("notice", "Their notices and letters"),
    ("decision", "Decisions in them"),
    ("power", "Powers of intervention"),
    ("obligation", "What is owed in them"),
    ("bundle", "Their files"),
    ("governors-plan", "Plans of governing bodies"),
    ("document", "Documents"),
    ("inspection", "Inspections"),
    ("figures", "Published figures"),
    ("school", "The register"),
    ("assignment", "Roles"),
    ("contact", "Contacts"),
    ("term", "Terms"),
    ("closure", "Closures"),
    ("person", "Accounts"),
    ("invitation", "Invitations"),
    ("message", "E-mails"),
)
# The verbs that cases word themselves.
OF_CASES: Final = (
    "concern.", "case.", "notice.", "obligation.", "bundle.", "governors-plan.", "decision.",
    "power.",
)  # fmt: skip
# Kept in the trail, and noise in a school's story.
QUIET: Final = (
    "allocation.read", "allocation.views-saved", "case.read", "document.read", "pack.read",
    "report.written", "school.brought-in", "worry.read", "standing.read", "visit.listed",
    "notice.saved", "governors-plan.saved",
)  # fmt: skip
# A file of twenty thousand rows writes as many of these.
BULK: Final = ("school.", "inspection.", "figures.", "group.", "membership.", "link.")


@dataclass(frozen=True)
class Line:
    """One event in words, as `partials/timeline.html` shows it."""

    at: datetime
    title: str
    by: str
    text: str = ""
    href: str = ""


def of_school(user: Any, urn: int, kind: str = "") -> QuerySet[Event]:
    """What happened at one school, as far as this person may know, newest first."""
    events = audit.readable(user).filter(urn=urn).exclude(verb__in=QUIET)
    return events.filter(verb__startswith=f"{kind}.") if kind else events


def since(user: Any, at: datetime, own: Iterable[int]) -> QuerySet[Event]:
    """What others did since then, without readings and without what files brought elsewhere."""
    bulk = Q()
    for beginning in BULK:
        bulk |= Q(verb__startswith=beginning)
    return (
        audit.readable(user)
        .filter(at__gt=at)
        .exclude(actor=user.pk)
        .exclude(verb__in=(*QUIET, "person.signed-in", "person.sign-in-failed"))
        .exclude(bulk & ~Q(urn__in=list(own)))
    )


def lines(events: Iterable[Event]) -> list[Line]:
    return [line(event) for event in events]


def line(event: Event) -> Line:
    by = f"{event.actor_name}, {event.capacity}" if event.capacity else event.actor_name
    return Line(event.at, title(event.verb), by, _text(event), _href(event))


def title(verb: str) -> str:
    """What happened; a verb of another edition of Plimsoll stays as it was written."""
    if verb.startswith(OF_CASES):
        return cases.title(verb, editions.current().ladders.values())
    words = editions.current().words
    said = WORDS.get(verb) or STEPS.get(verb, verb)
    told = said.format(allocation=words.allocation, cycle=words.cycle)
    return told if told == verb else told[:1].upper() + told[1:]


def details(event: Event) -> list[str]:
    """What was there before and after, thing by thing, for whoever audits."""
    return [
        f"{when}: {name.replace('_', ' ')} {_value(name, value)}"
        for when, values in (("Before", event.before), ("After", event.after))
        for name, value in (values or {}).items()
    ]


def _value(name: str, value: Any) -> str:
    """A state by its label, a list by its parts, nothing as nothing."""
    if name == "state" and value in ALLOCATION.states:
        return f"“{ALLOCATION.states[value].label}”"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "none" if value in (None, "") else str(value)


def _text(event: Event) -> str:
    """One thing more about the plain kinds of event; allocations keep theirs to their page."""
    after = event.after or event.before or {}
    match event.verb.partition(".")[0]:
        case "assignment" if "person" in after:
            return f"{after['person']}: {roles.label(str(after.get('role', '')))}"
        case "contact" if "name" in after:
            kind = dict(Contact.Kind.choices).get(after.get("kind", ""), "")
            return f"{after['name']}{f', {kind}' if kind else ''}"
        case "term" | "closure" if "starts" in after:
            return f"{after.get('name') or ''} {after['starts']} to {after['ends']}".strip()
        case "case" | "concern" | "notice" if "on" in after:
            return f"Of {long_date(date.fromisoformat(str(after['on'])))}"
        case "document" | "person" | "cycle":
            return str(after.get("title") or after.get("name") or after.get("year") or "")
    return ""


def _href(event: Event) -> str:
    if event.subject == "intervention.notice":
        return reverse("intervention:notice", args=[event.subject_id])
    if event.subject == "intervention.case":
        return reverse("intervention:case", args=[event.subject_id])
    if event.subject == "intervention.powerinuse":
        return reverse("intervention:power", args=[event.subject_id])
    if event.subject == "allocations.allocation":
        return reverse("allocations:case", args=[event.subject_id])
    if event.subject == "visits.inspectioncall":
        return reverse("visits:inspection", args=[event.subject_id])
    if event.urn and event.verb.startswith(("call.", "liaison.", "rise.")):
        return reverse("desk:contact-log", args=[event.urn])
    if event.urn and event.verb.startswith(("inspection.", "figures.")):
        return reverse("desk:evidence", args=[event.urn])
    return ""
