"""What stands in two places says the same: policy may not import what stands above it."""

from typing import get_args

import pytest
from django.conf import settings

from plimsoll.evidence.eras import TERMS
from plimsoll.framework import vocabulary
from plimsoll.framework.editions import load
from plimsoll.framework.model import Edition
from plimsoll.schools.types import Phase

EDITIONS = load(settings.POLICY_ROOT)[0]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.key)
def test_S9_policy_and_evidence_name_the_same_grades_and_areas(edition: Edition) -> None:
    assert {era: (dict(rule.grades), dict(rule.areas)) for era, rule in edition.eras.items()} == {
        str(era): (dict(terms.grades), dict(terms.areas)) for era, terms in TERMS.items()
    }


def test_policy_and_the_register_name_the_same_phases() -> None:
    assert set(get_args(vocabulary.Phase)) == set(Phase.values)
