"""One act of the demonstration's stories, and all of them in the order of the days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plimsoll.desk.demo.days import ago, ahead
from plimsoll.desk.demo.people import Cast
from plimsoll.people.models import User


@dataclass(frozen=True)
class Act:
    """One thing that somebody did on one day."""

    at: datetime
    urn: int
    do: str
    by: User
    data: dict[str, Any]


def in_order(script: Mapping[str, Any], cast: Cast, at: datetime) -> list[Act]:
    """Every act by its day; those of one school come in their order, also within a day."""
    return sorted(_acts(script, cast, at), key=lambda act: act.at)


def _acts(script: Mapping[str, Any], cast: Cast, at: datetime) -> Iterator[Act]:
    own = {"ago", "do", "by"}
    people = {"to", "reviewer"}
    for story in script["stories"]:
        for nth, act in enumerate(story["acts"]):
            data = {name: value for key in act.keys() - own for name, value in [_day(key, act, at)]}
            data |= {key: cast[data[key]] for key in people & data.keys()}
            yield Act(ago(at, act["ago"], nth), story["school"], act["do"], cast[act["by"]], data)


def _day(key: str, act: Mapping[str, Any], at: datetime) -> tuple[str, Any]:
    """`met_ago` and `visit_in` count working days from today, and become `met_on`, `visit_on`."""
    name, _, way = key.rpartition("_")
    match way:
        case "ago":
            return f"{name}_on", ago(at, act[key]).date()
        case "in":
            return f"{name}_on", ahead(at, act[key])
    return key, act[key]
