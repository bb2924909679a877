"""The term in brief: drafted from the figures, for a person to word."""

from plimsoll.visits.days.queries import total
from plimsoll.visits.summaries.parts.told import Told, days, number_of
from plimsoll.visits.summaries.parts.visits import NONE_HELD, held_in_term
from plimsoll.visits.summaries.records import Records


def told(records: Records) -> Told:
    held = len(held_in_term(records))
    contacts = sum(records.in_term(call.on) for call in records.calls)
    visits = f"{_big(number_of(held, 'visit'))} {_was(held)} held this term."
    used, year = total(records.term_days.values()).used, total(records.year_days.values())
    sentences = [
        visits if held else NONE_HELD,
        f"There {_was(contacts)} {number_of(contacts, 'other contact')}." if contacts else "",
        f"{_big(days(used))} {'was' if used == 1 else 'were'} used this term; "
        f"{days(year.left)} of the year {'is' if year.left == 1 else 'are'} left."
        if year.entitled
        else "",
    ]
    return Told(words=" ".join(filter(None, sentences)))


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _big(words: str) -> str:
    return words[:1].upper() + words[1:]
