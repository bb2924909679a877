"""What keeps Plimsoll from serving: settings and policy that cannot work."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import Settings

from plimsoll.config import checks


@pytest.fixture(autouse=True)
def _sound(settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    settings.SECRET_KEY = "k" * 50


def ids(found: object) -> list[str | None]:
    return [message.id for message in found]


def test_sound_settings_pass() -> None:
    assert ids(checks.secret_key_is_secret()) == []
    assert ids(checks.demonstration_stays_at_home()) == []


def test_key_that_everyone_knows_serves_the_demonstration_only(settings: Settings) -> None:
    settings.SECRET_KEY = settings.DEMO_SECRET_KEY
    assert ids(checks.secret_key_is_secret()) == ["plimsoll.E001"]
    settings.DEMO = True
    assert ids(checks.secret_key_is_secret()) == []


def test_demonstration_offered_to_the_world_is_warned_of(settings: Settings) -> None:
    settings.DEMO = True
    settings.BASE_URL = "http://127.0.0.1:8000"
    assert ids(checks.demonstration_stays_at_home()) == []
    settings.BASE_URL = "https://plimsoll.example.org"
    assert ids(checks.demonstration_stays_at_home()) == ["plimsoll.W002"]


def test_E4_broken_policy_is_refused_with_its_file(settings: Settings, tmp_path: Path) -> None:
    settings.POLICY_ROOT = shutil.copytree(settings.POLICY_ROOT, tmp_path / "policy")
    (settings.POLICY_ROOT / settings.AUTHORITY / "2026-27.toml").write_text("[authority", "utf-8")
    with pytest.raises(SystemCheckError, match=rf"{settings.AUTHORITY}/2026-27\.toml"):
        call_command("check")
