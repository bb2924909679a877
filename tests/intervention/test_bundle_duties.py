"""What was owed, planned, decided and served is in the file of a case, whole (I4, I6, I8, I9)."""

from datetime import date

from django.db.models import QuerySet

from plimsoll.documents.actions import PDF
from plimsoll.documents.models import Document
from plimsoll.intervention.bundle import making
from plimsoll.intervention.cases.findings import NewFinding, record_finding
from plimsoll.intervention.clocks.extending import extend
from plimsoll.intervention.decisions.recording import record_decision
from plimsoll.intervention.models import Bundle, Case, Notice, PlanVersion
from plimsoll.intervention.notices import deliveries
from plimsoll.intervention.notices.deliveries import Service
from tests.cast import NOW, TODAY, Cast
from tests.intervention import planning, steps, using
from tests.intervention.bundled import everything, files_of, plain, prepared
from tests.intervention.steps import DAY, WHY, approved, found, on, take
from tests.intervention.test_decisions import recorded, wanted

POINTS = "Say who reads the minutes."
LATE = date(2026, 11, 30)


def file_of(cast: Cast, case: Case) -> Bundle:
    """Made once all that is told below has happened."""
    bundle = prepared(case, cast.declan)
    return making.made(bundle=bundle, version=bundle.version, by=cast.declan, at=on(LATE))


def holds(bundle: Bundle, *words: str) -> None:
    said = everything(bundle)
    assert [each for each in words if plain(each) not in said] == []


def pdfs(documents: QuerySet[Document]) -> set[bytes]:
    """As they were stored: the file has a letter in this form, and not in Word besides."""
    return {bytes(each.body) for each in documents.filter(media_type=PDF)}


def test_I8_each_version_of_the_plan_is_in_it_with_what_was_said_to_it(cast: Cast) -> None:
    plan = planning.sent(cast)
    again = date(2026, 11, 2)
    planning.go(plan, "send_back", cast.priya, day=TODAY + 2 * DAY, points=POINTS, due=again,
                why="A week of it is a holiday.")  # fmt: skip
    planning.go(plan, "send", cast.helen, day=TODAY + 3 * DAY)
    planning.go(plan, "accept", cast.priya, day=TODAY + 4 * DAY, words="Thank you for both.")
    bundle = file_of(cast, plan.obligation.case)
    holds(
        bundle, "plan received, version 1", "Returned with points", POINTS, "2 November 2026",
        "plan received, version 2", "Accepted", "Thank you for both.",
    )  # fmt: skip
    issues = [each.document.issue for each in PlanVersion.objects.filter(plan=plan)]
    sent = pdfs(Document.objects.filter(issue__in=issues))
    assert len(sent) == 2
    assert sent <= set(files_of(bundle).values())


def test_I9_a_decision_stays_in_it_once_another_supersedes_it(cast: Cast) -> None:
    case = steps.formal(cast)
    first = recorded(cast, case)
    later = wanted(what="Fund a deputy head for three terms", made_on=TODAY)
    record_decision(case=case, wanted=later, by=cast.dorothy, at=NOW, supersedes=first)
    holds(
        file_of(cast, case), "Fund a deputy head for two terms", "Superseded by a decision of",
        "Fund a deputy head for three terms",
    )  # fmt: skip


def test_I9_a_power_given_up_is_in_it_and_the_advice_on_it_is_not(cast: Cast) -> None:
    case = steps.eligible(cast)
    counsel = NewFinding(fact="legal-advice", on=using.AFTER, text="Counsel doubts the power.")
    record_finding(case=case, wanted=counsel, by=cast.declan, at=on(using.AFTER))
    use = using.proposed(cast, case, "s63")
    using.consulted(cast, use)
    using.secretary(cast, use)
    using.go(use, "give_up", cast.declan, on=using.AFTER,
             reasons="The governors agreed to a contract.")  # fmt: skip
    bundle = file_of(cast, case)
    holds(
        bundle, using.rule(case, "s63").label, "Who was consulted", "We do not object.",
        "The Secretary of State was told on", "The governors agreed to a contract.",
    )  # fmt: skip
    assert plain("Counsel doubts") not in everything(bundle)


def test_I8_more_time_is_in_it_with_the_first_day_and_the_reason(cast: Cast) -> None:
    case = steps.formal(cast)
    owed = planning.of(case)
    first = owed.due
    extend(obligation=owed, due=LATE, why="The head was ill.", by=cast.priya, at=NOW)
    assert first == date(2026, 10, 26)
    holds(
        file_of(cast, case), "First due 26 October 2026", "More time given", "30 November 2026",
        "The head was ill.",
    )  # fmt: skip


def test_I4_how_it_reached_each_recipient_is_in_it(cast: Cast) -> None:
    """Nothing is said to be received that was only sent."""
    case = steps.formal(cast)
    body, head, ofsted, *_ = deliveries.of(Notice.objects.get(case=case, kind="formal"))
    sent = {"method": "recorded", "sent_on": TODAY}
    for row, service in (
        (body, Service(**sent, given_on=TODAY + DAY, evidence="Receipt AB 12")),
        (head, Service(**sent)),
        (ofsted, Service(**sent, bounced_on=TODAY + DAY, bounced_why="Not known there")),
    ):
        deliveries.record(
            delivery=row, service=service, version=row.version, by=cast.priya, at=on(TODAY + DAY)
        )
    holds(
        file_of(cast, case), "Received 6 October 2026: Receipt AB 12",
        "Receipt is not on record.", "Came back 6 October 2026: Not known there",
        "Nothing is on record",
    )  # fmt: skip


def test_I7_a_withdrawn_notice_is_in_it_with_the_letter_that_withdrew_it(cast: Cast) -> None:
    case = steps.formal(cast)
    found(case, "legal-advice", cast.declan)
    letter = approved(case, "formal-withdrawn", texts={"reasons": "A figure was wrong."})
    case = take(case, "withdrawn", cast.declan)
    bundle = file_of(cast, case)
    holds(bundle, "Withdrawal of the warning notice given", "A figure was wrong.", WHY)
    sent = pdfs(Document.objects.about(letter))
    assert len(sent) == 1
    assert sent <= set(files_of(bundle).values())
