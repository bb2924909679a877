"""Letters of each kind as they would be given, at a school of each type; none of them exists."""

from typing import Any, Final

from plimsoll.documents.content import Letter
from plimsoll.framework.editions import edition
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.notices import deliveries, letters
from plimsoll.schools.models import School
from tests.cast import NOW, TODAY, Cast, make_school
from tests.intervention import steps
from tests.intervention.steps import DAY, approved

POLICIES: Final = ("liverpool/2026-27", "northmoor/2026-27")
# By type: name, phase, religious character.
SCHOOLS: Final = {
    "01": ("Wherry Lane Primary School", "primary", ""),
    "02": ("Harbour View Primary School", "primary", "Roman Catholic"),
    "03": ("St Aidan’s Primary School", "primary", "Church of England"),
    "12": ("Saltings School", "not-applicable", ""),
    "14": ("Tidewater Centre", "not-applicable", ""),
    "15": ("Quayside Nursery School", "nursery", ""),
    "34": ("Dock Road Academy", "secondary", ""),
}
MATTERS: Final = (
    "The Director discussed these matters with the chair and the head. They agreed with the "
    "figures, and did not agree that governors had been slow.\n\nThe authority rests its view "
    "on:\n- the results of three summers;\n- the reports of two visits;\n- the minutes of the "
    "governing body, which do not record that any of the agreed actions was looked at."
)


def school_of(cast: Cast, type_: str) -> School:
    name, phase, church = SCHOOLS[type_]
    found = School.objects.filter(name=name).first()
    return found or make_school(900090, name, type_, phase, religious_character=church)


def opened(cast: Cast, policy: str, type_: str) -> Case:
    """A case under this policy, on the ladder that it gives schools of the type."""
    case = steps.opened(cast, school_of(cast, type_))
    ladder = edition(policy).ladder_for(type_)
    assert ladder is not None
    case.edition, case.ladder = policy, ladder.key
    case.save()
    return case


def kinds(policy: str, type_: str) -> list[str]:
    """The kinds that the ladder gives, in policy's order."""
    ladder = edition(policy).ladder_for(type_)
    assert ladder is not None
    wanted = {rung.notice for rung in ladder.rungs}
    return [kind.id for kind in edition(policy).notices if kind.id in wanted]


EVERY: Final = [
    (policy, type_, kind)
    for policy in POLICIES
    for type_ in SCHOOLS
    for kind in kinds(policy, type_)
]


def given(case: Case, kind: str, **more: Any) -> Notice:
    type_ = case.policy.notice(kind)
    values: dict[str, Any] = {
        "given_on": TODAY,
        "signed_by": "Declan Byrne",
        "grounds": list(type_.grounds[:1] if type_.one_aspect else type_.grounds[:2]),
        "texts": {part.id: MATTERS for part in type_.parts},
        "guidance": case.policy.concern.guidance[0].label if type_.statutory else "",
        "address_by": TODAY + 60 * DAY if any(p.date == "timeframe" for p in type_.parts) else None,
    }
    return approved(case, kind, **(values | more))


def letter(notice: Notice) -> Letter:
    return letters.written(notice, deliveries.make(notice), at=NOW)
