"""Who can do what, in words, from the table that the checks themselves read."""

from dataclasses import dataclass
from typing import Final

from plimsoll.core import access
from plimsoll.framework import editions
from plimsoll.schools import roles

# Every permission of the table as a sentence begins: "May ..." A test holds them equal.
WORDS: Final = {
    "school.see": "see the school, its register entry and what is published about it",
    "contact.see": "see whom the authority reaches at the school",
    "contact.change": "change whom the authority reaches at the school",
    "calendar.see": "see terms and days without school",
    "calendar.change": "change terms and days without school",
    "assignment.see": "see who holds which role at the school",
    "assignment.change": "give, hand over and end roles at schools",
    "assignment.declare": "declare an interest in a school worked with",
    "delegate.appoint": "let somebody act for the head",
    "held.see": "ask what the authority holds about the school",
    "import.see": "see which published files were read, and what was rejected",
    "import.run": "read in a published file",
    "people.see": "see everybody who has an account, and their roles",
    "people.change": "invite people, and end access",
    "policy.see": "read the policy edition as the service runs it",
    "audit.see": "open the audit trail, each event by its own rule",
    "allocation.see": "know the {band}, and read the {allocation}",
    "allocation.inside": "read what the service prepares before the school hears of it",
    "allocation.prepare": "start it, give the service’s views, propose and agree",
    "allocation.answer": "give the school’s views, answer, agree or disagree",
    "allocation.moderate": "moderate proposals, and open an in-year review",
    "allocation.decide": "decide a disagreement, when its tier is theirs",
    "allocation.provide": "set a provisional {band} when the school does not answer",
    "allocation.chase": "remind the school",
    "days.change": "adjust, add and carry over the days of a school",
    "days.budget": "say how many days a source of funding pays for",
    "visit.see": "see which visits the school has, and what is said of them",
    "visit.line": "see only that a visit took place, and when the next is",
    "visit.plan": "plan visits, move them, record that they were held or not",
    "visit.confirm": "confirm visits, ask for another day, prepare them",
    "visit.oversee": "see every diary and caseload of the service",
    "report.see": "read reports that have reached the school",
    "report.write": "write reports",
    "report.check": "read a report before it goes out, return or release it; never one’s own",
    "report.reply": "say whether a report is accurate",
    "report.extend": "give a report more time",
    "action.close": "verify, open again and drop what was agreed",
    "standing.see": "read the note on whether the {band} is still right",
    "standing.write": "write the note on whether the {band} is still right",
    "worry.see": "read a safeguarding worry",
    "worry.raise": "raise a safeguarding worry",
    "call.see": "read the log of calls",
    "call.log": "log a call",
    "liaison.see": "read what was said with the {regulator} and with trusts",
    "liaison.log": "log what was said with the {regulator} and with trusts",
    "inspection.see": "know that inspectors have called, and what is not published yet",
    "inspection.log": "log an inspection call and its outcome",
    "summary.see": "read the termly summaries of the school",
    "summary.write": "compose and amend termly summaries",
    "summary.sign": "sign termly summaries off, and issue them",
    "concern.see": "read the whole case of a school causing concern",
    "concern.told": "read what the school has been told in its case",
    "concern.watch": "see the watch list, each school for the reasons they may know",
    "concern.open": "open a case",
    "concern.record": "record findings, discussions, the risk and the next review",
    "concern.step": "take a step of the ladder, where the step names their role",
    "concern.draft": "draft notices and letters",
    "concern.review": "review a notice in law, when it names them",
    "concern.approve": "approve a notice",
    "concern.serve": "record how a notice reached whom",
    "concern.correct": "correct the fact that makes somebody a recipient",
    "concern.privileged": "read legal advice",
    "concern.plan": "write and send the governing body’s plan",
    "concern.judge": "return or accept the governing body’s plan, and give more time",
    "concern.decide": "record decisions, and the use of powers",
    "concern.bundle": "make the complete file of a case",
    "concern.hold": "place and lift a legal hold",
    "cycle.see": "see how far the {cycle} has come, for the schools they may know",
    "cycle.run": "open and close the {cycle}",
}
SUBJECTS: Final = {
    "school": "The school",
    "contact": "Contacts",
    "calendar": "Terms and closures",
    "assignment": "Roles at schools",
    "delegate": "Delegates of a head",
    "held": "What is held",
    "import": "Published data",
    "people": "People",
    "policy": "Policy",
    "audit": "Audit trail",
    "allocation": "{allocation}",
    "days": "Days",
    "visit": "Visits",
    "report": "Reports",
    "action": "Actions",
    "standing": "Notes on the {band}",
    "worry": "Safeguarding worries",
    "call": "Calls",
    "liaison": "Liaison",
    "inspection": "Inspection calls",
    "summary": "Termly summaries",
    "concern": "Schools causing concern",
    "cycle": "{cycle}",
}


@dataclass(frozen=True)
class Right:
    """One permission: what it lets people do, and who holds it where."""

    what: str
    every: tuple[str, ...]
    own: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    name: str
    rights: tuple[Right, ...]

    @property
    def names(self) -> bool:
        """Does any right of the subject reach only those whom a record names?"""
        return any(right.named for right in self.rights)


def table() -> list[Subject]:
    """The whole table, by what it is about, in the table's order."""
    words = editions.current().words
    terms = vars(words)
    grouped: dict[str, list[Right]] = {}
    for permission in access.GRANTS:
        right = Right(
            WORDS[permission].format(**terms),
            _holders(permission, access.EVERY),
            _holders(permission, access.OWN),
            _holders(permission, access.NAMED),
        )
        grouped.setdefault(permission.partition(".")[0], []).append(right)
    return [
        Subject(SUBJECTS[subject].format(**terms), tuple(rights))
        for subject, rights in grouped.items()
    ]


def _holders(permission: str, extent: str) -> tuple[str, ...]:
    row = access.grants(permission)
    return tuple(roles.label(role) for role in access.ROLES if row.get(role) == extent)
