"""What is held about the school, to be read and taken along (U4)."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plimsoll.allocations.held import as_plain
from plimsoll.allocations.held import held as what_is_held
from plimsoll.core.access import needs, visible
from plimsoll.framework.editions import current
from plimsoll.people.requests import SignedIn
from plimsoll.schools.models import School


def _school(request: SignedIn, urn: int) -> School:
    return get_object_or_404(visible(School.objects.all(), request.user, "held.see"), pk=urn)


@needs("held.see")
@never_cache
@require_GET
def held(request: SignedIn, urn: int) -> HttpResponse:
    found = what_is_held(_school(request, urn), request.user)
    return render(
        request,
        "allocations/held.html",
        {"held": found, "words": current().words, "service": current().authority.service_name},
    )


@needs("held.see")
@never_cache
@require_GET
def download(request: SignedIn, urn: int) -> HttpResponse:
    found = what_is_held(_school(request, urn), request.user)
    headers = {"Content-Disposition": f'attachment; filename="held-{urn}.json"'}
    return JsonResponse(as_plain(found), json_dumps_params={"indent": 2}, headers=headers)
