"""The documentation that is written from the tables, so that it cannot lie."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from django.conf import settings

from plimsoll.allocations.workflow import ALLOCATION, HIGH_RISK
from plimsoll.core import access
from plimsoll.core.workflow import Workflow
from plimsoll.framework.casework import Ladder
from plimsoll.framework.editions import load
from plimsoll.framework.model import Edition
from plimsoll.intervention.bundle.workflow import PROCESS as BUNDLE
from plimsoll.intervention.clocks.workflow import OBLIGATION
from plimsoll.intervention.notices.workflow import NOTICE
from plimsoll.intervention.plans.workflow import PLAN
from plimsoll.intervention.powers.workflow import POWER
from plimsoll.visits.agreed.workflow import ACTION
from plimsoll.visits.contacts.workflow import INSPECTION
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.reports.workflow import REPORT
from plimsoll.visits.summaries.workflow import SUMMARY
from plimsoll.visits.worries.workflow import WORRY

WORKFLOWS: Final = (
    *(ALLOCATION, HIGH_RISK, VISIT, REPORT, ACTION, WORRY, INSPECTION, SUMMARY),
    *(NOTICE, OBLIGATION, PLAN, BUNDLE, POWER),
)
HEAD: Final = "<!-- Written by `plimsoll docs`. Change the table in the code, not this page. -->"

EXTENTS: Final = (
    "`every`: at every school. `own`: where the person holds the role. `named`: where they are "
    "named, in that record alone."
)
LADDERS: Final = (
    "A ladder is policy: each row becomes a step of the process of a case. What it demands are "
    "facts that policy names, shown by a record of the case."
)


def workflows() -> str:
    """docs/workflows.md: each process as a diagram and a table."""
    parts = [HEAD, "# Processes", ""]
    for workflow in WORKFLOWS:
        parts += [f"## {workflow.name}", "", *_diagram(workflow), "", *_states(workflow)]
        parts += ["", *_steps(workflow), ""]
    return "\n".join(parts)


def _diagram(workflow: Workflow) -> Iterable[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for step in workflow.steps:
        for source in step.source:
            yield f"    {source} --> {step.target}: {step.name}"
    yield "```"


def _states(workflow: Workflow) -> Iterable[str]:
    yield "| state | what people read | waits for |"
    yield "|---|---|---|"
    for key, state in workflow.states.items():
        waits = state.waits_for or ("closed" if state.closed else "")
        yield f"| `{key}` | {state.label} | {waits} |"


def _steps(workflow: Workflow) -> Iterable[str]:
    yield "| step | what people read | from | to | permission | only where | closed while | needs |"
    yield "|---|---|---|---|---|---|---|---|"
    for step in workflow.steps:
        cells = (
            f"`{step.name}`",
            step.label,
            ", ".join(step.source),
            step.target,
            f"`{step.permission}`",
            _name(step.when),
            _name(step.guard),
            ", ".join(step.fields),
        )
        yield f"| {' | '.join(cells)} |"


def _name(rule: Callable[..., object]) -> str:
    """The rule's own name, in words; nothing for a rule that always holds."""
    name = getattr(rule, "__name__", "")
    return "" if name in {"always", "everywhere"} else name.replace("_", " ")


def ladders() -> str:
    """docs/ladders.md: each framework's steps for a school that causes concern."""
    parts = [HEAD, "# Ladders of schools causing concern", "", LADDERS]
    for edition in load(settings.POLICY_ROOT)[0]:
        for ladder in edition.ladders.values():
            parts += ["", f"## {edition.key}: {ladder.label}", "", *_rungs(ladder, edition)]
    return "\n".join([*parts, ""])


def _rungs(ladder: Ladder, edition: Edition) -> Iterable[str]:
    yield "| step | what people read | taken by | demands | gives | starts | leads to |"
    yield "|---|---|---|---|---|---|---|"
    for rung in ladder.rungs:
        at_any_time = " (at any time)" if rung in ladder.always else ""
        cells = (
            f"`{rung.id}`{at_any_time}",
            rung.label,
            edition.roles[rung.by].label,
            ", ".join(rung.requires),
            rung.notice or "",
            ", ".join(rung.starts),
            ", ".join(rung.then) or "the end",
        )
        yield f"| {' | '.join(cells)} |"


def permissions() -> str:
    """docs/access.md: the permission table, then each authority's own rows."""
    parts = [HEAD, "# Who can do what", ""]
    parts += [EXTENTS, ""]
    parts += _table({name: row for name, row in access.GRANTS.items() if row})
    for edition in load(settings.POLICY_ROOT)[0]:
        parts += ["", f"## Decided by policy: {edition.key}", "", *_labels(edition), ""]
        parts += _table(edition.grants)
    return "\n".join([*parts, ""])


def _labels(edition: Edition) -> Iterable[str]:
    named = "; ".join(f"`{key}` {role.label}" for key, role in edition.roles.items())
    yield f"Roles: {named}."


def _table(grants: Mapping[str, Mapping[str, str]]) -> list[str]:
    roles = [role for role in access.ROLES if any(role in row for row in grants.values())]
    lines = [f"| permission | {' | '.join(roles)} |", "|---" * (len(roles) + 1) + "|"]
    for name, row in grants.items():
        lines.append(f"| `{name}` | {' | '.join(row.get(role, '') for role in roles)} |")
    return lines


PAGES: Final[dict[str, Callable[[], str]]] = {
    "workflows.md": workflows,
    "access.md": permissions,
    "ladders.md": ladders,
}


def stale(folder: Path) -> list[str]:
    """The pages that do not say what the tables say."""
    return [
        name
        for name, page in PAGES.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != page()
    ]


def write(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
