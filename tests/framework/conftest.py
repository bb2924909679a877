"""Policies to read: the two that are shipped, and one with a mistake put in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from plimsoll.core.policy import Problem
from plimsoll.framework import editions
from plimsoll.framework.model import Edition

SHIPPED = Path(settings.ROOT) / "policy"


@pytest.fixture(scope="session")
def liverpool() -> Edition:
    return shipped("liverpool")


@pytest.fixture(scope="session")
def northmoor() -> Edition:
    return shipped("northmoor")


def shipped(authority: str) -> Edition:
    (edition,), problems = editions.load(SHIPPED / authority)
    assert problems == []
    return edition


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., list[Problem]]:
    """The problems of Liverpool's file after each old text has become the new one."""

    def broken(*changes: tuple[str, str]) -> list[Problem]:
        text = (SHIPPED / "liverpool" / "2026-27.toml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path = tmp_path / "liverpool" / "2026-27.toml"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        found, problems = editions.load(tmp_path)
        assert not (found and problems)
        return problems

    return broken
