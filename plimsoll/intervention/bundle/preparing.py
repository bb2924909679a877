"""Preparing a bundle: for whom, what is left out, what is blacked out. Each is kept at once."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.workflow import Refused, Stale, begin
from plimsoll.intervention.bundle.blackout import SHORTEST, phrases_of, said_by_marks
from plimsoll.intervention.bundle.folding import words_in
from plimsoll.intervention.models import Bundle, Case
from plimsoll.intervention.permissions import BUNDLE
from plimsoll.people.models import User

MOST: Final = 200


@transaction.atomic
def prepare(*, case: Case, audience: str, purpose: str, by: User, at: datetime) -> Bundle:
    """One at a time for each audience: the one in hand is gone on with."""
    case = Case.objects.select_for_update(of=("self",)).select_related("school").get(pk=case.pk)
    if not may(by, BUNDLE, case):
        raise Refused("Your role at this school does not allow you to make the file of its case.")
    if audience not in {each.id for each in case.policy.concern.audiences}:
        raise Refused("Choose for whom it is.")
    if not purpose.strip():
        raise Refused("Say what it is for.")
    if found := in_hand(case, audience):
        return found
    bundle = Bundle(
        case=case, audience=audience, purpose=purpose.strip(), begun_at=at, begun_by=str(by)
    )
    begin(bundle, state="prepared", at=at).save()
    _note("bundle.prepared", bundle, by, at, audience=audience)
    return bundle


def in_hand(case: Case, audience: str) -> Bundle | None:
    """The one that is being prepared for this audience."""
    return case.bundles.filter(audience=audience, state="prepared").first()


@transaction.atomic
def leave_out(
    *,
    bundle: Bundle,
    keys: Collection[str],
    there: Collection[str],
    why: str,
    version: int,
    by: User,
    at: datetime,
) -> Bundle:
    """Exactly these things stay out. What stood out before keeps its reason."""
    bundle = _locked(bundle, version, by)
    known = set(there)
    new = [key for key in keys if key in known and key not in bundle.left_out]
    if new and not why.strip():
        raise Refused("Say why it is left out.")
    kept = {key: reason for key, reason in bundle.left_out.items() if key in set(keys)}
    bundle.left_out = kept | dict.fromkeys(new, why.strip())
    return _saved("bundle.left-out", bundle, by, at, how_many=len(bundle.left_out))


@transaction.atomic
def black_out(
    *,
    bundle: Bundle,
    words: str,
    why: str,
    dropped: Collection[str],
    seen: Collection[str],
    version: int,
    by: User,
    at: datetime,
) -> Bundle:
    """Add words to black out everywhere, take others away, and say in which uploads one looked.

    The words themselves stand in no event: they are what nobody is to read.
    """
    bundle = _locked(bundle, version, by)
    phrases = [each for each in bundle.phrases if each["words"] not in set(dropped)]
    words, why = " ".join(words.split()), " ".join(why.split())
    if words:
        phrases.append(_phrase(words, why, phrases))
    bundle.phrases = phrases
    # Whoever looked, looked for the words there were.
    bundle.seen = [] if words else sorted(seen)
    return _saved("bundle.blacked-out", bundle, by, at, how_many=len(phrases))


def _phrase(words: str, why: str, others: list[dict[str, str]]) -> dict[str, str]:
    if len("".join(words_in(words))) < SHORTEST:
        raise Refused("One letter stands in every line: enter the whole name.")
    if not why:
        raise Refused("Say why it is blacked out: the reason stands beside the black.")
    if len(others) >= MOST:
        raise Refused(f"No more than {MOST} can be blacked out: leave whole documents out instead.")
    phrase = {"words": words, "why": why}
    if said_by_marks(phrases_of([*others, phrase])):
        raise Refused("The reason would say the words themselves: word it otherwise.")
    if any(each["words"].casefold() == words.casefold() for each in others):
        raise Refused("These words are blacked out already.")
    return phrase


def _locked(bundle: Bundle, version: int, by: User) -> Bundle:
    rows = Bundle.objects.select_for_update(of=("self",)).select_related("case__school")
    found = rows.get(pk=bundle.pk)
    if not may(by, BUNDLE, found):
        raise Refused("Your role at this school does not allow this.")
    if found.state != "prepared":
        raise Refused("It is made, or given up, and stays as it is.")
    if found.version != version:
        raise Stale(found)
    return found


def _saved(verb: str, bundle: Bundle, by: User, at: datetime, **after: Any) -> Bundle:
    bundle.version += 1
    bundle.save()
    _note(verb, bundle, by, at, **after)
    return bundle


def _note(verb: str, bundle: Bundle, by: User, at: datetime, **after: Any) -> None:
    told: Mapping[str, Any] = after
    audit.record(verb=verb, subject=bundle, by=by, at=at, permission=BUNDLE, after=dict(told))
