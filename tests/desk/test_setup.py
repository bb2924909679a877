"""Set-up: the policy page, terms and closures, rights, the audit trail, health."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plimsoll.core import access, guards, outbox
from plimsoll.core.audit import record
from plimsoll.core.models import Event, Message
from plimsoll.desk import chronology, doctor, rights
from plimsoll.schools.models import Closure, Term
from tests.allocations import steps
from tests.cast import NOW, Cast
from tests.markup import StrictClient

TERM = {
    "year": "2026-27", "name": "Autumn term",
    "starts_day": "1", "starts_month": "9", "starts_year": "2026",
    "ends_day": "18", "ends_month": "12", "ends_year": "2026",
}  # fmt: skip
INSET = {
    "kind": "inset", "name": "",
    "starts_day": "2", "starts_month": "11", "starts_year": "2026",
    "ends_day": "2", "ends_month": "11", "ends_year": "2026",
}  # fmt: skip
ADD_TERM, ADD_CLOSURE = "/set-up/calendar/terms/add/", "/set-up/calendar/closures/add/"


# --- policy -----------------------------------------------------------------------------


def test_E4_the_three_totals_are_shown_to_the_policys_owner(
    cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.dorothy)
    page = client.get("/set-up/policy/").content.decode()
    assert "They differ" in page
    for total in ("5.5", "7"):
        assert f'data-label="Stated">{total}<' in page
    assert 'data-label="Printed">5<' in page
    assert "Assumed" in page
    assert 'data-label="Computed">3<' in page


@pytest.mark.parametrize("who", ["helen", "chloe", "lena", "nobody"])
def test_the_policy_page_is_the_services(who: str, cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.everyone[who])
    assert client.get("/set-up/policy/").status_code == 403


# --- who can do what ---------------------------------------------------------------------


def test_every_permission_has_words() -> None:
    assert set(rights.WORDS) == set(access.GRANTS)
    assert {key.partition(".")[0] for key in access.GRANTS} == set(rights.SUBJECTS)


def test_S7_who_knows_a_band_is_open_to_everybody(db: None, client: StrictClient) -> None:
    page = client.get("/set-up/who-can-do-what/").content.decode()
    assert "know the band, and read the School Support Allocation" in page


def test_S7_a_right_where_they_are_named_is_said_in_words(
    db: None, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column of its own, in the tables of what has such a right: reports and notices."""
    headers = 'scope="col">Where they are named<'
    page = client.get("/set-up/who-can-do-what/").content.decode()
    assert page.count(headers) == 2
    monkeypatch.setattr(access._sources, "policy_grants", lambda: {"cycle.run": {"po": "own"}})
    assert headers not in client.get("/set-up/who-can-do-what/").content.decode()
    assert 'data-label="Where they are named">Local authority officer<' in page


# --- terms and closures -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("dan", 302), ("helen", 302),
     ("chloe", 403), ("priya", 403), ("sam", 403), ("olu", 403), ("lena", 403)],
)  # fmt: skip
def test_terms_are_entered_by_those_who_may(
    who: str, status: int, cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.everyone[who])
    assert client.post(ADD_TERM, TERM).status_code == status
    assert Term.objects.count() == (status == 302)


def test_a_head_enters_days_of_the_own_school_only(cast: Cast, client: StrictClient) -> None:
    """Whatever URN the form is made to send."""
    client.force_login(cast.helen)
    client.post(ADD_CLOSURE, INSET | {"urn": "900002"})
    assert Closure.objects.get().school == cast.harbour_view
    shared = Closure.objects.create(kind="inset", starts=date(2026, 9, 1), ends=date(2026, 9, 1))
    other = Closure.objects.create(
        school=cast.dock_road, kind="inset", starts=date(2026, 9, 2), ends=date(2026, 9, 2)
    )
    for closure in (shared, other):
        address = f"/set-up/calendar/closures/{closure.pk}/"
        assert client.get(f"{address}change/").status_code == 404
        assert client.post(f"{address}remove/").status_code == 404
    page = client.get("/set-up/calendar/").content.decode()
    assert "By the authority" in page
    assert "Dock Road" not in page


def test_a_term_is_changed_and_removed_with_a_question_first(
    cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.ada)
    client.post(ADD_TERM, TERM)
    term = Term.objects.get()
    address = f"/set-up/calendar/terms/{term.pk}/"
    client.post(f"{address}change/", TERM | {"ends_day": "17"})
    term.refresh_from_db()
    assert term.ends == date(2026, 12, 17)
    assert "Remove these days" in client.get(f"{address}remove/").content.decode()
    assert Term.objects.exists()
    client.post(f"{address}remove/")
    assert not Term.objects.exists()
    verbs = list(Event.objects.filter(verb__startswith="term.").values_list("verb", flat=True))
    assert sorted(verbs) == ["term.added", "term.changed", "term.removed"]


