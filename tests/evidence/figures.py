"""What is held of schools and areas, in few words."""

from plimsoll.evidence.models import AreaFact, Fact

Held = dict[tuple[str, str], float | str]  # by measure and year: the number, or the marker


def of_school(urn: int) -> Held:
    rows = Fact.objects.filter(urn=urn).values_list("measure", "year", "value", "marker")
    return {(measure, year): marker or value for measure, year, value, marker in rows}


def of_area(area: str) -> Held:
    rows = AreaFact.objects.filter(area=area).values_list("measure", "year", "value", "marker")
    return {(measure, year): marker or value for measure, year, value, marker in rows}


def all_held() -> set[tuple[int | str, str, str, str, float | str]]:
    """Every figure, to compare two imports."""
    names = ("measure", "year", "source", "value", "marker")
    schools = Fact.objects.values_list("urn", *names)
    areas = AreaFact.objects.values_list("area", *names)
    return {(*row[:4], row[5] or row[4]) for rows in (schools, areas) for row in rows}
