"""What must happen without anybody clicking: e-mails, digests, reminders, grants of days."""

import time

import click
from django.db import close_old_connections
from django.utils import timezone

from plimsoll.allocations.chasing import remind_due
from plimsoll.core.outbox import send_due
from plimsoll.intervention.cases import falling_due as cases
from plimsoll.intervention.clocks import falling_due as owed
from plimsoll.people.digest import join_due
from plimsoll.visits.agreed import falling_due as actions
from plimsoll.visits.days.granting import bring_all_up_to_date
from plimsoll.visits.diary.preparing import ask_due
from plimsoll.visits.reports import falling_due as reports
from plimsoll.visits.worries.actions import alert as alert_of_worries

PAUSE_SECONDS = 5


@click.command()
@click.option("--once", is_flag=True, help="Do what is due and stop: for a timer.")
def work(once: bool) -> None:
    """Send e-mails and digests, remind whoever is due, grant days, ask before visits, for ever.

    Any number may run; nothing is sent, reminded or granted twice.
    """
    while True:
        at = timezone.now()
        reminded = remind_due(at=at) + reports.run(at=at) + actions.run(at=at)
        reminded += cases.run(at=at) + owed.run(at=at) + alert_of_worries(at=at)
        granted = bring_all_up_to_date(at=at)
        asked = ask_due(at=at)
        join_due(at=at)
        sent, failed = send_due(at=at)
        if reminded or granted or asked or sent or failed:
            done = (
                f"reminded {reminded}, granted {granted}, asked {asked}, "
                f"sent {sent}, failed {failed}"
            )
            click.echo(f"{at:%Y-%m-%d %H:%M} {done}")
        if once:
            return
        close_old_connections()
        time.sleep(PAUSE_SECONDS)
