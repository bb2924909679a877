"""F1: a step that an authority adds to its ladder works, without a line of code."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from plimsoll.core.workflow import Refused
from plimsoll.intervention.models import Case
from plimsoll.intervention.steps.ladder import process_of
from plimsoll.intervention.steps.page import CasePage
from plimsoll.intervention.watch.listing import watched
from tests.cast import TODAY, Cast, make_cast
from tests.elsewhere import elsewhere
from tests.intervention import steps
from tests.intervention.bundled import everything, made, plain, prepared
from tests.intervention.steps import approved, found, take
from tests.markup import StrictClient

REVIEW = "Review of governance by a national leader"
LETTER_LABEL = "Letter on the review of governance"
OWED = "Report of the review of governance"
CLOSED = '    { id = "closed", label = "Close: no longer a concern", by = "doe"'
REVIEW_OF_GOVERNANCE = (
    '    { id = "governance-review", label = "Review of governance by a national leader", '
    'by = "po", requires = ["governance-agreed"], notice = "governance-letter", '
    'starts = ["governance-report"], eligible = "secretary-of-state", '
    'then = ["pre-formal", "closed"] },\n'
)
LETTER = """
[[notices]]
id = "governance-letter"
label = "Letter on the review of governance"
statutory = false
signatory = "po"
opening = "Dear {readers},\\n\\nA national leader of governance will review your work."
closing = "We shall read the report with you."
parts = [{ id = "review", label = "What the review looks at" }]
recipients = [{ recipient = "governing-body", how = "given", reason = "It is reviewed" }]
"""
DEADLINE = """
[deadlines.governance-report]
owed_by = "school"
label = "Report of the review of governance"
days = 20
basis = "WD"
start_event = "the letter on the review was given"
source = "An example"
"""
AGREED = """
[[facts]]
id = "governance-agreed"
label = "The chair's agreement to a review of governance"
"""


@pytest.fixture
def _with_a_review_of_governance(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A step more, with its fact, letter and deadline."""

    def with_it(text: str) -> str:
        text = text.replace(CLOSED, REVIEW_OF_GOVERNANCE + CLOSED, 1)
        text = text.replace("\n[[facts]]", f"{AGREED}\n[[facts]]", 1)
        text = text.replace("\n[[notices]]", f"{LETTER}\n[[notices]]", 1)
        text = text.replace("\n[deadlines.action-plan]", f"{DEADLINE}\n[deadlines.action-plan]", 1)
        return text.replace(
            'then = ["directive", "pre-formal", "closed"]',
            'then = ["directive", "pre-formal", "governance-review", "closed"]',
        )

    with elsewhere(settings, tmp_path, with_it):
        yield


@pytest.mark.usefixtures("db", "_with_a_review_of_governance")
def test_F1_I6_a_step_added_to_a_ladder_is_a_change_of_policy_only(client: StrictClient) -> None:
    cast = make_cast()
    case = steps.talked(cast)
    page = CasePage(case, cast.priya, TODAY)
    assert "governance-review" in {each.rung.id for each in page.next}
    with pytest.raises(Refused, match="The chair's agreement to a review of governance"):
        take(case, "governance-review", cast.priya)
    with pytest.raises(Refused, match="taken by the Principal Officer"):
        take(case, "governance-review", cast.declan)

    found(case, "governance-agreed", cast.priya)
    with pytest.raises(Refused, match="“Letter on the review of governance” is not approved yet"):
        take(case, "governance-review", cast.priya)
    case = _reviewed(case, cast)
    assert process_of(case).state(case).label == REVIEW
    assert Case.objects.get().edition == "elsewhere/2026-27"
    found(case, "improvement", cast.priya)
    assert take(case, "closed", cast.dorothy).closed_on == TODAY


@pytest.mark.usefixtures("db", "_with_a_review_of_governance")
def test_F1_I4_I8_I9_I10_what_the_step_brings_is_on_every_page_and_in_the_file(
    client: StrictClient,
) -> None:
    """Its letter, what is owed since, and the powers that it opens."""
    cast = make_cast()
    case = steps.talked(cast)
    found(case, "governance-agreed", cast.priya)
    case = _reviewed(case, cast)
    letter = case.notices.get(kind="governance-letter")
    (owed,) = case.obligations.all()
    # Twenty working days after Monday 5 October 2026.
    assert (owed.kind, owed.owner, owed.due) == ("governance-report", "school", date(2026, 11, 2))
    assert case.eligible_by == "s60"

    pages = {
        cast.priya: [f"/concern/{case.pk}/", f"/concern/notices/{letter.pk}/"],
        cast.declan: [f"/concern/{case.pk}/powers/"],
        cast.helen: [f"/concern/{case.pk}/told/"],
    }
    said = {cast.priya: LETTER_LABEL, cast.declan: "Interim executive board", cast.helen: OWED}
    for person, addresses in pages.items():
        client.force_login(person)
        for address in addresses:
            assert said[person].encode() in client.get(address).content, address
    client.force_login(cast.priya)
    page = client.get(f"/concern/{case.pk}/").content
    assert REVIEW.encode() in page
    assert OWED.encode() in page

    for today, flag in (
        (date(2026, 11, 2), "Obligation due 2 November 2026"),
        (date(2026, 11, 3), "1 obligation late"),
    ):
        (row,) = (row for row in watched(cast.dorothy, today) if row.school == case.school)
        assert flag in [each.text for each in row.flags]
        assert row.standing is not None
        assert row.standing.label == REVIEW

    file = everything(made(prepared(case, cast.declan), cast.declan))
    for words in (REVIEW, f"{LETTER_LABEL} given", f"{OWED}: begins to run", "2 November 2026"):
        assert plain(words) in file, words


def _reviewed(case: Case, cast: Cast) -> Case:
    approved(case, "governance-letter")
    return take(case, "governance-review", cast.priya)
