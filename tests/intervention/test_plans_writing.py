"""Writing the governing body's plan: two at once, old pages, drafts, without JavaScript (I8)."""

from datetime import date

import pytest
from django.urls import reverse

from plimsoll.core import drafts
from plimsoll.core.workflow import Refused
from plimsoll.intervention.models import GoverningBodyPlan, Obligation
from plimsoll.intervention.plans import saving
from plimsoll.intervention.plans.content import gathered, lacks
from plimsoll.intervention.plans.saving import Answered, Said, Typed
from tests.cast import NOW, TODAY, Cast
from tests.intervention import planning
from tests.intervention.planning import owed, said, written
from tests.intervention.steps import on
from tests.markup import StrictClient


def page_of(obligation: Obligation, name: str = "plan-write") -> str:
    return reverse(f"intervention:{name}", args=[obligation.pk])


def save(obligation: Obligation, cast: Cast, *new: Said, who: str = "helen") -> GoverningBodyPlan:
    typed = Typed(new=new)
    return saving.save(obligation=obligation, typed=typed, by=cast.everyone[who], at=NOW)


def whats(plan: GoverningBodyPlan) -> list[tuple[int, str]]:
    return list(plan.actions.order_by("pk").values_list("matter", "what"))


def form_of(client: StrictClient, obligation: Obligation, query: str = "") -> dict[str, str]:
    """What a browser would send back of the page, untouched."""
    answer = client.get(page_of(obligation) + query)
    form = answer.context["form"]
    data: dict[str, str] = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, date):
            data |= {
                f"{bound.html_name}_{part}": str(getattr(value, part))
                for part in ("day", "month", "year")
            }
        elif bound.html_name.endswith("by_when"):
            data |= {f"{bound.html_name}_{part}": "" for part in ("day", "month", "year")}
        else:
            data[bound.html_name] = str(value or "")
    return data


def test_I8_looking_at_the_page_begins_nothing(cast: Cast, client: StrictClient) -> None:
    obligation = owed(cast)
    client.force_login(cast.helen)
    words = client.get(page_of(obligation)).content.decode()
    assert "Commission a review of governance." in words
    assert words.count("What will be done") == 2
    assert not GoverningBodyPlan.objects.exists()


def test_I8_head_and_chair_write_one_plan_by_its_parts(cast: Cast, client: StrictClient) -> None:
    obligation = owed(cast)
    client.force_login(cast.helen)
    helen = form_of(client, obligation)
    client.force_login(cast.chloe)
    chloe = form_of(client, obligation)
    chloe["new-1-what"] = "Send a page each month."
    assert client.post(page_of(obligation), chloe).status_code == 302
    client.force_login(cast.helen)
    helen["new-0-what"] = "Ask the diocese for a reviewer."
    helen |= {"new-0-by_when_day": "30", "new-0-by_when_month": "11", "new-0-by_when_year": "2026"}
    assert client.post(page_of(obligation), helen).status_code == 302
    plan = GoverningBodyPlan.objects.get()
    assert whats(plan) == [(1, "Send a page each month."), (0, "Ask the diocese for a reviewer.")]
    assert plan.actions.get(matter=0).by_when == date(2026, 11, 30)
    assert plan.saved_by == "Helen Marsh"


def test_I8_room_for_another_action_comes_without_javascript(
    cast: Cast, client: StrictClient
) -> None:
    obligation = owed(cast)
    save(obligation, cast, said(0))
    client.force_login(cast.helen)
    data = form_of(client, obligation)
    answer = client.post(page_of(obligation), data | {"do": "add-1"})
    assert answer["Location"].endswith("/write/?add=1#matter-1")
    words = client.get(page_of(obligation) + "?add=1").content.decode()
    assert words.count("What will be done") == 3
    for strange in ("?add=0", "?add=99", "?add=-1", "?add=x", "?add=²"):
        assert client.get(page_of(obligation) + strange).status_code == 200
    again = form_of(client, obligation, "?add=1")
    again["new-0-what"] = "And read it."
    client.post(page_of(obligation), again)
    client.post(page_of(obligation), again)  # a second click
    assert whats(GoverningBodyPlan.objects.get()) == [
        (0, "Do what matter 1 wants."), (0, "And read it."),
    ]  # fmt: skip


def test_I8_an_action_that_was_emptied_is_taken_out(cast: Cast, client: StrictClient) -> None:
    obligation = owed(cast)
    plan = save(obligation, cast, said(0), said(1))
    client.force_login(cast.chloe)
    data = form_of(client, obligation)
    data = {name: "" if name.startswith("action-0-") else text for name, text in data.items()}
    client.post(page_of(obligation), data)
    assert whats(plan) == [(1, "Do what matter 2 wants.")]


