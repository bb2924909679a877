"""What a section may be tagged with: the criteria of its themes, and the priorities (F4)."""

from collections.abc import Mapping
from typing import Final

from plimsoll.framework.casework import ReportSection
from plimsoll.visits.models import Report

LABELS: Final = {"criteria": "Criteria", "priorities": "Priorities of the authority"}


def offered(report: Report, section: ReportSection) -> Mapping[str, list[tuple[str, str]]]:
    """The choices of each kind; a section without themes is tagged with priorities alone."""
    policy, phase = report.policy, report.visit.school.phase
    criteria = [
        (each.id, each.label)
        for each in policy.criteria
        if each.theme in section.themes and each.applies_to(phase)
    ]
    priorities = [(each.id, each.text) for each in policy.priorities]
    found = {"criteria": criteria, "priorities": priorities}
    return {kind: choices for kind, choices in found.items() if choices}
