"""What a band brings: lines that make sense, for every band."""

from collections.abc import Iterator

from plimsoll.framework.checking.questions import Found, exactly, ids, known, once
from plimsoll.framework.model import Edition
from plimsoll.framework.support import Entitlement


def entitlements(edition: Edition) -> Iterator[Found]:
    yield from exactly("entitlements", edition.entitlements, ids(edition.bands))
    for band, entitlement in edition.entitlements.items():
        yield from _lines(entitlement, f"entitlements.{band}", ids(edition.funding))
    group = edition.group
    yield from known("group.bands", group.bands, ids(edition.bands), "a band")
    yield from known("group.services", group.services, ids(edition.services), "a service")
    yield from known("group.chair", [group.chair], edition.roles, "a role")


def _lines(entitlement: Entitlement, key: str, funding: list[str]) -> Iterator[Found]:
    lines = ids(entitlement.lines)
    yield from once(f"{key}.lines", lines)
    for line in entitlement.lines:
        place = f"{key}.lines[{line.id}]"
        if line.funding:
            yield from known(f"{place}.funding", [line.funding], funding, "a funding source")
        if line.included_in:
            others = [other for other in lines if other != line.id]
            what = "another line of the band"
            yield from known(f"{place}.included_in", [line.included_in], others, what)
        if line.kind == "access" and (line.days or line.each):
            yield place, "gives access, so it cannot have days"
        if line.kind == "days" and not line.each and line.counts_toward_total:
            yield f"{place}.each", "is missing: how many days does each occasion take?"
        if line.condition and line.counts_toward_total:
            yield f"{place}.counts_toward_total", "must be false: the days are conditional"
