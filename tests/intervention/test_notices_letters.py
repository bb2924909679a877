"""What each letter of both policies says, block by block (I3 to I7)."""

from itertools import pairwise

import pytest

from plimsoll.documents.content import Heading, Paragraph, Signatures, Table
from plimsoll.framework.editions import edition
from plimsoll.intervention.notices import deliveries, letters
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.intervention.steps import approved

POLICIES = ("liverpool/2026-27", "northmoor/2026-27")
KINDS = [(policy, kind.id) for policy in POLICIES for kind in edition(policy).notices]


@pytest.mark.parametrize(("policy", "kind"), KINDS)
def test_I3_I4_I5_I6_I7_each_letter_is_whole_and_says_what_it_is(
    cast: Cast, policy: str, kind: str
) -> None:
    case = steps.opened(cast)
    case.edition = policy
    notice = approved(case, kind, given_on=TODAY, signed_by="Declan Byrne")
    letter = letters.written(notice, deliveries.make(notice), at=NOW)
    blocks = letter.blocks
    words = " ".join(each.text for each in blocks if isinstance(each, Paragraph))
    said = "not a statutory notice" in letter.title, "This is not a statutory notice." in words
    assert said == (not notice.type.statutory,) * 2
    headings = [each.text for each in blocks if isinstance(each, Heading)]
    assert [part.label for part in notice.type.parts if part.label not in headings] == []
    for block, following in pairwise(blocks):
        assert not (isinstance(block, Heading) and isinstance(following, Heading)), block
    assert not isinstance(blocks[-1], Heading)
    signed = next(each for each in blocks if isinstance(each, Signatures))
    role = case.policy.roles[notice.type.signatory].label
    assert [(one.name, one.post) for one in signed.people] == [("Declan Byrne", role)]
    table = next(each for each in blocks if isinstance(each, Table))
    assert len(table.rows) == notice.deliveries.count() > 0
    assert "{" not in words
