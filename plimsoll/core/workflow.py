"""The process is a table: the only code that assigns a case's `state`.

A slice writes one frozen `Workflow`. The buttons, the reasons why a step is blocked, the
history, the diagram in `docs/workflows.md` and the tests' inputs are read from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

from django.db import transaction

from plimsoll.core import access, audit
from plimsoll.core.models import Case, Event, Versioned


class Refused(Exception):
    """The step cannot be taken. Its text is a sentence the person can act on."""


class Stale(Refused):
    """Somebody else changed the record since this person opened it."""

    def __init__(self, current: Versioned) -> None:
        self.current = current
        super().__init__(
            "Somebody else changed this since you opened it. "
            "Nothing of yours was saved over it: compare the two and try again."
        )


class Guard(Protocol):
    """Says why a step cannot be taken now, or returns an empty string."""

    def __call__(self, case: Any, *, by: Any, at: datetime) -> str: ...


def always(case: Any, *, by: Any, at: datetime) -> str:
    """The guard of a step that is open whenever its source state is."""
    return ""


def everywhere(case: Any) -> bool:
    """A step that every authority's process has."""
    return True


def nothing(case: Any, *, by: Any, at: datetime) -> None:
    """The effect of a step that only moves the case."""


@dataclass(frozen=True)
class State:
    """A state as people read it; `waits_for` is the role key it waits for, if any.

    `tone` is the colour that repeats the label: none, moving, waiting, stopped, done.
    """

    label: str
    waits_for: str = ""
    closed: bool = False
    tone: str = "none"


@dataclass(frozen=True)
class Step:
    """One row of the table.

    `when` says whether the authority's process has the step at all for this case; `guard`,
    whether it can be taken now. `fields` are the data it must be given, `optional` those it
    may be given; the effect receives them by name. `see` is what a reader of its audit event
    needs, where that is more than seeing the case; a function where it depends on the case.
    A step that `falls_due` is taken by Plimsoll itself too, when nobody has by its day.
    """

    name: str
    label: str
    source: tuple[str, ...]
    target: str
    permission: str
    when: Callable[[Any], bool] = everywhere
    guard: Guard = always
    effect: Callable[..., None] = nothing
    fields: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    see: str | Callable[[Any], str] = ""
    falls_due: bool = False


@dataclass(frozen=True)
class Offer:
    """A step this person could take on this case, and why not now, if not."""

    step: Step
    blocked: str = ""


C = TypeVar("C", bound=Case)


@dataclass(frozen=True)
class Workflow:
    """A process: what may happen to one kind of case, by whom, from where to where."""

    name: str
    see: str
    states: Mapping[str, State]
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        for step in self.steps:
            unknown = {*step.source, step.target} - set(self.states)
            if unknown or not step.source:
                raise ValueError(f"{self.name}.{step.name}: no such state {sorted(unknown)}")
            if step.permission not in access.GRANTS:
                raise ValueError(f"{self.name}.{step.name}: no permission {step.permission}")
        if len({step.name for step in self.steps}) != len(self.steps):
            raise ValueError(f"{self.name}: two steps of one name")

    def step(self, name: str) -> Step:
        """Raises KeyError where the table has no such step."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)

    def state(self, case: Case) -> State:
        return self.states[case.state]

    def offers(self, case: Case, *, by: Any, at: datetime) -> list[Offer]:
        """The steps open from here to this person, each with what blocks it."""
        return [
            Offer(step, step.guard(case, by=by, at=at))
            for step in self.steps
            if case.state in step.source
            and step.when(case)
            and access.may(by, step.permission, case)
        ]

    def offer(self, case: Case, step: Step, *, by: Any, at: datetime) -> Offer | None:
        """This step as it is open from here to this person, if it is."""
        return next((each for each in self.offers(case, by=by, at=at) if each.step is step), None)

    @transaction.atomic
    def take(
        self,
        case: C,
        name: str,
        *,
        by: Any,
        at: datetime,
        version: int | None = None,
        capacity: str = "",
        **data: Any,
    ) -> C:
        """Take a step: lock, check, apply, save and audit in one transaction.

        `version` is the one the person saw. Raises Stale when the case has moved on since,
        Refused with a sentence when the table does not allow the step, and leaves
        everything as it was.
        """
        step = self.step(name)
        locked = type(case)._default_manager.select_for_update(of=("self",)).get(pk=case.pk)
        if version is not None and version != locked.version:
            raise Stale(locked)
        by_itself = by is None and step.falls_due
        if not by_itself and not access.may(by, step.permission, locked):
            raise Refused("Your role at this school does not allow this step.")
        if locked.state not in step.source or not step.when(locked):
            raise Refused(
                f"“{step.label}” is not possible now: "
                f"the state is “{self.states[locked.state].label}”."
            )
        if reason := step.guard(locked, by=by, at=at):
            raise Refused(reason)
        self._check_fields(step, data)

        before = locked.state
        see = step.see(locked) if callable(step.see) else step.see
        step.effect(locked, by=by, at=at, **data)
        locked.state, locked.state_since = step.target, at
        locked.version += 1
        locked.save()
        audit.record(
            verb=f"{self.name}.{step.name}",
            subject=locked,
            by=by,
            at=at,
            permission=see or self.see,
            before={"state": before},
            after={"state": step.target} | {key: _plain(data[key]) for key in sorted(data)},
            capacity=capacity,
        )
        return locked

    def has_just_taken(self, case: Case, step: Step, *, by: Any) -> bool:
        """Was this very step the last one, by this person? A second click is no second step."""
        return (
            case.state == step.target
            and Event.objects.filter(
                subject=case._meta.label_lower,
                subject_id=case.pk,
                verb=f"{self.name}.{step.name}",
                actor=by.pk,
                at=case.state_since,
            ).exists()
        )

    @staticmethod
    def _check_fields(step: Step, data: Mapping[str, Any]) -> None:
        if unknown := set(data) - {*step.fields, *step.optional}:
            raise TypeError(f"{step.name} takes no {', '.join(sorted(unknown))}")
        empty = [name for name in step.fields if not _given(data.get(name))]
        if empty:
            words = " and ".join(name.replace("_", " ") for name in empty)
            raise Refused(f"“{step.label}” needs the {words}.")


def begin(case: C, *, state: str, at: datetime) -> C:
    """Give a new, unsaved case its first state."""
    case.state, case.state_since = state, at
    return case


def _given(value: Any) -> bool:
    """Something was said: blanks are nothing, nought is something."""
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [], ())


_PLAIN: Final = (str, int, float, bool, type(None))


def _plain(value: Any) -> Any:
    """A value as the audit trail keeps it."""
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return str(value)
