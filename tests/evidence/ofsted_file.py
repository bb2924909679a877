"""Rows in the layouts in which Ofsted publishes, about schools that do not exist."""

from typing import Final

WEB: Final = "http://www.ofsted.gov.uk/inspection-reports/find-inspection-report/provider/ELS"
NULL: Final = "NULL"

_LATEST: Final = {
    "Inspection number of latest graded inspection": "10900001",
    "Inspection type": "S5 Inspection",
    "Inspection start date": "03/05/2022",
    "Publication date": "14/06/2022",
    "Does the latest graded inspection relate to the URN of the current school?": "Yes",
    "URN at time of latest graded inspection": "900001",
    "School name at time of latest graded inspection": "Harbour View",
    "Overall effectiveness": "2",
    "Category of concern": NULL,
    "Quality of education": "2",
    "Behaviour and attitudes": "1",
    "Personal development": "2",
    "Effectiveness of leadership and management": "2",
    "Safeguarding is effective?": "Yes",
    "Early years provision (where applicable)": "8",
    "Sixth form provision (where applicable)": "9",
}
_PREVIOUS: Final = {
    "Previous inspection number": "ITS900001",
    "Previous inspection start date": "04/06/2014",
    "Previous publication date": "02/07/2014",
    "Does the previous graded inspection relate to the URN of the current school?": "Yes",
    "URN at time of previous graded inspection": "900001",
    "School name at time of previous graded inspection": "Harbour View",
    "Previous graded inspection overall effectiveness": "3",
    "Previous category of concern": NULL,
    "Previous quality of education": "9",
    "Previous behaviour and attitudes": "9",
    "Previous personal development": "9",
    "Previous effectiveness of leadership and management": "3",
    "Previous safeguarding is effective?": "9",
    "Previous early years provision (where applicable)": "8",
    "Previous sixth form provision (where applicable)": "9",
}
_UNGRADED: Final = {
    "Latest ungraded inspection number since last graded inspection": NULL,
    "Does the ungraded inspection relate to the URN of the current school?": NULL,
    "URN at time of the ungraded inspection": NULL,
    "School name at time of the latest ungraded inspection": NULL,
    "Date of latest ungraded inspection": NULL,
    "Ungraded inspection publication date": NULL,
    "Did the latest ungraded inspection convert to a graded inspection?": NULL,
    "Ungraded inspection overall outcome": NULL,
}


def none(block: dict[str, str]) -> dict[str, str]:
    """A block of which the file says nothing."""
    return dict.fromkeys(block, NULL)


NO_LATEST: Final = none(_LATEST)
NO_PREVIOUS: Final = none(_PREVIOUS)


def row(urn: int = 900001, **cells: str) -> dict[str, str]:
    """A row of the layout of 2025; `cells` by column name, spaces and all, through `**`."""
    own = {
        "Web Link (opens in new window)": f"{WEB}/{urn}",
        "URN": str(urn),
        "LAESTAB": "9992001",
        "School name": "Harbour View",
        "Local authority": "Northmoor",
        "The income deprivation affecting children index (IDACI) quintile": "5",
        "URN at time of latest graded inspection": str(urn),
        "URN at time of previous graded inspection": str(urn),
    }
    return _LATEST | _PREVIOUS | _UNGRADED | own | cells


def short_row(urn: int = 900001, **cells: str) -> dict[str, str]:
    """A row of the short layout of 2018, which gives an inspection's last day."""
    return {
        "URN": str(urn),
        "School name": "Harbour View",
        "Ofsted phase": "Primary",
        "Inspection date": "2014-06-05 00:00:00",
        "Publication date": "2014-07-02 00:00:00",
        "Overall effectiveness": "3",
        "REPORURL": "Report",
    } | cells


def card(urn: int = 900001, **cells: str) -> dict[str, str]:
    """A row with a report card."""
    return {
        "URN": str(urn),
        "Inspection start date": "20/01/2026",
        "Publication date": "23/03/2026",
        "Inspection type": "S5 Inspection",
        "Safeguarding standards": "Met",
        "Inclusion": "Strong standard",
        "Curriculum and teaching": "Expected standard",
        "Achievement": "Needs attention",
        "Attendance and behaviour": "Expected standard",
        "Personal development and wellbeing": "Exceptional",
        "Early years (where applicable)": "Expected standard",
        "Post-16 provision (where applicable)": "",
        "Leadership and governance": "Expected standard",
        "Web link": f"{WEB}/{urn}",
    } | cells
