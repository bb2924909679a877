"""The words that code and policy must share: policy uses them, and may not add to them.

Everything a person reads (labels, sentences, days) is in the policy files instead.
"""

from typing import Annotated, Final, Literal

from plimsoll.core.policy import Between, Matches

Days = Annotated[int, Between(0, 4000)]
Id = Annotated[str, Matches(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", "reading.low-ability")]
MonthDay = Annotated[str, Matches(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "09-01 (month-day)")]
TimeOfDay = Annotated[str, Matches(r"([01]\d|2[0-3]):[0-5]\d", "09:00 (hours:minutes)")]
Year = Annotated[str, Matches(r"20\d\d-\d\d", "2026-27")]
TypeCode = Annotated[str, Matches(r"\d\d", "01 (GIAS type of establishment)")]

# CAL calendar days; WD working days; WD-INSP working days outside a school holiday longer
# than a week; SD days with a session at that school.
Basis = Literal["CAL", "WD", "WD-INSP", "SD"]
Side = Literal["school", "service", "support"]
Era = Literal["overall", "key-judgements", "report-card"]
Against = Literal["england", "authority", "neighbours", "others", "none"]
# The kinds of school that are compared with one another.
Group = Literal[
    "nursery", "primary", "secondary", "all-through", "post-16", "special", "alternative"
]
# Inspections, and the themes of the measures.
Published = Literal[
    "inspections",
    "attendance",
    "outcomes",
    "gaps",
    "destinations",
    "exclusions",
    "pupils",
    "staff",
    "money",
]
Extent = Literal["own", "every", "named"]
Phase = Literal[
    "nursery",
    "primary",
    "middle-primary",
    "secondary",
    "middle-secondary",
    "16-plus",
    "all-through",
    "not-applicable",
]

# The rows of the permission table that an authority decides for itself.
POLICY_GRANTS: Final = (
    "allocation.see",
    "allocation.inside",  # the service's own side, before the school hears
    "allocation.prepare",  # the service's side: start, state views, propose
    "allocation.answer",  # the school's side: views, counter-offer, agree, refer
    "allocation.moderate",
    "allocation.decide",  # a referral; the disagreement route names the tier
    "allocation.provide",  # a provisional band when the head does not answer
    "allocation.chase",
    "days.change",  # adjust, add and carry over the days of a school
    "days.budget",  # say how many days a source of funding pays for
    "visit.see",  # what visits a school has, and what is in them
    "visit.line",  # only that a visit took place: the last one and the next
    "visit.plan",  # plan, move, hold, cancel
    "visit.confirm",  # the school's side: confirm, ask for another day, prepare
    "visit.oversee",  # the diaries and caseloads of all partners
    "report.see",  # a report that has reached the school
    "report.write",
    "report.check",  # read, return, release; never one's own
    "report.reply",
    "report.extend",
    "action.close",  # verify, reopen, drop
    "standing.see",  # the confidential note on whether the allocation is still right
    "standing.write",
    "worry.see",
    "worry.raise",
    "call.see",
    "call.log",
    "liaison.see",
    "liaison.log",
    "inspection.see",  # a call, and its outcome before that is published
    "inspection.log",
    "summary.see",  # an issued summary
    "summary.write",
    "summary.sign",
    "concern.see",  # the whole case: the service's side
    "concern.told",  # what the school has been told: letters, clocks, decisions
    "concern.watch",  # the watch list; each reason needs its own permission besides
    "concern.open",
    "concern.record",  # findings, discussions, risk, review
    "concern.step",  # steps of the ladder; each names the role that takes it
    "concern.draft",
    "concern.review",  # a notice that names the reviewer, in law
    "concern.approve",
    "concern.serve",  # how a notice reached each recipient
    "concern.correct",  # the fact that makes somebody a recipient
    "concern.privileged",  # legal advice
    "concern.plan",  # the governing body's plan: write and send
    "concern.judge",  # the plan: return, accept; more time
    "concern.decide",  # decisions and powers
    "concern.bundle",
    "concern.hold",
    "cycle.see",
    "cycle.run",
)

# The deadline that the governing body's plan meets (I8).
ACTION_PLAN: Final = "action-plan"

OUTCOMES: Final = ("agreed", "decided", "provisional", "informed", "declined", "high-risk")
LETTER_PLACEHOLDERS: Final = frozenset(
    "school head year band band_meaning partner days extra_days review_date reasons "
    "decided_by decided_on agreed_on next_step answer_by service allocation signatory".split()
)

MESSAGES: Final = (
    "proposal",
    "counter-offer",
    "confirm",
    "recorded-by-school",
    "reminder",
    "agreed",
    "referred",
    "decided",
    "provisional",
    "informed",
    "declined",
    "moderation",
    "returned",
    "challenged",
    "challenged-by-school",
    "high-risk",
    "review-asked",
    "review-answered",
    "handover",
    "visit-planned",
    "visit-moved",
    "visit-confirmed",
    "visit-cancelled",
    "visit-other-day",
    "visit-prepare",
    "report-due",
    "report-late",
    "report-to-check",
    "report-returned",
    "report-issued",
    "report-replied",
    "report-final",
    "action-due",
    "worry-raised",
    "worry-acknowledged",
    "inspection-call",
    "summary-issued",
    "case-opened",
    "case-barred",
    "case-review",
    "case-discussion",
    "notice-to-read",
    "notice-to-approve",
    "notice-sound",
    "notice-returned",
    "notice-approved",
    "notice-given",
    "notice-bounced",
    "letter-to-read",
    "obligation-due",
    "obligation-late",
    "plan-received",
    "plan-answered",
    "digest",
)
# No band and nothing confidential: an e-mail says where to look, never what is there.
MESSAGE_PLACEHOLDERS: Final = frozenset("name school year due link service sender day".split())
# The one e-mail a day speaks of all that came, and of no one school.
DIGEST_PLACEHOLDERS: Final = frozenset("name count lines link service".split())

# What the opening and the closing of a notice or letter may speak of.
NOTICE_PLACEHOLDERS: Final = frozenset(
    "school authority service signatory law contact body readers".split()
)

SUGGESTION_PLACEHOLDERS: Final = frozenset("overall category areas safeguarding date".split())
# What every figure can fill in; what a comparison can; what several years can.
FIGURE_PLACEHOLDERS: Final = frozenset("measure year value source".split())
COMPARED_PLACEHOLDERS: Final = frozenset("beside other difference compared".split())
YEARS_PLACEHOLDERS: Final = frozenset("first_year first_value change listed".split())
