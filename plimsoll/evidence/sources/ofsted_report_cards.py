"""Ofsted's management information since report cards began in November 2025."""

from functools import partial
from typing import Final

from plimsoll.evidence.eras import Era
from plimsoll.evidence.keepers.blocks import Block
from plimsoll.evidence.keepers.inspections import Inspections
from plimsoll.evidence.layouts import Layout, Source

AREAS: Final = {
    "inclusion": ("Inclusion",),
    "curriculum-and-teaching": ("Curriculum and teaching",),
    "achievement": ("Achievement",),
    "attendance-and-behaviour": ("Attendance and behaviour",),
    "personal-development-and-wellbeing": ("Personal development and wellbeing",),
    "early-years": ("Early years (where applicable)", "Early years"),
    "post-16": ("Post-16 provision (where applicable)", "Post-16 provision"),
    "leadership-and-governance": ("Leadership and governance",),
}
CARD: Final = Block(
    era=Era.REPORT_CARD,
    facts={
        "number": (
            "Inspection number of latest full inspection",
            "Inspection number of latest graded inspection",
            "Inspection number",
        ),
        "type": ("Inspection type",),
        "starts": ("Inspection start date",),
        "ends": ("Inspection end date",),
        "published": ("Publication date",),
        "own": (
            "Does the latest full inspection relate to the URN of the current school?",
            "Does the latest graded inspection relate to the URN of the current school?",
        ),
        "urn": (
            "URN at time of latest full inspection",
            "URN at time of latest graded inspection",
        ),
        "school_name": ("School name at time of latest full inspection", "School name"),
        "category": ("Category of concern",),
        "safeguarding": ("Safeguarding standards",),
        "web_link": ("Web Link (opens in new window)", "Web link"),
    },
    areas=AREAS,
    # The columns with the day leave out “(where applicable)”.
    graded_on={
        area: tuple(f"{name} - date of grade" for name in names) for area, names in AREAS.items()
    },
)

SOURCE = Source(
    name="ofsted-report-cards",
    title="Ofsted's management information with report cards",
    publisher="Ofsted",
    address=(
        "https://www.gov.uk/government/statistical-data-sets/"
        "monthly-management-information-ofsteds-school-inspections-outcomes"
    ),
    usual_month="every month",
    layouts=(
        Layout(
            needs=(
                "URN",
                "Inspection start date",
                "Safeguarding standards",
                "Inclusion",
                "Leadership and governance",
            ),
            keeper=partial(Inspections, blocks=(CARD,)),
        ),
    ),
)
