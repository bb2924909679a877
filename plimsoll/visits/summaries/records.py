"""What is on record of each school that its summary may speak of: read for all of them at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from plimsoll.core.access import follow
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment
from plimsoll.visits.days.across import partner_names
from plimsoll.visits.days.queries import Balance, balances
from plimsoll.visits.models import Action, Call, Entry, Passage, Report, Summary, Visit
from plimsoll.visits.summaries.terms import Period, Terms, year_after

# What lines of days come to, by line and funding.
Sums = dict[tuple[str, str], Balance]


@dataclass
class Records:
    """One school's year, as far as the summary of one term speaks of it."""

    summary: Summary
    today: date
    term: Period | None = None
    following: Period | None = None
    partner: str = ""
    # Is there somebody at the school who would receive it?
    reaches: bool = False
    # The year up to the end of the term, and the term by itself.
    year_days: Sums = field(default_factory=dict)
    term_days: Sums = field(default_factory=dict)
    # By which entitlement the days are granted. It is read, and never told.
    band: str = ""
    visits: list[Visit] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)

    def in_term(self, day: date | None) -> bool:
        return day is not None and self.summary.starts <= day <= self.summary.ends


def gather(summaries: Iterable[Summary], *, today: date) -> list[Records]:
    """The records behind summaries of one term: so many queries, however many schools."""
    found = [Records(each, today) for each in summaries]
    if not found:
        return []
    by_school = {each.summary.school_id: each for each in found}
    any_of_them, terms = found[0].summary, Terms(found[0].summary.year)
    _add_terms(found, terms)
    _add_days(by_school, any_of_them, terms)
    _add_people(by_school, any_of_them, today)
    for name, path, rows in _kept(found):
        for row in rows.filter(**{f"{path}__in": list(by_school)}):
            getattr(by_school[follow(row, path)], name).append(row)
    return found


def _add_terms(found: list[Records], terms: Terms) -> None:
    for each in found:
        name, school = each.summary.term, each.summary.school_id
        each.term, each.following = terms.named(name, school), terms.following(name, school)


def _add_days(by_school: dict[int, Records], first: Summary, terms: Terms) -> None:
    """The ledger's sums. What was used after the term is not used yet, as it tells of it."""
    rows = Entry.objects.filter(year=first.year, school__in=list(by_school))
    names = [each.name for each in terms.of()]
    later = names[names.index(first.term) + 1 :] if first.term in names else []
    used = rows.filter(kind=Entry.Kind.DELIVER)
    so_far = rows.exclude(kind=Entry.Kind.DELIVER, term__in=later)
    by = ("school_id", "line", "funding")
    for (urn, *key), each in balances(so_far, *by).items():
        by_school[urn].year_days[key[0], key[1]] = each
    for (urn, *key), each in balances(used.filter(term=first.term), *by).items():
        by_school[urn].term_days[key[0], key[1]] = each
    standing = rows.filter(kind=Entry.Kind.GRANT, reverses=None, reversed_by=None)
    for urn, band in standing.order_by("pk").values_list("school_id", "band"):
        by_school[urn].band = band


def _add_people(by_school: dict[int, Records], first: Summary, today: date) -> None:
    roles = first.policy.summaries.recipients
    held = Assignment.objects.filter(
        in_force(today), role__in=roles, person__is_active=True, school__in=list(by_school)
    )
    for urn in held.values_list("school_id", flat=True):
        by_school[urn].reaches = True
    partners = partner_names(today)
    for urn, each in by_school.items():
        each.partner = partners.get(urn, "")


def _kept(found: list[Records]) -> Iterator[tuple[str, str, QuerySet]]:
    """Where each kind of record goes, by which way its school is found, and its rows."""
    year = found[0].summary.year
    starts = min(each.summary.starts for each in found)
    ends = max(each.summary.ends for each in found)
    visits = Visit.objects.filter(year__in=(year, year_after(year)))
    yield "visits", "school_id", visits.order_by("on", "pk")
    calls = Call.objects.filter(on__range=(starts, ends), corrected_by=None)
    yield "calls", "school_id", calls.order_by("on", "pk")
    reports = Report.objects.filter(visit__year=year, visit__held_on__lte=ends)
    reports = reports.select_related("visit").order_by("visit__held_on", "pk")
    yield "reports", "visit__school_id", reports
    # Only what the school was sent: not the text of a report that is being amended.
    sent = Q(report__final_at__isnull=False) | Q(
        report__issued_at__isnull=False, report__revision=1
    )
    passages = Passage.objects.filter(sent, report__visit__held_on__range=(starts, ends))
    passages = passages.exclude(text="").select_related("report__visit")
    yield "passages", "report__visit__school_id", passages.order_by("report__visit__held_on", "pk")
    still = Q(done_on=None, closed_why="") | Q(done_on__gte=starts) | ~Q(closed_why="")
    agreed = Action.objects.filter(
        still, report__issued_at__isnull=False, report__visit__held_on__lte=ends
    )
    yield "actions", "school_id", agreed.order_by("by_when", "pk")
