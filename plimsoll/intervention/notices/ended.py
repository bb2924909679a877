"""The notices that a letter ends, and whom they had reached: they hear of the end as well (I6)."""

from collections.abc import Iterator
from typing import Final

from plimsoll.core.forms import long_date
from plimsoll.intervention.models import Delivery, Notice
from plimsoll.intervention.recipients import Reached

# How a step may end the notices that stand, and its own letter say so: those of the
# authority's framework are removed; those of the law are complied with, or withdrawn.
OF_LAW: Final = {"removed": False, "complied": True, "withdrawn": True}
HAD: Final = {"given": "Received", "copied": "Received a copy of"}


def ended_by(notice: Notice) -> list[Notice]:
    """The warnings that stand, where this letter comes with the step that ends them."""
    rungs = (each for each in notice.case.steps.rungs if each.notice == notice.kind)
    how = next((each.ends for each in rungs if each.ends in OF_LAW), None)
    if how is None:
        return []
    of_law = OF_LAW[how]
    kinds = [
        each.id
        for each in notice.case.policy.notices
        if each.warning and bool(each.route) == of_law
    ]
    given = notice.case.notices.filter(given_on__isnull=False, ended_on=None, kind__in=kinds)
    return list(given.order_by("given_on", "pk"))


def who_had(ended: list[Notice]) -> Iterator[Reached]:
    """Everybody whom these reached, by policy, law or hand, each as they had the first of them."""
    rows = Delivery.objects.filter(notice__in=ended).select_related("notice")
    first: dict[tuple[str, str], Delivery] = {}
    for row in rows.order_by("notice__given_on", "pk"):
        first.setdefault((row.recipient, row.label), row)
    yield from map(_again, first.values())


def _again(row: Delivery) -> Reached:
    day = row.notice.given_on
    of = f" of {long_date(day)}" if day else ""
    return Reached(
        row.recipient,
        row.label,
        row.how,
        statutory=False,
        reason=f"{HAD[row.how]} the notice{of}",
    )
