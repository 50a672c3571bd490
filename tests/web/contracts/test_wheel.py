"""The annual clock as steps, months and a wheel."""

from datetime import date
from itertools import combinations

import pytest

from tests.web.contracts.city import CUSTOMER, OTHER_CUSTOMER, Json, a_met_milestone, a_milestone
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


def test_late_for_some_is_no_alarm_but_told():
    [step] = steps(a_met_milestone(), others())
    assert step.state == "behind"
    assert step.counts == {"late": 1, "met": 1}


def test_late_for_all_is_late():
    [step] = steps(a_milestone(), others())
    assert step.state == "late"


@pytest.mark.parametrize(("own", "state"), [(OTHER_CUSTOMER["id"], "late"), (CUSTOMER["id"], "behind")])
def test_late_for_the_readers_own_is_late(own, state):
    found = (Milestone.model_validate(each) for each in (a_met_milestone(), others()))
    [step] = steps_of(found, frozenset({own}))
    assert step.state == state


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


CITY = tuple(
    a_milestone(row=row, due=due, topic=topic, responsible=responsible, responsible_name=responsible)
    for row, due, responsible, topic in (
        (1, "2026-03-31", "customer_relations_group", "TA 2027 sopimusvalmistelu 1"),
        (2, "2026-03-31", "enterprise", "TA 2027 liikelaitoksen sopimusvalmistelu"),
        (3, "2026-04-30", "customer_relations_group", "TA 2027 sopimusvalmistelu 2"),
        (4, "2026-04-30", "group_services", "Tukipalvelujen yhteensovitus 1"),
        (5, "2026-04-30", "department_management", "Asiakkaan kaikkien tukipalvelujen yhteensovitus 2"),
        (6, "2026-08-31", "customer_relations_group", "TA 2027 sopimusvalmistelu 3"),
        (7, "2026-09-30", "customer_relations_group", "Täsmennetty esitys talousarvioon 2027"),
        (8, "2026-09-30", "group_services", "Tukipalvelujen yhteensovitus 1"),
        (9, "2026-10-31", "department_management", "Asiakkaan kaikkien tukipalvelujen yhteensovitus 2"),
        (10, "2026-11-30", "customer_relations_group", "Asiakaskyselyn tulokset ja laatumittaukset"),
        (11, "2026-12-31", "both_parties", "Palvelusopimukset 2027 allekirjoitettu"),
    )
)
CROWDED = tuple(
    a_milestone(row=row, due="2026-02-28", topic=f"{row} {'Ylen pitkä vaihe ' * 6}") for row in range(40)
)
SPREAD = tuple(
    a_milestone(row=row, due=f"2026-{row % 12 + 1:02}-15", topic=f"{row} {'Yhteensovittamisneuvottelu ' * 4}")
    for row in range(40)
)


@pytest.mark.parametrize("milestones", [CITY, CROWDED, SPREAD], ids=["city", "one month", "all months"])
def test_no_name_of_the_wheel_lies_on_another(milestones):
    wheel = a_wheel(*milestones)
    boxes = [mark.name.box for mark in wheel.marks]
    assert len(boxes) == len(milestones)
    for one, other in combinations(boxes, 2):
        wide = min(one[2], other[2]) - max(one[0], other[0])
        high = min(one[3], other[3]) - max(one[1], other[1])
        assert min(wide, high) <= 0
    for left, top, right, bottom in boxes:
        assert left >= WIDTH or right <= -WIDTH  # beside the wheel, on neither its marks nor its months
        assert -wheel.height <= top < bottom <= wheel.height


def test_names_stand_in_the_order_of_their_lines():
    marks = [mark for mark in a_wheel(*SPREAD).marks if mark.name.side == "left"]
    by_line = sorted(marks, key=lambda mark: mark.bend.y)
    assert [mark.name.top for mark in by_line] == sorted(mark.name.top for mark in marks)


def test_a_name_is_told_whole_while_there_is_room_and_with_dots_in_a_crowd():
    assert " ".join(a_wheel(*CITY).marks[4].name.lines) == f"5. {CITY[4]['topic']}"
    assert a_wheel(*CROWDED).marks[0].name.lines[0].endswith("…")


def test_the_picture_grows_only_for_a_crowd_of_names():
    assert a_wheel(*CITY).height == HEIGHT
    assert a_wheel(*CROWDED).height > HEIGHT


def test_what_is_behind_is_shaded_this_year_only():
    assert a_wheel(a_milestone()).past
    assert not a_wheel(a_milestone(), today=date(2027, 1, 2)).past


def test_a_readers_own_rings_are_marked():
    drawn = draw(2026, steps(*CITY), TODAY, frozenset({"enterprise", "both_parties"}))
    assert drawn
    assert [ring.responsible for ring in drawn.rings if ring.own] == ["enterprise", "both_parties"]


def test_everything_fits_into_the_picture():
    wheel = a_wheel(a_milestone())
    assert max(abs(each.label.x) for each in wheel.slices) < WIDTH
    assert max(abs(each.label.y) for each in wheel.slices) < HEIGHT