def test_days_that_cannot_be_are_refused(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.ada)
    page = client.post(ADD_TERM, TERM | {"ends_year": "2025"}).content.decode()
    assert "The last day must be the first day or later." in page
    page = client.post(ADD_TERM, TERM | {"urn": "123456"}).content.decode()
    assert "There is no school with the URN 123456" in page
    client.post(ADD_TERM, TERM)
    again = client.post(ADD_TERM, TERM).content.decode()
    assert "“Autumn term 2026-27” is there already: change that one." in again
    client.post(ADD_CLOSURE, INSET)
    twice = client.post(ADD_CLOSURE, INSET).content.decode()
    assert "These days overlap" in twice


# --- audit ------------------------------------------------------------------------------


@pytest.mark.parametrize("events", [1, 20])
def test_the_trail_costs_a_fixed_number_of_queries(
    events: int, cast: Cast, client: StrictClient
) -> None:
    for _ in range(events):
        record(verb="person.renamed", subject=cast.olu, by=cast.ada, at=NOW,
               permission="people.see", after={"name": "Olu"})  # fmt: skip
    client.force_login(cast.ada)
    client.get("/set-up/audit/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/set-up/audit/")
    assert len(queries) == 4, [query["sql"] for query in queries]


def test_the_trail_is_narrowed_by_its_address(cast: Cast, client: StrictClient) -> None:
    steps.agreed(cast)
    client.force_login(cast.dorothy)
    said = client.get("/set-up/audit/?kind=allocation&person=helen&urn=900001").content.decode()
    assert "Agree and sign" in said
    assert "Propose for moderation" not in said
    day = "since=6/10/2026"
    assert "Agree and sign" not in client.get(f"/set-up/audit/?{day}").content.decode()
    day = "until=5+October+2026"
    assert "Agree and sign" in client.get(f"/set-up/audit/?{day}").content.decode()


@pytest.mark.parametrize("who", ["helen", "sadia", "priya", "dan", "olu", "lena", "nobody"])
def test_the_trail_is_for_those_who_answer_for_it(
    who: str, cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.everyone[who])
    assert client.get("/set-up/audit/").status_code == 403


def test_every_verb_in_the_trail_of_a_journey_has_words(cast: Cast) -> None:
    steps.provisional(cast)
    for verb in Event.objects.values_list("verb", flat=True).distinct():
        assert chronology.title(verb) != verb, verb


# --- health -----------------------------------------------------------------------------


def verdicts(at: datetime = NOW) -> dict[str, str]:
    return {finding.title: finding.verdict for finding in doctor.findings(at=at)}


def test_doctor_finds_what_is_missing(cast: Cast) -> None:
    found = verdicts()
    assert found["No register of schools has been read in."] == "warn"
    assert found["Not entered for 2026-27: Autumn term, Spring term, Summer term."] == "warn"
    assert found["Records that must not change are guarded by the database."] == "ok"
    assert found["No e-mail is stuck."] == "ok"
    assert found["The policy of harbourside is sound."] == "ok"


def test_doctor_sees_a_policy_that_changed_after_the_cycle_was_opened(cast: Cast) -> None:
    case = steps.opened(cast)
    assert verdicts()["The policy of the open cycle 2026-27 is unchanged."] == "ok"
    case.cycle.edition_digest = "0" * 64
    case.cycle.save()
    said = "The policy harbourside/2026-27 was changed after the cycle 2026-27 was opened."
    assert verdicts()[said] == "warn"


def test_doctor_sees_triggers_that_were_taken_off(cast: Cast) -> None:
    with guards.lifted(connection):
        failed = [finding for finding in doctor.findings(at=NOW) if finding.failed]
    assert any("triggers" in finding.title for finding in failed)


def test_doctor_sees_a_clock_that_is_behind(cast: Cast) -> None:
    from plimsoll.evidence.models import ImportRun

    ImportRun.objects.create(source="gias", file="a", sha256="", at=NOW, by_name="")
    before = NOW - timedelta(days=400)
    assert verdicts(before)["The clock is behind what was recorded last."] == "fail"
    assert (
        verdicts(datetime(2026, 12, 24, tzinfo=UTC))["The register was last read in 79 days ago."]
        == "warn"
    )


def test_a_finding_speaks_to_machines_and_to_people() -> None:
    finding = doctor.Finding("fail", "The database cannot be reached.", "Start it.")
    assert finding.as_json() == {
        "verdict": "fail",
        "title": "The database cannot be reached.",
        "to_do": "Start it.",
    }
    assert str(finding) == "fail  The database cannot be reached.\n      Start it."


def test_a_stuck_e_mail_is_sent_again_by_an_administrator(cast: Cast, client: StrictClient) -> None:
    outbox.post(key="a", to="x@example.org", subject="Hello", body="Hello", at=NOW)
    Message.objects.update(claimed_at=NOW, failure="refused")
    message = Message.objects.get()
    address = f"/set-up/health/messages/{message.pk}/again/"
    client.force_login(cast.priya)
    assert client.post(address).status_code == 403
    client.force_login(cast.ada)
    assert "x@example.org" in client.get("/set-up/health/").content.decode()
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    message.refresh_from_db()
    assert (message.claimed_at, message.failure) == (None, "")
    assert "An e-mail sent again" in client.get("/set-up/audit/").content.decode()
