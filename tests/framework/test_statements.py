"""S9: every statement of the framework, band by band, with every qualifier it carries."""

import pytest

from plimsoll.framework.model import Edition

# The framework's statements, read from it by hand: the id, and words it must keep.
STATEMENTS = {
    "A": {
        "A.inspection.good-or-outstanding": (
            "good or outstanding",
            "expected to",
        ),
        "A.leadership.highly-effective": (
            "both highly effective",
            "proven capacity to sustain",
            "develop further",
        ),
        "A.self-evaluation.robust": (
            "robust and accurate",
            "informs effective planning",
        ),
        "A.outreach.many-aspects": (
            "other schools",
            "support and expertise",
            "many aspects",
        ),
        "A.curriculum.at-least-good": (
            "delivery",
            "at least a good",
        ),
        "A.reading.at-least-good": (
            "at least",
            "good",
        ),
        "A.outcomes.consistently-in-line": (
            "consistently in line",
            "that apply",
            "progress measures",
        ),
        "A.inclusion.effective": (
            "inclusive in its practice",
            "SEND provision is effective",
        ),
        "A.exclusions.low": ("low",),
        "A.attendance.at-or-above": ("at or above",),
        "A.safeguarding.effective": ("effective",),
    },
    "B": {
        "B.inspection.good": (
            "good",
            "expected to",
        ),
        "B.inspection.ri-with-capacity": (
            "may hold",
            "strong capacity to improve",
            "evidence of impact",
            "highly likely to",
            "next inspected",
        ),
        "B.leadership.sufficient-capacity": (
            "both leadership and governance",
            "sufficient to sustain",
            "develop further",
        ),
        "B.outreach.focused": (
            "focused on areas of effective practice",
            "support and expertise",
        ),
        "B.curriculum.at-least-good": (
            "delivery",
            "at least a good",
        ),
        "B.reading.good": ("good",),
        "B.reading.low-ability": (
            "effective",
            "particularly for children with low reading ability",
        ),
        "B.outcomes.positive-trajectory": (
            "where",
            "remain below national averages",
            "positive trajectory",
        ),
        "B.gaps.addressed": (
            "focused analysis proves",
            "addressed effectively",
            "individuals and groups are improving",
        ),
        "B.inclusion.effective": (
            "inclusive in its practice",
            "SEND provision is effective",
        ),
        "B.exclusions.low": ("low",),
        "B.attendance.at-or-above": ("at or above",),
        "B.safeguarding.effective": ("effective",),
    },
    "C": {
        "C.inspection.targeted-support": (
            "requiring targeted support",
            "at least a good",
            "next inspection",
        ),
        "C.inspection.likely-to-decline": (
            "likely to decline",
            "next inspection",
        ),
        "C.leadership.some-improvement": (
            "leadership",
            "governance or both",
            "currently",
            "some improvement",
        ),
        "C.curriculum.inconsistencies": (
            "inconsistencies or weaknesses may appear",
            "some points",
        ),
        "C.reading.needs-improvement": ("needs to improve",),
        "C.post-16.inconsistent": (
            "inconsistent",
            "in need of improvement",
        ),
        "C.outcomes.declining": (
            "declining trend",
            "or are not improving towards",
        ),
        "C.gaps.not-addressed": (
            "focused analysis proves",
            "not being addressed effectively",
            "individuals and groups are not improving",
        ),
        "C.inclusion.inconsistent": (
            "not inclusive in its practice",
            "SEND provision is inconsistent",
        ),
        "C.exclusions.high-or-rising": ("high or rising",),
        "C.attendance.needs-improvement": ("needs to improve",),
        "C.safeguarding.effective": ("effective",),
        "C.functions.concerns-identified": (
            "one or more aspects",
            "behaviour",
            "exclusions",
            "attendance",
            "complaints",
            "budget",
        ),
        "C.powers.occasional-notice": (
            "occasionally",
            "may need to",
            "pre-warning or directive",
            "one specific aspect",
            "always after a discussion",
            "director of education",
            "chair of governors",
            "headteacher",
        ),
    },
    "D": {
        "D.inspection.inadequate": (
            "currently",
            "inadequate",
        ),
        "D.inspection.risk-of-inadequate": (
            "significant risk",
            "next inspection",
        ),
        "D.inspection.two-or-more-ri": (
            "currently",
            "two or more",
            "at risk of another",
        ),
        "D.leadership.significant-concerns": (
            "significant concerns",
            "leadership or governance",
        ),
        "D.curriculum.weaknesses": ("weaknesses",),
        "D.reading.ineffective": ("ineffective",),
        "D.outcomes.consistently-below": (
            "consistently below",
            "no current signs",
            "securely reversed",
        ),
        "D.inclusion.ineffective": (
            "there is evidence",
            "not inclusive in its practice",
            "SEND provision is ineffective",
        ),
        "D.vulnerable-groups.not-effective": (
            "vulnerable groups",
            "one or more significant aspects",
        ),
        "D.behaviour.significant-concerns": (
            "may be significant concerns",
            "attitudes to learning",
            "or both",
        ),
        "D.exclusions.part-of-concerns": (
            "may include",
            "high or rising",
        ),
        "D.attendance.well-below": (
            "may be well below",
            "either declining or",
            "no promise of sustainable improvement",
        ),
        "D.persistent-absence.high": ("high persistent absence",),
        "D.safeguarding.ineffective": ("ineffective",),
        "D.functions.may-need-support": (
            "rising numbers of complaints",
            "budget stringencies",
            "HR procedures",
            "may be causing concern",
            "may require support",
        ),
        "D.powers.unsatisfied-notice": (
            "warning notice",
            "otherwise used formal powers",
            "not yet satisfied",
            "or met other requirements",
        ),
    },
}

