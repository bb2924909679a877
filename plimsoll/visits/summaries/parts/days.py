"""Days used this term and this year, and left, line by line, as the ledger has them."""

from plimsoll.documents.content import Paragraph, Table
from plimsoll.visits.days import lines
from plimsoll.visits.days.ledger import Line, in_words
from plimsoll.visits.days.queries import Balance, total
from plimsoll.visits.summaries.parts.told import Told
from plimsoll.visits.summaries.records import Records, Sums

HEAD = ("Line", "In the year", "Used this term", "Used this year", "Left")


def told(records: Records) -> Told:
    policy = records.summary.policy
    year, term = _by_line(records.year_days), _by_line(records.term_days)
    order = lines.order(policy)
    shown = sorted(
        (line for line, each in year.items() if each.entitled or each.used or _visits(each)),
        key=lambda line: order.index(line) if line in order else len(order),
    )
    if not shown:
        said = "No days are set for this school this year."
        return Told(blocks=(Paragraph(said),), attention=(said,))
    rows = [
        _row(lines.label(policy, line), year[line], term.get(line, Balance())) for line in shown
    ]
    if len(rows) > 1:
        rows.append(_row("All lines", total(year.values()), total(term.values())))
    return Told(blocks=(Table("Days by line", HEAD, tuple(rows)),))


def _visits(each: Balance) -> bool:
    """Something that policy counts in visits and not in days."""
    return bool(each.visits_entitled or each.visits_used)


def _by_line(sums: Sums) -> dict[str, Balance]:
    found: dict[str, Balance] = {}
    for (line, _), each in sums.items():
        found[line] = found.get(line, Balance()) + each
    return found


def _row(label: str, year: Balance, term: Balance) -> tuple[str, ...]:
    whole: Line = in_words(year, label=label)
    return (label, whole.entitled, in_words(term, label=label).used, whole.used, whole.left)
