"""The demonstration: what it holds, that it is made once, and never of a real authority."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from plimsoll.allocations.models import (
    AddedEvidence,
    Allocation,
    Challenge,
    Cycle,
    HighRisk,
    Offer,
    ReviewRequest,
)
from plimsoll.core.models import Event
from plimsoll.core.workflow import Refused
from plimsoll.desk.demo import make
from plimsoll.documents.models import Document
from plimsoll.evidence.models import Fact, ImportRun, Inspection
from plimsoll.evidence.school.queries import profile
from plimsoll.intervention.cases.queries import letters_told, told_cases
from plimsoll.intervention.models import Case, Delivery, Notice, Obligation
from plimsoll.people.models import User
from plimsoll.schools.models import Assignment, School
from tests.cast import make_person
from tests.markup import StrictClient

# Where each school's story stands, by hand: a change of the data changes this on purpose.
STATES = {
    "not_started": 2,
    "preparing": 3,
    "moderation": 2,
    "with_school": 2,
    "with_service": 1,
    "school_confirms": 1,
    "service_confirms": 1,
    "referred": 2,
    "decided": 1,
    "provisional": 1,
    "agreed": 6,
    "settled": 1,
    "declined": 1,
    "reviewed": 1,
}


@pytest.fixture
def demonstration(db: None) -> str:
    return make(at=timezone.now())


class TestWhatItHolds(TestCase):
    """Made once for all of these, which only look."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.said = make(at=timezone.now())

    def test_S1_every_state_of_the_process_can_be_seen(self) -> None:
        assert Counter(Allocation.objects.values_list("state", flat=True)) == STATES
        assert self.said == (
            "The demonstration is made: 26 schools, 37 people, 26 of whom the sign-in page offers."
        )

    def test_its_schools_are_of_every_kind_and_none_is_real(self) -> None:
        schools = School.objects.all()
        assert min(school.urn for school in schools) >= 900001
        assert {school.la for school in schools} == {990}
        routes = Counter(school.route.value for school in schools)
        assert routes == {"maintained": 19, "pru": 1, "academy": 5, "other": 1}
        phases = {school.phase for school in schools}
        assert phases == {"nursery", "primary", "secondary", "all-through", "not-applicable"}
        # The closed predecessor and the independent school carry no allocation.
        assert not Allocation.objects.filter(school__in=(900025, 900026)).exists()

    def test_its_inspections_are_of_three_eras_and_say_that_they_are_no_real_ones(self) -> None:
        eras = Counter(Inspection.objects.values_list("era", flat=True))
        assert eras == {"overall": 17, "key-judgements": 6, "report-card": 7}
        today = timezone.localdate()
        evidence = [profile(school, today) for school in School.objects.all()]
        sources = {figure.source for each in evidence for figure in each.figures}
        assert {source.split(":")[0] for source in sources} == {"Demonstration"}
        assert profile(School.objects.get(pk=900013), today).inspections[-1].of_predecessor

    def test_S3_its_figures_are_marked_as_invented_and_stand_beside_those_of_areas(self) -> None:
        today = timezone.localdate()
        mariners = profile(School.objects.get(pk=900012), today).series["absence.persistent"]
        assert [point.shown for point in mariners.points] == [
            "15.2 %",
            "31.0 %",
            "30.2 %",
            "29.6 %",
            "28.0 %",
        ]
        latest = {beside.kind: round(beside.values["2024-25"], 1) for beside in mariners.besides}
        assert latest == {"authority": 27.2, "neighbours": 25.5, "england": 24.0}
        assert {point.origin.title for point in mariners.points} == {
            "Demonstration: absence in schools (performance tables)"
        }
        # Neighbours' figures are given by how they lean, and come to the mean that is written.
        assert mariners.besides[1].notes["2024-25"] == "mean of 10 of 10 statistical neighbours"

    def test_S3_every_run_says_that_it_is_invented_and_names_no_publisher(self) -> None:
        assert set(ImportRun.objects.values_list("invented", flat=True)) == {True}
        evidence = profile(School.objects.get(pk=900012), timezone.localdate())
        assert {(origin.publisher, origin.address) for origin in evidence.sources} == {("", "")}

    def test_S3_its_figures_show_a_predecessor_and_every_word_for_no_figure(self) -> None:
        compass = profile(School.objects.get(pk=900013), timezone.localdate())
        attainment = compass.series["ks4.attainment8"].points
        assert [(point.year, point.of_predecessor) for point in attainment] == [
            ("2018-19", True),
            ("2021-22", True),
            ("2022-23", True),
            ("2023-24", True),
            ("2024-25", False),
        ]
        words = set(Fact.objects.exclude(marker="").values_list("marker", flat=True))
        assert words == {"suppressed", "not-entered", "low-coverage", "not-applicable"}
        assert not Fact.objects.filter(year__in=("2019-20", "2020-21")).exists()

    def test_U2_acting_cover_delegate_vacancy_and_a_head_who_is_partner_elsewhere(self) -> None:
        kinds = set(Assignment.objects.values_list("kind", flat=True))
        assert kinds == {"acting", "cover", "delegate", "held"}
        assert not Assignment.objects.filter(school=900018, role="head").exists()
        assert not Assignment.objects.filter(school=900019, role="sip").exists()
        marcus = Assignment.objects.filter(person__name="Marcus Lyle")
        assert {each.role for each in marcus} == {"head", "sip"}

    def test_S3_evidence_was_added_by_both_and_a_challenge_answered(self) -> None:
        assert set(AddedEvidence.objects.values_list("side", flat=True)) == {"school", "service"}
        assert Challenge.objects.get().outcome == "noted"

    def test_S10_two_are_high_risk_and_one_of_the_marks_is_disputed(self) -> None:
        assert sorted(HighRisk.objects.values_list("state", flat=True)) == ["disputed", "marked"]

    def test_U4_one_review_was_granted_and_one_waits(self) -> None:
        answers = ReviewRequest.objects.order_by("pk").values_list("granted", flat=True)
        assert list(answers) == [True, None]

    def test_I1_I5_cases_stand_on_each_ladder_and_one_of_them_is_closed(self) -> None:
        stands = Case.objects.order_by("school_id").values_list("school_id", "ladder", "state")
        assert list(stands) == [
            (900002, "academy", "letter"),
            (900005, "pru", "concerns"),
            (900012, "maintained", "formal"),
            (900015, "maintained", "pre-formal"),
            (900020, "maintained", "removed"),
        ]
        assert [case.school_id for case in Case.objects.exclude(closed_on=None)] == [900020]

    def test_I4_I8_a_notice_is_with_the_solicitor_and_a_plan_is_owed_with_more_time(self) -> None:
        imran = User.objects.get(name="Imran Sethi")
        review = Notice.objects.get(state="in_review")
        assert (review.case.school_id, review.kind, review.reviewer) == (900015, "formal", imran)
        owed = Obligation.objects.get(state="open")
        assert (owed.case.school_id, owed.kind) == (900012, "action-plan")
        assert owed.due > owed.first_due
        assert (owed.plan.state, owed.plan.versions.count()) == ("returned", 1)
        assert Delivery.objects.exclude(bounced_on=None).get().recipient == "secretary-of-state"

    def test_I1_head_chair_and_principal_find_what_they_were_told(self) -> None:
        for name, letters in (
            ("Brian Tuck", 2), ("Moira Keane", 2), ("Anita Desai", 3), ("Henry Cole", 2),
        ):  # fmt: skip
            person = User.objects.get(name=name)
            (case,) = told_cases(person)
            assert len(letters_told(case)) == letters, name
            client = StrictClient()
            client.force_login(person)
            assert client.get(reverse("intervention:told", args=[case.pk])).status_code == 200

    def test_everybody_of_the_cast_has_a_first_page(self) -> None:
        for person in User.objects.exclude(part=""):
            client = StrictClient()
            client.force_login(person)
            assert client.get("/").status_code == 200, person.part


