"""Every test on both databases in one run: a lane for each, and one for the browser.

`make test` loads this plugin and starts one process a lane, which bears the lane's name.
The lane `postgresql` works in a throw-away cluster, which the controlling process starts
and ends. Tests that use the browser run in their own lane only, on SQLite.
"""

import os

import pytest

from tests.plugins.cluster import Cluster

LANES = {"sqlite", "postgresql", "browser"}
LANE = os.environ.get("PYTEST_XDIST_WORKER", "")
ADDRESS = "PLIMSOLL_TEST_CLUSTER"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Choose the database before Django reads its settings."""
    if LANE == "postgresql":
        os.environ["DATABASE_URL"] = os.environ[ADDRESS]
    elif LANE:
        os.environ.pop("DATABASE_URL", None)
    else:
        cluster = Cluster()
        early_config.add_cleanup(cluster.stop)
        # Inherited by the lanes, which start later.
        os.environ[ADDRESS] = cluster.start()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    def belongs(item: pytest.Item) -> bool:
        return (item.get_closest_marker("browser") is not None) == (LANE == "browser")

    if LANE:
        if LANE not in LANES:
            raise pytest.UsageError(f"{LANE} is none of the lanes {', '.join(sorted(LANES))}")
        config.hook.pytest_deselected(items=[item for item in items if not belongs(item)])
        items[:] = [item for item in items if belongs(item)]
