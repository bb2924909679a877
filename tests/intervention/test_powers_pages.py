"""The pages of powers: who finds them, what they say, and using one without JavaScript (I9)."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plimsoll.intervention.models import Case, PowerInUse
from plimsoll.intervention.powers import bar
from plimsoll.intervention.powers.consultees import consultees
from tests.cast import Cast
from tests.intervention import steps, using
from tests.intervention.steps import WHY, found, on
from tests.intervention.using import (
    AFTER,
    HOW,
    consulted,
    decided,
    go,
    in_force,
    proposed,
    ready,
    said,
)
from tests.markup import StrictClient

OF_CASE = 5
OF_POWER = 19
EVERYTHING = ("powers", "powers-bar", "powers-period")


@pytest.fixture(autouse=True)
def _the_day_after_the_period() -> Iterator[None]:
    with time_machine.travel(on(AFTER), tick=True):
        yield


def page(client: StrictClient, cast: Cast, who: str, name: str, pk: int, *more: str) -> str:
    client.force_login(cast.everyone[who])
    answer = client.get(reverse(f"intervention:{name}", args=[pk, *more]))
    assert answer.status_code == 200, (who, name, answer.status_code)
    return " ".join(answer.content.decode().split())


def day(name: str, at: date = AFTER) -> dict[str, str]:
    return {
        f"{name}_day": str(at.day),
        f"{name}_month": str(at.month),
        f"{name}_year": str(at.year),
    }


# --- S7: who may know ----------------------------------------------------------------------


@pytest.mark.parametrize("who", ["nobody", "ada", "olu", "lena", "henry", "sam", "helen", "chloe"])
def test_S7_nobody_else_finds_the_powers_of_a_case(
    cast: Cast, client: StrictClient, who: str
) -> None:
    case = steps.eligible(cast)
    use = proposed(cast, case, "s63")
    client.force_login(cast.everyone[who])
    for name in EVERYTHING:
        answer = client.get(reverse(f"intervention:{name}", args=[case.pk]))
        assert answer.status_code in (403, 404), name
    for name in ("power", "power-consult", "power-secretary", "power-copies"):
        answer = client.get(reverse(f"intervention:{name}", args=[use.pk]))
        assert answer.status_code in (403, 404), name
    answer = client.get(reverse("intervention:power-step", args=[use.pk, "decide"]))
    assert answer.status_code in (403, 404)


def test_S7_whoever_reads_the_case_reads_its_powers_and_does_nothing(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.eligible(cast)
    use = proposed(cast, case, "s63")
    words = page(client, cast, "sadia", "powers", case.pk)
    assert "Proposed: consult and notify" in words
    assert reverse("intervention:power-propose", args=[case.pk, "s64"]) not in words
    words = page(client, cast, "sadia", "power", use.pk)
    assert reverse("intervention:power-consult", args=[use.pk]) not in words


# --- what the pages say --------------------------------------------------------------------


def test_I9_both_countdowns_and_each_power_with_its_law(cast: Cast, client: StrictClient) -> None:
    case = steps.eligible(cast)
    words = page(client, cast, "priya", "powers", case.pk)
    assert "The compliance period" in words
    assert "26 October 2026" in words
    assert "The window of sections 63, 64 and 66" in words
    assert "26 December 2026" in words
    for section in ("63", "64", "65", "66"):
        assert f"Education and Inspections Act 2006 section {section}" in words
    assert "No time limit" in words
    assert "Check this" in words
    assert "section 67" not in words


def test_I9_while_the_period_runs_the_page_says_what_is_coming(
    cast: Cast, client: StrictClient
) -> None:
    words = page(client, cast, "priya", "powers", steps.formal(cast).pk)
    assert "By no step of this case is the school eligible" in words
    assert "26 December 2026" in words
    assert "No time limit" not in words  # of what is not open, and will have one
    assert "Propose it" not in words


def test_I9_a_window_that_closed_is_said_and_the_board_is_still_there(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.eligible(cast)
    with time_machine.travel(on(date(2026, 12, 27)), tick=True):
        words = page(client, cast, "priya", "powers", case.pk)
    assert "an interim executive board is still possible" in words
    assert words.count("Its window closed on 26 December 2026") == 3
    assert words.count("Propose it") == 1


def test_I9_the_page_of_a_power_says_what_is_missing_and_where_to_add_it(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.eligible(cast)
    use = proposed(cast, case, "s66")
    words = page(client, cast, "priya", "power", use.pk)
    assert reverse("intervention:finding-add", args=[case.pk, "budget-delegated"]) in words
    assert reverse("intervention:power-secretary", args=[use.pk]) in words
    assert "It takes effect on the day that the governing body receives it" in words
    assert "The law names nobody who is consulted" in words


def test_I9_of_an_aided_school_the_matching_governors_are_said(
    cast: Cast, client: StrictClient
) -> None:
    use = proposed(cast, steps.eligible(cast), "s64")
    assert "an equal number of foundation governors" in page(client, cast, "priya", "power", use.pk)


def test_I9_the_ladder_leads_to_the_powers(cast: Cast, client: StrictClient) -> None:
    case = steps.eligible(cast)
    powers = reverse("intervention:powers", args=[case.pk])
    assert powers in page(client, cast, "declan", "case", case.pk)
    academy = steps.opened(cast, cast.dock_road)
    assert "/powers/" not in page(client, cast, "declan", "case", academy.pk)


# --- using one, by its forms ---------------------------------------------------------------


def test_I9_a_power_is_used_by_its_forms_from_proposal_to_end(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.eligible(cast)
    client.force_login(cast.priya)
    propose = reverse("intervention:power-propose", args=[case.pk, "s63"])
    for _ in range(2):  # a second click leads to the same
        assert client.post(propose, {"why": WHY} | day("on")).status_code == 302
    use = PowerInUse.objects.get()
    consult = reverse("intervention:power-consult", args=[use.pk])
    for each in consultees(use):
        typed = {"label": each.who.label, "answer": "Yes"} | day("asked_on") | day("answered_on")
        assert client.post(consult, typed).status_code == 302
    secretary = reverse("intervention:power-secretary", args=[use.pk])
    version = {"version": "1"}
    assert client.post(secretary, {"how": HOW} | version).status_code == 200  # no day
    assert client.post(secretary, {"how": HOW} | version | day("told_on")).status_code == 302
    forward = reverse("intervention:power-step", args=[use.pk, "put_forward"])
    assert client.post(forward, {"version": "1"}).status_code == 200  # a stale tab
    assert client.post(forward, {"version": "2"}).status_code == 302
    decide = reverse("intervention:power-step", args=[use.pk, "decide"])
    assert client.get(decide).status_code == 403  # Priya's

    client.force_login(cast.declan)
    typed = {"authority": "Scheme", "reasons": WHY} | day("made_on") | day("effective_on")
    assert client.post(decide, typed | {"version": "3"}).status_code == 302
    force = reverse("intervention:power-step", args=[use.pk, "put_in_force"])
    typed = {"notice_how": HOW, "version": "4"} | day("notice_on") | day("in_force_on")
    assert client.post(force, typed).status_code == 302
    use.refresh_from_db()
    assert (use.state, use.in_force_on) == ("in_force", AFTER)
    told = page(client, cast, "helen", "told", case.pk)
    assert "To use section 63" in told

    client.force_login(cast.declan)
    end = reverse("intervention:power-step", args=[use.pk, "end"])
    assert client.post(end, {"reasons": WHY, "version": "5"} | day("on")).status_code == 302
    assert client.get(end).status_code == 302  # a second click finds nothing to end
    assert "Ended" in page(client, cast, "priya", "powers", case.pk)


def test_I9_on_receipt_no_other_day_is_asked_for(cast: Cast, client: StrictClient) -> None:
    case = steps.eligible(cast)
    use = decided(cast, ready(cast, case, "s66"))
    words = page(client, cast, "declan", "power-step", use.pk, "put_in_force")
    assert "in_force_on" not in words
    address = reverse("intervention:power-step", args=[use.pk, "put_in_force"])
    head = next(each for each in case.policy.recipients if each.id == "head").label
    typed = {"notice_how": HOW, "version": str(use.version), "copied": head} | day("notice_on")
    assert client.post(address, typed).status_code == 302
    use.refresh_from_db()
    assert (use.in_force_on, use.copied) == (AFTER, [head])


def test_I9_a_closed_power_says_why_and_has_no_form(cast: Cast, client: StrictClient) -> None:
    case = steps.eligible(cast)
    told = {"told_how": "Letter", "by": cast.priya, "at": on(AFTER)}
    bar.bar_powers(case=case, on=AFTER, **told)
    words = page(client, cast, "priya", "power-propose", case.pk, "s63")
    assert "section 70B" in words
    assert "<form" not in words.split("<main")[1]
    address = reverse("intervention:power-propose", args=[case.pk, "s63"])
    assert client.post(address, {"why": WHY} | day("on")).status_code == 200
    assert not PowerInUse.objects.exists()
    assert "lets the authority use powers again" in page(client, cast, "priya", "powers", case.pk)


def test_I9_the_bar_and_the_period_are_recorded_by_their_forms(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.eligible(cast)
    client.force_login(cast.priya)
    address = reverse("intervention:powers-bar", args=[case.pk])
    for lifts, barred in (("", True), ("on", False)):
        typed = {"told_how": "Letter", "lifts": lifts} | day("on")
        assert client.post(address, typed).status_code == 302
        # A second click does not undo the first.
        assert client.post(address, typed).status_code == 200
        case.refresh_from_db()
        assert case.powers_are_barred is barred
    address = reverse("intervention:powers-period", args=[case.pk])
    assert client.post(address, {"told_how": "Letter"} | day("on")).status_code == 200
    assert (
        "known, or sets no window"
        in client.post(address, {"told_how": "Letter"} | day("on")).content.decode()
    )


def test_I9_a_second_click_leads_to_the_power_that_was_proposed(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.eligible(cast)
    first, _ = proposed(cast, case, "s64"), proposed(cast, case, "s65")
    client.force_login(cast.declan)
    address = reverse("intervention:power-propose", args=[case.pk, "s64"])
    answer = client.post(address, {"why": WHY} | day("on"))
    assert answer.get("Location") == reverse("intervention:power", args=[first.pk])


# --- what they cost ------------------------------------------------------------------------


def test_the_pages_cost_the_same_with_one_use_and_with_many(
    cast: Cast, client: StrictClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = steps.eligible(cast)
    use = proposed(cast, case, "s63")
    consulted(cast, use)
    of_case = reverse("intervention:powers", args=[case.pk])
    of_power = reverse("intervention:power", args=[use.pk])
    client.force_login(cast.declan)
    client.get(of_case)
    with django_assert_num_queries(OF_CASE):
        client.get(of_case)
    with django_assert_num_queries(OF_POWER):
        client.get(of_power)
    _much_happens(cast, case, use)
    with django_assert_num_queries(OF_CASE):
        client.get(of_case)
    with django_assert_num_queries(OF_POWER):
        client.get(of_power)


def _much_happens(cast: Cast, case: Case, use: PowerInUse) -> None:
    for each in consultees(use):
        for answer in ("Not yet", "We ask for more time", "We do not object"):
            said(cast, use, each.who.label, answer=answer)
    for _ in range(3):
        other = proposed(cast, case, "s64")
        go(other, "give_up", cast.declan, on=AFTER, reasons=WHY)
    in_force(cast, case, "s65")
    found(case, "budget-delegated", cast.priya, day=AFTER)


def test_I9_the_case_says_which_power_is_in_force_and_leads_to_it(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.eligible(cast)
    use = using.in_force(cast, case, "s65")
    client.force_login(cast.declan)
    page = client.get(f"/concern/{case.pk}/").content.decode()
    row = page[page.index(f'href="/concern/powers/{use.pk}/"') :].partition("</p>")[0]
    assert using.rule(case, "s65").label in row
    assert "In force" in row
    assert "since 27 October 2026" in row
    assert page.index("What can come next") < page.index("Decisions and powers")
    assert page.index("Decisions and powers") < page.index("Concerns and intentions")
