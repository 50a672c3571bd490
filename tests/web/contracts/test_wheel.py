"""The annual clock as steps, months and a wheel."""

from datetime import date

import pytest

from tests.web.contracts.city import OTHER_CUSTOMER, Json, a_met_milestone, a_milestone
from web.pages.contracts.reads import Milestone
from web.pages.contracts.rows import Step, months_of, state_of, steps_of
from web.pages.contracts.wheel import HEIGHT, HUB, RIM, WIDTH, Wheel, day_angle, draw, place

TODAY = date(2026, 11, 24)


def steps(*milestones: Json) -> list[Step]:
    return steps_of(Milestone.model_validate(each) for each in milestones)


def a_wheel(*milestones: Json, today: date = TODAY) -> Wheel:
    drawn = draw(2026, steps(*milestones), today)
    assert drawn is not None
    return drawn


def others(**changes: object) -> Json:
    return a_milestone(customer_id=OTHER_CUSTOMER["id"], customer_name=OTHER_CUSTOMER["name"], **changes)


def test_the_same_step_of_two_customers_is_one():
    [step] = steps(a_met_milestone(), others())
    assert (step.count, step.done, step.late, step.overdue_days) == (2, 1, 1, 208)
    assert step.only is None


def test_a_step_moved_to_another_day_stands_alone():
    assert [step.count for step in steps(a_milestone(), others(due="2026-05-04"))] == [1, 1]


def test_steps_are_numbered_in_the_order_of_their_days():
    numbered = steps(
        a_milestone(due="2026-12-31", row=11), a_milestone(due="2026-03-31", row=2), a_milestone(row=3)
    )
    assert [(step.number, step.first.row) for step in numbered] == [(1, 2), (2, 3), (3, 11)]


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        (("met", "met"), "met"),
        (("met", "not_met"), "partially_met"),
        (("met", "scheduled"), "scheduled"),
        (("met", "cancelled"), "met"),
        (("cancelled", "cancelled"), "cancelled"),
        (("not_met", "not_met"), "not_met"),
    ],
)
def test_a_shared_step_shows_the_state_of_the_whole(statuses, state):
    first, second = statuses
    [step] = steps(a_met_milestone(status=first), others(status=second, overdue=False, overdue_days=0))
    assert step.state == state


def test_late_for_anyone_is_late():
    [step] = steps(a_met_milestone(), others())
    assert step.state == "late"
    assert step.counts == {"late": 1, "met": 1}


def test_a_status_newer_than_this_page_is_still_to_come():
    odd = Milestone.model_validate(a_met_milestone(status="postponed"))
    assert state_of(odd) == "scheduled"


def test_only_months_with_steps_are_told():
    months = months_of(steps(a_milestone(), a_milestone(due="2026-12-31", row=11)))
    assert [month.number for month in months] == [4, 12]


def test_a_year_without_steps_has_no_wheel():
    assert draw(2026, [], TODAY) is None


def test_january_begins_at_the_top_and_the_year_runs_clockwise():
    assert day_angle(date(2026, 1, 1)) == 0
    assert day_angle(date(2026, 4, 1)) == 90
    assert (place(0, 100).x, place(0, 100).y) == (0, -100)
    assert (place(90, 100).x, place(90, 100).y) == (100, 0)


def test_todays_line_is_drawn_in_its_own_year_only():
    assert a_wheel(a_milestone()).today_to is not None
    another = a_wheel(a_milestone(), today=date(2027, 1, 2))
    assert another.today_to is None
    assert not any(each.current for each in another.slices)


def test_rings_follow_from_who_is_responsible_the_preparers_outermost():
    wheel = a_wheel(
        a_milestone(responsible="both_parties", responsible_name="Molemmat", due="2026-12-31", row=11),
        a_milestone(),
        a_milestone(responsible="somebody_new", responsible_name="Uusi", row=4),
    )
    assert [ring.responsible for ring in wheel.rings] == [
        "customer_relations_group",
        "both_parties",
        "somebody_new",
    ]
    assert wheel.rings[0].outer == RIM
    assert wheel.rings[-1].inner == pytest.approx(HUB, abs=0.02)


def test_a_mark_stands_in_the_slice_of_its_month_on_the_ring_of_who_is_responsible():
    wheel = a_wheel(a_milestone())
    [mark] = wheel.marks
    assert (mark.place.x**2 + mark.place.y**2) ** 0.5 == pytest.approx(wheel.rings[0].middle, abs=0.1)
    assert mark.place.x > 0  # April is between three and four o'clock
    assert mark.place.y > 0


def test_marks_of_one_ring_and_month_do_not_touch():
    crowd = [a_milestone(row=row) for row in range(1, 8)]
    inner = [
        a_milestone(row=row, responsible="both_parties", responsible_name="Molemmat") for row in range(8, 12)
    ]
    marks = a_wheel(*crowd, *inner).marks
    for one in marks:
        for other in marks:
            apart = ((one.place.x - other.place.x) ** 2 + (one.place.y - other.place.y) ** 2) ** 0.5
            assert one is other or apart > one.radius + other.radius


def test_everything_fits_into_the_picture():
    wheel = a_wheel(a_milestone())
    assert max(abs(each.label.x) for each in wheel.slices) < WIDTH
    assert max(abs(each.label.y) for each in wheel.slices) < HEIGHT
