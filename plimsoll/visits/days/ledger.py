"""One school's ledger as a page shows it: what each line comes to, and every entry."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from plimsoll.allocations.brings import difference, plain_number
from plimsoll.allocations.models import Cycle
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.models import School
from plimsoll.visits.days import lines
from plimsoll.visits.days.queries import Balance, balances, entries, total
from plimsoll.visits.models import Entry


@dataclass(frozen=True)
class Line:
    """One line of one funding source, its numbers as they are read."""

    line: str
    funding: str
    label: str
    source: str
    balance: Balance
    entitled: str
    planned: str
    used: str
    left: str


@dataclass(frozen=True)
class Told:
    """One entry in words; a grant's funding is that of its line."""

    line: str
    source: str
    amount: str
    term: str


@dataclass(frozen=True)
class Movement:
    """Entries that were made in one go, as a grant with its lines: told as one."""

    at: datetime
    what: str
    why: str
    by: str
    amount: str
    entries: Sequence[Told]


@dataclass(frozen=True)
class Ledger:
    """A year of one school; `note` says how the framework's own sums differ (E4)."""

    cycle: Cycle
    lines: Sequence[Line]
    total: Line | None
    movements: Sequence[Movement]
    provisional: bool
    note: str


def ledger(school: School, cycle: Cycle, user: User) -> Ledger:
    """What this person may read of the school's days in a year: two queries."""
    own = entries(user).filter(school=school, year=cycle.year)
    rows = list(own.order_by("made_at", "pk"))
    standing = _standing(rows)
    found = in_lines(cycle.policy, balances(own, "line", "funding"))
    return Ledger(
        cycle=cycle,
        lines=found,
        total=_total(found),
        movements=_movements(cycle.policy, rows),
        provisional=any(entry.provisional for entry in standing),
        note=_note(cycle.policy, standing),
    )


def in_lines(policy: Edition, sums: dict[tuple[str, ...], Balance]) -> list[Line]:
    """The balances by line and funding, in the policy's order, each with its numbers in words."""
    places = {line: place for place, line in enumerate(lines.order(policy))}
    found = [
        in_words(
            each,
            line=line,
            funding=funding,
            label=lines.label(policy, line),
            source=lines.funding_label(policy, funding),
        )
        for (line, funding), each in sums.items()
        if each != Balance()
    ]
    return sorted(found, key=lambda each: (places.get(each.line, len(places)), each.source))


def in_words(
    balance: Balance, *, label: str, line: str = "", funding: str = "", source: str = ""
) -> Line:
    return Line(
        line=line,
        funding=funding,
        label=label,
        source=source,
        balance=balance,
        entitled=_amount(balance.entitled, balance.visits_entitled),
        planned=_amount(balance.planned, balance.visits_planned),
        used=_amount(balance.used, balance.visits_used),
        left=_amount(balance.left, balance.visits_left),
    )


def _amount(days: object, visits: int) -> str:
    """Days as a plain number; what policy counts in visits says so."""
    counted = f"{visits} visit{'' if visits == 1 else 's'}"
    number = plain_number(days) if days else "0"  # type: ignore[arg-type]
    if not visits:
        return number
    return f"{number} and {counted}" if days else counted


def _total(found: list[Line]) -> Line | None:
    return in_words(total(each.balance for each in found), label="All lines") if found else None


def _standing(rows: Iterable[Entry]) -> list[Entry]:
    """The grants that nothing has taken back."""
    rows = list(rows)
    gone = {entry.reverses_id for entry in rows}
    return [
        entry
        for entry in rows
        if entry.kind == Entry.Kind.GRANT and not entry.reverses_id and entry.pk not in gone
    ]


def _note(policy: Edition, standing: list[Entry]) -> str:
    entitlement = policy.entitlements.get(standing[0].band) if standing else None
    return difference(entitlement) if entitlement else ""


def _movements(policy: Edition, rows: Iterable[Entry]) -> list[Movement]:
    """What was written in one go and for one reason, newest first."""
    together: dict[tuple[object, ...], list[Entry]] = {}
    for entry in rows:
        key = (entry.made_at, _what(entry), entry.why, entry.made_by_name, entry.visit_id)
        together.setdefault(key, []).append(entry)
    return [_movement(policy, own) for own in reversed(together.values())]


def _movement(policy: Edition, own: list[Entry]) -> Movement:
    first = own[0]
    return Movement(
        at=first.made_at,
        what=_what(first),
        why=first.why,
        by=first.made_by_name,
        amount=_signed(sum(each.days for each in own), sum(each.visits for each in own)),
        entries=[_told(policy, entry) for entry in sorted(own, key=_place(policy))],
    )


def _place(policy: Edition) -> Callable[[Entry], int]:
    """Lines stand in the policy's order."""
    order = lines.order(policy)
    return lambda entry: order.index(entry.line) if entry.line in order else len(order)


def _what(entry: Entry) -> str:
    return "Taken back" if entry.reverses_id else entry.get_kind_display()


def _signed(days: object, visits: int) -> str:
    """An amount with its sign, a true minus."""
    amount = _amount(days, visits)
    return amount.replace("-", "−") if amount.startswith("-") else f"+{amount}"


def _told(policy: Edition, entry: Entry) -> Told:
    return Told(
        line=lines.label(policy, entry.line),
        source="" if entry.kind == Entry.Kind.GRANT else lines.funding_label(policy, entry.funding),
        amount=_signed(entry.days, entry.visits),
        term=entry.term,
    )