def test_I8_the_same_part_saved_by_two_shows_both_texts(cast: Cast, client: StrictClient) -> None:
    obligation = owed(cast)
    plan = save(obligation, cast, said(0))
    name = f"action-0-{plan.actions.get().pk}-what"
    client.force_login(cast.helen)
    helen = form_of(client, obligation)
    client.force_login(cast.chloe)
    chloe = form_of(client, obligation)
    chloe[name] = "Ask the diocese."
    client.post(page_of(obligation), chloe)
    client.force_login(cast.helen)
    helen[name] = "Ask the authority."
    helen["question-oversight-text"] = "The committee does."
    late = client.post(page_of(obligation), helen)
    words = late.content.decode()
    assert late.status_code == 409
    assert "Ask the diocese." in words
    assert "Ask the authority." in words
    assert "Chloe Grant" in words
    assert whats(plan) == [(0, "Ask the diocese.")]
    assert not plan.answers.exists()


def test_I8_what_was_typed_into_an_action_that_another_took_out_is_kept(
    cast: Cast, client: StrictClient
) -> None:
    obligation = owed(cast)
    plan = save(obligation, cast, said(0))
    action = plan.actions.get()
    client.force_login(cast.helen)
    helen = form_of(client, obligation)
    emptied = Typed(actions={action.pk: Said(matter=0, version=action.version)})
    saving.save(obligation=obligation, typed=emptied, by=cast.chloe, at=NOW)
    assert whats(plan) == []
    helen[f"action-0-{action.pk}-what"] = "Ask the authority."
    client.post(page_of(obligation), helen)
    assert whats(plan) == [(0, "Ask the authority.")]


def test_I8_an_old_page_that_was_not_typed_in_changes_nothing(
    cast: Cast, client: StrictClient
) -> None:
    obligation = owed(cast)
    plan = save(obligation, cast, said(0))
    client.force_login(cast.helen)
    helen = form_of(client, obligation)
    action = plan.actions.get()
    changed = said(0, what="Ask the diocese.", version=action.version)
    saving.save(
        obligation=obligation, typed=Typed(actions={action.pk: changed}), by=cast.chloe, at=NOW
    )
    assert client.post(page_of(obligation), helen).status_code == 302
    assert whats(plan) == [(0, "Ask the diocese.")]
    assert GoverningBodyPlan.objects.get().saved_by == "Chloe Grant"


def test_I8_a_draft_is_kept_as_typed_and_seen_by_its_writer_alone(
    cast: Cast, client: StrictClient
) -> None:
    obligation = owed(cast)
    save(obligation, cast, said(0))
    client.force_login(cast.helen)
    data = form_of(client, obligation, "?add=1") | {"new-0-what": "Half a sent"}
    key = f"governors-plan:{obligation.pk}"
    assert client.post(reverse("core:draft", args=[key]), data).status_code == 200
    assert "Half a sent" in client.get(page_of(obligation)).content.decode()
    client.force_login(cast.chloe)
    assert "Half a sent" not in client.get(page_of(obligation)).content.decode()
    client.force_login(cast.helen)
    client.post(page_of(obligation), data)
    assert drafts.of(cast.helen, key) is None


def test_I8_what_it_lacks_is_said_where_it_belongs(cast: Cast) -> None:
    plan = save(owed(cast), cast, said(1, by_when=None, measure=""))
    assert [(each.text, each.part) for each in lacks(gathered(plan))] == [
        ("Matter 1: say what will be done", "matter-1"),
        ("Matter 2: say by when", "matter-2"),
        ("Matter 2: say how it will be known", "matter-2"),
        ("Answer “How the governing body will see that it is carried out”", "question-oversight"),
    ]


def test_I8_it_is_read_once_more_and_then_sent(cast: Cast, client: StrictClient) -> None:
    plan = written(cast)
    check = page_of(plan.obligation, "plan-check")
    client.force_login(cast.chloe)
    words = client.get(check).content.decode()
    assert "Put this right first" not in words
    assert "30 November 2026" in words
    saving.save(
        obligation=plan.obligation, typed=Typed(new=(said(0, what="More."),)), by=cast.helen,
        at=on(TODAY),
    )  # fmt: skip
    stale = client.post(check, {"version": plan.version}, follow=True).content.decode()
    assert "Somebody else saved the plan meanwhile" in stale
    plan.refresh_from_db()
    done = client.post(check, {"version": plan.version}, follow=True).content.decode()
    assert "The plan is sent." in done
    twice = client.post(check, {"version": plan.version}, follow=True).content.decode()
    assert "That is not possible now" in twice
    assert plan.versions.count() == 1


def test_I8_a_sent_plan_cannot_be_changed(cast: Cast, client: StrictClient) -> None:
    plan = planning.sent(cast)
    with pytest.raises(Refused, match="Received, not judged yet"):
        save(plan.obligation, cast, said(0, what="More."))
    client.force_login(cast.helen)
    assert client.get(page_of(plan.obligation)).status_code == 302


def test_I8_nothing_strange_is_saved(cast: Cast) -> None:
    obligation = owed(cast)
    for typed in (
        Typed(new=(said(7),)),
        Typed(answers={"other": Answered(text="Yes")}),
        Typed(actions={123: said(0)}),
    ):
        with pytest.raises(Refused):
            saving.save(obligation=obligation, typed=typed, by=cast.helen, at=NOW)
    assert not GoverningBodyPlan.objects.exists()
