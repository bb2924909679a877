"""Where an e-mail about a case leads: the address says nothing of what is behind it.

Somebody who glances at a telephone, or keeps a mail server, learns that there is something to
read and no more (S7).
"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.core.access import SIGNED_IN, needs
from plimsoll.intervention.cases.queries import cases, told_cases
from plimsoll.intervention.notices.queries import readable
from plimsoll.people.requests import SignedIn


@needs("concern.told")
@never_cache
@require_GET
def case(request: SignedIn, pk: int) -> HttpResponse:
    """The whole case, or what the school was told of it: as this reader may know it."""
    if cases(request.user).filter(pk=pk).exists():
        return redirect("intervention:case", pk)
    return redirect("intervention:told", get_object_or_404(told_cases(request.user), pk=pk).pk)


@needs(SIGNED_IN)
@never_cache
@require_GET
def text(request: SignedIn, pk: int) -> HttpResponse:
    return redirect("intervention:notice", get_object_or_404(readable(request.user), pk=pk).pk)
