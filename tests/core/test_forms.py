"""Forms: every widget as its component, every mistake a sentence that leads to its place."""

import re
from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import Context, Template

from plimsoll.core import rendering, stale
from plimsoll.core.forms import DateField, FilterForm, Label, PlimsollForm
from tests.markup import faults

ATTACK = '<script>alert("x")</script>'
CHOICES = [("a", Label("At or above", hint="Stands in A")), ("b", "Below")]


class Everything(PlimsollForm):
    name = forms.CharField(help_text="As people say it")
    email = forms.EmailField(label="E-mail address")
    address = forms.URLField(assume_scheme="https")
    days = forms.DecimalField()
    pupils = forms.IntegerField()
    reasons = forms.CharField(widget=forms.Textarea)
    note = forms.CharField(widget=forms.Textarea(attrs={"count": 200}))
    phase = forms.ChoiceField(choices=[("", "Choose one"), ("p", "Primary")])
    view = forms.ChoiceField(widget=forms.RadioSelect, choices=CHOICES)
    present = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=CHOICES)
    groups = forms.MultipleChoiceField(choices=CHOICES)
    sure = forms.BooleanField(label="I have read the evidence")
    review_date = DateField()
    paper = forms.FileField()
    password = forms.CharField(widget=forms.PasswordInput)


class Review(PlimsollForm):
    review_date = DateField()


class Everyday(PlimsollForm):
    urn = forms.IntegerField(label="URN", min_value=100_000, max_value=999_999)
    name = forms.CharField(max_length=5)
    why = forms.CharField(label="Why is that?")
    reason = forms.CharField(label="Your reason", required=False)
    rate = forms.DecimalField(label="Rate %")


def page(form: object, **values: object) -> str:
    body = Template("{% load govuk %}{% govuk_errors form %}{% govuk_form form legend %}").render(
        Context({"form": form, **values})
    )
    return f'<!DOCTYPE html><html lang="en-GB"><title>x</title><body>{body}</body></html>'


def dead_links(html: str) -> list[str]:
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    return [target for target in re.findall(r'href="#([^"]+)"', html) if target not in ids]


def typed(day: str, month: str, year: str) -> Review:
    return Review({"review_date_day": day, "review_date_month": month, "review_date_year": year})


# --- every widget -------------------------------------------------------------------


@pytest.mark.parametrize("name", list(Everything.base_fields))
def test_each_line_of_the_error_summary_leads_to_its_field(name):
    form = Everything({})
    html = page(form)

    assert f'href="#{rendering.target(form[name])}"' in html
    assert dead_links(html) == []


@pytest.mark.parametrize("prefix", [None, "second"])
def test_a_form_of_every_widget_is_well_formed(prefix):
    for form in (Everything(prefix=prefix), Everything({}, prefix=prefix)):
        html = page(form)
        assert faults(html) == []
        assert dead_links(html) == []
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids))


def test_radios_lead_to_the_first_of_them_and_show_the_hint_of_each():
    html = page(Everything({}))

    assert '<a href="#id_view">Choose the view</a>' in html
    assert 'id="id_view" name="view" type="radio" value="a"' in html
    assert "Stands in A" in html


def test_what_was_typed_is_shown_again():
    form = Everything(
        {
            "name": "Ada",
            "reasons": "\n first\nsecond",
            "phase": "p",
            "view": "b",
            "present": ["a", "b"],
            "sure": "on",
            "review_date_day": "31",
            "review_date_month": "2",
            "review_date_year": "2027",
        }
    )
    html = page(form)

    assert 'value="Ada"' in html
    # The parser drops the first line break and keeps the writer's own.
    assert 'rows="5">\n\n first\nsecond</textarea>' in html
    assert '<option value="p" selected>' in html
    assert 'value="b" checked' in html
    assert re.search(r'name="present" type="checkbox" value="b" checked', html)
    assert re.search(r'id="id_sure" name="sure" type="checkbox" value="on" checked', html)
    assert 'name="review_date_day" type="text" value="31"' in html


def test_initial_values_are_shown():
    form = Everything(initial={"view": "b", "review_date": date(2027, 3, 5), "sure": True})
    html = page(form)

    assert 'value="b" checked' in html
    assert 'name="review_date_month" type="text" value="3"' in html
    assert 'value="on" checked' in html


def test_a_number_is_typed_as_text_with_the_right_keyboard():
    html = page(Everything())

    assert 'type="number"' not in html
    assert 'name="pupils" type="text"' in html
    assert 'inputmode="numeric"' in html
    assert 'inputmode="decimal"' in html


def test_the_browser_does_not_check_in_our_place():
    html = page(Everything())

    assert " required" not in html
    assert " maxlength" not in html


