"""The authority's figures beside others': means, ranks, quarters, what is said of them."""

from datetime import UTC, datetime

import pytest

from plimsoll.evidence.authority.indicators import all_of, chosen
from plimsoll.evidence.authority.queries import around, held, stories
from plimsoll.evidence.authority.stories import Story
from plimsoll.evidence.models import Area, AreaFact, AreaMeasure, ImportRun, Neighbour
from plimsoll.framework.profile import ProfileRules

pytestmark = pytest.mark.django_db

RULES = ProfileRules(
    years=3,
    trend_years=3,
    small_cohort=30,
    neighbours_at_least=2,
    quartile_at_least=4,
    notable={},
)
CODE = "PriTotAbs"  # the absence of primary schools, of which less is better


@pytest.fixture
def run() -> ImportRun:
    return ImportRun.objects.create(
        source="lait", file="lait.csv", sha256="0" * 64, at=datetime(2026, 11, 2, tzinfo=UTC)
    )


@pytest.fixture
def places(run: ImportRun) -> None:
    names = {"990": "Harbourside", "351": "Inland", "352": "Upland", "353": "Lowland"}
    for code, name in names.items():
        Area.objects.create(code=code, name=name, kind="authority", region="north-west")
    Area.objects.create(code="north-west", name="North West", kind="region")
    Area.objects.create(code="england", name="England", kind="country")
    for place, code in enumerate(("351", "352", "354"), 1):
        Neighbour.objects.create(area="990", neighbour=code, place=place)


def fact(area: str, year: str, value: float | None, code: str = CODE, marker: str = "") -> None:
    AreaFact.objects.create(
        area=area, measure=code, year=year, value=value, marker=marker, source="lait",
        source_run=ImportRun.objects.get().pk,
    )  # fmt: skip


def story(code: str = CODE) -> Story:
    beside = around("990")
    assert beside is not None
    found = [one for one in all_of(held("990")) if one.code == code]
    return stories(beside, found[:1], RULES)[0]


def test_E7_a_figure_is_told_beside_region_neighbours_and_england(places: None) -> None:
    for area, value in (
        ("990", 5.55), ("north-west", 5.1), ("england", 5.2), ("351", 6.0), ("352", 5.0),
    ):  # fmt: skip
        fact(area, "2024-25", value)
    told = story()
    assert [line.label for line in told.lines] == [
        "Harbourside", "North West", "Statistical neighbours", "England",
    ]  # fmt: skip
    assert told.in_words.replace("\N{NO-BREAK SPACE}", " ") == (
        "Harbourside: 5.5 % in 2024-25; worse than North West (5.1 %), the same as statistical "
        "neighbours (5.5 %), worse than England (5.2 %)."
    )
    assert told.lines[2].notes == {"2024-25": "mean of 2 of 3, worked out by Plimsoll"}
    assert [source.file for source in told.sources] == ["lait.csv"]
    assert told.sources[0].when == "read in on 2026-11-02"


def test_E7_a_marker_is_no_number_and_enters_no_mean_and_no_rank(places: None) -> None:
    fact("990", "2023-24", 5.0)
    fact("990", "2024-25", None, marker="suppressed")
    fact("351", "2023-24", None, marker="suppressed")
    fact("352", "2023-24", 4.0)
    told = story()
    assert (told.latest, told.own.value("2024-25")) == ("2023-24", None)
    assert told.text("own", "2024-25") == "Suppressed: too few pupils to publish"
    assert told.line("neighbours") is None
    assert str(told.standing) == "2nd of 2 authorities held"
    own = told.trend.lines[0]
    assert [reading.value for reading in own.readings] == [5.0, None]


