"""The year's terms and days without school, as the data officer enters them."""

from datetime import date

from plimsoll.schools.models import Closure, Term

AUTUMN = (date(2026, 9, 1), date(2026, 12, 18))
SPRING = (date(2027, 1, 4), date(2027, 3, 25))
SUMMER = (date(2027, 4, 12), date(2027, 7, 21))


def enter() -> None:
    """Three terms, the autumn's half term, one INSET day."""
    for name, (starts, ends) in {"Autumn": AUTUMN, "Spring": SPRING, "Summer": SUMMER}.items():
        Term.objects.create(year="2026-27", name=name, starts=starts, ends=ends)
    Closure.objects.create(
        kind="holiday", name="Half term", starts=date(2026, 10, 26), ends=date(2026, 10, 30)
    )
    Closure.objects.create(kind="inset", starts=date(2027, 1, 4), ends=date(2027, 1, 4))
