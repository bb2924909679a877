"""The register of schools: whole files and extracts, again and again."""

import csv
from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plimsoll.core.models import Event
from plimsoll.core.streams import Unreadable
from plimsoll.evidence.aside import cells_of_many
from plimsoll.evidence.models import ImportRun, Reject
from plimsoll.schools.models import School
from tests.evidence.conftest import AT, Import, Publish, counts
from tests.evidence.register_file import ACADEMY_COLUMNS, COLUMNS, school


def the_whole(*rows: dict[str, str]) -> list[dict[str, str]]:
    return list(rows) or [school(900001), school(900002), school(900003)]


def test_a_file_becomes_schools(import_file: Import, publish: Publish) -> None:
    row = school(
        900001,
        **{
            "EstablishmentName": "Our Lady’s Café School",
            "TypeOfEstablishment (code)": "02",
            "TypeOfEstablishment (name)": "Voluntary aided school",
            "OpenDate": "01-09-1998",
            "ReligiousCharacter (name)": "Roman Catholic",
            "Diocese (name)": "Archdiocese of Northmoor",
            "Trusts (code)": "4041",
            "Trusts (name)": "Northmoor Trust",
            "EstablishmentNumber": "3001",
        },
    )
    result = import_file("gias", publish([row], COLUMNS, name="edubasealldata20261101.csv"))
    assert counts(result) == {"rows": 1, "selected": 1, "accepted": 1, "created": 1}
    one = School.objects.get()
    assert (one.urn, one.name, one.la, one.laestab) == (
        900001,
        "Our Lady’s Café School",
        999,
        "999/3001",
    )
    assert (one.type, one.status, one.phase, one.route) == ("02", "1", "primary", "maintained")
    assert one.opened == date(1998, 9, 1)
    assert one.closed is None
    assert (one.religious_character, one.diocese) == ("Roman Catholic", "Archdiocese of Northmoor")
    assert (one.trust_uid, one.trust_name, one.pupils) == (4041, "Northmoor Trust", 391)
    # The columns that nothing reads are not lost.
    aside = cells_of_many([one])[one]
    assert aside["PercentageFSM"] == "16.8"
    assert aside["HeadLastName"] == "Example"
    assert "EstablishmentName" not in aside


def test_the_account_has_every_figure(import_file: Import, publish: Publish) -> None:
    path = publish(the_whole(), COLUMNS, name="edubasealldata20261101.csv")
    plain = import_file("gias", path).as_plain()
    assert list(plain) == [
        "source", "file", "sha256", "as_at", "rows", "selected", "accepted", "rejected",
        "created", "updated", "unchanged", "seconds",
    ]  # fmt: skip
    assert plain["as_at"] == "2026-11-01"
    assert plain["file"] == "edubasealldata20261101.csv"
    assert len(plain["sha256"]) == 64
    run = ImportRun.objects.get()
    assert (run.source, run.at, run.by_name) == ("gias", AT, "Plimsoll")


def test_the_same_file_twice_changes_nothing(import_file: Import, publish: Publish) -> None:
    path = publish(the_whole(), COLUMNS)
    import_file("gias", path)
    before = list(School.objects.order_by("urn").values())
    again = import_file("gias", path)
    assert counts(again) == {"rows": 3, "selected": 3, "accepted": 3, "unchanged": 3}
    assert list(School.objects.order_by("urn").values()) == before
    assert Event.objects.count() == 3


def test_a_changed_row_is_changed_and_told_of(import_file: Import, publish: Publish) -> None:
    import_file("gias", publish(the_whole(), COLUMNS))
    changed = school(900002, EstablishmentName="Gull Lane Academy", NumberOfBoys="7", CloseDate="")
    result = import_file("gias", publish([school(900001), changed, school(900003)], COLUMNS))
    assert counts(result) == {
        "rows": 3, "selected": 3, "accepted": 3, "updated": 1, "unchanged": 2,
    }  # fmt: skip
    event = Event.objects.get(verb="school.changed")
    assert (event.urn, event.permission, event.at) == (900002, "school.see", AT)
    assert event.before == {"name": "Harbour View School 900002", "NumberOfBoys": "200"}
    assert event.after == {
        "name": "Gull Lane Academy",
        "NumberOfBoys": "7",
        "run": result.run.pk,
    }
    assert School.objects.get(pk=900002).source_run == result.run.pk


def test_each_new_school_is_an_event(import_file: Import, publish: Publish) -> None:
    result = import_file("gias", publish(the_whole(), COLUMNS))
    events = Event.objects.filter(verb="school.created").order_by("urn")
    assert [(event.subject, event.subject_id, event.urn) for event in events] == [
        ("schools.school", urn, urn) for urn in (900001, 900002, 900003)
    ]
    assert {(event.actor_name, event.permission) for event in events} == {
        ("Plimsoll", "school.see")
    }
    assert events[0].after == {"run": result.run.pk}


