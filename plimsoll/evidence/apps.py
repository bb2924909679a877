from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "plimsoll.evidence"
    label = "evidence"
