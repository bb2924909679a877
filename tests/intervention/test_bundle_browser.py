"""The pages of the file of a case in a browser, at both widths, and by keyboard."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import Page

from plimsoll.intervention.bundle import holding
from plimsoll.intervention.cases.findings import NewFinding, record_finding
from plimsoll.intervention.models import Bundle
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.intervention.bundled import blacked, left_out, made, prepared


def test_the_pages_of_a_file_are_accessible_and_it_is_made_by_keyboard(
    cast: Cast, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    case = steps.formal(cast)
    holding.place(case=case, why="A claim is expected", by=cast.declan, at=NOW)
    file = SimpleUploadedFile("Lessons seen.csv", b"year,seen\n1,12\n")
    new = NewFinding(fact="improvement", on=TODAY, text="Lessons were seen.", file=file)
    record_finding(case=case, wanted=new, by=cast.priya, at=NOW)
    made(left_out(prepared(case, cast.declan), cast.declan, f"case-{case.pk}"), cast.declan)
    bundle = blacked(prepared(case, cast.declan, "foi"), cast.declan, "the results")
    old = Bundle.objects.exclude(pk=bundle.pk).get()
    sign_in(page, cast.declan)
    for name, args in (
        ("bundles", [case.pk]),
        ("bundle", [case.pk, old.pk]),
        ("bundle-leave-out", [case.pk, bundle.pk]),
        ("bundle-black-out", [case.pk, bundle.pk]),
        ("hold", [case.pk]),
        ("case", [case.pk]),
        ("bundle", [case.pk, bundle.pk]),
    ):
        page.goto(reverse(f"intervention:{name}", args=args))
        assert_accessible(page)
    page.get_by_role("button", name="Make the file").focus()
    page.keyboard.press("Enter")
    page.get_by_text("The file is made.").wait_for()
    assert_accessible(page)
