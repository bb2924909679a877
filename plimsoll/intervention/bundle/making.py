"""Making a bundle: read at one moment, set, bound, and kept in one transaction."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from django.db import transaction

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused
from plimsoll.documents import archive
from plimsoll.documents.actions import PDF, Made
from plimsoll.intervention.bundle.binding import FILE, INDEX, SUMS, Bound, Entry, body_of, bound
from plimsoll.intervention.bundle.choosing import Choice
from plimsoll.intervention.bundle.gathering import gather
from plimsoll.intervention.bundle.workflow import (
    PROCESS,
    File,
    Whole,
)
from plimsoll.intervention.models import Bundle
from plimsoll.intervention.permissions import BUNDLE
from plimsoll.people.models import User


def made(*, bundle: Bundle, version: int, by: User, at: datetime) -> Bundle:
    """Make it as it is prepared. Of two clicks the later is refused, and nothing is made twice.

    Setting takes a while, so it is done outside the transaction that keeps it: what it was made
    from was read at one moment, and its preparation is still the one that was read.
    """
    if not may(by, BUNDLE, bundle):
        raise Refused("Your role at this school does not allow you to make the file of its case.")
    choice = Choice(bundle, gather(bundle, at=at))
    whole = _whole(choice, bound(choice, at=at), at)
    return PROCESS.take(bundle, "make", by=by, at=at, version=version, whole=whole)


def _whole(choice: Choice, made: Bound, at: datetime) -> Whole:
    number = choice.there.case.number
    title = f"The file of case {number}"
    own = [
        (FILE, title, PDF, made.pdf),
        (INDEX, f"{title}: index", "text/html", made.index),
    ]
    hashes = [(name, archive.measured([body])[1]) for name, _, _, body in own]
    hashes += [(each.name, _hash(each)) for each in made.entries]
    own.append((SUMS, f"{title}: hashes", "text/plain", archive.sums(hashes)))
    files = (
        *(File(name, said, made=Made(said, name, media, body)) for name, said, media, body in own),
        *(_file(each) for each in made.entries),
    )
    # Each document is fetched when it is its turn, so that one at a time is in memory.
    bodies = chain(
        ((name, body) for name, _, _, body in own),
        ((each.name, each.body) for each in made.entries),
    )
    size, sha256 = archive.measured(archive.zipped(bodies, at=at))
    return Whole(files, _withheld(choice), size, sha256)


def _hash(entry: Entry) -> str:
    return entry.document.sha256 if entry.document else archive.measured([entry.body])[1]


def _file(entry: Entry) -> File:
    if entry.document:
        return File(entry.name, entry.title, document=entry.document)
    name = entry.name.rpartition("/")[2]
    made = Made(f"{entry.title} (copy)", name, PDF, entry.body)
    return File(entry.name, entry.title, made=made)


def _withheld(choice: Choice) -> dict[str, object]:
    return {
        "left_out": [{"what": each.what, "why": each.why} for each in choice.withheld],
        "redacted": [
            {"words": each.phrase.words, "why": each.phrase.why, "times": each.times}
            for each in choice.found
        ],
        "copies": sorted(choice.anew),
        "allocation": choice.there.audience.allocation,
    }


def zip_of(bundle: Bundle) -> Iterator[bytes]:
    """The zip, put together again from what is kept: the same bytes each time."""
    assert bundle.made_at is not None
    files = ((each["name"], body_of(each["document"])) for each in bundle.files)
    return archive.zipped(files, at=bundle.made_at)


@transaction.atomic
def note_taken(*, bundle: Bundle, by: User, at: datetime) -> None:
    """Who had the zip, and when."""
    audit.record(verb="bundle.taken", subject=bundle, by=by, at=at, permission=BUNDLE)
