"""What is missing or misconfigured, and what to do about it: for the health page and the CLI.

Each check is a function that returns its findings. A check that cannot be made (no
database, no table) says so and never stops the others.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from plimsoll.allocations.models import Cycle
from plimsoll.core import guards, outbox
from plimsoll.documents import render, scanner
from plimsoll.documents.refusals import Refused
from plimsoll.evidence.models import ImportRun
from plimsoll.framework import editions
from plimsoll.schools.models import Term

Verdict = Literal["ok", "warn", "fail"]
ASSETS: Final = ("css/plimsoll.css", "govuk/govuk-frontend.min.js", "favicon.svg")
# A register older than this misses schools that opened or changed since.
REGISTER_AGES: Final = timedelta(days=45)
SHORTEST_KEY: Final = 50


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do when it is not well."""

    verdict: Verdict
    title: str
    to_do: str = ""

    @property
    def failed(self) -> bool:
        return self.verdict == "fail"

    @property
    def tone(self) -> str:
        """The colour that repeats the verdict's words."""
        return {"ok": "done", "warn": "waiting", "fail": "stopped"}[self.verdict]

    @property
    def label(self) -> str:
        return {"ok": "Well", "warn": "Look at this", "fail": "Put right"}[self.verdict]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        to_do = f"\n      {self.to_do}" if self.to_do else ""
        return f"{self.verdict:<4}  {self.title}{to_do}"


Check = Callable[[datetime], Iterator[Finding]]


def findings(*, at: datetime) -> list[Finding]:
    """Every finding, in the order in which they are best put right."""
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found += check(at)
        except DatabaseError as problem:
            name = check.__name__.removeprefix("_").replace("_", " ")
            found.append(
                Finding("fail", f"Could not look at: {name} ({_first_line(problem)})", MIGRATE)
            )
    return found


MIGRATE: Final = "Run `plimsoll migrate`."


def _database(at: datetime) -> Iterator[Finding]:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as problem:
        yield Finding(
            "fail",
            f"The database cannot be reached ({_first_line(problem)}).",
            "Check DATABASE_URL, and that the database server runs.",
        )
        return
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding("fail", f"The database lacks {len(plan)} migrations.", MIGRATE)
    else:
        yield Finding("ok", f"The database is reached and up to date ({connection.vendor}).")


def _guards(at: datetime) -> Iterator[Finding]:
    if missing := guards.missing(connection):
        yield Finding(
            "fail",
            f"{len(missing)} triggers that keep records from being changed are not there: "
            f"{', '.join(missing)}.",
            f"{MIGRATE} It puts them back. Find out who took them off.",
        )
    else:
        yield Finding("ok", "Records that must not change are guarded by the database.")


def _policy(at: datetime) -> Iterator[Finding]:
    _, problems = editions.load(settings.POLICY_ROOT / settings.AUTHORITY)
    _, calendar = editions.read_calendar(settings.POLICY_ROOT)
    for problem in [*problems, *calendar]:
        yield Finding("fail", str(problem), "Run `plimsoll policy check` after each change.")
    if not problems and not calendar:
        yield Finding("ok", f"The policy of {settings.AUTHORITY} is sound.")


def _open_cycles(at: datetime) -> Iterator[Finding]:
    for cycle in Cycle.objects.filter(closed_at=None).order_by("year"):
        try:
            changed = cycle.policy.digest != cycle.edition_digest
        except editions.UnknownEdition as problem:
            yield Finding("fail", str(problem), f"Bring back the file of {cycle.edition}.")
            continue
        if changed:
            yield Finding(
                "warn",
                f"The policy {cycle.edition} was changed after the cycle {cycle.year} was opened.",
                "Compare it with the file as it was then: cases run under the file as it is now.",
            )
        else:
            yield Finding("ok", f"The policy of the open cycle {cycle.year} is unchanged.")


def _secrets(at: datetime) -> Iterator[Finding]:
    if settings.DEMO:
        yield Finding(
            "warn",
            "This is the demonstration: anybody may sign in as anybody.",
            "Unset PLIMSOLL_DEMO for real schools.",
        )
    elif settings.SECRET_KEY == settings.DEMO_SECRET_KEY or len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield Finding(
            "fail",
            "There is no secret key of this installation’s own, or it is short.",
            f"Set PLIMSOLL_SECRET_KEY to {SHORTEST_KEY} or more random characters.",
        )
    else:
        yield Finding("ok", "The secret key is this installation’s own.")
    if settings.DEBUG:
        yield Finding("fail", "Errors show their insides.", "Unset PLIMSOLL_DEBUG.")


