from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SchoolsConfig(AppConfig):
    name = "plimsoll.schools"
    label = "schools"

    def ready(self) -> None:
        from plimsoll.core import access
        from plimsoll.schools import holdings, trigrams

        post_migrate.connect(trigrams.put_back, sender=self)
        access.provide(holdings=holdings.of, ids_of_groups=holdings.schools_of_phases)
