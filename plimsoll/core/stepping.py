"""What the pages of steps have in common: whose page it is, and where it leads once it is past."""

from collections.abc import Container
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from plimsoll.core.access import may
from plimsoll.core.models import Case
from plimsoll.core.workflow import Step, Workflow


def asked_for(
    process: Workflow, case: Case, name: str, *, by: Any, pages: Container[str] | None = None
) -> Step:
    """The step of this name, for whoever may take it when it is open.

    `pages` are the steps that this page is for, where it is not for all. Raises Http404 for a
    step that is none of them, PermissionDenied where it is somebody else's.
    """
    step = next((each for each in process.steps if each.name == name), None)
    if step is None or (pages is not None and name not in pages):
        raise Http404
    if not may(by, step.permission, case):
        raise PermissionDenied
    return step


def not_now(request: HttpRequest, state: str, to: str, *args: Any) -> HttpResponse:
    """Lead back from a step that is not open: a second click, or somebody was quicker.

    `state` is how the case stands, in words that this reader may know.
    """
    messages.info(request, f"That is not possible now: the state is “{state}”.")
    return redirect(to, *args)
