"""Of two who write in the same place both are shown; what is typed waits for its writer alone."""

from datetime import timedelta

from django.urls import reverse

from plimsoll.core import drafts
from plimsoll.core.models import Draft
from plimsoll.intervention.cases import keeping
from plimsoll.intervention.models import Notice
from plimsoll.intervention.notices import deliveries
from plimsoll.intervention.notices.deliveries import Service
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.markup import StrictClient

HALF = "Half a sentence about the"


def test_of_two_who_record_service_the_second_sees_both_and_who_was_first(
    cast: Cast, client: StrictClient
) -> None:
    notice = Notice.objects.get(case=steps.warned(cast), kind="pre-formal")
    row, other = notice.deliveries.order_by("pk")[:2]
    version = row.version
    for each, by in ((row, cast.priya), (other, cast.dorothy)):
        deliveries.record(
            delivery=each, service=Service(method="recorded", sent_on=TODAY, evidence="RM 1"),
            version=each.version, by=by, at=NOW + timedelta(minutes=each.pk),
        )  # fmt: skip
    client.force_login(cast.declan)
    late = client.post(
        reverse("intervention:recipient-record", args=[row.pk]),
        {"version": version, "method": "hand", "evidence": "Signed for by the clerk"},
    )
    words = late.content.decode()
    assert late.status_code == 409
    assert "Priya Nair saved a change" in words
    assert "RM 1" in words
    assert "Signed for by the clerk" in words


def test_a_risk_that_was_overtaken_by_another_change_says_whose(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.told(cast)
    version = case.version
    keeping.set_review(case=case, on=TODAY + timedelta(days=9), why="", by=cast.dorothy, at=NOW)
    client.force_login(cast.priya)
    late = client.post(
        reverse("intervention:risk", args=[case.pk]), {"version": version, "risk": "High"}
    )
    assert late.status_code == 409
    assert "Dorothy Adeyemi saved a change" in late.content.decode()


def test_S7_a_draft_waits_for_its_writer_and_goes_when_it_is_sent(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.told(cast)
    key = f"case:{case.pk}:finding:no-improvement"
    drafts.keep(user=cast.priya, key=key, data={"text": [HALF]}, at=NOW)
    address = reverse("intervention:finding-add", args=[case.pk, "no-improvement"])
    for person, reads in ((cast.priya, True), (cast.declan, False)):
        client.force_login(person)
        assert (HALF in client.get(address).content.decode()) is reads
    client.force_login(cast.priya)
    day = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    assert client.post(address, {"text": "The whole of it."} | day).status_code == 302
    assert not Draft.objects.exists()


def test_what_is_refused_keeps_its_draft(cast: Cast, client: StrictClient) -> None:
    case = steps.told(cast)
    key = f"case:{case.pk}:discussion"
    drafts.keep(user=cast.dorothy, key=key, data={"points": [HALF]}, at=NOW)
    client.force_login(cast.dorothy)
    address = reverse("intervention:discussion", args=[case.pk])
    assert "<title>Error: " in client.post(address, {"points": HALF}).content.decode()
    assert Draft.objects.get().key == key