def _address(at: datetime) -> Iterator[Finding]:
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(
            "fail", "Any host name is answered.", "Set PLIMSOLL_HOSTS to the service’s own name."
        )
    elif not settings.HTTPS and not settings.DEMO:
        yield Finding(
            "warn",
            f"The address {settings.BASE_URL} is not https, so cookies travel in the open.",
            "Set PLIMSOLL_URL to the https address that people use.",
        )
    else:
        yield Finding("ok", f"Served at {settings.BASE_URL}.")


def _email(at: datetime) -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Finding("ok", f"E-mail goes out through {settings.EMAIL_HOST}.")
    else:
        yield Finding(
            "ok" if settings.DEMO else "warn",
            "E-mail is not sent: it is kept as files.",
            "" if settings.DEMO else "Set PLIMSOLL_SMTP_HOST and its account.",
        )
    if stuck := outbox.stuck(at=at).count():
        yield Finding(
            "warn",
            f"E-mails that did not go out: {stuck}.",
            "Set-up, Health says why; put it right and send them again from there.",
        )
    else:
        yield Finding("ok", "No e-mail is stuck.")


def _files(at: datetime) -> Iterator[Finding]:
    missing = [name for name in ASSETS if finders.find(name) is None]
    if missing:
        yield Finding("fail", f"Not installed: {', '.join(missing)}.", "Run `make assets`.")
    else:
        yield Finding("ok", "Styles and scripts are installed.")
    if not all((settings.ASSETS / "fonts" / face).is_file() for face in render.FACES):
        yield Finding("fail", "The letters’ typeface is not installed.", "Run `make assets`.")
    else:
        yield Finding("ok", "The letters’ typeface is installed.")


def _cache(at: datetime) -> Iterator[Finding]:
    cache.set("doctor", at.isoformat(), 60)
    if cache.get("doctor") == at.isoformat():
        yield Finding("ok", "The cache keeps what it is given, so sign-in limits hold.")
    else:
        yield Finding("fail", "The cache forgets: sign-in limits do not hold.", MIGRATE)


def _scanner(at: datetime) -> Iterator[Finding]:
    if not settings.CLAMD:
        yield Finding(
            "warn",
            "Uploaded files are not looked through for viruses.",
            "Set PLIMSOLL_CLAMD to the address of a ClamAV daemon.",
        )
        return
    try:
        scanner.clean("a test of the scanner", b"Plimsoll asks whether the scanner is there.")
    except Refused:
        yield Finding(
            "fail",
            f"The virus scanner at {settings.CLAMD} does not answer, so no file is taken.",
            "Start the ClamAV daemon, or correct PLIMSOLL_CLAMD.",
        )
    else:
        yield Finding("ok", "The virus scanner answers.")


def _clock(at: datetime) -> Iterator[Finding]:
    newest = ImportRun.objects.order_by("-at").values_list("at", flat=True).first()
    if newest and newest > at:
        yield Finding(
            "fail", "The clock is behind what was recorded last.", "Set the machine’s clock."
        )
    elif settings.TIME_ZONE != "Europe/London":
        yield Finding("warn", f"The time zone is {settings.TIME_ZONE}.", "Use Europe/London.")
    else:
        yield Finding("ok", f"The clock says {timezone.localtime(at):%d %B %Y, %H:%M} in London.")


def _imports(at: datetime) -> Iterator[Finding]:
    last = ImportRun.objects.filter(source="gias").order_by("-at").first()
    if last is None:
        yield Finding(
            "warn", "No register of schools has been read in.", "Run `plimsoll import gias FILE`."
        )
    elif at - last.at > REGISTER_AGES:
        yield Finding(
            "warn",
            f"The register was last read in {(at - last.at).days} days ago.",
            "Download the latest and read it in.",
        )
    else:
        yield Finding("ok", "The register of schools is recent.")


def _terms(at: datetime) -> Iterator[Finding]:
    year = school_year(at)
    wanted = {term.label for term in editions.calendar().terms}
    entered = set(Term.objects.filter(school=None, year=year).values_list("name", flat=True))
    if lacking := sorted(wanted - entered):
        yield Finding(
            "warn",
            f"Not entered for {year}: {', '.join(lacking)}.",
            "Enter them under Set-up, Terms and closures: school days are counted from them.",
        )
    else:
        yield Finding("ok", f"The terms of {year} are entered.")


def school_year(at: datetime) -> str:
    """2026-27: a school year begins in August."""
    day = timezone.localdate(at)
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def _first_line(problem: Exception) -> str:
    return str(problem).strip().partition("\n")[0]


CHECKS: Final[tuple[Check, ...]] = (
    _database,
    _guards,
    _policy,
    _open_cycles,
    _secrets,
    _address,
    _email,
    _files,
    _cache,
    _scanner,
    _clock,
    _imports,
    _terms,
)
