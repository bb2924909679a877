"""The instruments that every page is measured with do measure."""

import pytest
from playwright.sync_api import Page

from tests.browser import assert_accessible, axe, dead_links

SOUND = """<!DOCTYPE html><html lang="en"><head><title>Sound</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Sound</h1><p>Text</p></main></body></html>"""


def test_sound_page_passes(page: Page) -> None:
    page.set_content(SOUND)
    assert_accessible(page)


def test_axe_finds_a_picture_without_words(page: Page) -> None:
    page.set_content(SOUND.replace("<p>", '<img src="data:,"><p>'))
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_axe_finds_small_targets(page: Page) -> None:
    """`target-size` is off by default."""
    button = '<button style="width:9px;height:9px;padding:0" aria-label="a"></button>'
    page.set_content(SOUND.replace("<p>", f"<div>{button}{button}</div><p>"))
    with pytest.raises(AssertionError, match="target-size"):
        axe(page)


def test_dead_links_are_found(page_without_scripts: Page) -> None:
    page_without_scripts.set_content(SOUND.replace("<p>", '<a href="#gone">Gone</a><p>'))
    assert dead_links(page_without_scripts) == ["#gone"]


def test_page_that_scrolls_sideways_is_found(page: Page) -> None:
    page.set_content(SOUND.replace("<p>", '<p style="width:400px">'))
    with pytest.raises(AssertionError, match="scrolls sideways at 320 px"):
        assert_accessible(page)
