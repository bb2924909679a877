"""Terms and days without school: deadlines in school days and working days rest on them."""

from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from plimsoll.core import access, audit
from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.schools.models import Closure, School, Term

SEE, CHANGE = "calendar.see", "calendar.change"
TERM_FIELDS: Final = ("year", "name", "starts", "ends")
CLOSURE_FIELDS: Final = ("kind", "name", "starts", "ends")


@transaction.atomic
def add_term(
    *,
    school: School | None,
    year: str,
    name: str,
    starts: date,
    ends: date,
    by: User,
    at: datetime,
) -> Term:
    """A term of every school, or of one that differs."""
    term = Term(school=school, year=year, name=name, starts=starts, ends=ends)
    _check(term, by)
    _check_term(term)
    term.save()
    _record("term.added", term, by=by, at=at, after=_facts(term))
    return term


@transaction.atomic
def change_term(*, term: Term, by: User, at: datetime, **facts: Any) -> Term:
    before = _facts(term)
    _set(term, facts)
    _check(term, by)
    _check_term(term)
    term.save()
    _record("term.changed", term, by=by, at=at, before=before, after=_facts(term))
    return term


@transaction.atomic
def add_closure(
    *,
    school: School | None,
    kind: str,
    starts: date,
    ends: date,
    name: str = "",
    by: User,
    at: datetime,
) -> Closure:
    """A holiday or INSET day of every school, or of one."""
    closure = Closure(school=school, kind=kind, name=name, starts=starts, ends=ends)
    _check(closure, by)
    _check_closure(closure)
    closure.save()
    _record("closure.added", closure, by=by, at=at, after=_facts(closure))
    return closure


@transaction.atomic
def change_closure(*, closure: Closure, by: User, at: datetime, **facts: Any) -> Closure:
    before = _facts(closure)
    _set(closure, facts)
    _check(closure, by)
    _check_closure(closure)
    closure.save()
    _record("closure.changed", closure, by=by, at=at, before=before, after=_facts(closure))
    return closure


@transaction.atomic
def remove(*, day: Term | Closure, by: User, at: datetime) -> None:
    """Entered by mistake. Deadlines that were set meanwhile keep their day."""
    _check(day, by)
    noun = "term" if isinstance(day, Term) else "closure"
    _record(f"{noun}.removed", day, by=by, at=at, before=_facts(day))
    day.delete()


def _set(day: Term | Closure, facts: dict[str, Any]) -> None:
    known = TERM_FIELDS if isinstance(day, Term) else CLOSURE_FIELDS
    if unknown := facts.keys() - set(known):
        raise TypeError(f"not of a {type(day).__name__}: {', '.join(sorted(unknown))}")
    for field, value in facts.items():
        setattr(day, field, value)


def _check(day: Term | Closure, by: User) -> None:
    if not access.may(by, CHANGE, day):
        whose = day.school.name if day.school else "all schools"
        raise Refused(f"You may not change the term dates of {whose}.")
    if day.ends < day.starts:
        raise Refused("The last day must be the first day or later.")


def _check_term(term: Term) -> None:
    """One term of a name a year, and no day in two terms."""
    others = Term.objects.filter(school=term.school).exclude(pk=term.pk)
    if others.filter(year=term.year, name=term.name).exists():
        raise Refused(f"“{term}” is there already: change that one.")
    _check_days(term, others.filter(starts__lte=term.ends, ends__gte=term.starts).first())


def _check_closure(closure: Closure) -> None:
    others = Closure.objects.filter(school=closure.school).exclude(pk=closure.pk)
    _check_days(closure, others.filter(starts__lte=closure.ends, ends__gte=closure.starts).first())


def _check_days(day: Term | Closure, clash: Term | Closure | None) -> None:
    if clash:
        raise Refused(
            f"These days overlap with what is there: {clash.name or clash}, "
            f"{long_date(clash.starts)} to {long_date(clash.ends)}."
        )


def _facts(day: Term | Closure) -> dict[str, Any]:
    fields = TERM_FIELDS if isinstance(day, Term) else CLOSURE_FIELDS
    values = {field: getattr(day, field) for field in fields}
    return {field: v.isoformat() if isinstance(v, date) else v for field, v in values.items()}


def _record(verb: str, day: Term | Closure, *, by: User, at: datetime, **facts: Any) -> None:
    audit.record(verb=verb, subject=day, by=by, at=at, permission=SEE, **facts)
