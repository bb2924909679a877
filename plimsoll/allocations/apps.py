from django.apps import AppConfig


class AllocationsConfig(AppConfig):
    name = "plimsoll.allocations"
    label = "allocations"
