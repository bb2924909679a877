"""The statistical neighbours of authorities, as the Department for Education names them."""

from typing import Final

from plimsoll.evidence.keepers import bulk
from plimsoll.evidence.keepers.areas import CODE, authority, know
from plimsoll.evidence.layouts import Job, Layout, Reading, Source, folded
from plimsoll.evidence.models import Area, Neighbour
from plimsoll.evidence.values import BadCell, required, text

PLACES: Final = range(1, 11)


class Neighbours:
    """The keeper of the table of statistical neighbours: a line an authority, ten beside it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._areas: list[Area] = []
        self._found: dict[tuple[str, int], tuple[str, str]] = {}
        self._words = [self._closeness_of(place) for place in PLACES]

    def wants(self, row: list[str]) -> bool:
        """Lines of words stand between the authorities of today and those of before."""
        return bool(Reading(self.job.columns, row).get(text(80), ("LA number",)))

    def take(self, line: int, row: list[str]) -> None:
        reading = Reading(self.job.columns, row)
        code = reading.get(CODE, ("LA number",))
        name = reading.get(required(text(80)), ("LA Name",))
        if (str(code), 1) in self._found:
            raise BadCell("LA number", str(code), "The file has its neighbours already.")
        them = [reading.get(CODE, (f"SN{place}",)) for place in PLACES]
        self._areas.append(authority(code, name, reading.get(text(80), ("GOReg",))))
        for place, neighbour, at in zip(PLACES, them, self._words, strict=True):
            words = row[at].strip().capitalize()[:30] if at is not None else ""
            self._found[str(code), place] = (str(neighbour), words)

    def finish(self) -> None:
        """What the file no longer says is changed; an authority it leaves out stays."""
        held = {
            (area, place): (pk, neighbour, words)
            for pk, area, place, neighbour, words in Neighbour.objects.values_list(
                "pk", "area", "place", "neighbour", "closeness"
            )
        }
        run, counts = self.job.run.pk, self.job.counts
        new, changed = [], []
        for key, values in self._found.items():
            if key not in held:
                new.append((*key, *values, run, run))
            elif held[key][1:] != values:
                changed.append((*values, run, held[key][0]))
        fields = ["neighbour", "closeness"]
        bulk.insert(Neighbour, ["area", "place", *fields, "first_run", "source_run"], new)
        bulk.update(Neighbour, [*fields, "source_run"], changed)
        know(self._areas)
        counts.created, counts.updated = len(new), len(changed)
        counts.unchanged = len(self._found) - len(new) - len(changed)

    def _closeness_of(self, place: int) -> int | None:
        """The column that follows a neighbour's says how close it is; all have one name."""
        names = self.job.columns.names
        after = (self.job.columns.place(f"SN{place}") or 0) + 1
        return after if len(names) > after and folded(names[after]) == "snp" else None


SOURCE = Source(
    name="neighbours",
    title="statistical neighbours of authorities",
    publisher="Department for Education",
    address="https://www.gov.uk/government/publications/local-authority-interactive-tool-lait",
    usual_month="May",
    layouts=(
        Layout(
            needs=("LA number", "LA Name", *(f"SN{place}" for place in PLACES)),
            keeper=Neighbours,
        ),
    ),
)
