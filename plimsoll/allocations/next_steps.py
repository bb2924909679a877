"""What a person can do next on an allocation, what follows from it, and who is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse

from plimsoll.allocations.models import Allocation, Side, ViewSheet
from plimsoll.allocations.queries import BEFORE_HEARING
from plimsoll.allocations.workflow import ALLOCATION
from plimsoll.core.access import grants, may
from plimsoll.core.workflow import Step
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.models import Assignment

# The step for which a person most likely came, where it is open to them.
USUAL: Final = (
    "start", "propose", "propose_at_once", "release", "inform", "agree", "accept",
    "confirm_by_school", "confirm_by_service", "decide", "decide_finally", "accept_decision",
    "let_stand", "provide", "agree_provisional", "open_review",
)  # fmt: skip

BASES: Final = {
    "CAL": "days",
    "WD": "working days",
    "WD-INSP": "working days outside long school holidays",
    "SD": "school days",
}


@dataclass(frozen=True)
class Action:
    """Something to do: where it is done, or why it cannot be done yet."""

    label: str
    href: str
    blocked: str = ""


@dataclass(frozen=True)
class Actions:
    primary: Action | None
    others: list[Action]
    blocked: list[Action]

    def __bool__(self) -> bool:
        return bool(self.primary or self.others or self.blocked)


def writes_for(user: User, case: Allocation) -> Side | None:
    """The side for which this person may give views and evidence, if for any."""
    if may(user, "allocation.prepare", case):
        return Side.SERVICE
    return Side.SCHOOL if may(user, "allocation.answer", case) else None


def is_open(case: Allocation) -> bool:
    """Views and evidence may still change: not after a conclusion, but for a provisional one."""
    return case.concluded_at is None or case.state == "provisional"


def actions(
    case: Allocation, user: User, sheets: Mapping[str, ViewSheet], *, at: datetime
) -> Actions:
    """The steps open to this person, the likeliest first; blocked ones with the reason."""
    offers = ALLOCATION.offers(case, by=user, at=at)
    steps = {offer.step.name: _of_step(case, offer.step, offer.blocked) for offer in offers}
    usual = next((name for name in USUAL if name in steps and not steps[name].blocked), "")
    views = _views(case, user, sheets)
    primary = steps.pop(usual) if usual else None
    others = [each for each in steps.values() if not each.blocked]
    if views and not primary:
        primary = views
    elif views:
        others.insert(0, views)
    return Actions(primary, others, [each for each in steps.values() if each.blocked])


def _of_step(case: Allocation, step: Step, blocked: str) -> Action:
    return Action(
        label_of(case, step), reverse("allocations:step", args=[case.pk, step.name]), blocked
    )


def label_of(case: Allocation, step: Step) -> str:
    """The step's label in the authority's own words."""
    return step.label.replace("another band", f"another {case.policy.words.band}").replace(
        "provisional band", f"provisional {case.policy.words.band}"
    )


def _views(case: Allocation, user: User, sheets: Mapping[str, ViewSheet]) -> Action | None:
    """Giving one's own views, while they are not submitted."""
    side = writes_for(user, case)
    own = sheets.get(side) if side else None
    if side is None or not is_open(case) or (own and own.submitted_at):
        return None
    if side == Side.SERVICE and case.state == "not_started":
        return None
    label = "Go on with your views" if own else "Give your views"
    return Action(label, reverse("allocations:views", args=[case.pk]))


# --- what follows -------------------------------------------------------------

_SIGNED: Final = (
    "Both sides have then signed, and the {band} is in force.",
    "The evidence and both sides’ views are kept as they are now.",
    "A letter is issued to the school.",
)
_REFERRED: Final = (
    "It goes to the {tier}, who reads both positions and gives a decision with reasons.",
    "Your reasons are shown to both sides.",
)
_TO_CONFIRM: Final = "Nothing is agreed until the other side confirms it."

