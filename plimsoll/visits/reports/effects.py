"""What a step of a report writes besides its state."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from django.utils import timezone

from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.visits import privacy
from plimsoll.visits.diary.begun import last_day
from plimsoll.visits.models import Comment, Report
from plimsoll.visits.reports import letters, notify
from plimsoll.visits.reports.revisions import freeze


class Said(TypedDict):
    """What the school says about one section."""

    section: str
    text: str


class Answered(TypedDict):
    """What becomes of one comment."""

    comment: int
    answer: str
    text: str


def send(report: Report, *, by: User, at: datetime) -> None:
    """Whoever sends it stands for it, and so cannot check it."""
    report.writers.add(by)
    report.sent_at, report.returned_why = at, ""
    notify.tell_readers(report, "report-to-check", by=by, at=at)


def send_back(report: Report, *, by: User, at: datetime, reasons: str) -> None:
    report.returned_why = reasons
    notify.tell_author(report, "report-returned", by=by, at=at)


def release(report: Report, *, by: User, at: datetime) -> None:
    """The report reaches the head, which stops its clock and begins that of the reply."""
    report.issued_at, report.released_by = at, by.name
    rule = report.policy.deadlines["report-reply"]
    report.reply_due = last_day(rule, report.visit.school, timezone.localdate(at))
    freeze(report, by=by, at=at)
    letters.issue(report, by=by, at=at)
    notify.tell_school(report, by=by, at=at)


def release_amended(report: Report, *, by: User, at: datetime) -> None:
    report.released_by = by.name
    freeze(report, by=by, at=at)
    _make_final(report, by=by, at=at)


def reply_accurate(report: Report, *, by: User, at: datetime, text: str = "") -> None:
    _reply(report, Report.Reply.ACCURATE, text, by=by, at=at)
    _make_final(report, by=by, at=at)


def reply_with_comments(
    report: Report, *, by: User, at: datetime, comments: Sequence[Said], text: str = ""
) -> None:
    _reply(report, Report.Reply.COMMENTS, text, comments, by=by, at=at)


def reply_not_accurate(
    report: Report, *, by: User, at: datetime, comments: Sequence[Said], text: str = ""
) -> None:
    _reply(report, Report.Reply.NOT_ACCURATE, text, comments, by=by, at=at)


def amend(report: Report, *, by: User, at: datetime, answers: Sequence[Answered]) -> None:
    """Every comment gets its answer; what is amended is checked again before it is final."""
    _names_no_band(report, *(each["text"] for each in answers))
    given = {each["comment"]: each for each in answers}
    for comment in report.comments.all():
        if comment.pk not in given:
            raise Refused("Say of each comment what becomes of it.")
        comment.answer = given[comment.pk]["answer"]
        comment.answer_text = given[comment.pk]["text"]
        comment.save(update_fields=["answer", "answer_text"])
    report.revision += 1


def let_stand(report: Report, *, by: User, at: datetime, disagreement: str) -> None:
    """Nothing is amended: both sides stay on record, in the final report itself."""
    _names_no_band(report, disagreement)
    report.comments.update(answer=Comment.Answer.STANDS)
    report.disagreement = disagreement
    _make_final(report, by=by, at=at)


def close(report: Report, *, by: User | None, at: datetime) -> None:
    """No reply came in time: that is said, and keeps nothing from being final."""
    _make_final(report, by=by, at=at)


def _reply(
    report: Report,
    reply: str,
    text: str,
    comments: Sequence[Said] = (),
    *,
    by: User,
    at: datetime,
) -> None:
    _names_no_band(report, text, *(each["text"] for each in comments))
    report.reply, report.reply_text = reply, text
    report.replied_at, report.replied_by = at, by.name
    Comment.objects.bulk_create(
        Comment(report=report, **said, made_at=at, made_by=by.name) for said in comments
    )
    notify.tell_author(report, "report-replied", by=by, at=at)


def _names_no_band(report: Report, *texts: str) -> None:
    """What is said of a report becomes part of it, and is read by more than may know a band."""
    if any(privacy.band_named(text, report.policy) for text in texts):
        band = report.policy.words.band
        raise Refused(f"This becomes part of the report, and no report names a {band}.")


def _make_final(report: Report, *, by: User | None, at: datetime) -> None:
    report.final_at = at
    letters.issue_final(report, by=by, at=at)
    notify.tell_recipients(report, by=by, at=at)
