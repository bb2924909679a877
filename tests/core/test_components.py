"""The parts of a page: they render, they escape, they are well formed."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from plimsoll.core import components, context, pagination
from plimsoll.core.progress import Part, segments
from tests.markup import faults

ATTACK = '<script>alert("x")</script>'


def rendered(source: str, **values: object) -> str:
    return Template("{% load govuk %}" + source).render(Context(values))


def fragment(html: str) -> str:
    return f'<!DOCTYPE html><html lang="en-GB"><title>x</title><body>{html}</body></html>'


def test_a_component_takes_snake_case_and_nested_parameters():
    html = rendered(
        '{% govuk "input" id="n" name="n" label__text="Name" autocomplete="name" '
        "attributes__data_kind=kind %}",
        kind="person",
    )

    assert '<label class="govuk-label" for="n">' in html
    assert 'autocomplete="name"' in html
    assert 'data-kind="person"' in html


def test_a_component_that_does_not_exist_is_named():
    with pytest.raises(LookupError, match="no component “buton”"):
        components.render("buton", text="Save")


def test_a_block_component_keeps_the_html_inside_it():
    html = rendered(
        '{% govukblock "details" summary_text="More" %}<p>{{ text }}</p>{% endgovukblock %}',
        text=ATTACK,
    )

    assert "<p>&lt;script&gt;" in html
    assert "<script>" not in html


@pytest.mark.parametrize(
    "source",
    [
        '{% govuk "button" text=attack %}',
        '{% govuk "button" html=attack %}',
        '{% govuk "tag" text=attack classes=attack %}',
        '{% govuk "button" text="x" attributes__data_x=attack %}',
        '{% govuk "input" id="a" name="a" label__html=attack hint__html=attack %}',
        '{% govuk "service-navigation" service_name=attack slots__end=attack %}',
        '{% govuk "notification-banner" text=attack %}',
        "{% status attack %}",
        "{% source_line attack %}",
        "{% summary_list rows %}",
        "{% scroll attack %}x{% endscroll %}",
        '{% progress_bar parts attack "Schools" %}',
        '{% include "partials/timeline.html" %}',
        '{% include "partials/subnavigation.html" with label=attack entries=entries %}',
        '{% include "partials/empty.html" with text=attack href=attack action=attack %}',
    ],
)
def test_text_is_escaped_everywhere(source):
    html = rendered(
        source,
        attack=ATTACK,
        rows=[(ATTACK, ATTACK)],
        parts=[Part(ATTACK, 1, "done", ATTACK)],
        events=[{"at": datetime(2026, 11, 3, tzinfo=UTC), "title": ATTACK, "text": ATTACK}],
        entries=[context.Entry(ATTACK, ATTACK)],
    )

    assert "<script" not in html
    assert faults(fragment(html)) == []


def test_html_that_is_marked_safe_is_kept():
    assert "<b>Now</b>" in rendered('{% govuk "tag" html=html %}', html=mark_safe("<b>Now</b>"))


def test_attributes_as_a_string_are_refused_because_nothing_could_escape_them():
    with pytest.raises(TypeError, match="Attributes are a dict"):
        components.render("button", text="x", attributes='onclick="x"')


def test_a_status_says_its_words_and_does_not_lean_on_colour():
    html = rendered('{% status "Waiting for the head" "waiting" %}')

    assert "Waiting for the head" in html
    assert "govuk-tag--yellow" in html


def test_a_sentence_breaks_neither_a_share_nor_a_year_and_is_escaped():
    html = rendered("{{ text|unbroken }}", text="5 % <b> in 2023-24, of 2024-01-31 & 12024-25")
    assert html == (
        '5\xa0% &lt;b&gt; in <span class="pl-year">2023-24</span>, of 2024-01-31 &amp; 12024-25'
    )


def test_a_source_line_says_what_and_as_at_when():
    html = rendered('{% source_line "DfE absence 2024/25" when %}', when=date(2026, 3, 5))

    assert html == (
        '<p class="pl-source">Source: DfE absence 2024/25, '
        'as at <time datetime="2026-03-05">5 March 2026</time></p>'
    )


def test_a_moment_is_said_in_local_time():
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)

    assert rendered("{{ at|moment }}|{{ at|day }}|{{ none|day }}", at=summer, none=None) == (
        "2 July 2026, 00:30|2 July 2026|"
    )


def test_a_bar_shares_its_width_and_its_table_keeps_every_row():
    parts = [Part("Agreed", 3, "done"), Part("Disputed", 0, "stopped"), Part("New", 1, "none")]

    assert [(s.x, s.width, s.percent) for s in segments(parts)] == [
        (0.0, 448.0, 75),
        (450.0, 0, 0),
        (450.0, 148.0, 25),
    ]
    html = rendered('{% progress_bar parts "The cycle" "Schools" %}', parts=parts)
    assert html.count('scope="row"') == 3
    assert 'role="img" aria-labelledby="the-cycle-title the-cycle-description"' in html


def test_a_bar_of_nothing_is_empty_and_divides_by_nothing():
    assert [s.width for s in segments([Part("Agreed", 0, "done")])] == [0]


def test_pages_keep_the_other_filters_of_the_address():
    page = Paginator(range(100), 10).page(5)

    params = pagination.params(page, QueryDict("phase=primary&page=5"))

    assert params["previous"] == {"href": "?phase=primary&page=4"}
    assert params["next"] == {"href": "?phase=primary&page=6"}
    assert [item.get("number", "…") for item in params["items"]] == [1, "…", 4, 5, 6, "…", 10]


def test_an_element_without_content_is_not_there():
    assert rendered('{% filled "p" "pl-lead" %} {% endfilled %}') == ""
    assert rendered('{% filled "p" "pl-lead" %}a{% endfilled %}') == '<p class="pl-lead">a</p>'


# --- whole pages -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("400.html", {}),
        ("403.html", {}),
        ("403_csrf.html", {}),
        ("404.html", {}),
        ("413.html", {}),
        ("500.html", {}),
        (
            "confirm.html",
            {
                "title": "Agree the band",
                "lead": "You agree band B.",
                "action": "Agree",
                "consequences": ["The band is final."],
                "told": ["The head"],
                "cancel": "/",
                "warning": "This cannot be undone.",
            },
        ),
    ],
)
@pytest.mark.parametrize("request_of", [None, RequestFactory().get("/")])
def test_a_page_is_well_formed_with_a_request_and_without(template, values, request_of):
    html = render_to_string(template, values, request_of)

    assert faults(html) == []
    assert '<html lang="en-GB"' in html
    assert html.count("<h1") == 1
    assert 'id="main-content"' in html


def test_no_page_asks_for_an_inline_style_which_the_policy_of_the_browser_would_drop():
    folders = [Path(settings.ROOT) / "templates", Path(settings.ROOT) / "plimsoll"]
    found = [
        str(path)
        for folder in folders
        for path in folder.rglob("*.html")
        if ' style="' in path.read_text(encoding="utf-8")
    ]

    assert found == []
