"""What is asked when something owed is met, gets another day, or is opened again."""

from datetime import date
from typing import Any, Final

from django import forms

from plimsoll.core.forms import DateField, VersionForm, long_date
from plimsoll.documents.forms import FileForm
from plimsoll.intervention.cases.forms import words
from plimsoll.intervention.clocks.effects import latest
from plimsoll.intervention.clocks.owed import sent_to
from plimsoll.intervention.models import Obligation


class ObligationForm(VersionForm):
    """A step of one obligation, as it was when the page was opened."""

    def __init__(self, *args: Any, obligation: Obligation, today: date, **options: Any) -> None:
        super().__init__(*args, initial={"version": obligation.version}, **options)


class MeetForm(FileForm, ObligationForm):
    on = DateField(label="Day on which it was met", help_text="For example, 3 11 2026")
    note = words("What shows it", rows=4)
    file = forms.FileField(label="The document itself", required=False)

    def __init__(self, *args: Any, obligation: Obligation, today: date, **options: Any) -> None:
        super().__init__(*args, obligation=obligation, today=today, **options)
        self.limit("on", earliest=obligation.starts, latest=today)


class SendForm(MeetForm):
    """Of what must reach somebody: who sent it when (EA 2005 s.15)."""

    on = DateField(label="Day on which it was sent", help_text="For example, 3 11 2026")
    note = words("Who sent it, to whom, and how", rows=4)


class ExtendForm(ObligationForm):
    due = DateField(label="New day")
    why = words("Why", hint="The reason stays with the case, beside the first day.", rows=4)

    def __init__(self, *args: Any, obligation: Obligation, today: date, **options: Any) -> None:
        super().__init__(*args, obligation=obligation, today=today, **options)
        last = latest(obligation)
        self.fields["due"].help_text = f"Until {long_date(last)} at most"
        self.limit("due", earliest=obligation.first_due, latest=last)


class ReopenForm(ObligationForm):
    why = words("Why it is open again", rows=4)


FORMS: Final[dict[str, type[ObligationForm]]] = {
    "meet": MeetForm,
    "extend": ExtendForm,
    "reopen": ReopenForm,
}


def form_for(name: str, obligation: Obligation) -> type[ObligationForm]:
    return SendForm if name == "meet" and sent_to(obligation) else FORMS[name]
