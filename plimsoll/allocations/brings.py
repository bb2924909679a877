"""What a band brings to one school, as a page shows it, with the sums that differ (E1 to E4)."""

from dataclasses import dataclass
from decimal import Decimal

from plimsoll.framework.entitlements import computed, printed, stated
from plimsoll.framework.model import Edition
from plimsoll.framework.support import Entitlement, Line


@dataclass(frozen=True)
class Brings:
    """The lines of one band; `difference` is empty where the source's sums agree."""

    band: str
    total: str
    lines: tuple[tuple[str, str], ...]
    extra: tuple[str, ...]
    access: tuple[str, ...]
    difference: str


def brings(policy: Edition, band: str, *, school_type: str, new_head: bool) -> Brings:
    """What this band brings to a school of this type."""
    entitlement = policy.entitlements[band]
    lines = [each for each in entitlement.lines if not each.types or school_type in each.types]
    counted = [each for each in lines if each.kind == "days" and each.condition is None]
    special = [each for each in lines if each.condition == "new_head"]
    return Brings(
        band=policy.band(band).label,
        total=in_days(stated(entitlement)),
        lines=tuple((each.label, _beside(each)) for each in counted),
        extra=tuple(each.label for each in special) if new_head else (),
        access=tuple(each.label for each in lines if each.kind == "access"),
        difference=difference(entitlement),
    )


def in_days(number: Decimal) -> str:
    """3 days, 5.5 days, 1 day."""
    return f"{plain_number(number)} day{'' if number == 1 else 's'}"


def _beside(line: Line) -> str:
    return plain_number(line.days) if line.days is not None else "in the total"


def difference(entitlement: Entitlement) -> str:
    """How the three totals differ, in a sentence; nothing where they agree (E4)."""
    total, beside, wording = stated(entitlement), printed(entitlement), computed(entitlement)
    if total == beside == wording:
        return ""
    return (
        f"The framework states {in_days(total)}; the numbers beside its lines add up to "
        f"{plain_number(beside)}, and their wording comes to {plain_number(wording)}. The "
        "stated total stands until the authority settles it."
    )


def plain_number(number: Decimal) -> str:
    """3, 5.5: no noughts behind the point."""
    return f"{number.normalize():f}"
