"""The process of a summary, as a table (Q2)."""

from typing import Final

from plimsoll.core.workflow import State, Step, Workflow
from plimsoll.visits.summaries import effects

STATES: Final = {
    "composed": State("To be read and signed", waits_for="sip", tone="waiting"),
    "signed": State("Signed, to be issued", waits_for="sip", tone="moving"),
    "issued": State("Issued", tone="done", closed=True),
}

STEPS: Final = (
    Step("sign", "Sign it off", ("composed",), "signed", "summary.sign", effect=effects.sign),
    Step("withdraw", "Withdraw the signature", ("signed",), "composed", "summary.sign",
         effect=effects.withdraw),
    Step("issue", "Issue it to the school", ("signed",), "issued", "summary.sign",
         effect=effects.issue, see="summary.see"),
)  # fmt: skip

# Until it is issued a summary is the service's own side.
SUMMARY: Final = Workflow(name="summary", see="summary.write", states=STATES, steps=STEPS)
