from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "plimsoll.people"
    label = "people"
