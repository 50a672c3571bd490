"""Two workers of the feedback service, one of them killed while it climbs: everybody is told once."""

import contextlib
from collections.abc import Generator

import psutil
import psycopg

from tests.support.waiting import until
from tests.system.burst import Burst
from tests.system.lone_feedback import LoneFeedback, steps_by_case
from tests.system.running import Process

WORDS = 60
_HOLD = """
    create function hold() returns trigger language plpgsql set lock_timeout = 0 as $$
    begin
        if new.case_id = '{case_id}' and new.step = 2 then perform pg_advisory_xact_lock(1); end if;
        return new;
    end $$;
    create trigger hold before insert on escalation for each row execute function hold();
"""
_LET_GO = "drop trigger hold on escalation; drop function hold"
_HELD = "select client_port from pg_stat_activity where wait_event_type = 'Lock' and wait_event = 'advisory'"
_CLIMBING = "select worker_id from procrastinate_jobs where task_name = 'feedback.climb' and status = 'doing'"


@contextlib.contextmanager
def a_step_held(house: LoneFeedback, case_id: str) -> Generator[None]:
    """For the block, hold whoever takes the second step of a case: its first is written, not committed."""
    with psycopg.connect(house.url, autocommit=True) as connection:
        connection.execute(_HOLD.format(case_id=case_id).encode())
        connection.execute("select pg_advisory_lock(1)")
        yield
        connection.execute("select pg_advisory_unlock(1)")
        connection.execute(_LET_GO)


def owner_of(port: int, processes: list[Process]) -> Process:
    """Return the process whose connection has this port at its end."""
    for process in processes:
        if any(each.laddr.port == port for each in psutil.Process(process.pid).net_connections("tcp")):
            return process
    raise AssertionError(f"no process of ours holds port {port}")


def test_a_worker_killed_in_the_middle_of_a_case_leaves_its_steps_to_the_other(house: LoneFeedback) -> None:
    with Burst(house, WORDS) as told:
        pass
    middle = next(each.id for each in told.acknowledged if each.subject == f"{told.name} {WORDS // 2}")

    with a_step_held(house, middle):
        house.tick()
        [(port,)] = until(lambda: house.ask(_HELD), "a worker in the middle of the case")
        [(number,)] = house.ask(_CLIMBING)
        killed = owner_of(port, house.workers)
        killed.kill()
    steps = steps_by_case(house.feed(told.beginning))
    assert 0 < len(steps) < WORDS
    assert middle not in steps

    killed.start()
    house.a_minute_passes_for([number])
    told.check_everything_is_told_once()


def test_two_workers_that_climb_at_once_tell_everybody_once(house: LoneFeedback) -> None:
    with Burst(house, WORDS) as told:
        told.wait_for(WORDS // 2)
        house.climb_at_once(4)
    house.climb_at_once(4)

    told.check_everything_is_told_once()
