"""What the author says before a report is sent."""

from typing import Any

from django import forms

from plimsoll.core.forms import PlimsollForm


class ReviewForm(PlimsollForm):
    """That the words were looked at, where there are any; the version is the one seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    looked_at = forms.BooleanField(
        label="I have looked at each of these words, and they may stand",
        error_messages={"required": "Say that you have looked at each of these words"},
    )

    def __init__(self, *args: Any, looks: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not looks:
            del self.fields["looked_at"]
