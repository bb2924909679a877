"""What the authority brings in from its spreadsheet: last year's bands, partners, contacts (S1).

One row a school. Each row is taken or refused by itself, and the report says which and why;
an empty cell never takes anything away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from plimsoll.allocations.models import Allocation, Cycle, PastBand
from plimsoll.core import audit
from plimsoll.core.streams import Malformed, Unreadable, table
from plimsoll.core.workflow import Refused
from plimsoll.framework.model import Edition
from plimsoll.people.models import User
from plimsoll.schools.actions import appoint
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment, Contact, School

NEEDED: Final = "URN"
BROKEN: Final = "(not a row)"
NAME_LENGTH: Final = 150
EMAIL_LENGTH: Final = 254
QUOTED: Final = 60


def columns(policy: Edition) -> tuple[str, ...]:
    """The columns of the file, the needed one first, in the authority's words."""
    return (
        NEEDED,
        _band_column(policy),
        "Partner e-mail",
        "Head name",
        "Head e-mail",
        "Chair name",
        "Chair e-mail",
    )


def _band_column(policy: Edition) -> str:
    return f"{policy.words.band.capitalize()} last year"


@dataclass(frozen=True)
class Outcome:
    """What became of one row of the spreadsheet."""

    line: int
    urn: str
    school: str
    done: tuple[str, ...]
    refused: str = ""


class _RowRefused(Exception):
    """This row cannot be taken; its text says why."""


def bring_in(*, cycle: Cycle, path: Path, by: User, at: datetime) -> list[Outcome]:
    """Take each row of a CSV file and report on it.

    Raises Refused, with nothing changed, when the file as a whole is not such a table.
    """
    if cycle.closed_at:
        raise Refused(f"The cycle {cycle.year} is closed.")
    first: dict[str, int] = {}
    report = []
    for line, row in _rows(path, columns(cycle.policy)):
        before = first.setdefault(row.get(NEEDED, ""), line)
        if before != line and BROKEN not in row:
            row = {BROKEN: f"This URN is on line {before} already.", NEEDED: row[NEEDED]}
        report.append(_take(cycle, line, row, by=by, at=at))
    return report


def _rows(path: Path, known: tuple[str, ...]) -> list[tuple[int, Mapping[str, str]]]:
    """Every row by its columns' names; read to the end before the first is taken."""
    try:
        with table(path) as found:
            _check_columns(found.columns, known)
            return [(line, _cells(found.columns, row)) for line, row in found.rows()]
    except Unreadable as unreadable:
        raise Refused(str(unreadable)) from unreadable


def _check_columns(given: list[str], known: tuple[str, ...]) -> None:
    if NEEDED not in given:
        raise Refused(f"The file has no column “{NEEDED}”. It may have: {', '.join(known)}.")
    if twice := next((name for name in given if given.count(name) > 1), ""):
        raise Refused(f"The file has two columns “{twice}”: take one of them out.")
    if not set(given) & set(known[1:]):
        raise Refused(f"The file has nothing to bring in beside URNs: {', '.join(known[1:])}.")


def _cells(names: list[str], row: list[str] | Malformed) -> Mapping[str, str]:
    """The row by name; one that is no row carries its reason instead."""
    if isinstance(row, Malformed):
        return {BROKEN: row.reason}
    return dict(zip(names, (cell.strip() for cell in row), strict=True))


def _take(cycle: Cycle, line: int, row: Mapping[str, str], *, by: User, at: datetime) -> Outcome:
    urn = row.get(NEEDED, "")
    name = ""
    try:
        if BROKEN in row:
            raise _RowRefused(row[BROKEN])
        with transaction.atomic():
            school = _school(cycle, urn)
            name = school.name
            done = tuple(
                said
                for take in (_band, _partner, _head, _chair)
                if (said := take(cycle, school, row, by=by, at=at))
            )
            if done:
                _record(school, line, done, by=by, at=at)
    except (_RowRefused, Refused) as refused:
        return Outcome(line, urn, name, (), str(refused))
    return Outcome(line, urn, name, done)


