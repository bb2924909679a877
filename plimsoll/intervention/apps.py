from django.apps import AppConfig


class InterventionConfig(AppConfig):
    name = "plimsoll.intervention"
    label = "intervention"

    def ready(self) -> None:
        from plimsoll.intervention.bundle.holding import guard_deletion

        guard_deletion()
