"""Each of pytest's processes has a PostgreSQL cluster of its own (`tools/with_postgres.py` makes them)."""

import os


def own() -> str:
    """The folder of this process's cluster; nothing on SQLite, or where somebody else's server was given."""
    homes = os.environ.get("SHOUNUO_TEST_CLUSTERS", "").split(",")
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return homes[worker % len(homes)]
