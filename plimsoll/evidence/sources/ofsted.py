"""Ofsted's management information on state-funded schools, as published 2018 to 2025."""

from functools import partial
from typing import Final

from plimsoll.evidence.eras import Kind
from plimsoll.evidence.keepers.blocks import Block
from plimsoll.evidence.keepers.inspections import Inspections
from plimsoll.evidence.layouts import Layout, Source

# Ofsted has called a graded inspection a full one, and an ungraded one section 8.
LATEST: Final = Block(
    facts={
        "number": (
            "Inspection number of latest graded inspection",
            "Inspection number of latest full inspection",
        ),
        "type": ("Inspection type",),
        "starts": ("Inspection start date",),
        "ends": ("Inspection end date",),
        "published": ("Publication date",),
        "own": (
            "Does the latest graded inspection relate to the URN of the current school?",
            "Does the latest full inspection relate to the URN of the current school?",
        ),
        "urn": (
            "URN at time of latest graded inspection",
            "URN at time of latest full inspection",
        ),
        "school_name": (
            "School name at time of latest graded inspection",
            "School name at time of latest full inspection",
            "School name",
        ),
        "overall": ("Overall effectiveness",),
        "category": ("Category of concern",),
        "safeguarding": ("Safeguarding is effective?",),
        "web_link": ("Web Link (opens in new window)", "Web link"),
    },
    areas={
        "quality-of-education": ("Quality of education",),
        "behaviour-and-attitudes": ("Behaviour and attitudes",),
        "personal-development": ("Personal development",),
        "leadership-and-management": ("Effectiveness of leadership and management",),
        "early-years": ("Early years provision (where applicable)", "Early years provision"),
        "sixth-form": ("Sixth form provision (where applicable)", "Sixth form provision"),
    },
)
PREVIOUS: Final = Block(
    facts={
        "number": ("Previous inspection number", "Previous full inspection number"),
        "starts": ("Previous inspection start date",),
        "ends": ("Previous inspection end date",),
        "published": ("Previous publication date",),
        "own": (
            "Does the previous graded inspection relate to the URN of the current school?",
            "Does the previous full inspection relate to the URN of the current school?",
        ),
        "urn": (
            "URN at time of previous graded inspection",
            "URN at time of previous full inspection",
            "URN at time of the previous full inspection",
        ),
        "school_name": (
            "School name at time of previous graded inspection",
            "School name at time of previous full inspection",
            "School name at time of the previous full inspection",
        ),
        "overall": (
            "Previous graded inspection overall effectiveness",
            "Previous full inspection overall effectiveness",
        ),
        "category": ("Previous category of concern",),
        "safeguarding": ("Previous safeguarding is effective?",),
    },
    areas={
        "quality-of-education": ("Previous quality of education",),
        "behaviour-and-attitudes": ("Previous behaviour and attitudes",),
        "personal-development": ("Previous personal development",),
        "leadership-and-management": ("Previous effectiveness of leadership and management",),
        "early-years": ("Previous early years provision (where applicable)",),
        "sixth-form": ("Previous sixth form provision (where applicable)",),
    },
)
UNGRADED: Final = Block(
    kind=Kind.UNGRADED,
    facts={
        "number": (
            "Latest ungraded inspection number since last graded inspection",
            "Latest section 8 inspection number since last full inspection",
        ),
        "starts": ("Date of latest ungraded inspection", "Date of latest section 8 inspection"),
        "published": (
            "Ungraded inspection publication date",
            "Section 8 inspection publication date",
        ),
        "own": (
            "Does the ungraded inspection relate to the URN of the current school?",
            "Does the section 8 inspection relate to the URN of the current school?",
        ),
        "urn": (
            "URN at time of the ungraded inspection",
            "URN at time of the section 8 inspection",
        ),
        "school_name": (
            "School name at time of the latest ungraded inspection",
            "School name at time of the section 8 inspection",
        ),
        # It then stands in the file once more, as the graded inspection it became.
        "converted": (
            "Did the latest ungraded inspection convert to a graded inspection?",
            "Did the latest section 8 inspection convert to a full inspection?",
        ),
        "outcome": ("Ungraded inspection overall outcome", "Section 8 inspection overall outcome"),
    },
)
# The short layout of 2018 gives the inspection's last day only.
SHORT: Final = Block(
    kind=Kind.UNSTATED,
    facts={
        "starts": ("Inspection date",),
        "ends": ("Inspection date",),
        "published": ("Publication date",),
        "school_name": ("School name",),
        "overall": ("Overall effectiveness",),
        "web_link": ("REPORURL",),
    },
)

SOURCE = Source(
    name="ofsted",
    title="Ofsted's management information (2018 to 2025)",
    publisher="Ofsted",
    address=(
        "https://www.gov.uk/government/statistical-data-sets/"
        "monthly-management-information-ofsteds-school-inspections-outcomes"
    ),
    usual_month="every month",
    layouts=(
        Layout(
            needs=("URN", LATEST.facts["starts"], LATEST.facts["overall"]),
            keeper=partial(Inspections, blocks=(LATEST, PREVIOUS, UNGRADED)),
        ),
        Layout(
            needs=("URN", SHORT.facts["starts"], "Publication date", SHORT.facts["overall"]),
            keeper=partial(Inspections, blocks=(SHORT,)),
        ),
    ),
)
