"""Inspections of three eras, as several files tell of them."""

from datetime import date

import pytest

from plimsoll.core.models import Event
from plimsoll.evidence.models import Inspection, Reject
from tests.evidence.conftest import Import, Publish, counts
from tests.evidence.ofsted_file import NO_LATEST, NO_PREVIOUS, card, row, short_row
from tests.evidence.register_file import COLUMNS, school

AUGUST, JUNE, JULY_2018 = (
    "outcomes_as_at_31_August_2025.csv",
    "report_cards_as_at_20260630.csv",
    "ofsted-schools_31July2018.csv",
)


def labels(inspection: Inspection) -> dict[str, str]:
    return {grade.area: grade.label for grade in inspection.grades.select_related("inspection")}


def test_one_row_tells_of_the_last_inspection_and_the_one_before(
    import_file: Import, publish: Publish
) -> None:
    result = import_file("ofsted", publish([row()], name=AUGUST))
    assert counts(result) == {"rows": 1, "selected": 1, "accepted": 1, "created": 1}
    before, last = Inspection.objects.order_by("starts")
    assert (last.urn, last.number, last.era, last.kind) == (900001, "10900001", "overall", "graded")
    assert (last.starts, last.published) == (date(2022, 5, 3), date(2022, 6, 14))
    assert (last.overall, last.overall_label) == (2, "Good")
    assert last.category_label == "No category of concern"
    assert last.safeguarding_label == "Effective"
    assert last.web_link.endswith("/ELS/900001")
    assert labels(last) == {
        "quality-of-education": "Good",
        "behaviour-and-attitudes": "Outstanding",
        "personal-development": "Good",
        "leadership-and-management": "Good",
        "early-years": "Does not apply",
        "sixth-form": "Not judged",
    }
    assert (before.starts, before.overall_label) == (date(2014, 6, 4), "Requires improvement")
    assert before.safeguarding_label == "Not judged"


def test_key_judgements_have_no_overall_grade_and_say_so(
    import_file: Import, publish: Publish
) -> None:
    told = row(
        **{
            "Inspection start date": "01/04/2025",
            "Overall effectiveness": "Not judged",
            "Category of concern": "SM",
            "Quality of education": "4",
            "Safeguarding is effective?": "No",
        }
    )
    import_file("ofsted", publish([told | NO_PREVIOUS]))
    one = Inspection.objects.get()
    assert (one.era, one.overall, one.overall_label) == ("key-judgements", None, "Not judged")
    assert (one.category_label, one.safeguarding_label) == ("Special measures", "Not effective")
    assert labels(one)["quality-of-education"] == "Inadequate"


def test_a_report_card_has_its_own_areas(import_file: Import, publish: Publish) -> None:
    import_file("ofsted-report-cards", publish([card()], name=JUNE))
    one = Inspection.objects.get()
    assert (one.era, one.safeguarding_label) == ("report-card", "Standards met")
    assert one.overall_label == "Not published"
    # The file has no column for the category: it is not known, and not “none”.
    assert one.category_label == "Not published"
    assert labels(one) == {
        "inclusion": "Strong standard",
        "curriculum-and-teaching": "Expected standard",
        "achievement": "Needs attention",
        "attendance-and-behaviour": "Expected standard",
        "personal-development-and-wellbeing": "Exceptional",
        "early-years": "Expected standard",
        "post-16": "Does not apply",
        "leadership-and-governance": "Expected standard",
    }


def test_nine_on_a_report_card_is_a_monitoring_visit(import_file: Import, publish: Publish) -> None:
    import_file("ofsted-report-cards", publish([card(Achievement="9", Inclusion="")]))
    told = labels(Inspection.objects.get())
    assert told["achievement"] == "Not graded at this monitoring visit"
    assert told["inclusion"] == "Not published"


def test_an_area_graded_again_later_keeps_both_grades(
    import_file: Import, publish: Publish
) -> None:
    import_file("ofsted-report-cards", publish([card()], name=JUNE))
    later = card(Achievement="Expected standard")
    later["Achievement - date of grade"] = "15/06/2026"
    result = import_file("ofsted-report-cards", publish([later], name="cards_20260831.csv"))
    assert counts(result)["updated"] == 1
    grades = Inspection.objects.get().grades.filter(area="achievement").order_by("graded_on")
    assert [(grade.graded_on, grade.grade) for grade in grades] == [
        (date(2026, 1, 20), "needs-attention"),
        (date(2026, 6, 15), "expected-standard"),
    ]


def test_an_ungraded_inspection_is_one_of_its_own(import_file: Import, publish: Publish) -> None:
    told = row(
        **{
            "Latest ungraded inspection number since last graded inspection": "10900002",
            "URN at time of the ungraded inspection": "900001",
            "Date of latest ungraded inspection": "06/11/2024",
            "Ungraded inspection publication date": "01/12/2024",
            "Did the latest ungraded inspection convert to a graded inspection?": "No",
            "Ungraded inspection overall outcome": "Standards maintained",
        }
    )
    import_file("ofsted", publish([told]))
    one = Inspection.objects.get(kind="ungraded")
    assert (one.number, one.starts, one.outcome) == (
        "10900002",
        date(2024, 11, 6),
        "Standards maintained",
    )
    assert one.overall is None
    assert one.grades.count() == 0


