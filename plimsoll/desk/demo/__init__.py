"""The demonstration: an authority that does not exist, in the middle of its autumn.

The schools, their figures, the people and what has happened are data, in the TOML files
beside this one. What happened is played by the real steps, as the real people who may take
them, so a demonstration cannot show what the product would not allow.
"""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from plimsoll.core.workflow import Refused
from plimsoll.desk.demo import concerning, figures, people, register, stories
from plimsoll.people.models import User
from plimsoll.schools.models import School

HERE: Final = Path(__file__).parent
AUTHORITY: Final = "harbourside"


def make(*, at: datetime) -> str:
    """Fill an empty database, as if the weeks before `at` had been lived; say what was done.

    Raises Refused where a real authority's policy is in force: no invented band may stand
    beside a real name.
    """
    if settings.AUTHORITY != AUTHORITY:
        raise Refused(
            f"The demonstration is of an authority that does not exist, and this is "
            f"“{settings.AUTHORITY}”. Set PLIMSOLL_AUTHORITY={AUTHORITY} and try again."
        )
    if School.objects.exists() or User.objects.exists():
        return "The database is in use already, so the demonstration was not made again."
    return _make(at)


@transaction.atomic
def _make(at: datetime) -> str:
    schools, script = _read("register"), _read("stories")
    script["stories"] += _read("visits")["stories"]
    register.make(schools, file=HERE / "register.toml", at=at)
    figures.make(_read("figures"), file=HERE / "figures.toml", at=at)
    cast = people.make(_read("people"), at=at)
    register.enter(schools, _read("people")["contacts"], by=cast["dan"], at=at)
    stories.play(script, cast, at=at)
    concerning.play(_read("concerns"), cast, at=at)
    playable = sum(bool(person.part) for person in cast.values())
    return (
        f"The demonstration is made: {len(schools['schools'])} schools, {len(cast)} people, "
        f"{playable} of whom the sign-in page offers."
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
