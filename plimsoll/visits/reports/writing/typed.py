"""What somebody typed into a report, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plimsoll.visits.agreed.agreeing import Wanted
from plimsoll.visits.agreed.following import Became


@dataclass(frozen=True, kw_only=True)
class Said:
    """One section as typed, and what it is tagged with."""

    text: str
    criteria: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The parts that were touched: sections by id, actions by number, and new actions."""

    sections: Mapping[str, Said] = field(default_factory=dict)
    follow_ups: Mapping[int, Became] = field(default_factory=dict)
    actions: Mapping[int, Wanted] = field(default_factory=dict)
    new: tuple[Wanted, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sections or self.follow_ups or self.actions or self.new)
