"""The measures that come with Plimsoll."""

from collections import Counter

from plimsoll.evidence.groups import GROUPS
from plimsoll.framework.measures import MEASURES, THEMES


def test_a_theme_has_two_headlines_at_most_for_a_kind_of_school_and_none_where_it_describes() -> (
    None
):
    headlines = [measure for measure in MEASURES.values() if measure.headline]
    assert headlines
    for measure in headlines:
        assert measure.shown, measure.key
        assert not THEMES[measure.theme].describes, measure.key
    for group in ("primary", "secondary", "special", "post-16"):
        assert group in GROUPS
        shown = Counter(measure.theme for measure in headlines if group in measure.areas)
        assert max(shown.values(), default=0) <= 2, group
