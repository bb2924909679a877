"""Real steps on a ladder: no test begins from a case that could not have happened."""

from datetime import date, datetime, timedelta
from typing import Any

from plimsoll.core.workflow import begin
from plimsoll.intervention.cases.discussions import NewDiscussion, record_discussion
from plimsoll.intervention.cases.findings import NewFinding, record_finding
from plimsoll.intervention.cases.opening import NewCase, open_case
from plimsoll.intervention.models import Case, Delivery, Discussion, Finding, Notice
from plimsoll.intervention.steps.ladder import process_of
from plimsoll.people.models import User
from plimsoll.schools.models import School
from tests.cast import NOW, TODAY, Cast

DAY = timedelta(days=1)
WHY = "The results of two summers, and what three visits saw."


def opened(
    cast: Cast, school: School | None = None, *grounds: str, at: datetime = NOW, **more: Any
) -> Case:
    """A case of Harbour View, or of another school."""
    school = school or cast.harbour_view
    new = NewCase(
        trigger="A fall in outcomes",
        grounds=grounds or ("leadership",),
        concerns="Leaders do not know which pupils fall behind.",
        intentions="Weekly work with the head until Christmas.",
        **more,
    )
    return open_case(school=school, wanted=new, by=cast.dorothy, at=at)


def on(day: date) -> datetime:
    """Nine in the morning of the day."""
    return NOW + (day - TODAY)


def discussed(case: Case, by: User, *, day: date = TODAY, result: str = "held") -> Discussion:
    new = NewDiscussion(
        invited_on=day,
        invited_how="By letter and by telephone",
        result=result,
        on=day,
        present="Head, chair, Director of Education" if result == "held" else "",
        points="The concerns were gone through one by one.",
    )
    return record_discussion(case=case, wanted=new, by=by, at=on(day))


def found(case: Case, fact: str, by: User, *, day: date = TODAY, ground: str = "") -> Finding:
    new = NewFinding(fact=fact, on=day, text=WHY, ground=ground)
    return record_finding(case=case, wanted=new, by=by, at=on(day))


def approved(case: Case, kind: str, *, day: date = TODAY, **more: Any) -> Notice:
    """A whole notice with its approval, as its own process would leave it."""
    type_ = case.policy.notice(kind)
    at = on(day)
    own = [each for each in type_.grounds if each in case.grounds]
    values: dict[str, Any] = {
        "grounds": own or list(type_.grounds[:1]),
        "compared_with": ["expected"],
        "texts": {part.id: WHY for part in type_.parts},
        "period_ends": day + 21 * DAY if any(p.date == "period" for p in type_.parts) else None,
        "address_by": day + 60 * DAY,
        "aspect": (own or type_.grounds)[0] if type_.one_aspect else "",
        "guidance": "The guidance of the day" if type_.statutory else "",
        "approved_at": at,
        "approved_by": "Declan Byrne",
        "drafted_by": User.objects.order_by("pk").first(),
        "saved_at": at,
        "saved_by": "Declan Byrne",
    }
    notice = Notice(case=case, kind=kind, **(values | more))
    begin(notice, state="approved", at=at).save()
    return notice


def take(case: Case, step: str, by: User, *, day: date = TODAY, at: datetime | None = None) -> Case:
    """One step, on the case as it is now, taken on the day and told then unless said otherwise.

    What a step has to be received before it was, on the day that it is of.
    """
    process = process_of(case)
    rung = next((each for each in case.steps.rungs if each.id == step), None)
    facts = [case.policy.fact(name) for name in (rung.requires if rung else ())]
    if any(fact.shown_by == "service" for fact in facts):
        received(case)
    return process.take(case, step, by=by, at=at or on(day), on=day, reasons=WHY)


def received(case: Case) -> None:
    """Those to whom the law has the case's notices given have them since the day they are of."""
    rows = Delivery.objects.filter(notice__case=case, how="given", statutory=True, sent_on=None)
    for row in rows.select_related("notice"):
        row.method, row.evidence = "hand", "Receipt signed by the clerk"
        row.sent_on = row.given_on = row.notice.given_on
        row.save()


def told(cast: Cast, *grounds: str, school: School | None = None) -> Case:
    """Head and chair have had the letter that sets out concerns and intentions."""
    case = opened(cast, school, *grounds)
    approved(case, "concerns")
    officer = cast.priya if case.school.phase in ("primary", "nursery") else cast.paul
    return take(case, "concerns", officer)


def talked(cast: Cast, *grounds: str, school: School | None = None) -> Case:
    case = told(cast, *grounds, school=school)
    discussed(case, cast.dorothy)
    return take(case, "discussion", cast.dorothy)


def warned(cast: Cast, *grounds: str) -> Case:
    """A pre-formal notice has been given."""
    case = talked(cast, *grounds)
    found(case, "evidence-of-concern", cast.priya)
    found(case, "evidence-of-inability", cast.priya)
    approved(case, "pre-formal")
    return take(case, "pre-formal", cast.declan)


def ready_for_formal(cast: Cast, *grounds: str, **notice: Any) -> Case:
    """Everything that a formal notice demands is there; it is approved and not given."""
    case = warned(cast, *grounds)
    found(case, "no-improvement", cast.priya)
    found(case, "legal-advice", cast.declan)
    formal = approved(case, "formal", **notice)
    for ground in formal.grounds:
        found(case, "statutory-ground", cast.declan, ground=ground)
    return case


def formal(cast: Cast, *grounds: str, **notice: Any) -> Case:
    """A formal notice has been given; its compliance period ends on 26 October."""
    return take(ready_for_formal(cast, *grounds, **notice), "formal", cast.declan)


def eligible(cast: Cast, *grounds: str, kind: str = "formal") -> Case:
    """Eligible since 27 October, after a period that ended on the day before; with advice."""
    if kind == "formal":
        case = formal(cast, *grounds)
    else:
        case = warned(cast, *grounds)
        found(case, "statutory-ground", cast.declan, ground="s60a-pay")
        found(case, "legal-advice", cast.declan)
        approved(case, kind)
        case = take(case, kind, cast.declan)
    after = date(2026, 10, 27)
    found(case, "non-compliance", cast.declan, day=after)
    found(case, "legal-advice", cast.declan, day=after)
    approved(case, "proposed-powers", day=after)
    case = take(case, "proposed", cast.declan, day=after)
    return take(case, "eligible", cast.declan, day=after)


def in_category(cast: Cast, school: School | None = None) -> Case:
    """Inspectors have put the school in a category; legal advice is on record."""
    case = take(opened(cast, school), "category", cast.declan)
    found(case, "legal-advice", cast.declan)
    return case
