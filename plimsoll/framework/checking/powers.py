"""Powers of intervention: what stands before each, and the steps that open them (I9)."""

from collections.abc import Iterator

from plimsoll.framework.casework import Delivery, Power, Rung
from plimsoll.framework.checking.questions import Found, ids, known, once
from plimsoll.framework.model import Edition


def powers(edition: Edition) -> Iterator[Found]:
    for power in edition.powers:
        yield from _power(power, f"powers[{power.id}]", edition)
    for name, ladder in edition.ladders.items():
        rungs = ladder.rungs
        for rung in rungs:
            yield from _eligible(rung, f"ladders.{name}.steps[{rung.id}]", edition)
            yield from _used(rung, rungs, f"ladders.{name}.steps[{rung.id}]", edition)


def _power(power: Power, key: str, edition: Edition) -> Iterator[Found]:
    yield from known(f"{key}.by", [power.by], edition.roles, "a role")
    deciding = edition.grants.get("concern.decide", {})
    yield from known(f"{key}.by", [power.by], deciding, "a role that is granted concern.decide")
    yield from known(f"{key}.requires", power.requires, ids(edition.facts), "a fact")
    yield from known(f"{key}.not_with", power.not_with, ids(edition.powers), "a power")
    yield from _reached(power.consult, f"{key}.consult", edition, "consulted")
    yield from _reached(power.notice, f"{key}.notice", edition, "given", "copied")
    if not any(delivery.how == "given" for delivery in power.notice):
        yield f"{key}.notice", "is given to nobody"


def _reached(rows: tuple[Delivery, ...], key: str, edition: Edition, *ways: str) -> Iterator[Found]:
    reached = [row.recipient for row in rows]
    yield from known(key, reached, ids(edition.recipients), "a recipient")
    yield from once(key, reached)
    if any(row.how not in ways for row in rows):
        yield key, f"is {' or '.join(ways)} only"


def _eligible(rung: Rung, key: str, edition: Edition) -> Iterator[Found]:
    """A school is eligible by all that section 60(1) names, or by a category."""
    facts = [fact for fact in edition.facts if fact.id in rung.requires]
    if rung.eligible == "notice":
        shown_by = {fact.shown_by for fact in facts}
        found = any(fact.after_period for fact in facts)
        if not (found and {"period", "notice"} <= shown_by):
            yield (
                f"{key}.requires",
                "eligible after the period, what was found then, and notice of it (s.60(1))",
            )
    if rung.eligible == "secretary-of-state" and not facts:
        yield f"{key}.requires", "that the school is eligible is shown by something"
    if rung.eligible == "category" and rung.means != "category":
        yield f"{key}.eligible", "only an Ofsted category makes eligible by a category"


def _used(rung: Rung, rungs: tuple[Rung, ...], key: str, edition: Edition) -> Iterator[Found]:
    """The step that says a power is in use comes after one that opened the powers."""
    if not _needs_power(rung, edition):
        return
    for other in (each for each in rungs if rung.id in each.then):
        if not (other.eligible or _needs_power(other, edition)):
            yield key, f'"{other.id}" does not make the school eligible for a power'


def _needs_power(rung: Rung, edition: Edition) -> bool:
    return any(fact.shown_by == "power" for fact in edition.facts if fact.id in rung.requires)
