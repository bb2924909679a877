from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "plimsoll.config"
    label = "plimsoll_config"

    def ready(self) -> None:
        from plimsoll.config import checks  # noqa: F401 - registers them
        from plimsoll.core import access
        from plimsoll.framework.editions import current

        access.provide(policy_grants=lambda: current().grants)
