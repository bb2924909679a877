"""Does an edition agree with itself? Every reference, every total, every text."""

from plimsoll.core.policy import Problem
from plimsoll.framework.model import Edition


def check(edition: Edition, file: str) -> list[Problem]:
    """Every contradiction in the edition, with file, key and reason."""
    return []
