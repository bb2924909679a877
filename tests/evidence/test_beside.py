"""What stands beside a school's figures: of one kind of school, and said to be."""

import pytest

from plimsoll.evidence.markers import Marker
from plimsoll.evidence.models import ENGLAND, AreaFact, Fact, Release, SchoolsMean
from plimsoll.evidence.school.facts import series_of
from plimsoll.evidence.school.series import AUTHORITY, Beside
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PUBLISHED = (("PriTotAbs", "2022-23", 5.9), ("absence.overall", "2021-22", 7.5))


def england(cast: Cast, *published: tuple[str, str, float]) -> Beside | None:
    AreaFact.objects.bulk_create(
        AreaFact(area=ENGLAND, measure=measure, year=year, value=value, source="lait")
        for measure, year, value in published
    )
    Fact.objects.create(
        urn=900001, measure="absence.overall", year="2022-23", value=6.2, source="absence"
    )
    return series_of([cast.harbour_view])[900001]["absence.overall"].beside(ENGLAND)


def test_S3_primary_schools_are_never_joined_to_every_school_in_one_line(cast: Cast) -> None:
    found = england(cast, *PUBLISHED)
    assert found is not None
    assert found.values == {"2022-23": 5.9}
    assert (found.label, found.in_words) == (
        "England, primary schools",
        "primary schools in England",
    )


def test_S3_what_the_final_file_holds_back_is_not_taken_from_an_extract(cast: Cast) -> None:
    year = {"urn": cast.harbour_view.urn, "measure": "ks2.rwm-expected", "year": "2023-24"}
    Fact.objects.create(**year, source="extract", value=50, release=Release.EXTRACT)
    Fact.objects.create(**year, source="ks2", marker=Marker.SUPPRESSED, release=Release.FINAL)
    series = series_of([cast.harbour_view])[cast.harbour_view.urn]["ks2.rwm-expected"]
    assert [point.shown for point in series.points] == ["Suppressed: too few pupils to publish"]
    assert series.latest is None


def test_no_school_stands_beside_the_mean_of_itself_alone(cast: Cast) -> None:
    about = {"measure": "absence.overall", "source": "absence"}
    for year, schools in (("2022-23", 1), ("2023-24", 2)):
        Fact.objects.create(urn=900001, year=year, value=6.2, **about)
        SchoolsMean.objects.create(
            la=cast.harbour_view.la, group="primary", year=year, mean=6.2, schools=schools, **about
        )
    found = series_of([cast.harbour_view])[900001]["absence.overall"].beside(AUTHORITY)
    assert found is not None
    assert found.notes == {"2023-24": "mean of 2 primary schools held"}


def test_figures_of_every_school_are_not_called_those_of_primary_schools(cast: Cast) -> None:
    found = england(cast, PUBLISHED[1])
    assert found is not None
    assert found.values == {"2021-22": 7.5}
    assert (found.label, found.in_words) == ("England", "England")
