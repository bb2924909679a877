from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "plimsoll.config"
    label = "plimsoll_config"

    def ready(self) -> None:
        from plimsoll.config import checks  # noqa: F401 - registers them
