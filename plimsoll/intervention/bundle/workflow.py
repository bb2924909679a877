"""The process of a bundle: prepared, then made once; or given up. What was made stays."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.documents.actions import Made, keep_made
from plimsoll.documents.models import Document
from plimsoll.intervention.models import Bundle
from plimsoll.intervention.permissions import BUNDLE
from plimsoll.people.models import User

KIND: Final = "bundle"


@dataclass(frozen=True)
class File:
    """One file of the zip: kept with the bundle, or a document that is stored already."""

    name: str
    title: str
    document: Document | None = None
    made: Made | None = None


@dataclass(frozen=True)
class Whole:
    """Everything that a bundle keeps of itself once it is made. The first file is the PDF."""

    files: tuple[File, ...]
    withheld: dict[str, Any]
    size: int
    sha256: str

    def __str__(self) -> str:
        """As the audit trail has it."""
        return self.sha256


def make(bundle: Bundle, *, by: User, at: datetime, whole: Whole) -> None:
    """Keep what was made for it beside what was stored before, and how to put it together."""
    made = [each.made for each in whole.files if each.made]
    school = bundle.case.school
    kept = iter(
        keep_made(
            kind=KIND, school=school, made=made, permission=BUNDLE, subject=bundle, by=by, at=at
        )
    )
    files = [(each, each.document or next(kept)) for each in whole.files]
    bundle.files = [
        {
            "name": each.name,
            "title": each.title,
            "document": document.pk,
            "size": document.size,
            "sha256": document.sha256,
        }
        for each, document in files
    ]
    bundle.pdf = files[0][1]
    bundle.withheld, bundle.size, bundle.sha256 = whole.withheld, whole.size, whole.sha256
    bundle.made_at, bundle.made_by = at, str(by)


STATES: Final = {
    "prepared": State("Being prepared", tone="moving"),
    "made": State("Made", closed=True, tone="done"),
    "dropped": State("Given up before it was made", closed=True),
}
STEPS: Final = (
    Step("make", "Make the file", ("prepared",), "made", BUNDLE, effect=make, fields=("whole",)),
    Step("drop", "Give it up", ("prepared",), "dropped", BUNDLE),
)
PROCESS: Final = Workflow(name="bundle", see=BUNDLE, states=STATES, steps=STEPS)
