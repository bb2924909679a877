"""Who may find a case: all of it, or what the school has been told of it (S7)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from plimsoll.core.access import visible
from plimsoll.documents.models import Document
from plimsoll.documents.papers import form_of
from plimsoll.intervention.models import Case, Decision, Notice
from plimsoll.intervention.permissions import SEE, TOLD
from plimsoll.people.models import User


def cases(user: User) -> QuerySet[Case]:
    """The cases that this person may read whole."""
    return visible(Case.objects.select_related("school"), user, SEE)


def told_cases(user: User) -> QuerySet[Case]:
    """The cases of which this person may read what the school was told.

    Before the school has been told anything there is nothing to read, not even that a case
    is open.
    """
    rows = Case.objects.filter(told_of("pk")).select_related("school")
    return visible(rows, user, TOLD)


def told_of(case: str) -> Exists:
    """That the school was told of the case to which `case` leads: a letter of it that is for the
    school was given. One to a regulator alone tells the school nothing."""
    letters = Document.objects.filter(
        subject=Notice._meta.label_lower, subject_id=OuterRef("pk"), permission=TOLD
    )
    given = Notice.objects.filter(Exists(letters), given_on__isnull=False)
    return Exists(given.filter(case=OuterRef(case)))


@dataclass(frozen=True)
class Told:
    """A letter that was given, with its forms to read: a label and an address each."""

    letter: Notice
    files: list[tuple[str, str]]


def letters_told(case: Case) -> list[Told]:
    """What was given to the school, newest first. A letter to a regulator alone is not told."""
    rows = case.notices.filter(given_on__isnull=False).order_by("-given_on", "-pk")
    letters = list(rows.select_related("case"))
    files: dict[int, list[tuple[str, str]]] = {}
    for paper in _papers(letters):
        href = reverse("documents:download", args=[paper.pk])
        files.setdefault(paper.subject_id, []).append((form_of(paper.media_type), href))
    return [Told(letter, files[letter.pk]) for letter in letters if letter.pk in files]


def _papers(letters: list[Notice]) -> QuerySet[Document]:
    """The stored letters that the school may read, in one query."""
    of_letters = {"subject": Notice._meta.label_lower, "subject_id__in": [x.pk for x in letters]}
    papers = Document.objects.filter(**of_letters, permission=TOLD)
    return papers.defer("body").order_by("media_type")


def decisions_told(case: Case) -> list[Decision]:
    """Those of which the school was told, newest first."""
    told = case.decisions.filter(told__isnull=False).select_related("told")
    return list(told.order_by("-made_on", "-pk"))
