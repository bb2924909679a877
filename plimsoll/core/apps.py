from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "plimsoll.core"
    label = "core"

    def ready(self) -> None:
        post_migrate.connect(put_guards_back)


def put_guards_back(sender: AppConfig, using: str, **_: Any) -> None:
    """After each app's migrations, since rebuilding a SQLite table drops its triggers."""
    from plimsoll.core import guards

    guards.install(connections[using])
