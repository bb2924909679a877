"""The authority's figures as files: CSV and Excel, which a spreadsheet opens without harm."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from typing import Final

import xlsxwriter

from plimsoll.core.spreadsheets import harmless
from plimsoll.evidence.authority.stories import OWN, Compared, Story

Cell = str | float | None
LATEST: Final = (
    "Measure", "About", "Area", "Year", "Figure", "Unit", "What is good", "Rank", "Of", "Quarter",
)  # fmt: skip
OVER_YEARS: Final = (
    "Measure", "Name in the source", "About", "Area", "Year", "Figure", "Why there is none", "Unit",
    "What the figure is", "Source", "Publisher", "File", "Date",
)  # fmt: skip
GOOD: Final = {"high": "More", "low": "Less"}


def as_csv(stories: Iterable[Story]) -> bytes:
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(OVER_YEARS)
    rows.writerows([_plain(cell) for cell in row] for row in _over_years(stories))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_workbook(stories: Sequence[Story]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sources = _sources(stories)
        _sheet(book, "Latest", LATEST, list(_latest(stories)), sources)
        _sheet(book, "Over years", OVER_YEARS, list(_over_years(stories)), sources)
    return out.getvalue()


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    header: Sequence[str],
    rows: list[list[Cell]],
    sources: list[str],
) -> None:
    """A table with its header, and below it where its figures come from."""
    sheet = book.add_worksheet(name)
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(at, column, cell)
            elif cell is not None:
                sheet.write_number(at, column, cell)
    if rows:
        columns = [{"header": each} for each in header]
        sheet.add_table(0, 0, len(rows), len(header) - 1, {"columns": columns})
    else:
        for column, each in enumerate(header):
            sheet.write_string(0, column, each)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, len(header) - 1, 18)
    for at, source in enumerate(sources, len(rows) + 2):
        sheet.write_string(at, 0, source)


def _sources(stories: Iterable[Story]) -> list[str]:
    used = {source: None for story in stories for source in story.sources}
    return [
        f"Source: {each.publisher}, {each.title}, {each.file}, {each.when}".replace(": ,", ":")
        for each in used
    ]


def _latest(stories: Iterable[Story]) -> Iterator[list[Cell]]:
    """The newest figure of each measure, and the areas beside it in that year."""
    for story in stories:
        one = story.indicator
        for line in story.lines:
            if (value := line.value(story.latest)) is None:
                continue
            row: list[Cell] = [one.label, one.topic, line.label, story.latest, value]
            row += [_unit(story), GOOD.get(one.good, "")]
            place = story.standing if line.kind == OWN else None
            row += [place.place, place.of, place.quarter or None] if place else [None] * 3
            yield row


def _over_years(stories: Iterable[Story]) -> Iterator[list[Cell]]:
    for story in stories:
        one = story.indicator
        for line in story.lines:
            for period in story.periods:
                if period not in line.cells:
                    continue
                value = line.value(period)
                why = "" if value is not None else story.text(line.kind, period)
                what = line.notes.get(period, "published") if value is not None else ""
                row: list[Cell] = [one.label, one.code, one.topic, line.label, period, value]
                yield [*row, why, _unit(story), what, *_source(story, line, period)]


def _unit(story: Story) -> str:
    return story.indicator.words or story.indicator.unit


def _source(story: Story, line: Compared, period: str) -> list[str]:
    """Where one figure comes from; what is worked out has every source of the measure."""
    one = line.files.get(period)
    each = (one,) if one else story.sources
    return [
        "; ".join(dict.fromkeys(source.title for source in each)),
        "; ".join(dict.fromkeys(source.publisher for source in each)),
        "; ".join(dict.fromkeys(source.file for source in each)),
        "; ".join(dict.fromkeys(source.when for source in each)),
    ]


def _plain(cell: Cell) -> str:
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    return harmless(cell or "")
