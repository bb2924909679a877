"""What CONTRIBUTING.md shows of the code is the code."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_source_that_is_shown_is_the_source_that_is_read() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = told.partition("all of `absence.py` but its imports:")[2].split("```")[1]
    lines = shown.removeprefix("python\n")
    assert lines.startswith("ABSENCE")
    source = ROOT / "plimsoll" / "evidence" / "sources" / "absence.py"
    assert source.read_text(encoding="utf-8").endswith(lines)
