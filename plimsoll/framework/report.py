"""What `plimsoll policy check` says about a folder of policy files."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from plimsoll.core.policy import Problem
from plimsoll.framework import editions
from plimsoll.framework.entitlements import Mismatch, mismatches
from plimsoll.framework.model import Edition


@dataclass(frozen=True)
class Report:
    """Every edition that can be used, every error, every sum that does not agree."""

    folder: str
    editions: tuple[Edition, ...]
    problems: tuple[Problem, ...]
    mismatches: tuple[Mismatch, ...]

    @property
    def ok(self) -> bool:
        """A mismatch is the source's own and no error."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        return {
            "folder": self.folder,
            "ok": self.ok,
            "editions": [
                {"key": e.key, "year": e.year, "title": e.title, "sha256": e.digest}
                for e in self.editions
            ],
            "problems": [asdict(problem) for problem in self.problems],
            "mismatches": [_mismatch(mismatch) for mismatch in self.mismatches],
        }


def check_folder(folder: Path) -> Report:
    """Read and check one authority's folder, or a folder of authorities with its calendar."""
    found, problems = editions.load(folder)
    if (folder / editions.CALENDARS).is_dir():
        problems = problems + editions.read_calendar(folder)[1]
    differ = [mismatch for edition in found for mismatch in mismatches(edition)]
    return Report(str(folder), tuple(found), tuple(problems), tuple(differ))


def _mismatch(mismatch: Mismatch) -> dict[str, Any]:
    return {
        "edition": mismatch.edition,
        "band": mismatch.band,
        "stated": float(mismatch.stated),
        "printed": float(mismatch.printed),
        "computed": float(mismatch.computed),
        "source_complete": mismatch.source_complete,
        "note": mismatch.note,
    }
