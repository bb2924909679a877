from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "plimsoll.schools"
    label = "schools"

    def ready(self) -> None:
        from plimsoll.core import access
        from plimsoll.schools import holdings

        access.provide(holdings=holdings.of, ids_of_groups=holdings.schools_of_phases)
