"""The stored documents that belong in the file of a case (S7).

Each kind is named: a document of another kind, of another school or behind another permission
is never found by accident. Legal advice, drafts and what the service keeps to itself are none.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from plimsoll.allocations.models import AddedEvidence
from plimsoll.documents.actions import EVIDENCE, PDF, WORD
from plimsoll.documents.models import Document
from plimsoll.intervention.bundle.around import SUPPORT, Span
from plimsoll.intervention.bundle.case_duties import DUTIES
from plimsoll.intervention.bundle.case_records import FINDINGS, NOTICES
from plimsoll.intervention.bundle.entries import Paper
from plimsoll.intervention.models import Case, Notice, Obligation, PlanVersion
from plimsoll.intervention.permissions import SEE, TOLD
from plimsoll.visits.models import Attachment, Report, Summary

REPORTS: Final = "Reports and summaries"
OPEN_IN_CASE: Final = (SEE, TOLD)


def papers(case: Case, span: Span, *, allocation: bool) -> list[Paper]:
    """Every document once, the oldest first, without its bytes: seven queries at most."""
    found: dict[int, Paper] = {}
    for group, documents in _groups(case, span, allocation=allocation):
        for paper in _papers(documents, group):
            found.setdefault(paper.document.pk, paper)
    return sorted(found.values(), key=lambda each: (each.on, each.document.pk))


def _groups(
    case: Case, span: Span, *, allocation: bool
) -> Iterator[tuple[str, QuerySet[Document]]]:
    ours = Document.objects.filter(urn=span.school.urn).defer("body")
    yield NOTICES, ours.filter(_letters(case))
    yield FINDINGS, ours.filter(_shown(case))
    yield DUTIES, ours.filter(_plans(case) | _met(case))
    told = ours.filter(issued_at__date__gte=span.starts, issued_at__date__lte=span.ends)
    yield REPORTS, told.filter(_reports())
    yield REPORTS, told.filter(_attached(span))
    if allocation:
        yield SUPPORT, told.filter(_of_allocation(span))


def _letters(case: Case) -> Q:
    given = Notice.objects.filter(case=case, given_on__isnull=False)
    about = Q(subject=Notice._meta.label_lower, subject_id__in=given.values("pk"))
    return about & Q(permission__in=OPEN_IN_CASE) & ~Q(kind=EVIDENCE)


def _shown(case: Case) -> Q:
    open_findings = case.findings.filter(privileged=False, document__isnull=False)
    return Q(pk__in=open_findings.values("document_id"), permission__in=OPEN_IN_CASE)


def _plans(case: Case) -> Q:
    """Both forms of one that was written here."""
    sent = PlanVersion.objects.filter(plan__obligation__case=case)
    return Q(issue__in=sent.values("document__issue"))


def _met(case: Case) -> Q:
    """What was kept when something owed was met, such as a statement of action."""
    about = Q(subject=Obligation._meta.label_lower, subject_id__in=case.obligations.values("pk"))
    return about & Q(permission__in=OPEN_IN_CASE)


def _reports() -> Q:
    report = Q(subject=Report._meta.label_lower, permission="report.see")
    summary = Q(subject=Summary._meta.label_lower, permission="summary.see")
    return (report | summary) & ~Q(kind=EVIDENCE)


def _attached(span: Span) -> Q:
    """Files of reports that the school has."""
    rows = Attachment.objects.filter(
        report__visit__school=span.school,
        report__visit__private=False,
        report__issued_at__isnull=False,
    )
    return Q(pk__in=rows.values("document_id"))


def _of_allocation(span: Span) -> Q:
    kept = AddedEvidence.objects.filter(
        allocation__school=span.school, withdrawn_at=None, document__isnull=False
    )
    letters = Q(permission="allocation.see") & ~Q(kind=EVIDENCE)
    return letters | Q(permission="allocation.see", pk__in=kept.values("document_id"))


def _papers(documents: QuerySet[Document], group: str) -> Iterator[Paper]:
    """A letter in its two forms is one paper."""
    issues: dict[UUID, list[Document]] = defaultdict(list)
    for each in documents.order_by("issued_at", "pk"):
        issues[each.issue].append(each)
    for forms in issues.values():
        by_type = {each.media_type: each for each in forms}
        whole = PDF in by_type and forms[0].kind != EVIDENCE
        first = by_type[PDF] if whole else forms[0]
        day = timezone.localdate(first.issued_at)
        yield Paper(first, group, day, by_type.get(WORD) if whole else None)