FOLLOWS: Final[Mapping[str, tuple[str, ...]]] = {
    "start": ("Views can be given and a {band} proposed.",),
    "propose": (
        "The proposal waits for moderation by the {po}.",
        "The school sees nothing of it until it is released.",
    ),
    "propose_at_once": ("The school sees the proposal and has {days} to answer.",),
    "take_back": ("The proposal is no longer moderated. You can make it again.",),
    "send_back": (
        "The {partner} reads your reasons and proposes again.",
        "The school sees nothing of it.",
    ),
    "release": ("The school sees the proposal and its reasons, and has {days} to answer.",),
    "inform": (
        "The {band} is decided and in force.",
        "A letter is issued to the school, which may ask for a review within {days}.",
    ),
    "agree": _SIGNED,
    "accept": _SIGNED,
    "confirm_by_school": _SIGNED,
    "confirm_by_service": _SIGNED,
    "agree_provisional": _SIGNED,
    "counter": ("The {partner} accepts your proposal, makes another, or refers the disagreement.",),
    "offer_again": ("The school sees the proposal and has {days} to answer.",),
    "record_by_service": (_TO_CONFIRM, "The school has {days} to confirm, or to say otherwise."),
    "record_by_school": (_TO_CONFIRM,),
    "deny_by_school": ("It is the {partner}’s turn to make another proposal.",),
    "deny_by_service": ("The last proposal of the service waits for the school again.",),
    "refer": _REFERRED,
    "refer_by_service": _REFERRED,
    "dispute_informed": _REFERRED,
    "dispute_provisional": _REFERRED,
    "refer_further": _REFERRED,
    "decide": ("Both sides read your decision. The school has {days} to take it further.",),
    "decide_finally": ("The {band} is in force, and the matter is closed for the year.",),
    "accept_decision": ("The decision is in force. A letter is issued to the school.",),
    "let_stand": ("The decision is in force. A letter is issued to the school.",),
    "provide": (
        "The {band} is in force for the time being, and never shown as agreed.",
        "The school may still agree, or dispute it.",
    ),
    "decline": ("No {band} is held for the school this year. You may come back at any time.",),
    "record_decline": (
        "No {band} is held for the school this year. It may come back at any time.",
    ),
    "rejoin": ("A {band} can be proposed again.",),
    "open_review": (
        "A further round begins with the evidence of today.",
        "The {band} in force stands until the round ends.",
    ),
}

# The e-mail that each step brings; whom it reaches is policy.
MESSAGES: Final[Mapping[str, str]] = {
    "propose": "moderation",
    "propose_at_once": "proposal",
    "send_back": "returned",
    "release": "proposal",
    "inform": "informed",
    "agree": "agreed",
    "accept": "agreed",
    "confirm_by_school": "agreed",
    "confirm_by_service": "agreed",
    "agree_provisional": "agreed",
    "counter": "counter-offer",
    "offer_again": "proposal",
    "record_by_service": "confirm",
    "record_by_school": "recorded-by-school",
    "deny_by_school": "counter-offer",
    "deny_by_service": "proposal",
    "refer": "referred",
    "refer_by_service": "referred",
    "dispute_informed": "referred",
    "dispute_provisional": "referred",
    "refer_further": "referred",
    "decide": "decided",
    "decide_finally": "decided",
    "accept_decision": "decided",
    "let_stand": "decided",
    "provide": "provisional",
    "decline": "declined",
    "record_decline": "declined",
    "open_review": "review-answered",
}