def test_everything_happened_before_the_day_it_is_made(db: None) -> None:
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    make(at=at)
    assert Event.objects.filter(at__gte=at).count() == 0
    assert Cycle.objects.get().opened_at == datetime(2026, 9, 9, 8, 5, tzinfo=UTC)
    assert Offer.objects.filter(allocation__school=900001).get().band == "B"


def test_a_second_time_changes_nothing(demonstration: str) -> None:
    before = {model: model.objects.count() for model in (School, User, Allocation, Event, Document)}
    said = make(at=timezone.now())
    assert said == "The database is in use already, so the demonstration was not made again."
    assert {model: model.objects.count() for model in before} == before


def test_a_database_with_anybody_in_it_is_left_alone(db: None) -> None:
    make_person("Noor Body")
    assert "in use already" in make(at=timezone.now())
    assert not School.objects.exists()


@pytest.mark.parametrize("authority", ["liverpool", "northmoor"])
def test_S7_it_is_never_made_for_another_authority(db: None, settings: Any, authority: str) -> None:
    settings.AUTHORITY = authority
    with pytest.raises(Refused, match="Set PLIMSOLL_AUTHORITY=harbourside"):
        make(at=timezone.now())
    assert not School.objects.exists()


def test_the_sign_in_page_offers_the_cast_and_one_click_steps_in(
    demonstration: str, client: StrictClient, settings: Any
) -> None:
    settings.DEMO = True
    page = client.get(reverse("account_login")).content.decode()
    assert page.count("Sign in as ") == 26
    assert (
        "Headteacher of Harbour View Primary School: a proposal, a report and a visit wait for her"
        in page
    )
    helen = User.objects.get(name="Helen Marsh")
    client.post(reverse("play", args=[helen.pk]))
    assert client.session["_auth_user_id"] == str(helen.pk)


def test_nobody_steps_in_outside_the_demonstration(
    demonstration: str, client: StrictClient
) -> None:
    assert "Sign in as " not in client.get(reverse("account_login")).content.decode()
    helen = User.objects.get(name="Helen Marsh")
    assert client.post(reverse("play", args=[helen.pk])).status_code == 404
