"""F1: a step that an authority adds to its ladder works, without a line of code."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from plimsoll.core.workflow import Refused
from plimsoll.framework import editions
from plimsoll.intervention.models import Case
from plimsoll.intervention.steps.ladder import process, process_of
from plimsoll.intervention.steps.page import CasePage
from tests.cast import TODAY, make_cast
from tests.intervention import steps
from tests.intervention.steps import found, take
from tests.markup import StrictClient

SHIPPED = Path(__file__).parents[2] / "policy"
CLOSED = '    { id = "closed", label = "Close: no longer a concern", by = "doe"'
REVIEW_OF_GOVERNANCE = (
    '    { id = "governance-review", label = "Review of governance by a national leader", '
    'by = "po", requires = ["governance-agreed"], then = ["pre-formal", "closed"] },\n'
)
AGREED = """
[[facts]]
id = "governance-agreed"
label = "The chair's agreement to a review of governance"
"""


@pytest.fixture
def _with_a_review_of_governance(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Liverpool's framework under another name, with one step and one fact more."""
    shutil.copytree(SHIPPED, tmp_path / "policy")
    own = tmp_path / "policy" / "elsewhere"
    own.mkdir()
    text = (SHIPPED / "liverpool" / "2026-27.toml").read_text(encoding="utf-8")
    text = text.replace(CLOSED, REVIEW_OF_GOVERNANCE + CLOSED, 1)
    text = text.replace("\n[[facts]]", f"{AGREED}\n[[facts]]", 1)
    text = text.replace(
        'then = ["directive", "pre-formal", "closed"]',
        'then = ["directive", "pre-formal", "governance-review", "closed"]',
    )
    (own / "2026-27.toml").write_text(text, encoding="utf-8")
    settings.POLICY_ROOT, settings.AUTHORITY = tmp_path / "policy", "elsewhere"
    editions.forget()
    process.cache_clear()
    yield
    editions.forget()


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
    case = take(case, "governance-review", cast.priya)
    assert process_of(case).state(case).label == "Review of governance by a national leader"
    assert Case.objects.get().edition == "elsewhere/2026-27"
    client.force_login(cast.priya)
    assert (
        b"Review of governance by a national leader" in client.get(f"/concern/{case.pk}/").content
    )
    found(case, "improvement", cast.priya)
    assert take(case, "closed", cast.dorothy).closed_on == TODAY
