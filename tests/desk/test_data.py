"""Data: reading in a published file, and the account of what it did."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plimsoll.evidence.models import Fact, ImportRun
from plimsoll.schools.models import School
from tests.cast import Cast
from tests.markup import StrictClient

HEADER = (
    "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,"
    "TypeOfEstablishment (code),TypeOfEstablishment (name),"
    "EstablishmentStatus (code),PhaseOfEducation (code)\n"
)
ROWS = (
    "900011,990,Harbourside,2011,Slipway Primary School,01,Community school,1,2\n"
    "900012,990,Harbourside,2012,=cmd|' /C calc'!A0,01,Community school,9,2\n"
    "900013,888,Elsewhere,2013,Inland School,01,Community school,1,2\n"
)


def sent(
    text: str, name: str = "edubasealldata20261001.csv", las: str = "990"
) -> dict[str, object]:
    return {"source": "gias", "las": las, "file": SimpleUploadedFile(name, text.encode("cp1252"))}


def test_a_file_is_read_in_and_its_account_shown(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.dan)
    response = client.post("/data/upload/", sent(HEADER + ROWS))
    run = ImportRun.objects.get()
    assert response.url == f"/data/imports/{run.pk}/"
    assert School.objects.get(pk=900011).name == "Slipway Primary School"
    assert not School.objects.filter(pk__in=(900012, 900013)).exists()
    page = client.get(response.url).content.decode()
    for said in ("1 school</a>", "edubasealldata20261001.csv", "1 October 2026"):
        assert said in page, said
    assert "Slipway Primary School" in client.get(f"{response.url}new/").content.decode()
    figures = client.get(f"{response.url}figures.json").json()
    assert (figures["rows"], figures["accepted"], figures["rejected"]) == (3, 1, 1)
    assert (figures["created"], figures["as_at"]) == (1, "2026-10-01")
    rejects = client.get(f"{response.url}rejects.csv").content.decode("utf-8-sig")
    assert rejects.splitlines()[0] == "line,column,value,reason"
    assert len(rejects.splitlines()) == 2


def test_the_same_file_again_changes_nothing(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.dan)
    client.post("/data/upload/", sent(HEADER + ROWS))
    client.post("/data/upload/", sent(HEADER + ROWS))
    last = ImportRun.objects.latest("pk")
    assert (last.created, last.updated, last.unchanged) == (0, 0, 1)
    page = client.get(f"/data/imports/{last.pk}/").content.decode()
    assert "every one was known already" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty"),
        ("%PDF-1.7\n", "a PDF"),
        ("A,B\n1,2\n", "The file has no column"),
    ],
)
def test_a_file_that_is_none_is_refused_and_nothing_changed(
    text: str, said: str, cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.dan)
    page = client.post("/data/upload/", sent(text)).content.decode()
    assert said in page
    assert not ImportRun.objects.exists()


def test_codes_of_authorities_are_three_digits(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.dan)
    page = client.post("/data/upload/", sent(HEADER + ROWS, las="99x")).content.decode()
    assert "three digits, like 341" in page


ABSENCE = "LA,ESTAB,URN,PERCTOT,PPERSABS10\n990,2011,900011,5.2,SUPP\n"


def test_S3_the_school_year_may_be_told(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.dan)
    upload = {"source": "absence"}
    page = client.post("/data/upload/", sent(ABSENCE, "abs.csv") | upload).content.decode()
    assert "does not say which school year its figures are of" in page
    wrong = sent(ABSENCE, "abs.csv") | upload | {"year": "2023-25"}
    page = client.post("/data/upload/", wrong).content.decode()
    assert "Enter a school year like 2023-24: “2023-25” is none." in page
    assert not ImportRun.objects.exists()
    client.post("/data/upload/", sent(ABSENCE, "abs.csv") | upload | {"year": "2022/23"})
    assert ImportRun.objects.get().year == "2022-23"
    assert set(Fact.objects.values_list("year", "measure", "value", "marker")) == {
        ("2022-23", "absence.overall", 5.2, ""),
        ("2022-23", "absence.persistent", None, "suppressed"),
    }


def test_the_name_of_an_upload_leads_nowhere(
    cast: Cast, client: StrictClient, tmp_path: Path
) -> None:
    client.force_login(cast.dan)
    client.post("/data/upload/", sent(HEADER + ROWS, name="../../etc/passwd.csv"))
    assert ImportRun.objects.get().file == "passwd.csv"


@pytest.mark.parametrize(
    ("who", "see", "run"),
    [("dan", 200, 200), ("ada", 200, 403), ("priya", 200, 403), ("dorothy", 200, 403),
     ("declan", 200, 403), ("sadia", 403, 403), ("olu", 403, 403), ("helen", 403, 403)],
)  # fmt: skip
def test_data_is_for_those_who_keep_it(
    who: str, see: int, run: int, cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.everyone[who])
    assert client.get("/data/").status_code == see
    assert client.get("/data/upload/").status_code == run
