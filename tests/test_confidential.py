"""S7: an allocation is known to its school and the service only, wherever one looks.

Five schools, each with something to hide, and a reader who follows every link of every page,
and tries the addresses that no page offered. Who may know of which school is written by hand.
"""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from plimsoll.allocations import actions
from plimsoll.allocations.models import Allocation, Side
from plimsoll.core.models import Message
from plimsoll.documents.models import Document
from plimsoll.people.models import User
from plimsoll.schools.models import SavedFilter
from plimsoll.visits.days.granting import bring_up_to_date
from tests.allocations import steps
from tests.allocations.steps import take, views_of
from tests.cast import NOW, Cast
from tests.desk.figures_of import publish

HARBOUR_VIEW, DOCK_ROAD, QUAYSIDE, LIGHTHOUSE, TIDEWATER = SCHOOLS = range(900001, 900006)
# What only somebody who may know of the school may read; each sentence stands nowhere else.
SECRETS = {
    HARBOUR_VIEW: ("Herons nest above the agreed band",),
    DOCK_ROAD: ("Our trust declines with thanks",),
    QUAYSIDE: (
        "Kittiwakes proposed it",
        "Gannets disagree",
        "Puffins are a risk",
        "Terns added it",
    ),
    LIGHTHOUSE: ("Curlews wait unreleased",),
    TIDEWATER: (),
}
KNOWS: dict[str, set[int]] = {
    "nobody": set(),
    "ada": set(),
    "dan": set(),
    "olu": set(),
    "lena": set(),
    "helen": {HARBOUR_VIEW},
    "chloe": {HARBOUR_VIEW},
    "pat": {HARBOUR_VIEW},
    "henry": {DOCK_ROAD},
    "sadia": {HARBOUR_VIEW, DOCK_ROAD, QUAYSIDE},
    "sam": {QUAYSIDE, LIGHTHOUSE, TIDEWATER},
    "paul": set(SCHOOLS),
    "priya": set(SCHOOLS),
    "dorothy": set(SCHOOLS),
    "declan": set(SCHOOLS),
}
OUTSIDERS = sorted(who for who, known in KNOWS.items() if not known)
# How an allocation stands, in the words of its process; and any band by name.
STANDS = re.compile(
    r"Not started|Being prepared|Waiting for moderation|With the s|face to face|"
    r"Disagreement referred|Decided|Provisional|Agreed by|Settled by|Declined by|high.risk|"
    r"\bBand [A-D]\b",
    re.IGNORECASE,
)
LOGS = (("calls", "log"), ("liaison", "log"), ("rise", "record"))
# Pages that speak of the framework, and of no school.
IN_GENERAL = ("/set-up/policy/", "/set-up/who-can-do-what/", "/help/")
# Pages that draw a new secret each time, for their reader alone.
DRAWN_ANEW = ("/account/2fa/totp/activate/", "/account/2fa/webauthn/add/")


@dataclass(frozen=True)
class Read:
    """One answer: where it came from and everything it says, headers and all."""

    address: str
    said: str


# --- what there is to hide -------------------------------------------------------


def several(cast: Cast, band: str = "B") -> None:
    """Agreed, declined, referred with a high-risk mark, proposed and not released, not begun."""
    agreed = steps.agreed(cast, band=band)
    cycle = agreed.cycle
    view = actions.View("", SECRETS[HARBOUR_VIEW][0])
    criterion = agreed.policy.criteria[0].id
    sheet = agreed.sheets.get(side=Side.SCHOOL)
    sheet.views.filter(criterion=criterion).update(text=view.text)

    declined = cycle.allocations.get(school=cast.dock_road)
    take(declined, "decline", cast.henry, reasons=SECRETS[DOCK_ROAD][0])

    proposed, disagrees, risk, added = SECRETS[QUAYSIDE]
    referred = propose(cast.sam, cycle.allocations.get(school=cast.quayside), "C", proposed)
    referred = take(referred, "release", cast.priya)
    views_of(referred, by=cast.sadia, side=Side.SCHOOL)
    referred = take(referred, "refer", cast.sadia, reasons=disagrees)
    actions.mark_high_risk(
        case=referred, reason=risk, review_on=date(2027, 1, 5), by=cast.sam, at=NOW
    )
    actions.add_evidence(
        case=referred, side=Side.SCHOOL, title="Birds", text=added, dated=NOW.date(),
        by=cast.sadia, at=NOW,
    )  # fmt: skip

    cycle.allocations.filter(school__in=(LIGHTHOUSE, TIDEWATER)).update(previous_band=band)
    bring_up_to_date(cycle=cycle, at=NOW)

    waiting = cycle.allocations.get(school=cast.lighthouse)
    propose(cast.sam, waiting, "D", SECRETS[LIGHTHOUSE][0])