def test_an_ungraded_inspection_that_became_a_graded_one_is_told_once(
    import_file: Import, publish: Publish
) -> None:
    told = row(
        **{
            "Latest ungraded inspection number since last graded inspection": "10900001",
            "Date of latest ungraded inspection": "04/05/2022",
            "Did the latest ungraded inspection convert to a graded inspection?": "Yes",
        }
    )
    import_file("ofsted", publish([told]))
    assert not Inspection.objects.filter(kind="ungraded").exists()


def test_a_predecessors_inspection_is_kept_under_its_own_URN(
    import_file: Import, publish: Publish
) -> None:
    told = row(
        900002,
        **{
            "Does the latest graded inspection relate to the URN of the current school?": "No",
            "URN at time of latest graded inspection": "900001",
            "School name at time of latest graded inspection": "Old Harbour School",
        },
    )
    import_file("ofsted", publish([told | NO_PREVIOUS]))
    one = Inspection.objects.get()
    assert (one.urn, one.school_name) == (900001, "Old Harbour School")


def test_a_predecessors_inspection_is_never_taken_for_the_schools_own(
    import_file: Import, publish: Publish
) -> None:
    told = row(
        **{
            "Does the latest graded inspection relate to the URN of the current school?": "No",
            "URN at time of latest graded inspection": "NULL",
        }
    )
    result = import_file("ofsted", publish([told]))
    assert counts(result)["rejected"] == 1
    assert Reject.objects.get().reason == (
        "The inspection was of a predecessor, and the file does not say which."
    )


def test_a_school_that_was_not_inspected_has_no_inspection(
    import_file: Import, publish: Publish
) -> None:
    result = import_file("ofsted", publish([row() | NO_LATEST | NO_PREVIOUS]))
    assert counts(result)["accepted"] == 1
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("order", [(AUGUST, JULY_2018), (JULY_2018, AUGUST)])
def test_files_of_two_layouts_tell_of_one_inspection(
    import_file: Import, publish: Publish, order: tuple[str, str]
) -> None:
    files = {
        AUGUST: publish([row()], name=AUGUST),
        JULY_2018: publish([short_row()], name=JULY_2018),
    }
    for name in order * 2:
        result = import_file("ofsted", files[name])
    assert counts(result)["unchanged"] == 1
    before, last = Inspection.objects.order_by("starts")
    assert (before.starts, before.ends, before.kind) == (
        date(2014, 6, 4),
        date(2014, 6, 5),
        "graded",
    )
    assert before.grades.count() == 6
    assert last.starts == date(2022, 5, 3)


def test_a_later_file_puts_a_grade_right_and_an_older_one_does_not(
    import_file: Import, publish: Publish
) -> None:
    import_file("ofsted", publish([row()], name="outcomes_as_at_31_July_2025.csv"))
    put_right = row(**{"Overall effectiveness": "3", "Quality of education": "3"})
    import_file("ofsted", publish([put_right], name=AUGUST))
    one = Inspection.objects.get(number="10900001")
    assert one.overall == 3
    event = Event.objects.get(verb="inspection.changed")
    assert (event.urn, event.before, event.permission) == (
        900001,
        {"overall": 2, "quality-of-education": "2"},
        "school.see",
    )
    older = import_file("ofsted", publish([row()], name="outcomes_as_at_30_June_2025.csv"))
    assert counts(older)["unchanged"] == 1
    one.refresh_from_db()
    assert one.overall == 3


def test_the_same_file_twice_changes_nothing(import_file: Import, publish: Publish) -> None:
    other = row(
        900002,
        **{
            "Inspection number of latest graded inspection": "10900009",
            "Previous inspection number": "ITS900009",
        },
    )
    path = publish([row(), other], name=AUGUST)
    import_file("ofsted", path)
    before = list(Inspection.objects.order_by("pk").values())
    assert counts(import_file("ofsted", path)) == {
        "rows": 2, "selected": 2, "accepted": 2, "unchanged": 2,
    }  # fmt: skip
    assert list(Inspection.objects.order_by("pk").values()) == before
    assert Event.objects.count() == 4


def test_an_authority_is_asked_for_by_LAESTAB_or_through_the_register(
    import_file: Import, publish: Publish
) -> None:
    import_file("gias", publish([school(900001, **{"LA (code)": "341"})], COLUMNS, name="g.csv"))
    rows = [row(900001, LAESTAB="3412001"), row(900002, LAESTAB="3432001")]
    assert counts(import_file("ofsted", publish(rows), las=["341"]))["selected"] == 1
    cards = publish([card(900001), card(900002)], name=JUNE)
    assert counts(import_file("ofsted-report-cards", cards, las=["341"]))["selected"] == 1


BAD = {
    "grade": ({"Overall effectiveness": "5"}, "Overall effectiveness"),
    "area": ({"Quality of education": "Splendid"}, "Quality of education"),
    "category": ({"Category of concern": "XX"}, "Category of concern"),
    "safeguarding": ({"Safeguarding is effective?": "Perhaps"}, "Safeguarding is effective?"),
    "date": ({"Inspection start date": "30/02/2022"}, "Inspection start date"),
}


@pytest.mark.parametrize(("cells", "column"), BAD.values(), ids=BAD)
def test_a_value_that_Ofsted_does_not_use_is_turned_away(
    import_file: Import, publish: Publish, cells: dict[str, str], column: str
) -> None:
    result = import_file("ofsted", publish([row(**cells), row(900002)]))
    assert (counts(result)["rejected"], counts(result)["created"]) == (1, 1)
    assert Reject.objects.get().column == column
    assert not Inspection.objects.filter(urn=900001).exists()