def test_a_file_is_chosen_with_the_plain_control():
    html = page(Everything())

    assert 'class="govuk-file-upload" id="id_paper" name="paper" type="file"' in html
    assert 'data-module="govuk-file-upload"' not in html


def test_a_count_of_characters_is_there_only_when_asked_for():
    html = page(Everything())

    assert html.count("govuk-js-character-count") == 1
    assert 'data-maxlength="200"' in html


def test_hidden_fields_are_hidden_and_their_errors_are_told_without_a_link():
    class Hidden(PlimsollForm):
        version = forms.IntegerField(widget=forms.HiddenInput)
        name = forms.CharField()

    html = page(Hidden({"name": "x"}))

    assert re.search(r'<input type="hidden" name="version"[^>]*id="id_version"', html)
    assert "Enter the version" in html
    assert 'href="#id_version"' not in html


def test_an_error_of_the_whole_form_leads_to_its_first_field():
    class Pair(PlimsollForm):
        first = forms.CharField()

        def clean(self):
            raise forms.ValidationError("These do not belong together")

    html = page(Pair({"first": "x"}))

    assert '<a href="#id_first">These do not belong together</a>' in html
    assert dead_links(html) == []


def test_a_set_of_forms_has_a_numbered_legend_each_and_links_that_arrive():
    actions = forms.formset_factory(Review, extra=0, min_num=2, validate_min=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    html = page(actions(data), legend="Action")

    assert "Action 1" in html
    assert "Action 2" in html
    assert 'href="#id_form-1-review_date_day"' in html
    assert 'name="form-TOTAL_FORMS"' in html
    assert dead_links(html) == []
    assert faults(html) == []


def test_a_widget_without_a_component_is_named():
    class Odd(PlimsollForm):
        at = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match=r"“at”: no GOV\.UK component shows"):
        rendering.form(Odd())


def test_what_may_be_empty_says_so_except_in_a_filter():
    class Narrow(FilterForm):
        phase = forms.CharField(required=False)

    assert "Your reason (optional)" in page(Everyday())
    assert "(optional)" not in page(Narrow())


def test_one_field_takes_parameters_of_its_component():
    html = Template(
        '{% load govuk %}{% govuk_field form.rate size="l" heading=True suffix__text="%" %}'
    ).render(Context({"form": Everyday()}))

    assert '<h1 class="govuk-label-wrapper">' in html
    assert "govuk-label--l" in html
    assert "govuk-input__suffix" in html


# --- injection ----------------------------------------------------------------------


def test_script_in_text_hint_choice_value_and_error_is_escaped():
    class Attacked(PlimsollForm):
        name = forms.CharField(label=ATTACK, help_text=ATTACK)
        text = forms.CharField(widget=forms.Textarea)
        view = forms.ChoiceField(
            widget=forms.RadioSelect,
            choices=[(ATTACK, Label(ATTACK, hint=ATTACK))],
            help_text=ATTACK,
        )
        phase = forms.ChoiceField(choices=[(ATTACK, ATTACK)])

        def clean(self):
            self.add_error("name", ATTACK)
            self.add_error(None, ATTACK)

    html = page(Attacked({"name": ATTACK, "text": f"</textarea>{ATTACK}", "phase": "no"}))

    assert "<script" not in html
    assert html.count("</textarea>") == 1
    assert faults(html) == []


# --- sentences ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({}, "urn", "Enter the URN"),
        ({"urn": "abc"}, "urn", "URN must be a whole number, like 15"),
        ({"urn": "99"}, "urn", "URN must be 100000 or more"),
        ({"urn": "1000000"}, "urn", "URN must be 999999 or less"),
        ({"name": "Portside"}, "name", "Name must be 5 characters or fewer, not 8"),
        ({}, "why", "Answer “Why is that?”"),
        ({}, "rate", "Enter the rate %"),
        ({"rate": "much"}, "rate", "Rate % must be a number, like 1.5"),
    ],
)
def test_a_mistake_gets_a_sentence(data, field, sentence):
    assert Everyday(data).errors[field] == [sentence]


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("email", "Enter the e-mail address"),
        ("view", "Choose the view"),
        ("phase", "Choose the phase"),
        ("sure", "Tick “I have read the evidence” to go on"),
        ("paper", "Choose a file for the paper"),
        ("review_date", "Enter the review date"),
    ],
)
def test_what_is_missing_is_asked_for_in_the_verb_of_its_component(field, sentence):
    assert Everything({}).errors[field] == [sentence]


def test_a_label_that_is_a_clause_is_asked_for_without_an_article():
    class Clauses(PlimsollForm):
        rise = forms.CharField(label="What gave rise to the case")
        came = forms.ChoiceField(label="What came of it", choices=[("held", "It was held")])

    assert [each[0] for each in Clauses({}).errors.values()] == [
        "Enter what gave rise to the case",
        "Choose what came of it",
    ]