def propose(partner: User, case: Allocation, band: str, reasons: str) -> Allocation:
    case = take(case, "start", partner)
    views_of(case, by=partner, side=Side.SERVICE)
    return take(case, "propose", partner, band=band, reasons=reasons)


# --- the reader ------------------------------------------------------------------


def unoffered() -> list[str]:
    """Addresses that somebody might try though no page offers them."""
    cycle = "/allocations/cycle/2026-27/"
    cases = [f"/allocations/{pk}/" for pk in Allocation.objects.values_list("pk", flat=True)]
    inside = ("", "views/", "position/", "evidence/add/", "high-risk/", "review/", "agree/",
              "propose/", "decide/", "challenge/?figure=pupils")  # fmt: skip
    pages = (
        "",
        "allocations/",
        "visits/",
        "contact-log/",
        "evidence/",
        "documents/",
        "contacts/",
        "history/",
        "people/",
    )
    return [
        *(f"{case}{page}" for case in cases for page in inside),
        *(f"{cycle}{page}" for page in ("", "counts/", "by/phase/", "moderation/", "export/")),
        *(f"/visits/{page}" for page in ("quiet/", "trusts/90001/", "inspections/900001/log/")),
        *(f"/visits/{kind}/{urn}/{do}/" for urn in SCHOOLS for kind, do in LOGS),
        *("/visits/days/", "/visits/days/?by=partner", "/visits/days/2026-27/export/"),
        *("/visits/", "/visits/?term=all", "/visits/caseload/"),
        *(f"/visits/plan/2026-27/{urn}/{page}" for urn in SCHOOLS for page in ("", "one/")),
        *(f"/visits/days/2026-27/{urn}/{act}/" for urn in SCHOOLS for act in ("adjust", "add")),
        *(f"{cycle}?state={state}" for state in ("agreed", "declined", "referred")),
        *(reverse("documents:download", args=[pk]) for pk in ids(Document.objects)),
        *(f"/schools/{urn}/{page}" for urn in SCHOOLS for page in pages),
        *(f"/allocations/held/{urn}/{page}" for urn in SCHOOLS for page in ("", "download/")),
        *(f"/schools/{page}?band={band}" for band in "ABCD" for page in ("", "map/", "saved/add/")),
        *(f"/schools/?text={text}" for text in ("harbour", "900003", "quaysid", "HB1 1AA")),
        *(f"/set-up/audit/?kind={kind}" for kind in ("allocation", "cycle", "document")),
        *(f"/set-up/audit/?urn={urn}" for urn in SCHOOLS),
        *("/data/", "/data/upload/", "/set-up/health/", "/people/", "/no/such/page/"),
    ]  # fmt: skip


def ids(rows: Iterable) -> list[int]:
    return list(rows.values_list("pk", flat=True))  # type: ignore[attr-defined]


def everything(person: User) -> list[Read]:
    """Every answer this person gets by following links, and by trying addresses."""
    client = Client()
    client.force_login(person)
    waiting, met, found = deque(["/", *unoffered()]), set(), []
    while waiting:
        address = waiting.popleft()
        if address in met or address.startswith(("/account/logout", "/static/", *DRAWN_ANEW)):
            continue
        met.add(address)
        response = client.get(address)
        found.append(Read(address, said(response)))
        assert response.status_code < 500, address
        waiting.extend(links(found[-1].said))
        if response.status_code == 302:
            waiting.append(response["Location"])
    assert len(met) < 1_000, "the reader goes in circles"
    return found


def said(response: HttpResponse) -> str:
    text = response.content.decode(errors="replace")
    return f"{dict(response.headers)}\n{text}"


def links(text: str) -> list[str]:
    return [href.replace("&amp;", "&") for href in re.findall(r'href="(/[^"#]*)', text)]


# --- the tests ---------------------------------------------------------------------


def test_every_member_of_the_cast_has_an_expectation(cast: Cast) -> None:
    assert set(KNOWS) == set(cast.everyone)