# What happens next, by state: to the school's eyes and to the service's.
NEXT: Final[Mapping[str, tuple[str, str]]] = {
    "not_started": (
        "Your {partner} will prepare a proposal. You can give your own views and add evidence now.",
        "The {partner} starts the allocation, gives views and proposes a {band}.",
    ),
    "preparing": (
        (
            "Your {partner} prepares a proposal. You can give your own views and add evidence now; "
            "you are told as soon as there is something to answer."
        ),
        "The {partner} gives views on the criteria and proposes a {band} with reasons.",
    ),
    "moderation": (
        "",
        (
            "The {po} compares the proposal with those for other schools, and releases it or sends "
            "it back."
        ),
    ),
    "with_school": (
        (
            "You agree, propose another {band}, or say that you disagree: then it goes to the "
            "{tier}, with both positions."
        ),
        (
            "The school agrees, proposes another {band}, or disagrees: then it goes to the {tier}. "
            "After reminders without an answer a {band} may be set provisionally."
        ),
    ),
    "with_service": (
        "The {partner} accepts your proposal, makes another, or refers the disagreement.",
        "The {partner} accepts the school’s proposal, makes another, or refers the disagreement.",
    ),
    "school_confirms": (
        "Confirm that this is what you agreed when you met, or say that it is not.",
        "The school confirms what was recorded, or says that it was otherwise.",
    ),
    "service_confirms": (
        "The {partner} confirms what you recorded, or says that it was otherwise.",
        "The {partner} confirms what the school recorded, or says that it was otherwise.",
    ),
    "referred": (
        "The {tier} reads both positions and decides, with reasons to both sides.",
        "The {tier} reads both positions and decides, with reasons to both sides.",
    ),
    "decided": (
        (
            "You may accept the decision or take it further. Without a word from you it may be let "
            "stand."
        ),
        (
            "The school may take the decision further; without a word from it the decision may be "
            "let stand."
        ),
    ),
    "provisional": (
        "You have not agreed to this. You may still agree, or dispute it.",
        "The school has not agreed to this. It may still agree, or dispute it.",
    ),
    "agreed": ("{review}", "{review}"),
    "settled": ("{review}", "{review}"),
    "informed": ("You may ask for the decision to be reviewed. {review}", "{review}"),
    "declined": (
        "You may come back at any time in the year.",
        "The school may come back at any time in the year.",
    ),
    "reviewed": (
        "A further round is under way. The {band} stands until it ends.",
        "A further round is under way. The {band} stands until it ends.",
    ),
}


def words(case: Allocation) -> dict[str, str]:
    """The authority's words for what the sentences above speak of."""
    policy = case.policy
    rules = policy.allocation
    review = "Either side may ask for a review during the year." if rules.in_year_review else ""
    return {
        "band": policy.words.band,
        "partner": policy.words.partner,
        "po": policy.roles["po"].label,
        "tier": policy.disagreement[case.tier].label,
        "days": f"{rules.answer_days} {BASES[rules.answer_basis]}",
        "review": review,
    }


def tier_reached(case: Allocation, step: str) -> int:
    """The tier of the route to which the step leads."""
    if step == "refer_further":
        return min(case.tier + 1, len(case.policy.disagreement) - 1)
    if step in ("dispute_informed", "dispute_provisional"):
        last = case.offers.order_by("-made_at", "-pk").first()
        setter = last.made_by_role if last else ""
        route = case.policy.disagreement
        return next((n for n, tier in enumerate(route) if tier.role != setter), len(route) - 1)
    return 0 if step in ("refer", "refer_by_service") else case.tier


def follows(case: Allocation, step: str) -> list[str]:
    """What will happen once the step is taken."""
    tier = case.policy.disagreement[tier_reached(case, step)].label
    return [each.format_map(words(case) | {"tier": tier}) for each in FOLLOWS.get(step, ())]


def told(case: Allocation, step: str, people: Iterable[Assignment]) -> list[str]:
    """Who gets an e-mail, by name and post; those who may not know of it do not (S7)."""
    message = MESSAGES.get(step)
    if message is None:
        return []
    roles = set(case.policy.messages[message].to)
    if message == "referred":
        roles.add(case.policy.disagreement[tier_reached(case, step)].role)
    return named(case.policy, (one for one in people if one.role in roles))


def named(policy: Edition, people: Iterable[Assignment]) -> list[str]:
    """Each holder as “Helen Marsh (Headteacher)”, once."""
    known = grants("allocation.see")
    found = {
        f"{one.person.name} ({policy.roles[one.role].label})": None
        for one in people
        if one.role in known
    }
    return list(found)


def what_next(case: Allocation, side: Side) -> str:
    """One sentence on what happens next, as this side may know it."""
    state = case.state
    if side == Side.SCHOOL and state in BEFORE_HEARING and state != "not_started":
        state = "preparing"
    school, service = NEXT[state]
    return (school if side == Side.SCHOOL else service).format_map(words(case)).strip()
