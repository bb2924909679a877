from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "plimsoll.documents"
    label = "documents"
