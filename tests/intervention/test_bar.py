"""A notice of the Secretary of State bars the authority's own (EIA 2006 s.60(4A); 1.7)."""

import pytest
from django.urls import reverse

from plimsoll.core.workflow import Refused
from plimsoll.intervention.cases import keeping
from plimsoll.intervention.models import Case
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.intervention.steps import DAY, opened, take
from tests.markup import StrictClient


def barred(case: Case, cast: Cast) -> Case:
    return keeping.record_block(case=case, on=TODAY, told_how="Letter", by=cast.declan, at=NOW)


def test_I7_a_second_click_does_not_lift_the_bar_that_the_first_recorded(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.warned(cast)
    address = reverse("intervention:block", args=[case.pk])
    client.force_login(cast.declan)
    assert b'name="lifts" value="False"' in client.get(address).content
    sent = {"on_day": "5", "on_month": "10", "on_year": "2026", "told_how": "x", "lifts": "False"}
    assert client.post(address, sent).status_code == 302
    again = client.post(address, sent)
    assert b"It is on record since 5 October 2026" in again.content
    assert Case.objects.get(pk=case.pk).is_blocked
    assert client.post(address, sent | {"lifts": "True"}).status_code == 302
    assert not Case.objects.get(pk=case.pk).is_blocked


def test_I7_the_bar_outlives_the_case_and_stands_in_the_next(cast: Cast) -> None:
    """It is the school of which the authority was told, whatever becomes of a case."""
    case = take(steps.formal(cast), "superseded", cast.declan)
    steps.found(case, "improvement", cast.dorothy)
    take(case, "closed", cast.dorothy)
    after = opened(cast)
    assert after.number == 2
    assert after.blocked_since == TODAY
    lifted = keeping.lift_block(case=after, on=TODAY, told_how="x", by=cast.declan, at=NOW)
    assert not lifted.is_blocked


def test_I7_a_bar_that_was_lifted_does_not_come_back(cast: Cast) -> None:
    case = barred(steps.warned(cast), cast)
    case = keeping.lift_block(case=case, on=TODAY, told_how="x", by=cast.declan, at=NOW)
    take(case, "school-closed", cast.priya)
    assert not opened(cast).is_blocked


def test_I7_a_second_bar_is_no_earlier_than_the_end_of_the_first(cast: Cast) -> None:
    case = barred(steps.warned(cast), cast)
    later = TODAY + 7 * DAY
    case = keeping.lift_block(case=case, on=later, told_how="x", by=cast.declan, at=steps.on(later))
    with pytest.raises(Refused, match="was lifted on 12 October 2026"):
        keeping.record_block(
            case=case, on=TODAY + DAY, told_how="x", by=cast.declan, at=steps.on(later)
        )


def test_how_they_were_invited_is_as_long_as_can_be_kept(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.dorothy)
    sent = {
        "invited_on_day": "5", "invited_on_month": "10", "invited_on_year": "2026",
        "on_day": "5", "on_month": "10", "on_year": "2026",
        "invited_how": "x" * 301, "result": "refused", "points": "They declined.",
    }  # fmt: skip
    address = reverse("intervention:discussion", args=[opened(cast).pk])
    assert client.post(address, sent).status_code == 200
    assert client.post(address, sent | {"invited_how": "x" * 300}).status_code == 302
