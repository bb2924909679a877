"""What no browser sends: refused in words, or taken for what it is, and never a fault."""

from urllib.parse import quote

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plimsoll.core import outbox
from plimsoll.core.models import Draft, Message
from plimsoll.evidence.models import ImportRun
from tests.allocations import steps
from tests.cast import NOW, Cast
from tests.markup import StrictClient

NASTY = ("\x00", "a\x00b", "99999999999999999999", "-1", "9" * 400, "²", "٣", "<script>", "=1+1")


def test_a_draft_with_a_nul_is_kept_without_it(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.helen)
    answer = client.post("/drafts/views:1:school/", {"a\x00b": "One\x00 two"})
    assert answer.status_code == 200
    assert Draft.objects.get(user=cast.helen.pk).data == {"ab": ["One two"]}


def test_a_draft_under_a_key_with_a_nul_is_not_there(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.helen)
    assert client.post("/drafts/a%00b/", {"a": "One"}).status_code == 404


def test_a_file_with_a_name_longer_than_a_disk_takes_is_read(
    cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.dan)
    lines = b"URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"
    file = SimpleUploadedFile("é" * 240 + "_20261101.csv", lines)
    answer = client.post("/data/upload/", {"source": "gias-links", "las": "", "file": file})
    assert answer.status_code in (200, 302)
    for run in ImportRun.objects.all():
        assert run.file.endswith("é_20261101.csv")


@pytest.mark.parametrize("value", NASTY)
def test_nothing_in_an_address_is_a_fault(value: str, cast: Cast) -> None:
    case = steps.agreed(cast)
    names = "q text page band phase type state sip kind person urn since until year edition figure"
    query = "&".join(f"{name}={quote(value)}" for name in names.split())
    browser = Client()
    browser.force_login(cast.dorothy)
    for address in (
        "/", "/schools/", "/schools/900001/history/", "/set-up/audit/", "/set-up/policy/",
        "/allocations/cycle/2026-27/", "/allocations/cycle/2026-27/by/sip/", "/data/",
        f"/allocations/{case.pk}/", "/people/",
    ):  # fmt: skip
        assert browser.get(f"{address}?{query}").status_code in (200, 400, 403, 404), address


@pytest.mark.parametrize("value", [*NASTY, "9,9,9,9", "9999999,0,0,9999999", "\uffff", "😀" * 100])
def test_no_filter_by_itself_is_a_fault(value: str, cast: Cast) -> None:
    """Where one filter is none, all are passed over: so each is tried alone, and twice."""
    browser = Client()
    browser.force_login(cast.dorothy)
    of_schools = "text phase status band mine route type trust la inspected within page"
    for addresses, names in (
        (("/schools/", "/schools/map/", "/schools/saved/add/"), of_schools),
        (("/authority/", "/authority/figures.csv"), "topic phase page"),
        (("/data/health/duplicates/", "/data/health/sources/absence/"), "by page"),
    ):
        for address in addresses:
            for name in names.split():
                query = f"{name}={quote(value)}"
                answer = browser.get(f"{address}?{name}=x&{query}")
                assert answer.status_code in (200, 403), (address, query)
                assert b"<script>=" not in answer.content


@pytest.mark.parametrize("number", ["0", "2147483648", "9223372036854775808", "9" * 30])
def test_no_number_in_an_address_is_a_fault(number: str, cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.dorothy)
    for address in (
        "/schools/{}/", "/allocations/{}/", "/allocations/{}/agree/", "/documents/{}/",
        "/people/{}/", "/assignments/{}/end/", "/data/imports/{}/", "/contacts/{}/change/",
        "/set-up/calendar/terms/{}/change/", "/allocations/held/{}/",
    ):  # fmt: skip
        answer = browser.get(address.format(number))
        assert answer.status_code in (403, 404), address


@pytest.mark.parametrize("value", NASTY)
def test_nothing_typed_into_a_step_is_a_fault(value: str, cast: Cast) -> None:
    case = steps.with_school(cast)
    browser = Client()
    browser.force_login(cast.helen)
    answer = browser.post(
        f"/allocations/{case.pk}/counter/",
        {"version": value, "band": value, "reasons": value, "met_on": value, "state": "agreed"},
    )
    assert answer.status_code == 200
    case.refresh_from_db()
    assert (case.state, case.offers.count()) == ("with_school", 1)


LONG_ADDRESS = f"{'a' * 270}@example.org"


def test_an_address_longer_than_addresses_are_is_refused(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.helen)
    data = {
        "email": LONG_ADDRESS,
        "name": "Joan Reid",
        "starts_day": "5",
        "starts_month": "10",
        "starts_year": "2026",
    }
    answer = client.post("/schools/900001/people/delegate/", data)
    assert answer.status_code == 200
    assert "254 characters or fewer" in answer.content.decode()
    client.force_login(cast.priya)
    answer = client.post("/people/invite/", {"email": LONG_ADDRESS, "name": "Joan Reid"})
    assert answer.status_code == 200
    answer = client.post(
        "/schools/900001/contacts/add/", data | {"kind": "clerk", "telephone": "", "ends": ""}
    )
    assert answer.status_code == 200


def test_a_spreadsheet_with_an_address_that_long_is_refused_by_row(
    cast: Cast, client: StrictClient
) -> None:
    steps.opened(cast)
    client.force_login(cast.priya)
    table = f"URN,Head name,Head e-mail\n900001,Joan Reid,{LONG_ADDRESS}\n"
    file = SimpleUploadedFile("last-year.csv", table.encode())
    answer = client.post("/allocations/cycle/2026-27/spreadsheet/", {"file": file})
    assert answer.status_code == 200
    assert "1 refused" in answer.content.decode()


def test_the_longest_name_of_a_school_stops_no_step(cast: Cast) -> None:
    """A name of 200 characters goes into the subject of an e-mail of 200."""
    cast.harbour_view.name = "Saint " * 33 + "A"
    cast.harbour_view.save()
    case = steps.with_school(cast)
    steps.take(case, "agree", cast.helen)
    assert all(len(one.subject) <= 200 for one in Message.objects.all())


def test_a_subject_with_a_line_end_stops_no_other_e_mail(db: None) -> None:
    for number, to in enumerate(("a b@\nexample.org", "helen@example.org")):
        outbox.post(key=f"told:{number}", to=to, subject="One\r\nBcc: x", body="Read.", at=NOW)
    assert outbox.send_due(at=NOW) == (1, 1)
    assert [message.subject for message in mail.outbox] == ["One Bcc: x"]
