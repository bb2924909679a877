"""A figure as it is shown: never without its source, its date and the file it came from."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from plimsoll.evidence import sources
from plimsoll.evidence.eras import Status
from plimsoll.evidence.models import ImportRun


@dataclass(frozen=True)
class Origin:
    """Where figures come from: a published file, read in one run."""

    source: str
    title: str
    publisher: str
    address: str
    file: str
    as_at: date | None
    run_id: int | None
    sha256: str
    read_on: date | None = None

    @property
    def cited(self) -> str:
        """The title; with the day it was read in where the file's name gives no date."""
        if self.as_at or not self.read_on:
            return self.title
        return f"{self.title}, read in on {self.read_on.day} {self.read_on:%B %Y}"

    @classmethod
    def of(cls, run: ImportRun | None) -> "Origin":
        """The origin that the run stands for; what the authority typed in has none."""
        if run is None:
            return cls("", "Entered by the authority", "", "", "", None, None, "")
        known = sources.known().get(run.source)
        title = sources.title_of(run.source)
        published = known if not run.invented else None
        return cls(
            source=run.source,
            title=f"Demonstration: {title}" if run.invented else title,
            publisher=published.publisher if published else "",
            address=published.address if published else "",
            file=run.file,
            as_at=run.as_at,
            run_id=run.pk,
            sha256=run.sha256,
            read_on=localdate(run.at),
        )


def origins(runs: Iterable[int | None]) -> dict[int | None, Origin]:
    """The origin of each of these runs, in one query: of None, what the authority typed in."""
    wanted = set(runs)
    found: dict[int | None, Origin] = {None: Origin.of(None)} if None in wanted else {}
    read = ImportRun.objects.in_bulk([run for run in wanted if run])
    return found | {pk: Origin.of(run) for pk, run in read.items()}


@dataclass(frozen=True)
class Figure:
    """One thing that is known, or why it is not known (`status`)."""

    key: str
    label: str
    value: str
    status: str
    unit: str
    source: str
    as_at: date | None
    run_id: int | None
    sha256: str

    @classmethod
    def of(
        cls, origin: Origin, *, key: str, label: str, value: str, status: str, unit: str = ""
    ) -> "Figure":
        return cls(
            key=key,
            label=label,
            value=value,
            status=str(status),
            unit=unit,
            source=origin.cited,
            as_at=origin.as_at,
            run_id=origin.run_id,
            sha256=origin.sha256,
        )

    @classmethod
    def published(
        cls, origin: Origin, *, key: str, label: str, cell: str, unit: str = ""
    ) -> "Figure":
        """A cell as published; an empty one is not a nought."""
        known = cell.strip() not in ("", "NULL")
        figure = cls.of(
            origin, key=key, label=label, value=cell.strip(), status=Status.PUBLISHED, unit=unit
        )
        if known:
            return figure
        missing = Status.NOT_PUBLISHED
        return replace(figure, value=str(missing.label), status=missing.value, unit="")

    @property
    def told(self) -> str:
        """The value with its unit."""
        return f"{self.value} {self.unit}".strip()

    @property
    def is_known(self) -> bool:
        return self.status in (Status.GRADED, Status.PUBLISHED)

    def as_plain(self) -> dict[str, Any]:
        return asdict(self) | {"as_at": self.as_at.isoformat() if self.as_at else None}