def test_a_choice_that_is_not_there_and_an_empty_file_are_told():
    empty = SimpleUploadedFile("a.pdf", b"")
    form = Everything({"view": "z", "email": "nobody"}, {"paper": empty})

    assert form.errors["view"] == ["Choose one of the answers listed for view"]
    assert form.errors["paper"] == ["The file is empty: choose another"]
    assert form.errors["email"] == [
        "E-mail address must be an e-mail address like name@example.org"
    ]


def test_a_message_that_the_form_worded_itself_stays():
    class Own(PlimsollForm):
        why = forms.CharField(error_messages={"required": "Say why, so that the head knows"})

    assert Own({}).errors["why"] == ["Say why, so that the head knows"]


# --- dates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "sentence", "place"),
    [
        (("", "", ""), "Enter the review date", "day"),
        (("27", "3", ""), "Review date must include a year", "year"),
        (("27", "", "2027"), "Review date must include a month", "month"),
        (("", "3", "2027"), "Review date must include a day", "day"),
        (("27", "", ""), "Review date must include a month and year", "month"),
        (("31", "2", "2027"), "Review date must be a real date", "day"),
        (("0", "2", "2027"), "Review date must be a real date", "day"),
        (("x", "2", "2027"), "Review date must be a real date", "day"),
        (("9" * 20, "2", "2027"), "Review date must be a real date", "day"),
        (("9" * 5000, "2", "2027"), "Review date must be a real date", "day"),
        (("1", "9" * 5000, "2027"), "Review date must have a month from 1 to 12", "month"),
        (("1", "3", "9999"), "Review date must have a year of 4 digits, like 2026", "year"),
        (("1", "3", "0226"), "Review date must have a year of 4 digits, like 2026", "year"),
        (("1", "13", "2027"), "Review date must have a month from 1 to 12", "month"),
        (("1", "3", "27"), "Review date must have a year of 4 digits, like 2026", "year"),
    ],
)
def test_each_mistake_in_a_date_has_its_sentence_and_its_place(parts, sentence, place):
    form = typed(*parts)

    assert form.errors["review_date"] == [sentence]
    assert rendering.target(form["review_date"]) == f"id_review_date_{place}"


@pytest.mark.parametrize("month", ["3", "03", "March", "mar"])
def test_a_month_may_be_a_number_or_a_name(month):
    form = typed("5", month, "2027")

    assert form.is_valid()
    assert form.cleaned_data["review_date"] == date(2027, 3, 5)


def test_a_date_may_be_bounded_by_a_form_that_knows_the_day():
    form = typed("5", "3", "2027")
    form.fields["review_date"].earliest = date(2027, 4, 1)
    assert form.errors["review_date"] == ["Review date must be 1 April 2027 or later"]

    form = typed("5", "3", "2027")
    form.fields["review_date"].latest = date(2027, 2, 1)
    assert form.errors["review_date"] == ["Review date must be 1 February 2027 or earlier"]


def test_a_date_that_may_be_left_out_is_none():
    class Later(PlimsollForm):
        on = DateField(required=False)

    form = Later({"on_day": "", "on_month": " ", "on_year": ""})
    assert form.is_valid()
    assert form.cleaned_data["on"] is None
    assert not form.has_changed()


# --- a save that came too late ------------------------------------------------------


class Note(PlimsollForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(widget=forms.Textarea)
    review_date = DateField(required=False)
    same = forms.CharField(required=False)


NOTE = {
    "version": "3",
    "text": "mine\r\nstill",
    "review_date_day": "1",
    "review_date_month": "2",
    "review_date_year": "2027",
    "same": "x",
}


def test_U4_only_what_differs_is_asked_about():
    saved = {"text": "mine\nstill", "review_date": date(2027, 3, 1), "same": "x"}

    found = stale.clashes(Note(NOTE), saved)

    assert [(clash.name, clash.your_words, clash.their_words) for clash in found] == [
        ("review_date", "1 2 2027", "1 3 2027")
    ]


@pytest.mark.parametrize(
    ("keep", "text", "month"),
    [("mine", "mine", "2"), ("theirs", "theirs", "3"), ("merged", "both", "2")],
)
def test_the_choice_on_the_stale_page_becomes_the_data_of_the_form(keep, text, month):
    sent = QueryDict(
        "text=mine&saved-text=theirs&merged-text=both&review_date_month=2"
        f"&saved-review_date_month=3&version=4&keep={keep}"
    )

    data = stale.settled(sent)

    assert (data["text"], data["review_date_month"], data["version"]) == (text, month, "4")


def test_data_from_elsewhere_is_left_alone():
    sent = QueryDict("text=mine")

    assert stale.settled(sent) is sent
