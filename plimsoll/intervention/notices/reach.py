"""Whom a notice reaches: what makes them recipients, put right where the register is wrong."""

from dataclasses import replace

from plimsoll.intervention.models import Case, Correction, Notice
from plimsoll.intervention.notices.ended import ended_by, who_had
from plimsoll.intervention.recipients import CHURCHES, Facts, Reached, facts_of, recipients_of


def facts(case: Case) -> Facts:
    """The register's facts with the corrections of the case laid over them, the last one last."""
    found = facts_of(case.school)
    for each in Correction.objects.filter(case=case).order_by("made_at", "pk"):
        if each.fact == Correction.Fact.CHURCH:
            churches = tuple(church for church in CHURCHES if church in each.value)
            found = replace(found, churches=churches)
        else:
            found = replace(found, foundation="law" if each.value == "yes" else "")
    return found


def computed(notice: Notice) -> list[Reached]:
    """Everybody whom policy and law make a recipient of this notice today."""
    case = notice.case
    found = recipients_of(notice.type, case.school, case.policy, facts(case))
    if not notice.type.to_whoever_had_it:
        return found
    there = {(each.recipient, each.label) for each in found}
    had = who_had(ended_by(notice))
    return [*found, *(each for each in had if (each.recipient, each.label) not in there)]


def reaches_school(notice: Notice) -> bool:
    """Is it given or copied to somebody of the school? A letter to its regulator may not be."""
    return bool(_at_school(notice))


def given_to_school(notice: Notice) -> bool:
    """Is it given, and not only copied, to somebody of the school?"""
    return "given" in _at_school(notice)


def _at_school(notice: Notice) -> set[str]:
    """How it reaches those of the school."""
    at_school = {each.id for each in notice.case.policy.recipients if each.at_school}
    return {each.how for each in notice.type.recipients if each.recipient in at_school}
