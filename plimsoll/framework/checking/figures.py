"""Rules about published figures: do they speak of what is measured?"""

from collections.abc import Iterator

from plimsoll.framework.checking.questions import Found, known
from plimsoll.framework.measures import MEASURES
from plimsoll.framework.model import Edition


def profile(edition: Edition) -> Iterator[Found]:
    key = "profile.notable"
    yield from known(key, edition.profile.notable, MEASURES, "a measure")
    for measure, difference in edition.profile.notable.items():
        if difference <= 0:
            yield f"{key}.{measure}", "must be more than nought"
