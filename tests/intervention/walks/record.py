"""The file of a case on paper: plain Python, beside the product and without it."""

from dataclasses import dataclass, field, replace
from datetime import date

from plimsoll.framework.casework import Fact, Ladder, Rung
from plimsoll.framework.casework import Notice as Kind
from plimsoll.framework.model import Edition
from tests.cast import TODAY
from tests.intervention.steps import DAY

OPENED = "opened"


@dataclass(frozen=True)
class Found:
    """A finding that stands."""

    fact: str
    day: date
    ground: str = ""


@dataclass(frozen=True)
class Letter:
    """An approved notice or letter, given or not; `lacks` is what it should say and does not."""

    kind: str
    approved: date
    grounds: tuple[str, ...] = ()
    ends: date | None = None
    address_by: date | None = None
    lacks: str = ""
    given: date | None = None
    received: date | None = None
    ended: bool = False


@dataclass
class Paper:
    """The file of one case: where it stands since when, and everything that is on record."""

    policy: Edition = field(repr=False)
    ladder: Ladder = field(repr=False)
    band: str
    today: date = TODAY
    state: str = OPENED
    since: date = TODAY
    register: str = "open"  # what it says of the school: open, closed, or of another type
    findings: list[Found] = field(default_factory=list)
    talks: list[date] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    blocked: bool = False
    unblocked: date | None = None
    eligible_by: str = ""
    power: date | None = None  # in force since
    rungs: dict[str, Rung] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.rungs = {rung.id: rung for rung in (*self.ladder.steps, *self.ladder.always)}

    def copy(self) -> "Paper":
        return replace(
            self,
            findings=list(self.findings),
            talks=list(self.talks),
            letters=list(self.letters),
        )

    @property
    def is_closed(self) -> bool:
        return self.state != OPENED and not self.rungs[self.state].then

    def next(self) -> list[Rung]:
        """Where the case may go from here, without what may happen at any time."""
        ids = (self.ladder.first,) if self.state == OPENED else self.rungs[self.state].then
        return [self.rungs[each] for each in ids]

    def ready(self, kind: str | None) -> Letter | None:
        """The letter that could be given: of two, the one that was approved last."""
        found = [x for x in self.letters if x.kind == kind and not x.given and not x.ended]
        return max(reversed(found), key=lambda letter: letter.approved, default=None)

    def given(self, kind: str | None) -> Letter | None:
        found = [each for each in self.letters if each.kind == kind and each.given]
        return found[-1] if found else None

    def warning(self) -> Letter | None:
        """The statutory warning notice that has effect."""
        found = [x for x in self.letters if x.given and not x.ended and self.kind(x).route]
        return found[-1] if found else None

    def kind(self, letter: Letter) -> Kind:
        return self.policy.notice(letter.kind)

    def shown(self, fact: Fact) -> date | None:
        """Since when a fact is on record; of a finding, the first that counts."""
        warning = self.warning()
        ends = warning.ends if warning else None
        match fact.shown_by:
            case "finding" | "statutory-ground":
                days = [each.day for each in self.findings if each.fact == fact.id]
                if fact.afresh:
                    days = [day for day in days if day >= self.since]
                if fact.after_period:
                    days = [day for day in days if ends and day > ends]
                return min(days, default=None)
            case "discussion":
                return min(self.talks, default=None)
            case "notice":
                letter = self.given(fact.notice)
                return letter.given if letter else None
            case "no-block":
                return None if self.blocked else self.unblocked or TODAY
            case "period":
                return ends + DAY if ends else None
            case "power":
                return self.power if self.eligible_by else None
            case "service":
                letter = self.given(fact.notice) if fact.notice else warning
                day = letter.received if letter else None
                late = letter and day and letter.ends and day > letter.ends
                return None if late else day
        raise AssertionError(f"no step of a walk demands {fact.shown_by}")
