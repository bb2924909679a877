"""Letters that the tests of this slice send. The schools in them are invented."""

from datetime import date

from plimsoll.documents.content import (
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Sender,
    Signatory,
    Signatures,
    Table,
)

MARKING = (
    "Confidential: School Support Allocation. Consider section 36 of the Freedom of "
    "Information Act before any disclosure."
)


def letter(
    *blocks: Block,
    title: str = "School Support Allocation 2026/27",
    reference: str = "SSA/2026-27/900001",
    recipient: tuple[str, ...] = (
        "Ms Ada Marsh",
        "Headteacher",
        "Gannet Lane Primary School",
        "Gannet Lane",
        "Liverpool",
    ),
    marking: str = MARKING,
    language: str = "en-GB",
) -> Letter:
    return Letter(
        title=title,
        reference=reference,
        date=date(2026, 11, 24),
        sender=Sender(
            "School Improvement Service",
            (
                "Invented City Council",
                "1 Quay Street",
                "Liverpool",
                "school.improvement@example.org",
            ),
        ),
        recipient=recipient,
        blocks=blocks,
        marking=marking,
        language=language,
    )


SIGNED = Signatures(
    (
        Signatory("Jo Ashworth", "Principal Officer, School Improvement"),
        Signatory("Sam Okafor", "School Improvement Partner"),
    ),
    closing="Yours sincerely",
)

ALLOCATION = (
    Paragraph("Dear Ms Marsh"),
    Paragraph(
        "Thank you for meeting your School Improvement Partner on 12 October. This letter "
        "confirms the support your school is owed this year, and how the decision was reached."
    ),
    Facts(
        (
            ("Band", "B"),
            ("From", "1 January 2027"),
            ("Your School Improvement Partner", "Sam Okafor"),
        )
    ),
    Heading("What your school receives"),
    Table(
        "Visits and contacts between January and December 2027",
        ("Support", "When", "Days"),
        (
            ("Core visit by your School Improvement Partner", "Spring term", "1"),
            ("Contact on the agreed priorities", "Each term", "1.5"),
            ("Headteacher performance management", "Autumn term", "0.5"),
        ),
    ),
    Heading("What happens next"),
    Bullets(
        (
            "You may answer this letter by 15 December 2026.",
            "Your School Improvement Partner will agree the dates of the visits with you.",
        )
    ),
    SIGNED,
)


def long_letter() -> Letter:
    """Two pages and more: a heading near the foot, a table that runs on."""
    reasons = tuple(
        Paragraph(
            f"Reason {number}. The governors were told in the spring term that attendance had "
            "fallen, and the plan that followed did not say who would act, by when, or how the "
            "authority would know that it had worked."
        )
        for number in range(1, 9)
    )
    rows = tuple(
        (f"Obligation {number}", f"The governing body must do what section {number} says.", "5")
        for number in range(1, 19)
    )
    return letter(
        *ALLOCATION[:2],
        Heading("Reasons"),
        *reasons,
        Heading("What must be done"),
        Table("Obligations and school days", ("Name", "What must be done", "Days"), rows),
        SIGNED,
    )
