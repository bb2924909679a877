"""Files that lie beside the published ones and are not read in, and why: known by columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plimsoll.evidence.layouts import folded


@dataclass(frozen=True)
class Unread:
    """`columns` are patterns; a file is such a one when each of them fits one of its columns."""

    columns: tuple[str, ...]
    why: str

    def fits(self, names: Sequence[str]) -> bool:
        return all(any(re.fullmatch(pattern, name) for name in names) for pattern in self.columns)


DESCRIBES: Final = "It describes the columns of another file and holds no figures."
REGISTER: Final = (
    "It is an extract of the register by somebody else, under other names. Read in the "
    "register itself: gias."
)
INSPECTIONS: Final = (
    "It is a history of inspections that somebody put together, without the number or the type "
    "of each. Read in Ofsted’s own files: ofsted, ofsted-report-cards."
)

UNREAD: Final = (
    Unread(("column", "variable", "label"), DESCRIBES),
    Unread(("field number", "field reference", "field name"), DESCRIBES),
    Unread(("column", "field name", "(label/)?description"), DESCRIBES),
    Unread(("column", "metafile heading", "metafile description"), DESCRIBES),
    Unread((".*download data files: field names and descriptions",), DESCRIBES),
    Unread(("col_name|indicator", "label"), DESCRIBES),
    Unread(
        ("lea", "la name", "region", "region name"),
        "It lists the codes of authorities and regions and holds no figures.",
    ),
    Unread(
        ("urn", "laname", "laestab", "schname", "minorgroup"),
        "It is the list of schools of the performance tables. The register says all of it, and "
        "as of today: gias.",
    ),
    Unread(("urn", "name", "lead_school", "open_date", "close_date"), REGISTER),
    Unread(("urn", "la_code", "establishment_name", "type_of_establishment"), REGISTER),
    Unread(("urn", "date", "grade", "srcs"), INSPECTIONS),
    Unread(("urn", "rating", "inspection date"), INSPECTIONS),
    Unread(
        ("urn", "derived_ofsted", "derived_ofsted_source"),
        "Somebody put it together from several publications, so no figure in it has a source "
        "of its own. Read in those publications.",
    ),
    Unread(
        ("file", "repo", "commit"), "It says where other files were found and holds no figures."
    ),
)


def reason(columns: Sequence[str]) -> str:
    """Why a file with these columns is not read; "" when it is none that is known.

    >>> reason(["Field Number", "Field Reference", "Field Name", "Values"])
    'It describes the columns of another file and holds no figures.'
    """
    names = [folded(name) for name in columns]
    return next((each.why for each in UNREAD if each.fits(names)), "")
