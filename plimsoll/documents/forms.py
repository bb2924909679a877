"""A form with which one file is sent."""

from collections.abc import Callable
from typing import Any

from plimsoll.core.forms import PlimsollForm
from plimsoll.documents.refusals import Refused


class FileForm(PlimsollForm):
    """Its field is `file`: why a file is not kept is said beside it."""

    def does(self, act: Callable[..., Any], **facts: Any) -> bool:
        try:
            return super().does(act, **facts)
        except Refused as refused:
            self.add_error("file", str(refused))
            return False