def _school(cycle: Cycle, urn: str) -> School:
    if not urn.isdecimal() or len(urn) > 9:
        raise _RowRefused(f"“{_short(urn)}” is not a URN.")
    school = School.objects.filter(pk=int(urn), allocations__cycle=cycle).first()
    if school is None:
        raise _RowRefused("This URN is not in the cycle.")
    return school


def _band(cycle: Cycle, school: School, row: Mapping[str, str], *, by: User, at: datetime) -> str:
    key = row.get(_band_column(cycle.policy), "")
    if not key:
        return ""
    if key not in {band.key for band in cycle.policy.bands}:
        known = ", ".join(band.key for band in cycle.policy.bands)
        raise _RowRefused(f"“{_short(key)}” is not one of {known}.")
    year = _year_before(cycle.year)
    PastBand.objects.update_or_create(
        school=school,
        year=year,
        defaults={"band": key, "source": f"Spreadsheet of {by.name}", "entered_at": at},
    )
    Allocation.objects.filter(cycle=cycle, school=school, round=1).update(previous_band=key)
    return f"last year's {cycle.policy.words.band}"


def _partner(
    cycle: Cycle, school: School, row: Mapping[str, str], *, by: User, at: datetime
) -> str:
    email = row.get("Partner e-mail", "").lower()
    if not email:
        return ""
    person = User.objects.filter(email=email, is_active=True).first()
    if person is None:
        raise _RowRefused(f"Nobody here has the address “{_short(email)}”: invite them first.")
    today = timezone.localdate(at)
    held = Assignment.objects.filter(in_force(today), role="sip", school=school)
    if held.filter(person=person).exists():
        return ""
    if held.exists():
        partner = cycle.policy.words.partner
        raise _RowRefused(f"The school has another {partner} already: hand it over instead.")
    appoint(person=person, role="sip", starts=today, school=school, by=by, at=at)
    return cycle.policy.words.partner


def _head(cycle: Cycle, school: School, row: Mapping[str, str], *, by: User, at: datetime) -> str:
    return _contact(school, row, "Head", Contact.Kind.HEAD, at=at)


def _chair(cycle: Cycle, school: School, row: Mapping[str, str], *, by: User, at: datetime) -> str:
    return _contact(school, row, "Chair", Contact.Kind.CHAIR, at=at)


def _contact(
    school: School, row: Mapping[str, str], who: str, kind: Contact.Kind, *, at: datetime
) -> str:
    """The contact as given, unless it is the one already held; the one before ends."""
    name, email = row.get(f"{who} name", ""), row.get(f"{who} e-mail", "").lower()
    if not name and not email:
        return ""
    _check_contact(who, name, email)
    today = timezone.localdate(at)
    current = Contact.objects.filter(in_force(today), school=school, kind=kind)
    if current.filter(name=name, email=email).exists():
        return ""
    if current.filter(starts=today).update(name=name, email=email):
        return kind.label.lower()
    current.update(ends=_day_before(today))
    Contact.objects.create(school=school, kind=kind, name=name, email=email, starts=today)
    return kind.label.lower()


def _check_contact(who: str, name: str, email: str) -> None:
    if not name:
        raise _RowRefused(f"“{who} name” is empty, and “{who} e-mail” is not.")
    if len(name) > NAME_LENGTH:
        raise _RowRefused(f"“{who} name” is longer than {NAME_LENGTH} characters.")
    if len(email) > EMAIL_LENGTH:
        raise _RowRefused(f"“{who} e-mail” is longer than {EMAIL_LENGTH} characters.")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise _RowRefused(f"“{_short(email)}” is not an e-mail address.")


def _short(text: str) -> str:
    """What was written, as far as it fits a sentence."""
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def _record(school: School, line: int, done: tuple[str, ...], *, by: User, at: datetime) -> None:
    audit.record(
        verb="school.brought-in",
        subject=school,
        by=by,
        at=at,
        permission="contact.see",
        after={"line": line, "brought": list(done)},
    )


def _year_before(year: str) -> str:
    """2026-27 → 2025-26."""
    start = int(year[:4]) - 1
    return f"{start}-{(start + 1) % 100:02d}"


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
