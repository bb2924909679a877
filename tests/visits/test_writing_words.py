"""Q1, S7: which words of a report are refused, and which its author is asked to look at."""

import pytest

from plimsoll.framework.editions import edition
from plimsoll.visits.privacy import band_named, look, sentences

LIVERPOOL, NORTHMOOR = edition("liverpool/2026-27"), edition("northmoor/2026-27")
ADULTS = ("Helen Marsh", "Chloe Grant", "Sadia Rahman")
SCHOOL = ("Harbour View Primary School", "Leadership and governance")


@pytest.mark.parametrize(
    "text",
    [
        "The school is in band C.",
        "We think band c is right.",
        "It was BAND D last year.",
        "Its SSA is C now.",
        "The SSA C stands.",
        "The School Support Allocation remains at B.",
        "This is a Category D school.",
        "The band should be D.",
        "Band: B",
        "The band (C) is right.",
        "The band is “C”.",
        "A C-banded school.",
        "It moved into the D band.",
        "It is banded A.",
        "Between bands B and C.",
        "The b\u0430nd is C.",  # the second letter is Cyrillic
        "The band is \u0421.",  # and here the third word
        "Ba\u00adnd C stands.",  # a soft hyphen
        "The band\u200b C stands.",  # a space of no width
        "\uff22\uff21\uff2e\uff24 \uff23.",  # the wide letters of an Asian font
        "The band\nC",
        "Its band\r\n\r\n(C)",
        "The band was set\nC is right.",
        "See band_C and band/C.",
        "BandC",
        "Band #C",
        "Band [C]",
        "**Band** C",
        "Band C’s schools",
        "a c-band school",
        "The band moved from B to C.",
        "The band agreed: C.",
        "Its allocation is D.",
    ],
)
def test_S7_Q1_a_band_is_found_however_it_is_written(text: str) -> None:
    assert band_named(f"Reading is strong. {text} All is well.", LIVERPOOL)


@pytest.mark.parametrize(
    "text",
    [
        "The brass band plays a concert.",
        "They hold a band a year.",
        "A band of leaders works on it.",
        "Leaders widened the band of texts.",
        "Pupils in group C read daily.",
        "Vitamin D, grade B and plan A.",
        "The priority is reading.",
        "The category of need is broad.",
        "They heard a brass band\nA visit to the docks followed.",
        "The wind band\nPupils in Year 4 play.",
        "They disband a club. A band D’Arcy led played.",
        "Husband C. Marsh came.",
    ],
)
def test_Q1_what_only_looks_like_a_band_is_let_through(text: str) -> None:
    assert band_named(text, LIVERPOOL) == ""


def test_F1_S7_the_band_is_found_in_another_authoritys_words() -> None:
    assert band_named("The school stays at priority 3.", NORTHMOOR)
    assert band_named("Its prioritisation is 4.", NORTHMOOR)
    assert band_named("There are 3 priorities for the year.", NORTHMOOR) == ""


def test_S7_the_sentence_where_the_band_stands_is_given() -> None:
    text = "Attendance rose by 3.5 points. The band is C! Next."
    assert band_named(text, LIVERPOOL) == "The band is C!"


def test_sentences_end_with_their_mark_or_their_line() -> None:
    assert list(sentences("Rose by 3.5. Next!\nNew line\n\nLast")) == [
        "Rose by 3.5.", "Next!", "New line", "Last",
    ]  # fmt: skip


def words(text: str) -> list[str]:
    return [
        each.word for each in look("purpose", text, policy=LIVERPOOL, adults=ADULTS, words=SCHOOL)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The pupil Jordan Bell reads well.", ["Jordan Bell"]),
        ("A boy, Kyle, was upset.", ["Kyle"]),
        ("We spoke of Jordan Bell.", ["Jordan Bell"]),
        ("Jordan Bell was there.", ["Jordan Bell"]),
        ("Her twin Aoife O’Brien came.", ["Aoife O’Brien"]),
        ("Helen Bell is in the nursery.", ["Helen Bell"]),
        ("One has a diagnosis.", ["diagnosis"]),
        ("Two are on the self-harm register.", ["self-harm"]),
        ("One pupil is ADHD and one is Muslim.", ["ADHD", "Muslim"]),
    ],
)
def test_Q1_a_name_or_a_sensitive_word_is_shown(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Helen Marsh and Chloe Grant led the tour.",
        "Mrs Marsh and Dr Who led the tour.",
        "The pupils read widely. Year Six is strong.",
        "Harbour View does well in Key Stage Two.",
        "Leadership and governance are strong. Single Central Record seen.",
        "Children behave well.",
        "The neglected library is open.",
    ],
)
def test_Q1_known_adults_and_ordinary_words_are_let_through(text: str) -> None:
    assert words(text) == []


def test_Q1_a_warning_says_where_it_stands_and_why() -> None:
    [found] = look("purpose", "All well. The boy Kyle ran.", policy=LIVERPOOL, adults=(), words=())
    assert (found.part, found.sentence, found.why) == (
        "purpose", "The boy Kyle ran.", "Perhaps the name of a pupil",
    )  # fmt: skip
