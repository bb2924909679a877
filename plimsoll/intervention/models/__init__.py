"""What the slice keeps: cases, what is on record in them, notices, clocks, decisions, powers."""

from plimsoll.intervention.models.cases import Case, Discussion, Finding, Hold
from plimsoll.intervention.models.clocks import Extension, GoverningBodyPlan, Obligation
from plimsoll.intervention.models.decisions import Consultation, Decision, PowerInUse
from plimsoll.intervention.models.notices import Correction, Delivery, Notice

__all__ = [
    "Case",
    "Consultation",
    "Correction",
    "Decision",
    "Delivery",
    "Discussion",
    "Extension",
    "Finding",
    "GoverningBodyPlan",
    "Hold",
    "Notice",
    "Obligation",
    "PowerInUse",
]
