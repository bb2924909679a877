"""The editions on disk: read once, checked, and kept."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from django.conf import settings

from plimsoll.core.policy import Problem, read_file, read_table, read_toml
from plimsoll.framework.calendar import Calendar
from plimsoll.framework.check import check
from plimsoll.framework.model import Edition

CALENDARS: Final = "calendar"  # the folder beside the authorities' folders
EXTENDS: Final = "extends"  # the edition that a file builds on: "liverpool/2026-27"
DIGEST: Final = "(digest)"
_YEAR_FILE: Final = re.compile(r"20\d\d-\d\d\.toml")


class UnknownEdition(LookupError):
    """No edition of that name can be used."""


def load(folder: Path) -> tuple[list[Edition], list[Problem]]:
    """Every edition in one authority's folder or in a folder of authorities.

    An edition with any problem is left out, and its problems say why.
    """
    found: list[Edition] = []
    problems: list[Problem] = []
    if not folder.is_dir():
        return [], [Problem(str(folder), "", "is not a folder that exists")]
    for path in _files(folder):
        edition, wrong = read_edition(path)
        problems += wrong
        if edition is not None:
            found.append(edition)
    if not found and not problems:
        problems.append(Problem(str(folder), "", "holds no edition: no file like 2026-27.toml"))
    return found, problems


def read_edition(path: Path) -> tuple[Edition | None, list[Problem]]:
    """One file as an edition that agrees with itself, or None and why not."""
    key = f"{path.parent.name}/{path.stem}"
    file = f"{key}.toml"
    if not _YEAR_FILE.fullmatch(path.name):
        return None, [Problem(file, "", "must be named for its year, like 2026-27.toml")]
    table, problems = _with_base(path, file)
    if table is None:
        return None, problems
    own = {"key": key, "digest": table.pop(DIGEST)}
    given = sorted(own.keys() & table.keys())
    problems = [Problem(file, name, "must not be given: Plimsoll fills it in") for name in given]
    edition, wrong = read_table(table | own, Edition, file=file)
    problems += wrong
    if edition is not None:
        problems += check(edition, file)
    return (None if problems else edition), problems


def _with_base(path: Path, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The file's tables, laid over those of the edition that it `extends`, if it does.

    A whole table or list takes the place of the other's, so what is meant stands in one
    place. The digest covers both files.
    """
    table, problems = read_toml(path, file=file)
    if table is None:
        return None, problems
    digest = hashlib.sha256(path.read_bytes())
    base_key = table.pop(EXTENDS, None)
    if base_key is None:
        return table | {DIGEST: digest.hexdigest()}, []
    base_path = path.parent.parent / f"{base_key}.toml"
    base, problems = read_toml(base_path, file=f"{base_key}.toml")
    if base is None or EXTENDS in base:
        reason = "names an edition that cannot be read, or that extends another itself"
        return None, [*problems, Problem(file, EXTENDS, reason)]
    digest.update(base_path.read_bytes())
    return base | table | {DIGEST: digest.hexdigest()}, []


def edition(key: str) -> Edition:
    """The edition a case was opened under, by its key ("liverpool/2026-27")."""
    try:
        return _loaded(settings.POLICY_ROOT)[key]
    except KeyError:
        raise UnknownEdition(
            f'There is no usable policy edition "{key}" in {settings.POLICY_ROOT}: '
            "run `plimsoll policy check`."
        ) from None


def editions() -> tuple[Edition, ...]:
    """This authority's editions, oldest first."""
    everything = _loaded(settings.POLICY_ROOT).values()
    return tuple(e for e in everything if e.key.startswith(f"{settings.AUTHORITY}/"))


def current() -> Edition:
    """This authority's latest edition."""
    own = editions()
    if not own:
        raise UnknownEdition(
            f'The authority "{settings.AUTHORITY}" has no usable policy edition in '
            f"{settings.POLICY_ROOT}: run `plimsoll policy check`."
        )
    return own[-1]


def calendar() -> Calendar:
    return _calendar(settings.POLICY_ROOT)


def read_calendar(root: Path) -> tuple[Calendar | None, list[Problem]]:
    path = root / CALENDARS / "england.toml"
    return read_file(path, Calendar, file=f"{CALENDARS}/england.toml")


def forget() -> None:
    """Read the files again when next asked: for tests that change them."""
    _loaded.cache_clear()
    _calendar.cache_clear()


@lru_cache(maxsize=8)
def _loaded(root: Path) -> Mapping[str, Edition]:
    found, _ = load(root)
    return MappingProxyType({e.key: e for e in sorted(found, key=lambda e: e.key)})


@lru_cache(maxsize=8)
def _calendar(root: Path) -> Calendar:
    found, problems = read_calendar(root)
    if found is None:
        raise UnknownEdition("; ".join(str(problem) for problem in problems))
    return found


def _files(folder: Path) -> Iterable[Path]:
    inside = (path for path in sorted(folder.iterdir()) if path.is_dir() and path.name != CALENDARS)
    for authority in (folder, *inside):
        yield from sorted(authority.glob("*.toml"))
