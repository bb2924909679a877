"""Other support: days that were bought or commissioned, and those of a new head."""

from collections.abc import Iterator
from decimal import Decimal

from plimsoll.documents.content import Block, Bullets, Paragraph
from plimsoll.visits.days import lines
from plimsoll.visits.days.queries import Balance
from plimsoll.visits.summaries.parts.told import Told, days
from plimsoll.visits.summaries.records import Records


def told(records: Records) -> Told:
    found = tuple(_besides(records))
    none: Block = Paragraph("No other support is recorded this year.")
    return Told(blocks=(Bullets(found),) if found else (none,))


def _besides(records: Records) -> Iterator[str]:
    policy = records.summary.policy
    entitlement = policy.entitlements.get(records.band)
    special = {line.id for line in (entitlement.lines if entitlement else ()) if line.condition}
    for (line, funding), each in sorted(records.year_days.items()):
        if not each.entitled and not each.used:
            continue
        used = records.term_days.get((line, funding), Balance()).used
        if line == lines.EXTRA:
            yield _said(lines.funding_label(policy, funding), each, used)
        elif line in special:
            yield _said(lines.label(policy, line), each, used)


def _said(label: str, year: Balance, used: Decimal) -> str:
    return f"{label}: {days(year.entitled)} in the year, {days(used)} used this term."
