"""Q1, S7: an officer who is asked to read one report finds nothing else of the school, anywhere."""

from django.test import Client
from django.urls import reverse

from plimsoll.visits.models import Report
from plimsoll.visits.reports import actions
from tests.cast import NOW, Cast
from tests.test_addresses import answer, rows, world

__all__ = ["world"]  # the fixture with something of everything

# What opens: the report. Beside it two pages no longer say that there is no such report, and
# are closed to him.
OPENS = {
    "visits:report-read": ("-", "o"),
    "visits:report-reader": ("-", "x"),
    "visits:report-step": ("-", "x"),
}


def test_Q1_S7_who_is_asked_to_read_one_report_finds_that_and_nothing_else(
    cast: Cast, world: dict[str, object]
) -> None:
    def found() -> dict[str, str]:
        client = Client()
        got = {}
        for row in rows():
            client.force_login(cast.olu)
            address = reverse(row.name, args=[world[key] for key in row.args])
            got[row.name] = answer(client, "get", address)
        return got

    before = found()
    report = Report.objects.get(pk=world["report"])
    actions.ask_reader(
        report=report, reader=cast.olu, version=report.version, by=cast.sadia, at=NOW
    )
    after = found()
    changed = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    assert changed == OPENS
