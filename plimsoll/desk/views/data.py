"""Published data: which files were read, what they changed, and reading in another."""

from io import StringIO

from django.db.models import Max
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from plimsoll.core.access import may, needs
from plimsoll.desk import brought, listing
from plimsoll.evidence import sources
from plimsoll.evidence.intake import pipeline
from plimsoll.evidence.intake import rejects as rejected
from plimsoll.evidence.models import ImportRun
from plimsoll.people.requests import SignedIn

SHOWN = 100
FIRST = 20  # of the changes; the others have a page of their own
FIGURES = (
    "rows", "selected", "accepted", "rejected", "created", "updated", "unchanged",
)  # fmt: skip


@needs("import.see")
@require_GET
def data(request: SignedIn) -> HttpResponse:
    newest = ImportRun.objects.order_by().values("source").annotate(newest=Max("pk"))
    latest = {one.source: one for one in ImportRun.objects.filter(pk__in=newest.values("newest"))}
    context = {
        "title": "Data",
        "held": [(source, latest.get(name)) for name, source in sources.known().items()],
        "page": listing.page(ImportRun.objects.order_by("-at", "-pk"), request.GET),
        "may_run": may(request.user, "import.run"),
    }
    return render(request, "desk/data/index.html", context)


@needs("import.see")
@require_GET
def run(request: SignedIn, pk: int) -> HttpResponse:
    """What one file brought, and whose story it changed."""
    shown = get_object_or_404(ImportRun, pk=pk)
    changes = list(brought.changes(request.user, shown)[: FIRST + 1])
    context = {
        "title": shown.file,
        "run": shown,
        "source": sources.title_of(shown.source),
        "figures": counted(shown),
        "rejects": shown.rejects.order_by("line")[:SHOWN],
        "changed": brought.told(changes[:FIRST]),
        "more": len(changes) > FIRST,
        "new": brought.new(shown).count(),
    }
    return render(request, "desk/data/run.html", context)


@needs("import.see")
@require_GET
def changes(request: SignedIn, pk: int) -> HttpResponse:
    """Every record that an import changed, school by school, as it was and as it is."""
    shown = get_object_or_404(ImportRun, pk=pk)
    page = listing.page(brought.changes(request.user, shown), request.GET)
    context = {"title": "What it changed", "run": shown, "page": page}
    context["changed"] = brought.told(page.rows)
    return render(request, "desk/data/changes.html", context)


@needs("import.see")
@require_GET
def new(request: SignedIn, pk: int) -> HttpResponse:
    """The schools of which an import was the first to say anything."""
    shown = get_object_or_404(ImportRun, pk=pk)
    page = listing.page(brought.new(shown), request.GET, size=SHOWN)
    context = {"title": "Schools it covers for the first time", "run": shown, "page": page}
    context["schools"] = brought.named(page.rows)
    return render(request, "desk/data/new.html", context)


@needs("import.see")
@require_GET
def figures(request: SignedIn, pk: int) -> HttpResponse:
    """The same account as the command line gives."""
    shown = get_object_or_404(ImportRun, pk=pk)
    return JsonResponse(pipeline.Result(shown, []).as_plain())


@needs("import.see")
@require_GET
def rejects(request: SignedIn, pk: int) -> HttpResponse:
    """Every rejected row, in a file that a spreadsheet opens without harm."""
    shown = get_object_or_404(ImportRun, pk=pk)
    out = StringIO()
    rejected.write(shown.rejects.order_by("line").iterator(), out)
    name = f"rejects-{rejected.name(shown)}"
    return HttpResponse(
        "\ufeff" + out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


def counted(shown: ImportRun) -> list[tuple[str, int]]:
    return [(name.capitalize(), getattr(shown, name)) for name in FIGURES]
