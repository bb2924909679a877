"""What a case owes is met, moved or opened again: by anybody, to any day."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from plimsoll.core.workflow import Refused
from plimsoll.intervention.clocks.extending import extend
from plimsoll.intervention.clocks.meeting import meet, reopen
from plimsoll.intervention.models import Obligation
from tests.intervention.walks.office import Office

ACTS = {"meet": meet, "extend": extend, "reopen": reopen}
DAYS = (-40, -3, 0, 7, 14, 40, 183, 184)  # beside the first day; half a year is the longest


def try_owed(office: Office, row: Obligation, data: st.DataObject) -> None:
    """Often what could be the right thing to do."""
    row.refresh_from_db()
    act = data.draw(st.sampled_from(sorted(ACTS)), label="act")
    people = [*office.cast.everyone.values(), *[office.cast.dorothy] * 15]
    days = data.draw(st.sampled_from(DAYS), label="days")
    day = data.draw(st.sampled_from((office.paper.today, row.first_due + timedelta(days=days))))
    was = (row.state, row.due, row.met_on)
    facts: dict[str, Any] = {
        "meet": {"on": day, "note": ""},
        "extend": {"due": day, "why": "Illness"},
        "reopen": {"why": "Not whole"},
    }[act]
    who = data.draw(st.sampled_from(people), label="who")
    try:
        ACTS[act](obligation=row, by=who, at=office.now, **facts)
    except Refused:
        row.refresh_from_db()
        assert (row.state, row.due, row.met_on) == was
        return
    row.refresh_from_db()
    assert row.case.closed_on is None
    assert row.state == ("met" if act == "meet" else "open")
    assert was[0] == ("met" if act == "reopen" else "open")
    assert (row.met_on is not None) == (row.state == "met")
    if act == "meet":
        assert row.starts <= day <= office.paper.today
    if act == "extend":
        assert row.kind != "statement-of-action", "the law sets its day"
        first, last = row.first_due, row.first_due + timedelta(days=183)
        assert max(first, office.paper.today) <= day <= last
