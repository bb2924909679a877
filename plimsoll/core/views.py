"""The one page-less address of the kernel: where a form's draft is kept as it is typed."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from plimsoll.core import drafts
from plimsoll.core.access import SIGNED_IN, needs


@needs(SIGNED_IN)
@require_POST
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what the person has typed so far; only that person ever gets it back."""
    if len(key) > drafts.LONGEST_KEY or "\0" in key:
        raise Http404
    names = set(request.POST) - drafts.OMITTED
    typed = {name: request.POST.getlist(name) for name in sorted(names)}
    try:
        kept = drafts.keep(user=request.user, key=key, data=typed, at=timezone.now())
    except drafts.TooLong as too_long:
        return JsonResponse({"error": str(too_long)}, status=413)
    return JsonResponse({"saved_at": f"{timezone.localtime(kept.saved_at):%H:%M}"})