@pytest.mark.parametrize("who", KNOWS)
def test_S7_nobody_reads_anywhere_of_a_school_that_is_not_theirs_to_know(
    cast: Cast, who: str
) -> None:
    several(cast)
    unknown = set(SCHOOLS) - KNOWS[who]
    names = [cast.harbour_view, cast.dock_road, cast.quayside, cast.lighthouse, cast.tidewater]
    hidden = [school.name for school in names if school.pk in unknown]
    for read in everything(cast.everyone[who]):
        for secret in (secret for urn in unknown for secret in SECRETS[urn]):
            assert secret not in read.said, f"{who} reads “{secret}” on {read.address}"
        if who in OUTSIDERS and not read.address.startswith(IN_GENERAL):
            met = STANDS.search(plain(read.said))
            assert met is None, f"{who} reads “{met and met[0]}” on {read.address}"
        for row in re.findall(r"<(?:tr|li)\b.*?</(?:tr|li)>", read.said, re.DOTALL):
            if any(name in row for name in hidden):
                assert not STANDS.search(plain(row)), f"{who} on {read.address}: {plain(row)}"


def test_S7_an_outsider_reads_the_same_whatever_the_band_is(cast: Cast) -> None:
    """Nothing to infer from: no count, no order, no length, no option of a filter.

    Whoever knows the band saved it as a filter, and there are figures that suggest something.
    """
    publish(cast.harbour_view)
    kept = {"person": cast.dorothy, "name": "Bitterns", "query": "band=D", "saved_at": NOW}
    SavedFilter.objects.create(**kept)
    agreed_on = {band: outsiders_read(cast, band) for band in ("A", "D")}
    for who in OUTSIDERS:
        assert agreed_on["A"][who] == agreed_on["D"][who], who
        for read in agreed_on["A"][who]:
            assert "Bitterns" not in read.said, read.address
            assert "Suggestion:" not in read.said, read.address


def outsiders_read(cast: Cast, band: str) -> dict[str, list[Read]]:
    """What each outsider reads after Harbour View agreed on this band; then it is undone.

    Some pages tell the minute, so the clock stands still while they are read.
    """
    with transaction.atomic(), time_machine.travel(NOW, tick=False):
        steps.agreed(cast, band=band)
        found = {who: [same(read) for read in everything(cast.everyone[who])] for who in OUTSIDERS}
        transaction.set_rollback(True)
    return found


def same(read: Read) -> Read:
    """The answer without what differs from one request to the next."""
    text = re.sub(r'(nonce-|nonce="|csrfmiddlewaretoken" value=")[\w+/=-]+', r"\1", read.said)
    # Another database's next number of a case that was undone.
    return Read(re.sub(r"/\d+/", "/0/", read.address), re.sub(r"csrftoken=\w+|/\d+/", "", text))


@pytest.mark.parametrize("who", ["helen", "chloe", "pat"])
def test_S7_S4_the_school_reads_nothing_of_a_proposal_before_its_release(
    cast: Cast, who: str
) -> None:
    case = take(steps.opened(cast), "start", cast.sadia)
    views_of(case, by=cast.sadia, side=Side.SERVICE)
    reasons = "Avocets are for the service alone"
    take(case, "propose", cast.sadia, band="D", reasons=reasons)
    for read in everything(cast.everyone[who]):
        text = plain(read.said)
        assert reasons not in text, read.address
        assert "As we saw in class." not in text, read.address
        if not read.address.startswith(IN_GENERAL):
            assert not re.search(r"[Mm]oderation|Band D|Propose", text), read.address


def test_S7_e_mails_go_to_who_may_know_and_carry_no_band_and_no_reason(cast: Cast) -> None:
    several(cast)
    schools = dict(Allocation.objects.values_list("pk", "school_id"))
    messages = list(Message.objects.all())
    assert len(messages) >= 8
    for message in messages:
        text = f"{message.subject}\n{message.body}"
        assert not re.search(r"\b[Bb]ands?\b|[Hh]igh.risk", text), text
        assert not any(secret in text for secrets in SECRETS.values() for secret in secrets), text
        for case in re.findall(r"/allocations/(\d+)/", text):
            assert schools[int(case)] in KNOWS[message.to.split("@")[0]], text
        if message.to.startswith(("helen", "chloe", "henry")):
            assert "moderation" not in text, text


def plain(html: str) -> str:
    """The words of a page, without what a filter offers to everybody alike."""
    html = re.sub(r"<(script|select)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())
