from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "plimsoll.desk"
    label = "desk"