# What the requirement itself asks for, word for word.
QUALIFIERS = (
    "proven capacity",
    "likely to",
    "particularly for children with low reading ability",
    "attitudes to learning",
    "High persistent absence",
    "vulnerable groups",
)


@pytest.mark.parametrize("band", STATEMENTS)
def test_S9_every_statement_of_the_band_is_there_and_no_other(
    liverpool: Edition, band: str
) -> None:
    held = {d.statements[band] for d in liverpool.descriptors if band in d.statements}
    assert held == set(STATEMENTS[band])


@pytest.mark.parametrize(
    ("statement", "words"), [pair for band in STATEMENTS.values() for pair in band.items()]
)
def test_S9_every_qualifier_is_kept(
    liverpool: Edition, statement: str, words: tuple[str, ...]
) -> None:
    (text,) = (d.text for d in liverpool.descriptors if statement in d.statements.values())
    missing = [word for word in words if word.lower() not in text.lower()]
    assert missing == []


@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_S9_the_qualifiers_that_the_requirement_names_are_kept(
    liverpool: Edition, qualifier: str
) -> None:
    assert any(qualifier in descriptor.text for descriptor in liverpool.descriptors)


@pytest.mark.parametrize(
    ("descriptor", "bands"),
    [
        ("curriculum.at-least-good", ("A", "B")),
        ("inclusion.effective", ("A", "B")),
        ("exclusions.low", ("A", "B")),
        ("attendance.at-or-above", ("A", "B")),
        ("safeguarding.effective", ("A", "B", "C")),
        ("reading.good", ("B",)),
    ],
)
def test_S8_a_descriptor_that_stands_in_several_bands_counts_for_each(
    liverpool: Edition, descriptor: str, bands: tuple[str, ...]
) -> None:
    assert liverpool.descriptor(descriptor).bands == bands


def test_S8_safeguarding_is_decisive_and_nothing_else_is(liverpool: Edition) -> None:
    assert [c.id for c in liverpool.criteria if c.decisive] == ["safeguarding"]


def test_S9_post_16_is_asked_only_where_there_may_be_a_sixth_form(liverpool: Edition) -> None:
    post_16 = liverpool.criterion("post-16")
    assert post_16.applies_to("secondary")
    assert not post_16.applies_to("primary")
    assert liverpool.criterion("reading").applies_to("primary")