def test_only_the_authorities_asked_for_are_read(import_file: Import, publish: Publish) -> None:
    rows = [school(900001 + at, **{"LA (code)": la}) for at, la in enumerate(("341", "343", "340"))]
    rows.append(school(900009, **{"LA (code)": "344", "OpenDate": "never"}))
    result = import_file("gias", publish(rows, COLUMNS), las=["341", "343"])
    assert counts(result) == {"rows": 4, "selected": 2, "accepted": 2, "created": 2}
    assert sorted(School.objects.values_list("la", flat=True)) == [341, 343]


def test_a_dry_run_says_the_same_and_changes_nothing(import_file: Import, publish: Publish) -> None:
    result = import_file("gias", publish(the_whole(), COLUMNS), dry_run=True)
    assert counts(result) == {"rows": 3, "selected": 3, "accepted": 3, "created": 3}
    assert (School.objects.count(), ImportRun.objects.count(), Event.objects.count()) == (0, 0, 0)


# --- smaller extracts ---------------------------------------------------------------


def academy(urn: int, **cells: str) -> dict[str, str]:
    return school(
        urn,
        **{
            "TypeOfEstablishment (code)": "34",
            "TypeOfEstablishment (name)": "Academy converter",
            "EstablishmentTypeGroup (name)": "Academies",
            "FaxNum": "01632960009",
        }
        | cells,
    )


def test_the_extract_of_academies_has_names_for_codes(
    import_file: Import, publish: Publish
) -> None:
    rows = [academy(900001), academy(900002, **{"PhaseOfEducation (name)": "Not applicable"})]
    result = import_file("gias", publish(rows, ACADEMY_COLUMNS))
    assert counts(result)["created"] == 2
    one, other = School.objects.order_by("urn")
    assert (one.type, one.status, one.phase, one.trust_uid) == ("34", "1", "primary", None)
    assert (one.route, other.phase) == ("academy", "not-applicable")


def test_a_smaller_extract_blanks_nothing_that_it_lacks(
    import_file: Import, publish: Publish
) -> None:
    whole = academy(900001, **{"Trusts (code)": "4041", "Trusts (name)": "Northmoor Trust"})
    import_file("gias", publish([whole], COLUMNS))
    renamed = academy(900001, EstablishmentName="Gull Lane Academy")
    result = import_file("gias", publish([renamed], ACADEMY_COLUMNS))
    assert counts(result)["updated"] == 1
    one = School.objects.get()
    assert (one.name, one.trust_uid, one.trust_name) == (
        "Gull Lane Academy",
        4041,
        "Northmoor Trust",
    )
    assert (one.pupils, one.easting) == (391, 330079)
    aside = cells_of_many([one])[one]
    assert (aside["PercentageFSM"], aside["FaxNum"]) == ("16.8", "01632960009")
    # And the whole file again: only the name goes back.
    back = import_file("gias", publish([whole], COLUMNS))
    assert counts(back)["updated"] == 1
    assert set(Event.objects.latest("pk").after or {}) == {"name", "run"}


def test_an_extract_older_than_what_is_held_changes_nothing(
    import_file: Import, publish: Publish
) -> None:
    import_file("gias", publish([academy(900001)], COLUMNS, name="edubasealldata20261101.csv"))
    old = [academy(900001, EstablishmentName="Its former name"), academy(900002)]
    result = import_file(
        "gias", publish(old, ACADEMY_COLUMNS, name="edubaseallacademiesandfree20211231.csv")
    )
    assert counts(result) == {
        "rows": 2, "selected": 2, "accepted": 2, "created": 1, "unchanged": 1,
    }  # fmt: skip
    assert School.objects.get(pk=900001).name == "Harbour View School 900001"


_turn = count()


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(columns=st.permutations(COLUMNS))
def test_any_order_of_the_columns_gives_the_same(
    import_file: Import, publish: Publish, columns: Sequence[str]
) -> None:
    rows = the_whole()
    import_file("gias", publish(rows, COLUMNS))
    before = list(School.objects.order_by("urn").values())
    again = import_file("gias", publish(rows, columns, name=f"permuted{next(_turn)}.csv"))
    assert counts(again) == {"rows": 3, "selected": 3, "accepted": 3, "unchanged": 3}
    assert list(School.objects.order_by("urn").values()) == before


# --- rows and files that are no good ------------------------------------------------

