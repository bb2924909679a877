"""S9: what an inspection suggests, era by era, with the reason in words."""

from typing import Any

from plimsoll.framework.model import Edition
from plimsoll.framework.suggest import suggest
from plimsoll.framework.suggestions import Suggestion

GOOD = {"era": "overall", "overall": 2, "date": "3 May 2022"}
RI = {"era": "overall", "overall": 3, "date": "10 June 2019"}


def of(edition: Edition, criterion: str, inspection: Any, *earlier: Any) -> Suggestion:
    (found,) = [s for s in suggest(edition, inspection, earlier) if s.criterion == criterion]
    return found


def test_S9_a_good_grade_fits_the_statements_of_two_bands(liverpool: Edition) -> None:
    assert of(liverpool, "inspection", GOOD) == Suggestion(
        criterion="inspection",
        descriptors=("inspection.good-or-outstanding", "inspection.good"),
        because="Graded good overall in the inspection of 3 May 2022. Whether that grade is "
        "expected to hold is for both sides to judge.",
    )


def test_S9_two_grades_of_requires_improvement_in_a_row(liverpool: Edition) -> None:
    assert of(liverpool, "inspection", RI, RI).descriptors == ("inspection.two-or-more-ri",)


def test_S9_one_such_grade_is_not_two(liverpool: Edition) -> None:
    expected = ("inspection.ri-with-capacity",)
    assert of(liverpool, "inspection", RI).descriptors == expected
    # Only the inspection just before counts.
    assert of(liverpool, "inspection", RI, GOOD, RI).descriptors == expected


def test_S9_inadequate(liverpool: Edition) -> None:
    inspection = GOOD | {"overall": 4}
    assert of(liverpool, "inspection", inspection).descriptors == ("inspection.inadequate",)


def test_S9_key_judgements_are_a_proposal_to_be_confirmed(liverpool: Edition) -> None:
    inspection = {
        "era": "key-judgements",
        "overall": None,
        "date": "2 October 2024",
        "safeguarding": "Yes",
        "judgements": {"quality-of-education": 3, "leadership-and-management": 2},
    }
    found = of(liverpool, "inspection", inspection, RI)
    assert found.descriptors == ("inspection.two-or-more-ri",)
    assert found.assumed
    assert "Quality of education: requires improvement" in found.because
    assert of(liverpool, "leadership", inspection).descriptors == (
        "leadership.sufficient-capacity",
    )
    assert of(liverpool, "safeguarding", inspection).descriptors == ("safeguarding.effective",)


def test_S9_a_report_card_is_read_by_label_or_by_key(liverpool: Edition) -> None:
    by_label = {
        "era": "report-card",
        "safeguarding": "Not met",
        "judgements": {"Inclusion": "Needs attention", "Leadership and governance": "Exceptional"},
    }
    by_key = {
        "era": "report-card",
        "safeguarding": "not_met",
        "judgements": {"inclusion": "needs_attention", "leadership_and_governance": "exceptional"},
    }
    assert suggest(liverpool, by_label) == suggest(liverpool, by_key)
    assert of(liverpool, "inclusion", by_key).descriptors == ("inclusion.inconsistent",)
    assert of(liverpool, "safeguarding", by_key).descriptors == ("safeguarding.ineffective",)
    assert of(liverpool, "inspection", by_key).assumed


def test_S9_a_category_of_concern_outweighs_the_grades(liverpool: Edition) -> None:
    inspection = {
        "era": "report-card",
        "category": "sm",
        "judgements": {"inclusion": "expected-standard"},
    }
    assert of(liverpool, "inspection", inspection).descriptors == ("inspection.inadequate",)


def test_S9_not_inspected_suggests_nothing_and_says_so(liverpool: Edition) -> None:
    assert {s.criterion for s in suggest(liverpool, None)} == {
        "inspection",
        "leadership",
        "curriculum",
        "post-16",
        "inclusion",
        "behaviour",
        "safeguarding",
    }
    for suggestion in suggest(liverpool, None):
        assert suggestion.descriptors == ()
        assert suggestion.because == "The school has not been inspected, so nothing is suggested."


def test_S9_not_judged_suggests_nothing_and_says_so(liverpool: Edition) -> None:
    found = of(liverpool, "inspection", {"era": "overall", "overall": "Not judged"})
    assert found.descriptors == ()
    assert found.because.endswith("so nothing is suggested.")


def test_S9_a_monitoring_visits_marks_are_not_grades(liverpool: Edition) -> None:
    found = of(liverpool, "inspection", {"era": "report-card", "judgements": {"inclusion": 9}})
    assert found.descriptors == ()
