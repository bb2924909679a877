from tests.markup import faults

PAGE = '<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body>{}</body></html>'


def test_sound_page_has_no_faults() -> None:
    assert faults(PAGE.format('<a href="#here">Here</a><p id="here">Text</p>')) == []


def test_unclosed_element_is_a_fault() -> None:
    assert len(faults(PAGE.format("<div><p>Text</div></div>"))) == 1


def test_link_to_nowhere_is_a_fault() -> None:
    assert faults(PAGE.format('<a href="#gone">Gone</a>')) == [
        'the link href="#gone" leads nowhere'
    ]


def test_id_used_twice_is_a_fault() -> None:
    assert faults('<p id="a">One</p><p id="a">Two</p>') == ['id="a" is on 2 elements']
