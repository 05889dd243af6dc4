"""A host that keeps failing is left alone for a growing while, and tried carefully after it."""

from scraper.fetch.breaker import FIRST_WAIT, LONGEST_WAIT, THRESHOLD, Breakers


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def tripped(clock: Clock) -> Breakers:
    breakers = Breakers(clock=clock)
    for _ in range(THRESHOLD):
        breakers.failed("example.org", "timeout")
    return breakers


def test_a_few_failures_change_nothing() -> None:
    breakers = Breakers()
    for _ in range(THRESHOLD - 1):
        breakers.failed("example.org", "timeout")
    assert breakers.enter("example.org") == 0.0


def test_failures_with_a_success_between_them_do_not_add_up() -> None:
    breakers = Breakers()
    for _ in range(THRESHOLD * 3):
        breakers.failed("example.org", "timeout")
        breakers.succeeded("example.org")
    assert breakers.left("example.org") == 0.0


def test_after_enough_failures_the_host_is_left_alone_and_others_are_not() -> None:
    breakers = tripped(Clock())
    assert breakers.enter("example.org") == FIRST_WAIT
    assert breakers.enter("example.com") == 0.0


def test_after_the_wait_one_request_is_let_through_and_the_others_are_held_off() -> None:
    clock = Clock()
    breakers = tripped(clock)
    clock.now += FIRST_WAIT + 1
    assert breakers.enter("example.org") == 0.0
    assert breakers.enter("example.org") > 0.0
    breakers.succeeded("example.org")
    assert breakers.enter("example.org") == 0.0


def test_each_failed_try_doubles_the_wait_up_to_a_day() -> None:
    clock = Clock()
    breakers = tripped(clock)
    waits = []
    for _ in range(14):
        clock.now += breakers.left("example.org") + 1
        assert breakers.enter("example.org") == 0.0
        breakers.failed("example.org", "timeout")
        waits.append(breakers.left("example.org"))
    assert waits[:3] == [2 * FIRST_WAIT, 4 * FIRST_WAIT, 8 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT


def test_requests_that_were_under_way_when_it_tripped_do_not_make_it_worse() -> None:
    breakers = tripped(Clock())
    for _ in range(10):
        breakers.failed("example.org", "timeout")
    assert breakers.left("example.org") == FIRST_WAIT


def test_a_host_that_names_its_own_wait_gets_it_at_once() -> None:
    breakers = Breakers(clock=Clock())
    breakers.failed("example.org", "status-429", 7200.0)
    assert breakers.left("example.org") == 7200.0
    breakers.failed("example.com", "status-429", 10.0**9)
    assert breakers.left("example.com") == LONGEST_WAIT


def test_a_try_that_was_cancelled_lets_the_next_one_through() -> None:
    clock = Clock()
    breakers = tripped(clock)
    clock.now += FIRST_WAIT + 1
    assert breakers.enter("example.org") == 0.0
    breakers.left_without("example.org")
    assert breakers.enter("example.org") == 0.0


def test_the_next_run_knows_what_this_one_learnt() -> None:
    clock = Clock()
    states = tripped(clock).export()
    assert [(state.host, state.cause, state.failures) for state in states] == [
        ("example.org", "timeout", THRESHOLD)
    ]
    assert Breakers(states, clock=clock).left("example.org") == FIRST_WAIT
