"""What tells a school of its case: a letter that is for it, and no other (S7)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from plimsoll.intervention.cases.queries import told_cases
from tests.cast import Cast, make_cast
from tests.elsewhere import elsewhere
from tests.intervention import steps

FIRST = re.compile(r'(id = "concerns"\nlabel = "Letter.*?recipients = \[\n).*?(\n\]\n)', re.DOTALL)
REGULATOR = r'\1    { recipient = "regional-director", how = "given", reason = "It asks" },\2'


@pytest.fixture
def _first_to_the_regulator(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A framework whose first letter goes to the regulator alone."""
    with elsewhere(settings, tmp_path, lambda text: FIRST.sub(REGULATOR, text)):
        yield


def test_S7_a_letter_of_its_own_tells_the_school(cast: Cast) -> None:
    case = steps.told(cast)
    assert [list(told_cases(each)) for each in (cast.helen, cast.chloe)] == [[case], [case]]


@pytest.mark.usefixtures("db", "_first_to_the_regulator")
def test_S7_a_letter_to_the_regulator_alone_tells_the_school_nothing() -> None:
    cast = make_cast()
    case = steps.told(cast)
    assert case.notices.get().given_on
    assert [list(told_cases(each)) for each in (cast.helen, cast.chloe)] == [[], []]
