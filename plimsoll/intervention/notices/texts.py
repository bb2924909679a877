"""The words of a notice that policy gives, with its facts in them."""

from collections.abc import Mapping
from datetime import date

from plimsoll.documents.content import in_words
from plimsoll.framework.casework import NoticePart
from plimsoll.intervention.models import Notice

NOT_STATUTORY = "not a statutory notice"


def day(on: date) -> str:
    """The day in words; no line ends within it."""
    return in_words(on).replace(" ", "\u00a0")


def title(notice: Notice) -> str:
    """What it is called; one that is not statutory says so there already."""
    kind = notice.type
    return kind.label if kind.statutory else f"{kind.label} ({NOT_STATUTORY})"


def opening(notice: Notice) -> str:
    """How it begins; one that is not statutory says that it is not, after its first words."""
    text = notice.type.opening.format_map(_words(notice))
    if notice.type.statutory:
        return text
    return f"{text}\n\n{notice.case.policy.concern.not_statutory.format_map(_words(notice))}"


def closing(notice: Notice) -> str:
    return notice.type.closing.format_map(_words(notice))


def grounds(notice: Notice) -> list[str]:
    """The grounds with their law; of a notice on one aspect, that one."""
    chosen = [notice.aspect] if notice.type.one_aspect else notice.grounds
    return [
        f"{each.label} ({each.law})" if each.law else each.label
        for each in notice.case.policy.grounds
        if each.id in chosen
    ]


def heading(part: NoticePart) -> str:
    """The part's heading, with the provision that asks for it."""
    return f"{part.label} ({part.law})" if part.law else part.label


def law(notice: Notice) -> str:
    """The provision it is given under, which may follow from the warning that came before."""
    kind, earlier = notice.type, notice.follows
    while kind.law_60a and earlier:
        earlier.case = notice.case
        if earlier.type.route:
            return kind.law_60a if earlier.type.route == "s60a" else kind.law
        earlier = earlier.follows
    return kind.law


def comparisons(notice: Notice) -> list[str]:
    """What standards are low beside, where a ground asks for it (EIA 2006 s.60(3))."""
    compared = {each.id for each in notice.case.policy.grounds if each.compared}
    if not compared & set(notice.grounds):
        return []
    offered = notice.case.policy.concern.comparisons
    return [each.label for each in offered if each.id in notice.compared_with]


def day_of(part: NoticePart, notice: Notice) -> str:
    """The sentence with the day that a part names besides its text."""
    if part.date == "period" and notice.period_ends:
        return f"The period ends at the end of {day(notice.period_ends)}."
    if part.date == "timeframe" and notice.address_by:
        return f"The concerns are to be addressed by {day(notice.address_by)}."
    return ""


def _words(notice: Notice) -> Mapping[str, str]:
    """What the texts of policy may speak of: `vocabulary.NOTICE_PLACEHOLDERS`."""
    policy = notice.case.policy
    return {
        "school": notice.case.school.name,
        "authority": policy.authority.name,
        "service": policy.authority.service_name,
        "signatory": policy.roles[notice.type.signatory].label,
        "law": law(notice),
        "body": notice.case.steps.body,
        "readers": notice.case.steps.readers,
        "contact": policy.authority.email,
    }
