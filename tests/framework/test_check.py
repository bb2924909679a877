"""Each kind of mistake once: a policy is refused with file, key and reason."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plimsoll.core.policy import Problem
from plimsoll.framework import editions
from plimsoll.framework.report import check_folder
from tests.framework.conftest import SHIPPED

Broken = Callable[..., list[Problem]]

# Many reasons end by listing what would have been right.
WHAT_IS_KNOWN = re.compile(r" \((known|allowed): .*\)$")

# What stands in Liverpool's file, what it becomes, and the key and reason that are told.
MISTAKES = {
    "years that do not follow": (
        'year = "2026-27"',
        'year = "2026-28"',
        "year",
        "2026-28 is not two years that follow each other",
    ),
    "another year than the file's": (
        'year = "2026-27"',
        'year = "2027-28"',
        "year",
        "is 2027-28, but the file is named 2026-27.toml",
    ),
    "a key that is filled in": (
        'year = "2026-27"',
        'year = "2026-27"\ndigest = "0"',
        "digest",
        "must not be given: Plimsoll fills it in",
    ),
    "an id twice": (
        'id = "reading"\ntext = "Children',
        'id = "wellbeing"\ntext = "Children',
        "priorities[wellbeing]",
        "is given 2 times; it must be unique",
    ),
    "a statement twice": (
        '"B.exclusions.low"',
        '"B.inclusion.effective"',
        "descriptors.statements[B.inclusion.effective]",
        "is given 2 times; it must be unique",
    ),
    "a role too many": (
        "[roles]\n",
        '[roles]\nking = { label = "King", short = "K", side = "service" }\n',
        "roles.king",
        "is not known here",
    ),
    "an unknown permission": (
        '"cycle.run" =',
        '"cycle.walk" = { po = "every" }\n"cycle.run" =',
        'grants."cycle.walk"',
        "is not known here",
    ),
    "a permission left out": (
        '"cycle.run" = { po = "every" }\n',
        "",
        'grants."cycle.run"',
        "is missing",
    ),
    "acting without seeing": (
        '"allocation.chase" = { sip = "own"',
        '"allocation.chase" = { leader = "own", sip = "own"',
        'grants."allocation.chase"',
        '"leader" is not a role that may see an allocation',
    ),
    "a scope that is neither": (
        '"allocation.prepare" = { sip = "own" }',
        '"allocation.prepare" = { sip = "all" }',
        'grants."allocation.prepare".sip',
        'must be one of "own", "every", "named", but is "all"',
    ),
    "named where a record names nobody": (
        '"allocation.prepare" = { sip = "own" }',
        '"allocation.prepare" = { sip = "named" }',
        'grants."allocation.prepare".sip',
        'cannot be "named": what it gives a right to names nobody',
    ),
    "bands out of order": (
        'label = "B"\norder = 2',
        'label = "B"\norder = 3',
        "bands[B].order",
        "must be 2: list the least support first",
    ),
    "a high risk treated with no band": (
        'treated_with = "D"',
        'treated_with = "E"',
        "bands[C].high_risk.treated_with",
        '"E" is not a band',
    ),
    "a theme that a band is silent about": (
        (
            "[[silences]]\n"
            'band = "A"\ntheme = "powers"\n'
            'because = "Notices and formal powers are named only in bands C and D."\n'
        ),
        "",
        "bands[A]",
        'has no statement of "powers"; say why in silences',
    ),
    "a silence that is none": (
        'band = "A"\ntheme = "powers"',
        'band = "D"\ntheme = "powers"',
        "silences[D, powers]",
        "explains a silence, but the band has a statement of the theme",
    ),
    "a descriptor of no criterion": (
        'id = "persistent-absence.high"\ncriterion = "persistent-absence"',
        'id = "persistent-absence.high"\ncriterion = "attendence"',
        "criteria[persistent-absence]",
        "has no descriptor",
    ),
    "a statement of another band": (
        'statements = { D = "D.persistent-absence.high" }',
        'statements = { D = "C.persistent-absence.high" }',
        "descriptors[persistent-absence.high].statements.D",
        'must begin with "D."',
    ),
    "a suggestion of another criterion's descriptor": (
        'descriptors = ["safeguarding.effective"]',
        'descriptors = ["reading.good"]',
        "suggestions[overall.safeguarding-effective].descriptors",
        '"reading.good" is not a descriptor of "safeguarding"',
    ),
    "a grade that the era does not have": (
        'when = { overall = ["4"] }',
        'when = { overall = ["5"] }',
        "suggestions[overall.inadequate].when",
        '"5" is not a grade of overall',
    ),
    "a suggestion without a condition": (
        'when = { overall = ["4"] }',
        "when = {}",
        "suggestions[overall.inadequate].when",
        "has no condition",
    ),
    "a reason that cannot be filled in": (
        'because = "Graded {overall} overall in the inspection of {date}."',
        'because = "Graded {grade} overall in the inspection of {date}."',
        "suggestions[overall.inadequate].because",
        "{grade} cannot be filled in here",
    ),
    "a figure that is not measured": (
        'measure = "absence.persistent"',
        'measure = "absence.persistant"',
        "figure_suggestions[persistent-absence.high].measure",
        '"absence.persistant" is not a measure',
    ),
    "a figure that suggests another criterion's descriptor": (
        'descriptors = ["persistent-absence.high"]',
        'descriptors = ["attendance.well-below"]',
        "figure_suggestions[persistent-absence.high].descriptors",
        '"attendance.well-below" is not a descriptor of "persistent-absence"',
    ),
    "a figure that suggests nothing": (
        'descriptors = ["persistent-absence.high"]',
        "descriptors = []",
        "figure_suggestions[persistent-absence.high].descriptors",
        "must name at least one descriptor",
    ),
    "a figure that does not inform the criterion": (
        'label = "Exclusions"\npublished = ["exclusions"]',
        'label = "Exclusions"\npublished = ["pupils"]',
        "figure_suggestions[exclusions.low].criterion",
        'is not informed by "exclusions" (see its published)',
    ),
    "bounds that leave nothing between": (
        "every = { difference = { at_least = 5 } }",
        "every = { difference = { at_least = 5, at_most = 4.9 } }",
        "figure_suggestions[persistent-absence.high].every.difference",
        "at_least 5 is more than at_most 4.9",
    ),
    "bounds without a bound": (
        "every = { difference = { at_least = 5 } }",
        "every = { difference = {} }",
        "figure_suggestions[persistent-absence.high].every.difference",
        "has no bound",
    ),
    "a figure's condition without one": (
        "every = { difference = { at_least = 5 } }",
        "every = {}",
        "figure_suggestions[persistent-absence.high].every",
        "has no condition",
    ),
    "a figure that suggests come what may": (
        "every = { difference = { at_least = 5 } }\n",
        "",
        "figure_suggestions[persistent-absence.high]",
        "has no condition",
    ),
    "a figure that cannot be so large": (
        "every = { difference = { at_least = 5 } }",
        "every = { value = { at_least = 101 } }",
        "figure_suggestions[persistent-absence.high].every.value",
        "is never met: 0 to 100",
    ),
    "a difference to nothing": (
        'against = "england"\nevery = { difference = { at_least = 5 } }',
        "every = { difference = { at_least = 5 } }",
        "figure_suggestions[persistent-absence.high].against",
        "must say what the difference is to",
    ),
    "other pupils where there are none": (
        'against = "england"\nevery = { difference = { at_least = 5 } }',
        'against = "others"\nevery = { difference = { at_least = 5 } }',
        "figure_suggestions[persistent-absence.high].against",
        '"absence.persistent" has no other pupils to be seen against',
    ),
    "a trend of one year": (
        'years = 2\noldest = 4\nagainst = "england"\nlatest = { difference = { at_least = 1.5',
        'years = 1\noldest = 4\nagainst = "england"\nlatest = { difference = { at_least = 1.5',
        "figure_suggestions[attendance.well-below].years",
        "must be at least 2 for every or trend",
    ),
    "a trend without a step": (
        'trend = { way = "not-falling", margin = 0.3 }',
        'trend = { way = "not-falling", margin = 0 }',
        "figure_suggestions[attendance.well-below].trend.margin",
        "must be more than nought",
    ),
    "a trend of no such way": (
        'trend = { way = "not-falling", margin = 0.3 }',
        'trend = { way = "sinking", margin = 0.3 }',
        "figure_suggestions[attendance.well-below].trend.way",
        (
            'must be one of "rising", "falling", "not-rising", "not-falling", but is "sinking"; '
            'did you mean "rising"?'
        ),
    ),
    "more years than are young enough": (
        'years = 2\noldest = 4\nagainst = "england"\nlatest = { difference = { at_least = 1.5',
        'years = 5\noldest = 4\nagainst = "england"\nlatest = { difference = { at_least = 1.5',
        "figure_suggestions[attendance.well-below].oldest",
        "leaves no room for 5 years",
    ),
    "a figure's reason that cannot be filled in": (
        "Pupils who missed a tenth or more of their sessions: {listed} ({source}).",
        "Pupils who missed a tenth or more of their sessions: {band} ({source}).",
        "figure_suggestions[persistent-absence.high].because",
        "{band} cannot be filled in here",
    ),
    "a reason that tells of a first year where there is one year": (
        "so attendance was no lower ({source}).",
        "after {first_value} ({source}).",
        "figure_suggestions[attendance.at-or-above].because",
        "{first_value} cannot be filled in here",
    ),
    "a rule that an earlier one leaves nothing to": (
        "latest = { difference = { at_most = 0 } }",
        "latest = { difference = { at_least = -1 } }",
        "figure_suggestions[attendance.needs-improvement]",
        'is never reached: "attendance.at-or-above" fits wherever it does',
    ),
    "words that cannot be filled in": (
        "{measure} in {year}: {marker}.",
        "{measure} in {year}: {value}.",
        "figure_words.passed_over",
        "{value} cannot be filled in here",
    ),
    "a band without an entitlement": (
        "[entitlements.D]",
        "[entitlements.E]",
        "entitlements.D",
        "is missing",
    ),
    "a line included in nothing": (
        'included_in = "contact"',
        'included_in = "contacts"',
        "entitlements.A.lines[core].included_in",
        '"contacts" is not another line of the band',
    ),
    "days that are conditional in the total": (
        'condition = "new_head", counts_toward_total = false',
        'condition = "new_head"',
        "entitlements.A.lines[new-head].counts_toward_total",
        "must be false: the days are conditional",
    ),
    "a provisional band before the answer is due": (
        "provisional_after_days = 15",
        "provisional_after_days = 9",
        "allocation.provisional_after_days",
        "comes before the head's time to answer ends",
    ),
    "a day of the year that is none": (
        'window_end = "12-31"',
        'window_end = "11-31"',
        "allocation.window_end",
        "is not a day of the year",
    ),
    "an unknown basis of days": (
        'answer_basis = "WD"',
        'answer_basis = "WORKING"',
        "allocation.answer_basis",
        'must be one of "CAL", "WD", "WD-INSP", "SD", but is "WORKING"',
    ),
    "a tier that may not decide": (
        'role = "po"\nlabel = "Principal Officer"\ndays = 10',
        'role = "dcs"\nlabel = "Principal Officer"\ndays = 10',
        "disagreement[1].role",
        '"dcs" is not granted allocation.decide',
    ),
    "a route without an end": (
        "final = true\n",
        "",
        "disagreement[2].final",
        "must be true for the last tier and for no other",
    ),
    "a letter left out": (
        "[letters.declined]",
        "[letters.refused]",
        "letters.declined",
        "is missing",
    ),
    "a letter with a stray brace": (
        'title = "Decision on your {allocation} for {year}"',
        'title = "Decision on your {Allocation} for {year}"',
        "letters.decided",
        "holds a brace that belongs to no {placeholder}",
    ),
    "an e-mail with a band to fill in": (
        'subject = "A decision about {school}"',
        'subject = "{school}: {band}"',
        "messages.decided",
        "{band} cannot be filled in here",
    ),
    "an e-mail that names a band": (
        'subject = "A decision about {school}"',
        'subject = "{school} is Band D"',
        "messages.decided",
        'an e-mail must not say "band D"',
    ),
    "an e-mail with a confidential word": (
        'subject = "A decision about {school}"',
        'subject = "{school} is high-risk"',
        "messages.decided",
        'an e-mail must not say "high-risk"',
    ),
    "a private visit that the school is asked to prepare": (
        'complete_by = "12-31"',
        "prepared = true",
        "visits[htpm].content_private",
        "of a private visit nothing is written or asked for",
    ),
    "a private visit to be complete on a day that is none": (
        'complete_by = "12-31"',
        'complete_by = "11-31"',
        "visits[htpm].complete_by",
        "is not a day of the year",
    ),
    "a visit of which words are kept that is to be complete": (
        "content_private = true ",
        "content_private = false ",
        "visits[htpm].complete_by",
        "only a private visit is recorded as complete",
    ),
    "a visit of an unknown section": (
        'sections = ["purpose", "next-steps"]',
        'sections = ["purpose", "next-stops"]',
        "visits[new-head].sections",
        '"next-stops" is not a section',
    ),
    "a keeper of cases who keeps none": (
        'keeper = "po"',
        'keeper = "head"',
        "concern.keeper",
        '"head" is not a role that keeps cases',
    ),
    "a statement sent to nobody known": (
        '{ recipient = "appointing-authority", how = "copied", condition = "voluntary-aided"',
        '{ recipient = "bishop", how = "copied", condition = "voluntary-aided"',
        "deadlines.statement-of-action.sent_to",
        '"bishop" is not a recipient',
    ),
    "a doubt about a window that nobody has": (
        'doubts = ["two-months", "secretary-address"]',
        'doubts = ["two-moons", "secretary-address"]',
        "powers[s63].doubts",
        '"two-moons" is not a doubt',
    ),
    "a watch list for a band that there is not": (
        'watched_bands = ["D"]',
        'watched_bands = ["E"]',
        "concern.watched_bands",
        '"E" is not a band',
    ),
    "a notice on the wrong grounds": (
        'grounds = ["s60-standards",',
        'grounds = ["standards", "s60-standards",',
        "notices[formal].grounds",
        '"standards" is not a statutory ground',
    ),
    "a step that nothing leads to": (
        'then = ["with-dfe", "formal", "closed"]',
        'then = ["formal", "closed"]',
        "ladders.maintained.steps[with-dfe]",
        'cannot be reached from "concerns"',
    ),
    "a letter that nobody could approve": (
        '"concern.approve" = { po = "every", doe = "every", dcs = "every" }',
        '"concern.approve" = { doe = "every", dcs = "every" }',
        "notices[concerns].approvers",
        '"po" is not a role that is granted concern.approve',
    ),
    "an e-mail to nobody's role": (
        'to = ["sip", "po", "doe"]',
        'to = ["sip", "inspector"]',
        "messages.inspection-call.to",
        '"inspector" is not a role',
    ),
    "a step that needs an unknown fact": (
        'requires = ["told", "discussion"]',
        'requires = ["spoken", "discussion"]',
        "ladders.maintained.steps[discussion].requires",
        '"spoken" is not a fact',
    ),
    "a warning without the discussion": (
        'requires = ["discussion", "evidence-of-concern", "evidence-of-inability"], notice = "pre',
        'requires = ["evidence-of-concern", "evidence-of-inability"], notice = "pre',
        "ladders.maintained.steps[pre-formal].requires",
        "a warning comes after the discussion, or urgently",
    ),
    "a formal notice whatever the Secretary of State says": (
        '"legal-advice", "no-secretary-of-state-block"]',
        '"legal-advice"]',
        "ladders.maintained.steps[formal].requires",
        "no notice while the Secretary of State bars it (s.60(4A))",
    ),
    "an urgent step without legal advice": (
        'urgent = true, requires = ["urgent-reasons", "legal-advice", ',
        'urgent = true, requires = ["urgent-reasons", ',
        "ladders.maintained.steps[pre-formal-urgent].requires",
        "an urgent step needs legal advice, and the reasons of its role",
    ),
    "powers though nobody may have the notice": (
        'requires = ["warning-received", "period-over", "statutory-ground", "non-compliance", "leg',
        'requires = ["period-over", "statutory-ground", "non-compliance", "leg',
        "ladders.maintained.steps[proposed].requires",
        "the period is of a notice that was received (s.60(1)(a))",
    ),
    "eligible though the period may run": (
        '"period-over", "statutory-ground", "non-compliance", "proposal-to-use-powers"',
        '"statutory-ground", "non-compliance", "proposal-to-use-powers"',
        "ladders.maintained.steps[eligible].requires",
        "eligible after the period, what was found then, and notice of it (s.60(1))",
    ),
    "eligible by a category that is none": (
        'eligible = "notice",',
        'eligible = "category",',
        "ladders.maintained.steps[eligible].eligible",
        "only an Ofsted category makes eligible by a category",
    ),
    "a notice withdrawn without a letter": (
        'notice = "formal-withdrawn", ends',
        "ends",
        "ladders.maintained.steps[withdrawn].notice",
        "whoever had the notice that ends here is told so by a letter",
    ),
    "a statutory notice that may just lapse": (
        'then = ["eligible", "complied", "withdrawn"]',
        'then = ["eligible", "complied", "withdrawn", "closed"]',
        "ladders.maintained.steps[proposed].then",
        "a statutory notice ends by a step that says how, with a letter",
    ),
    "a power that nobody may decide": (
        'section 63"\nby = "dcs"',
        'section 63"\nby = "po"',
        "powers[s63].by",
        '"po" is not a role that is granted concern.decide',
    ),
    "a power whose consultees get copies": (
        '{ recipient = "governing-body", how = "consulted"',
        '{ recipient = "governing-body", how = "copied"',
        "powers[s63].consult",
        "is consulted only",
    ),
    "a case that could never end": (
        'notice = "unit-referred", then = ["closed"]',
        'notice = "unit-referred", then = ["referred"]',
        "ladders.pru.steps[referred]",
        "leads to no end",
    ),
    "an unknown key": (
        "la_codes = [341]",
        "la_code = [341]",
        "authority.la_code",
        'is not a known key; did you mean "la_codes"?',
    ),
    "a number as text": (
        "answer_days = 10",
        'answer_days = "10"',
        "allocation.answer_days",
        "must be a whole number, but is a text",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_F1_a_mistake_is_told_with_file_key_and_reason(broken: Broken, mistake: str) -> None:
    old, new, key, reason = MISTAKES[mistake]
    told = {(p.file, p.key, WHAT_IS_KNOWN.sub("", p.reason)) for p in broken((old, new))}
    assert ("liverpool/2026-27.toml", key, reason) in told


def test_an_unbroken_policy_has_no_problem(broken: Broken) -> None:
    assert broken() == []


def test_a_syntax_error_is_told_with_its_line(broken: Broken) -> None:
    (problem,) = broken(('title = "School', "title = School"))
    assert problem.key == ""
    assert "at line 19, column 9" in problem.reason


def test_a_folder_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    problem = Problem(str(folder), "", "is not a folder that exists")
    assert editions.load(folder) == ([], [problem])


def test_a_folder_without_an_edition_is_a_problem(tmp_path: Path) -> None:
    problem = Problem(str(tmp_path), "", "holds no edition: no file like 2026-27.toml")
    assert editions.load(tmp_path) == ([], [problem])


def test_a_file_of_another_name_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text("year = 1", encoding="utf-8")
    _, (problem,) = editions.load(tmp_path)
    assert problem.reason == "must be named for its year, like 2026-27.toml"


@pytest.mark.parametrize(
    "base", ['"liverpool/1999-00"', '"harbourside/2026-27"', '"a\\u0000b"', "5"]
)
def test_an_edition_that_cannot_be_built_upon_is_a_problem(tmp_path: Path, base: str) -> None:
    shutil.copytree(SHIPPED / "harbourside", tmp_path / "harbourside")
    path = tmp_path / "elsewhere" / "2026-27.toml"
    path.parent.mkdir()
    path.write_text(f"extends = {base}\n", encoding="utf-8")
    found, problems = editions.load(path.parent)
    assert found == []
    assert problems[-1] == Problem(
        "elsewhere/2026-27.toml",
        "extends",
        "names an edition that cannot be read, or that extends another itself",
    )


def test_E4_the_report_holds_editions_problems_and_mismatches() -> None:
    report = check_folder(SHIPPED / "liverpool")
    assert report.ok
    told = report.as_json()
    assert [edition["key"] for edition in told["editions"]] == ["liverpool/2026-27"]
    assert told["problems"] == []
    sums = [(m["band"], m["stated"], m["printed"], m["computed"]) for m in told["mismatches"]]
    assert sums == [("B", 5.5, 5.0, 4.0), ("C", 7.0, 7.0, 5.5), ("D", 7.0, 3.0, 5.5)]


def test_every_policy_that_is_shipped_can_be_used() -> None:
    report = check_folder(SHIPPED)
    assert report.problems == ()
    assert {"liverpool/2026-27", "northmoor/2026-27"} <= {e.key for e in report.editions}


def test_a_bad_calendar_is_in_the_report(tmp_path: Path) -> None:
    calendar = tmp_path / "calendar" / "england.toml"
    calendar.parent.mkdir()
    calendar.write_text("terms = 3\nbank_holidays = 'x'\n", encoding="utf-8")
    report = check_folder(tmp_path)
    assert not report.ok
    assert report.problems[-1] == Problem(
        "calendar/england.toml", "terms", "must be a list, but is a whole number"
    )