@pytest.mark.parametrize(
    ("own", "others", "said"),
    [
        (4.0, (5.0, 6.0, 7.0), "1st of 4 authorities held, best quarter"),
        (5.5, (5.0, 6.0, 7.0), "2nd of 4 authorities held, second quarter"),
        (9.0, (5.0, 6.0, 7.0), "4th of 4 authorities held, last quarter"),
        (5.0, (5.0, 6.0, 7.0), "Equal 1st of 4 authorities held, best quarter"),
        (9.0, (5.0, 6.0), "3rd of 3 authorities held"),
        (9.0, (), "1st of 1 authorities held"),
    ],
)
def test_E7_the_rank_is_among_those_held_and_quarters_need_enough(
    places: None, own: float, others: tuple[float, ...], said: str
) -> None:
    fact("990", "2024-25", own)
    fact("england", "2024-25", 1.0)
    fact("north-west", "2024-25", 1.0)
    for code, value in zip(("351", "352", "353"), others, strict=False):
        fact(code, "2024-25", value)
    assert str(story().standing) == said


def test_E7_more_is_better_where_the_publisher_says_so(places: None) -> None:
    AreaMeasure.objects.create(code="Pass", topic="Key Stage 4", label="Passes", good="high")
    fact("990", "2024-25", 60, "Pass")
    fact("351", "2024-25", 70, "Pass")
    fact("england", "2024-25", 65, "Pass")
    told = story("Pass")
    assert told.in_words == "Harbourside: 60 in 2024-25; worse than England (65)."
    assert str(told.standing) == "2nd of 2 authorities held"


@pytest.mark.parametrize(
    ("good", "quartile", "said"),
    [
        ("", True, "Neither more nor less of it is better, so there is no rank."),
        ("low", False, "Its publisher puts no authorities in order by it, so there is no rank."),
    ],
)
def test_E7_without_an_order_there_is_no_rank(
    places: None, good: str, quartile: bool, said: str
) -> None:
    AreaMeasure.objects.create(
        code="Spend", topic="Money", label="Spend", good=good, quartile=quartile, unit="Spend"
    )
    fact("990", "2024-25", 1_200_000, "Spend")
    fact("england", "2024-25", 900_000.0, "Spend")
    told = story("Spend")
    assert (told.standing, told.standing_in_words) == (None, said)
    assert told.figure == "£1,200,000"


def test_E7_the_years_shown_are_the_last_ones_and_the_final_figure_stands(places: None) -> None:
    for start in range(2018, 2025):
        fact("990", f"{start}-{start - 1999}", float(start))
    assert story().periods == ("2022-23", "2023-24", "2024-25")


def test_E7_a_school_year_without_any_figure_leaves_a_gap(places: None) -> None:
    fact("990", "2021-22", 6.0)
    fact("990", "2023-24", 5.0)
    told = story()
    assert told.periods == ("2021-22", "2022-23", "2023-24")
    assert [reading.text for reading in told.trend.lines[0].readings][1] == "Not held"


def test_E7_other_periods_stay_as_they_are_published(places: None) -> None:
    fact("990", "2014-16", 6.0)
    fact("990", "2016-18", 5.0)
    assert story().periods == ("2014-16", "2016-18")


def test_E7_key_figures_come_first_and_others_by_topic_and_phase(places: None) -> None:
    for code, topic, label in (
        (CODE, "All Pupil Absence & Exclusions", "Total Primary Absence"),
        ("Odd", "All Pupil Absence & Exclusions", "Special unauthorised absence"),
        ("Phonics", "Key Stage 1 and Phonics", "Phonics"),
        ("Unheld", "Key Stage 2", "Nothing of it is held"),
    ):
        AreaMeasure.objects.create(code=code, topic=topic, label=label, good="low")
        if code != "Unheld":
            fact("990", "2024-25", 5, code)
    known = all_of(held("990"))
    topic = "all-pupil-absence-exclusions"

    def labels(topic: str, phase: str = "") -> list[str]:
        return [one.label for one in chosen(known, topic, phase)]

    assert labels("") == ["Overall absence, % of sessions: primary schools"]
    assert labels(topic) == ["Special unauthorised absence", "Total Primary Absence"]
    assert labels(topic, "special") == ["Special unauthorised absence"]
    assert labels(topic, "primary") == ["Total Primary Absence"]
    assert labels("key-stage-1-and-phonics", "primary") == ["Phonics"]
    assert labels("key-stage-2") == []
