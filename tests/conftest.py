"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from plimsoll.core import guards
from tests.markup import StrictClient

pytest_plugins = ["tests.browser", "tests.cast"]

IN_CI = os.environ.get("CI", "").lower() == "true"


@pytest.fixture
def client() -> StrictClient:
    """Django's test client, which takes no page that a browser would have to mend."""
    return StrictClient()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real public data beside this checkout: read it, never copy it."""
    folder = Path(settings.ROOT).parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the real public data in {folder}")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    """Lift the triggers only while the database is emptied after a test with threads."""
    empty = TransactionTestCase._fixture_teardown

    def lifted_empty(case: TransactionTestCase) -> None:
        with guards.lifted(connections["default"]):
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted_empty)
        yield


# --- in CI a test that could not run is a test that failed -------------------------


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"With CI=true nothing may be skipped: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    _refuse_skip(report)
    return report
