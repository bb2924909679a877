"""The two frameworks that are shipped: the settings that make them what they are."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from plimsoll.core import access
from plimsoll.framework import editions
from plimsoll.framework.calendar import Calendar, SpecialDay, TermName
from plimsoll.framework.model import Edition
from plimsoll.framework.vocabulary import POLICY_GRANTS
from tests.framework.conftest import SHIPPED


def test_F1_an_edition_is_known_by_authority_and_year(liverpool: Edition) -> None:
    assert (liverpool.key, liverpool.year) == ("liverpool/2026-27", "2026-27")
    assert re.fullmatch("[0-9a-f]{64}", liverpool.digest)


def test_F4_the_five_priorities(liverpool: Edition) -> None:
    assert [p.id for p in liverpool.priorities] == [
        "wellbeing",
        "reading",
        "send",
        "workforce",
        "pathways",
    ]


def test_S1_maintained_schools_and_academies_and_nobody_else(liverpool: Edition) -> None:
    types = set(liverpool.scope.school_types)
    assert types >= {"01", "02", "03", "05", "07", "12", "14", "15", "28", "33", "34", "35", "40"}
    # Non-maintained special, independent, colleges; 16 to 19 with the reason in the file.
    assert not types & {"08", "10", "11", "18", "39", "45", "46"}
    assert "34" in liverpool.scope.may_decline
    assert "01" not in liverpool.scope.may_decline
    assert "16 to 19" in liverpool.scope.note


def test_S4_S5_disagreement_goes_to_a_principal_officer_then_the_director(
    liverpool: Edition,
) -> None:
    assert [(t.role, t.final, t.never_own_partner) for t in liverpool.disagreement] == [
        ("po", False, True),
        ("doe", True, True),
    ]


def test_S7_who_knows_an_allocation(liverpool: Edition) -> None:
    assert liverpool.grants["allocation.see"] == {
        "head": "own",
        "chair": "own",
        "sip": "own",
        "po": "every",
        "doe": "every",
        "dcs": "every",
        "party": "own",
    }


@pytest.mark.parametrize(
    ("role", "granted"),
    [
        ("admin", {}),
        ("data", {}),
        # One report or notice, where they were asked to read it.
        ("officer", {"report.check": "named", "concern.review": "named"}),
        # Of a school they work with, that somebody came, and no more.
        ("leader", {"visit.line": "own"}),
    ],
)
def test_S7_these_roles_are_granted_next_to_nothing(
    liverpool: Edition, role: str, granted: dict[str, str]
) -> None:
    rows = {name: row[role] for name, row in liverpool.grants.items() if role in row}
    assert rows == granted


def test_policy_decides_exactly_the_rows_that_the_permission_table_leaves_open() -> None:
    assert set(POLICY_GRANTS) == {name for name, row in access.GRANTS.items() if not row}


def test_S10_a_high_risk_C_is_treated_with_D(liverpool: Edition) -> None:
    marked = {b.key: b.high_risk.treated_with for b in liverpool.bands if b.high_risk}
    assert marked == {"C": "D"}


def test_bands_stand_from_the_least_support_to_the_most(liverpool: Edition) -> None:
    assert [band.key for band in liverpool.bands] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("key", "days", "basis", "assumed"),
    [
        ("report", 10, "WD", True),
        ("action-plan", 15, "WD", True),
        ("statement-of-action", 10, "WD-INSP", False),
    ],
)
def test_Q1_I8_deadlines_say_their_basis_and_what_is_assumed(
    liverpool: Edition, key: str, days: int, basis: str, assumed: bool
) -> None:
    rule = liverpool.deadlines[key]
    assert (rule.key, rule.days, rule.basis, rule.assumed) == (key, days, basis, assumed)


def test_I4_a_pre_formal_notice_has_all_its_parts_and_recipients(liverpool: Edition) -> None:
    (notice,) = [n for n in liverpool.notices if n.id == "pre-formal"]
    assert (notice.signatory, notice.statutory) == ("dcs", False)
    parts = [part.id for part in notice.parts]
    assert parts == ["matters", "action", "initial-period", "timeframe", "otherwise"]
    reached = [(d.recipient, d.how, d.condition) for d in notice.recipients]
    assert reached == [
        ("governing-body", "given", "always"),
        ("head", "copied", "always"),
        ("diocese", "copied", "ce-or-rc"),
    ]


@pytest.mark.parametrize("authority", ["liverpool", "northmoor"])
def test_I7_a_formal_notice_reaches_everyone_the_law_names(
    authority: str, request: pytest.FixtureRequest
) -> None:
    edition: Edition = request.getfixturevalue(authority)
    (notice,) = [n for n in edition.notices if n.id == "formal"]
    assert notice.statutory
    assert {d.recipient: d.condition for d in notice.recipients if d.statutory} == {
        "governing-body": "always",
        "head": "always",
        "ofsted": "always",
        "secretary-of-state": "always",
        "diocese": "ce-or-rc",
        "appointer": "foundation-or-voluntary",
    }


@pytest.mark.parametrize(
    ("code", "ladder"), [("01", "maintained"), ("14", "pru"), ("34", "academy"), ("11", None)]
)
def test_I5_the_ladder_follows_from_the_type_of_school(
    liverpool: Edition, code: str, ladder: str | None
) -> None:
    found = liverpool.ladder_for(code)
    assert (found.key if found else None) == ladder


@pytest.mark.parametrize("name", ["maintained", "academy"])
def test_I2_no_notice_without_the_discussion_but_by_the_urgent_route(
    liverpool: Edition, name: str
) -> None:
    issuing = [s for s in liverpool.ladders[name].steps if s.id.startswith(("pre-", "letter"))]
    assert {("discussion" in s.requires, s.urgent) for s in issuing} == {
        (True, False),
        (False, True),
    }
    (urgent,) = [s for s in issuing if s.urgent]
    assert {"urgent-reasons", "legal-advice"} <= set(urgent.requires)


@pytest.mark.parametrize("authority", ["liverpool", "northmoor"])
def test_S7_no_email_names_a_band(authority: str, request: pytest.FixtureRequest) -> None:
    edition: Edition = request.getfixturevalue(authority)
    for message in edition.messages.values():
        text = f"{message.subject} {message.body}"
        assert "{band}" not in text
        assert "{reasons}" not in text
        assert not re.search(r"\b(band|priority) [A-D1-4]\b", text, re.IGNORECASE)
        assert "high-risk" not in text.lower()


# --- Northmoor -------------------------------------------------------------------------


def test_northmoor_has_four_priorities_of_which_1_is_the_least(northmoor: Edition) -> None:
    assert [band.key for band in northmoor.bands] == ["1", "2", "3", "4"]
    words = northmoor.words
    assert (words.band, words.allocation, words.partner) == (
        "priority",
        "School Prioritisation",
        "Achievement Officer",
    )


def test_northmoors_officers_and_partnerships_propose_and_the_head_is_informed(
    northmoor: Edition,
) -> None:
    assert northmoor.grants["allocation.prepare"] == {"sip": "own", "leader": "own"}
    rules = northmoor.allocation
    assert (rules.mode, rules.blind_views, rules.review) == ("informed", True, "termly")
    assert (rules.window_start, rules.window_end) == ("09-01", "09-30")


def test_northmoor_has_one_dispute_step_to_the_deputy_director(northmoor: Edition) -> None:
    (tier,) = northmoor.disagreement
    assert (tier.role, tier.label, tier.final) == ("doe", "Deputy Director", True)
    assert northmoor.roles["dcs"].label == "Director"


def test_northmoors_own_days_and_steps(northmoor: Edition) -> None:
    assert (northmoor.deadlines["report"].days, northmoor.deadlines["report"].basis) == (7, "WD")
    assert northmoor.deadlines["report-reply"].days == 5
    assert (northmoor.group.every, northmoor.group.unit) == (4, "weeks")
    steps = {step.id: step for step in northmoor.ladders["maintained"].steps}
    assert northmoor.ladders["maintained"].first == "letter-of-concern"
    assert steps["discussion"].by == "doe"
    assert steps["pre-formal"].starts == ("action-plan",)
    assert steps["formal"].starts == ()
    assert "34" in northmoor.scope.by_invitation
    always = {key: [step.id for step in x.always] for key, x in northmoor.ladders.items()}
    assert always == {
        "maintained": ["superseded", "category", "converted", "school-closed"],
        "pru": ["category", "school-closed"],
        "academy": ["category", "school-closed"],
    }
    units, academies = (northmoor.ladders[key].always[0] for key in ("pru", "academy"))
    assert (units.starts, academies.starts) == (("statement-of-action",), ())


@pytest.mark.parametrize("authority", ["liverpool", "northmoor"])
def test_I7_non_compliance_is_for_the_issuing_authority_to_find(
    authority: str, request: pytest.FixtureRequest
) -> None:
    """Section 60(1)(c): "to the satisfaction of" whoever issued the notice, not of its officers."""
    edition: Edition = request.getfixturevalue(authority)
    (fact,) = [each for each in edition.facts if each.id == "non-compliance"]
    assert (fact.by, fact.after_period) == ("dcs", True)


# --- finding editions --------------------------------------------------------------------


@pytest.mark.parametrize("authority", ["liverpool", "northmoor"])
def test_the_current_edition_is_this_authoritys_latest(settings: Settings, authority: str) -> None:
    settings.POLICY_ROOT, settings.AUTHORITY = SHIPPED, authority
    assert editions.current().key == f"{authority}/2026-27"
    assert [e.key for e in editions.editions()] == [f"{authority}/2026-27"]
    assert editions.edition("liverpool/2026-27").authority.name == "Liverpool City Council"


def test_F1_the_edition_of_a_case_that_is_gone_is_told_plainly() -> None:
    with pytest.raises(editions.UnknownEdition, match='no usable policy edition "liverpool/1999'):
        editions.edition("liverpool/1999-00")


def test_an_authority_without_a_policy_is_told_plainly(settings: Settings) -> None:
    settings.AUTHORITY = "atlantis"
    with pytest.raises(editions.UnknownEdition, match='"atlantis" has no usable policy edition'):
        editions.current()


def test_the_calendar_names_terms_and_invents_no_dates() -> None:
    calendar, problems = editions.read_calendar(Path(django_settings.ROOT) / "policy")
    assert problems == []
    assert calendar is not None
    assert [term.label for term in calendar.terms] == ["Autumn term", "Spring term", "Summer term"]
    assert calendar.special_days == ()


def test_special_days_are_added_to_the_bank_holidays() -> None:
    day = SpecialDay(date=date(2023, 5, 8), label="Bank holiday for the coronation")
    terms = (TermName(id="autumn", label="Autumn term"),)
    calendar = Calendar(bank_holidays="a library", terms=terms, special_days=(day,))
    assert calendar.extra_holidays == {date(2023, 5, 8)}
