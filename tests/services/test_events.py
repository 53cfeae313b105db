"""Events: who is told, in which order, and what a failing listener does to the others."""

import asyncio
import sys

from voipdesk.services.events import Event


def test_subscribers_are_told_in_their_order_until_they_unsubscribe():
    told: list[str] = []
    event: Event[str] = Event()
    stop = event.subscribe(lambda value: told.append(f"first {value}"))
    event.subscribe(lambda value: told.append(f"second {value}"))
    event.emit("a")
    stop()
    stop()
    event.emit("b")
    assert told == ["first a", "second a", "second b"]


def test_the_same_function_subscribed_twice_is_told_twice_and_unsubscribed_one_by_one():
    told: list[int] = []
    event: Event[int] = Event()
    stop = event.subscribe(told.append)
    event.subscribe(told.append)
    event.emit(1)
    stop()
    stop()
    event.emit(2)
    assert told == [1, 1, 2]


def test_one_may_unsubscribe_while_being_told():
    told: list[str] = []
    event: Event[str] = Event()

    def once(value):
        told.append(value)
        stop()

    stop = event.subscribe(once)
    event.subscribe(told.append)
    event.emit("a")
    event.emit("b")
    assert told == ["a", "a", "b"]


async def test_a_failing_subscriber_is_reported_as_a_bug_and_the_others_are_told():
    reported = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: reported.append(context["exception"]))
    told: list[str] = []
    event: Event[str] = Event()
    event.subscribe(lambda value: 1 / 0)
    event.subscribe(told.append)
    event.emit("a")
    assert told == ["a"]
    assert [type(error) for error in reported] == [ZeroDivisionError]


def test_without_a_loop_a_failing_subscriber_is_reported_to_the_programs_own_hook(monkeypatch):
    reported = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: reported.append(error[0]))
    event: Event[str] = Event()
    event.subscribe(lambda value: 1 / 0)
    event.emit("a")
    assert reported == [ZeroDivisionError]
