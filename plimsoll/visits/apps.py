from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "plimsoll.visits"
    label = "visits"
