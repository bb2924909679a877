from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "plimsoll.desk"
    label = "desk"

    def ready(self) -> None:
        from plimsoll.core import context
        from plimsoll.desk import navigation

        context.provide(
            navigation=navigation.entries,
            service=navigation.service,
            person=navigation.person,
        )
