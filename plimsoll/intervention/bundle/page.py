"""What the pages of a bundle show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from plimsoll.core.workflow import State
from plimsoll.framework.intervening import Audience
from plimsoll.intervention.bundle.choosing import Choice, Found, Withheld
from plimsoll.intervention.bundle.gathering import audience_of, gather
from plimsoll.intervention.bundle.workflow import PROCESS
from plimsoll.intervention.models import Bundle


@dataclass(frozen=True)
class Handed:
    """One file that was handed over."""

    name: str
    title: str
    size: str
    sha256: str


@dataclass
class BundlePage:
    bundle: Bundle
    at: datetime

    @property
    def state(self) -> State:
        return PROCESS.state(self.bundle)

    @cached_property
    def audience(self) -> Audience:
        return audience_of(self.bundle)

    @cached_property
    def choice(self) -> Choice:
        return Choice(self.bundle, gather(self.bundle, at=self.at))

    @property
    def in_hand(self) -> bool:
        return not self.state.closed

    @property
    def groups(self) -> list[tuple[str, int]]:
        """How much of each kind goes in."""
        return list(Counter(each.group for each in self.choice.going_in).items())

    @property
    def withheld(self) -> Sequence[Withheld]:
        if self.in_hand:
            return self.choice.withheld
        return [Withheld(each["what"], each["why"]) for each in self._kept("left_out")]

    @property
    def found(self) -> list[Found]:
        return self.choice.found

    @property
    def to_look_in(self) -> int:
        """Uploads that wait for somebody to look in them."""
        return sum(each.key not in self.bundle.seen for each in self.choice.to_look_in)

    @property
    def redacted(self) -> list[dict[str, Any]]:
        return self._kept("redacted")

    @property
    def files(self) -> list[Handed]:
        return [
            Handed(each["name"], each["title"], in_kilobytes(each["size"]), each["sha256"])
            for each in self.bundle.files
        ]

    @property
    def size(self) -> str:
        return in_kilobytes(self.bundle.size)

    def _kept(self, name: str) -> list[dict[str, Any]]:
        kept: list[dict[str, Any]] = self.bundle.withheld.get(name, [])
        return kept


def in_kilobytes(size: int) -> str:
    """“12 KB”, “3.4 MB”."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} KB"
