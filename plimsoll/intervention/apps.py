from django.apps import AppConfig


class InterventionConfig(AppConfig):
    name = "plimsoll.intervention"
    label = "intervention"
