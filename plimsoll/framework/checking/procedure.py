"""How the year runs: times in order, an end to every dispute, e-mails that tell nothing."""

import re
from collections.abc import Iterator

from plimsoll.framework.checking.questions import (
    Found,
    day_of_year,
    exactly,
    filled,
    known,
    once,
)
from plimsoll.framework.model import Edition
from plimsoll.framework.vocabulary import (
    DIGEST_PLACEHOLDERS,
    LETTER_PLACEHOLDERS,
    MESSAGE_PLACEHOLDERS,
    MESSAGES,
    OUTCOMES,
)


def allocation(edition: Edition) -> Iterator[Found]:
    rules = edition.allocation
    if list(rules.remind_after) != sorted(set(rules.remind_after)):
        yield "allocation.remind_after", "must be days in rising order"
    if rules.provisional_after_days < rules.answer_days:
        yield "allocation.provisional_after_days", "comes before the head's time to answer ends"
    if rules.mode == "negotiated" and set(rules.signatures) != {"school", "service"}:
        yield "allocation.signatures", "must be school and service where it is negotiated"
    yield from once("allocation.signatures", rules.signatures)
    what = "a setting of the allocation"
    yield from known("allocation.assumed", rules.assumed, vars(rules), what)
    for name in ("window_start", "window_end"):
        if not day_of_year(getattr(rules, name)):
            yield f"allocation.{name}", "is not a day of the year"


def disagreement(edition: Edition) -> Iterator[Found]:
    tiers = edition.disagreement
    deciders = edition.grants.get("allocation.decide", {})
    if not tiers:
        yield "disagreement", "must hold at least one tier"
    yield from once("disagreement", [tier.role for tier in tiers])
    for place, tier in enumerate(tiers, start=1):
        key = f"disagreement[{place}]"
        yield from known(f"{key}.role", [tier.role], edition.roles, "a role")
        if tier.role in edition.roles and tier.role not in deciders:
            yield f"{key}.role", f'"{tier.role}" is not granted allocation.decide'
        if tier.final != (place == len(tiers)):
            yield f"{key}.final", "must be true for the last tier and for no other"


def texts(edition: Edition) -> Iterator[Found]:
    yield from exactly("letters", edition.letters, OUTCOMES)
    yield from exactly("messages", edition.messages, MESSAGES)
    for outcome, letter in edition.letters.items():
        yield from filled(f"letters.{outcome}", letter.texts, LETTER_PLACEHOLDERS)
    for name, message in edition.messages.items():
        placeholders = DIGEST_PLACEHOLDERS if name == "digest" else MESSAGE_PLACEHOLDERS
        yield from filled(f"messages.{name}", message.texts, placeholders)
        yield from known(f"messages.{name}.to", message.to, edition.roles, "a role")
        for text in message.texts:
            for secret in _secrets_in(text, edition):
                yield f"messages.{name}", f'an e-mail must not say "{secret}"'


def _secrets_in(text: str, edition: Edition) -> Iterator[str]:
    """What an e-mail would give away: a named band, or a word policy calls confidential."""
    named = [f"{edition.words.band} {band.label}" for band in edition.bands]
    for secret in (*named, *edition.words.confidential):
        if re.search(rf"\b{re.escape(secret)}\b", text, re.IGNORECASE):
            yield secret
