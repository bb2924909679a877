"""What one import changed for which schools, in words and on pages of a fixed cost."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plimsoll.core.models import Event
from plimsoll.desk import chronology
from plimsoll.evidence import sources
from plimsoll.evidence.intake import pipeline
from plimsoll.evidence.models import ImportRun
from tests.cast import NOW, Cast, make_school
from tests.markup import StrictClient

FIRST = "URN,LA,PERCTOT,PPERSABS10\n900001,990,5.1,SUPP\n900002,990,7,20\n900099,990,6,18\n"
AGAIN = "URN,LA,PERCTOT,PPERSABS10\n900001,990,5.3,12.5\n900002,990,7,20\n900099,990,6,18\n"


def read(folder: Path, text: str, year: str = "2024-25") -> ImportRun:
    path = folder / f"absence_{year}.csv"
    path.write_text(text)
    return pipeline.run(sources.known()["absence"], path, by=None, at=NOW).run


def test_S3_changed_figures_are_told_as_they_were_and_as_they_are(
    cast: Cast, client: StrictClient, tmp_path: Path
) -> None:
    read(tmp_path, FIRST)
    second = read(tmp_path, AGAIN)
    client.force_login(cast.dan)
    page = client.get(f"/data/imports/{second.pk}/").content.decode()
    for said in (
        "Harbour View Primary School",
        "2024-25",
        "Overall absence, % of sessions: 5.1 % → 5.3 %",
        ": suppressed: too few pupils to publish → 12.5 %",
    ):
        assert said in page, said
    assert "Dock Road Academy" not in page
    assert "No school: every one was known already" in page


def test_schools_that_are_covered_for_the_first_time_are_counted_and_listed(
    cast: Cast, client: StrictClient, tmp_path: Path
) -> None:
    first = read(tmp_path, FIRST)
    client.force_login(cast.dan)
    page = client.get(f"/data/imports/{first.pk}/").content.decode()
    assert "3 schools of 2024-25</a>" in page
    assert "Nothing that was held already" in page
    listed = client.get(f"/data/imports/{first.pk}/new/").content.decode()
    assert "Dock Road Academy" in listed
    assert "URN 900099, not in the register" in listed
    assert "2024-25" in client.get("/data/").content.decode()


def test_S3_changed_figures_stand_in_the_schools_own_history_in_words(
    cast: Cast, client: StrictClient, tmp_path: Path
) -> None:
    """And in nobody's account of what others did at other schools: a file changes thousands."""
    read(tmp_path, FIRST)
    read(tmp_path, AGAIN)
    for verb in Event.objects.values_list("verb", flat=True).distinct():
        assert chronology.title(verb) != verb, verb
    client.force_login(cast.helen)
    page = client.get("/schools/900001/history/?kind=figures").content.decode()
    assert "Published figures changed" in page
    before = NOW - timedelta(days=1)
    changed = chronology.since(cast.olu, before, [900001]).filter(verb="figures.changed")
    assert changed.get().urn == 900001
    assert not chronology.since(cast.olu, before, []).filter(verb="figures.changed").exists()


@pytest.mark.parametrize("more", [0, 60])
def test_the_account_of_an_import_costs_a_fixed_number_of_queries(
    more: int, cast: Cast, client: StrictClient, tmp_path: Path
) -> None:
    rows, again = FIRST.replace("900099,990,6,18\n", ""), AGAIN
    for number in range(more):
        make_school(900100 + number, f"Pier {number:02} School", "01", "primary")
        rows += f"{900100 + number},990,5,10\n"
        again += f"{900100 + number},990,6,11\n"
    read(tmp_path, rows)
    run = read(tmp_path, again)
    client.force_login(cast.dan)
    for page, expected in (("", 9), ("changes/", 7), ("new/", 6)):
        client.get(f"/data/imports/{run.pk}/{page}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/data/imports/{run.pk}/{page}")
        assert len(queries) == expected, (page, [query["sql"] for query in queries])