BAD_CELLS = {
    "URN that is none": ({"URN": "harbour"}, "URN", "harbour", "It is not a whole number."),
    "no URN": ({"URN": ""}, "URN", "", "It must not be empty."),
    "no name": ({"EstablishmentName": " "}, "EstablishmentName", "", "It must not be empty."),
    "no such day": (
        {"OpenDate": "31-02-2020"}, "OpenDate", "31-02-2020", "There is no such day.",
    ),
    "American date": (
        {"OpenDate": "12-31-2020"}, "OpenDate", "12-31-2020", "There is no such day.",
    ),
    "year nought": (
        {"CloseDate": "01-01-0001"}, "CloseDate", "01-01-0001", "The year 1 is impossible.",
    ),
    "words": (
        {"OpenDate": "last year"}, "OpenDate", "last year", "It is not a date like 31/08/2025.",
    ),
    "closed before it opened": (
        {"OpenDate": "01-09-2005", "CloseDate": "31-08-2005"},
        "CloseDate", "31-08-2005", "It is before the day of opening.",
    ),
    "unknown status": (
        {"EstablishmentStatus (code)": "7"},
        "EstablishmentStatus (code)", "7",
        "It is neither a code nor a name that the register uses.",
    ),
    "too long": (
        {"Postcode": "NM1 1AA, Northmoor"}, "Postcode", "NM1 1AA, Northmoor",
        "It is longer than 8 characters.",
    ),
    "too large": (
        {"NumberOfPupils": "99999999999"}, "NumberOfPupils", "99999999999",
        "It is not between 0 and 2147483647.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "column", "value", "reason"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_one_bad_row_never_stops_the_file(
    import_file: Import,
    publish: Publish,
    cells: dict[str, str],
    column: str,
    value: str,
    reason: str,
) -> None:
    rows = [school(900001), school(900002) | cells, school(900003)]
    result = import_file("gias", publish(rows, COLUMNS))
    assert counts(result) == {
        "rows": 3, "selected": 3, "accepted": 2, "rejected": 1, "created": 2,
    }  # fmt: skip
    reject = Reject.objects.get()
    assert (reject.line, reject.column, reject.value, reject.reason) == (3, column, value, reason)


def test_a_repeated_URN_is_turned_away_the_second_time(
    import_file: Import, publish: Publish
) -> None:
    rows = [school(900001), school(900002), school(900001, EstablishmentName="An impostor")]
    path = publish(rows, COLUMNS)
    for _ in range(2):
        result = import_file("gias", path)
        assert counts(result)["rejected"] == 1
        assert [reject.reason for reject in result.rejects] == ["This URN is already on line 2."]
        assert School.objects.get(pk=900001).name == "Harbour View School 900001"


def test_rejects_are_written_where_a_spreadsheet_opens_them_without_harm(
    import_file: Import, publish: Publish
) -> None:
    rows = [school(900001), school(900002, OpenDate='=HYPERLINK("http://evil.example")')]
    result = import_file("gias", publish(rows, COLUMNS))
    written = result.as_plain()["rejects_csv"]
    with Path(written).open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["line", "column", "value", "reason"],
            [
                "3", "OpenDate", "'=HYPERLINK(\"http://evil.example\")",
                "It is not a date like 31/08/2025.",
            ],
        ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ['=cmd|"/c calc"!A1', "<script>alert(1)</script>", "Robert'); DROP TABLE schools;--"]
)
def test_formulas_and_scripts_are_only_text(
    import_file: Import, publish: Publish, name: str
) -> None:
    result = import_file("gias", publish([school(900001, EstablishmentName=name)], COLUMNS))
    assert counts(result)["created"] == 1
    assert School.objects.get().name == name


def refused(import_file: Import, source: str, path: Path) -> str:
    with pytest.raises(Unreadable) as refusal:
        import_file(source, path)
    assert (School.objects.count(), ImportRun.objects.count(), Event.objects.count()) == (0, 0, 0)
    return str(refusal.value)


def test_a_missing_column_is_refused_by_its_name(import_file: Import, publish: Publish) -> None:
    columns = [name for name in COLUMNS if name != "EstablishmentName"]
    said = refused(import_file, "gias", publish(the_whole(), columns))
    assert said.startswith(
        "The file has no column “EstablishmentName”, so it is not the register of schools (GIAS). "
        "It has: URN, LA (code), LA (name), EstablishmentNumber, TypeOfEstablishment (code), "
    )


def test_a_file_of_another_kind_is_refused(import_file: Import, publish: Publish) -> None:
    links = publish([{"URN": "900001", "LinkURN": "900002", "LinkType": "Predecessor"}])
    said = refused(import_file, "gias", links)
    assert "no columns “EstablishmentName”, “LA (code)”" in said
    assert said.endswith("It has: URN, LinkURN, LinkType.")


def test_a_column_that_stands_twice_is_refused(import_file: Import, tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text(",".join([*COLUMNS, "URN"]) + "\n" + "," * len(COLUMNS) + "\n")
    assert refused(import_file, "gias", path) == "The file has the column “URN” more than once."


def test_a_file_that_breaks_off_changes_nothing(import_file: Import, publish: Publish) -> None:
    path = publish((school(urn) for urn in range(900001, 902001)), COLUMNS)
    path.write_bytes(path.read_bytes()[:-300])
    assert "truncated" in refused(import_file, "gias", path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_endings_make_no_difference(
    import_file: Import, publish: Publish, encoding: str, newline: str
) -> None:
    rows = [school(900001, EstablishmentName="Café Lane – the school’s own")]
    import_file("gias", publish(rows, COLUMNS, encoding=encoding, newline=newline))
    assert School.objects.get().name == "Café Lane – the school’s own"
