"""Actions agreed in reports: closed this term, open, overdue."""

from datetime import date

from django.utils import timezone

from plimsoll.documents.content import Paragraph, Table
from plimsoll.visits.models import Action
from plimsoll.visits.summaries.parts.told import Told, on
from plimsoll.visits.summaries.records import Records

HEAD = ("Action", "Who", "By when", "How it stands")


def told(records: Records) -> Told:
    # A summary that is read later still speaks of its own term.
    now = min(records.today, records.summary.ends)
    shown = [each for each in records.actions if _is_told(each, records)]
    if not shown:
        return Told(blocks=(Paragraph("No action is open, and none was closed this term."),))
    standing = sorted(((_standing(each, now), each) for each in shown), key=lambda pair: pair[0])
    closed, open_, late = (sum(kind == n for (n, _), _ in standing) for kind in (2, 1, 0))
    counted = f"{closed} closed this term, {open_} open, {late} overdue."
    rows = tuple(
        (each.what, each.who or each.get_side_display(), _day(each), words)
        for (_, words), each in standing
    )
    return Told(blocks=(Paragraph(counted, leads=True), Table("Actions", HEAD, rows)))


def _day(action: Action) -> str:
    return on(action.by_when) if action.by_when else ""


def _is_told(action: Action, records: Records) -> bool:
    closed = _closed_on(action)
    return closed is None or closed > records.summary.ends or records.in_term(closed)


def _closed_on(action: Action) -> date | None:
    if action.done_on:
        return action.done_on
    return timezone.localdate(action.state_since) if action.closed_why else None


def _standing(action: Action, now: date) -> tuple[int, str]:
    """Overdue first, then open, then closed; and the same in words."""
    closed = _closed_on(action)
    if closed and closed <= now:
        return (2, f"Done on {on(closed)}" if action.done_on else f"Closed on {on(closed)}")
    late = action.by_when is not None and action.by_when < now
    return (0, "Overdue") if late else (1, "Open")
