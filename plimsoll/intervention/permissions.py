"""The permissions of cases of concern, by one name each; who holds which is policy."""

from typing import Final

SEE: Final = "concern.see"  # the whole case
TOLD: Final = "concern.told"  # what the school was told of it
WATCH: Final = "concern.watch"
OPEN: Final = "concern.open"
RECORD: Final = "concern.record"
TAKE: Final = "concern.step"
PRIVILEGED: Final = "concern.privileged"  # legal advice
DRAFT: Final = "concern.draft"
REVIEW: Final = "concern.review"
APPROVE: Final = "concern.approve"
SERVE: Final = "concern.serve"
CORRECT: Final = "concern.correct"
WRITE_PLAN: Final = "concern.plan"
JUDGE: Final = "concern.judge"
DECIDE: Final = "concern.decide"
BUNDLE: Final = "concern.bundle"
HOLD: Final = "concern.hold"
