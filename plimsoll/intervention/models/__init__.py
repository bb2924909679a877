"""What the slice keeps: cases and their records, notices, clocks, plans, decisions, powers."""

from plimsoll.intervention.models.bundles import Bundle
from plimsoll.intervention.models.cases import Case, Discussion, Finding, Hold
from plimsoll.intervention.models.clocks import Extension, Obligation
from plimsoll.intervention.models.decisions import Consultation, Decision, DecisionTold, PowerInUse
from plimsoll.intervention.models.notices import Correction, Delivery, Notice
from plimsoll.intervention.models.plans import (
    GoverningBodyPlan,
    PlanAction,
    PlanAnswer,
    PlanJudgement,
    PlanVersion,
)

__all__ = [
    "Bundle",
    "Case",
    "Consultation",
    "Correction",
    "Decision",
    "DecisionTold",
    "Delivery",
    "Discussion",
    "Extension",
    "Finding",
    "GoverningBodyPlan",
    "Hold",
    "Notice",
    "Obligation",
    "PlanAction",
    "PlanAnswer",
    "PlanJudgement",
    "PlanVersion",
    "PowerInUse",
]
