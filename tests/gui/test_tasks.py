import asyncio

from voipdesk.core.errors import BadInput
from voipdesk.gui.tasks import Tasks


async def test_a_task_of_the_same_name_replaces_the_one_under_way():
    tasks, ended = Tasks(lambda _error: None), []

    async def work(name):
        try:
            await asyncio.sleep(60 if name == "first" else 0)
            ended.append(name)
        except asyncio.CancelledError:
            ended.append(f"{name} cancelled")
            raise

    tasks.start("work", work, "first")
    await asyncio.sleep(0)
    await tasks.start("work", work, "second")
    await tasks.cancel_all()
    assert ended == ["first cancelled", "second"]


async def test_an_expected_error_is_reported_and_a_bug_reaches_the_loop():
    reported, bugs = [], []
    tasks = Tasks(reported.append)
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: bugs.append(context["exception"]))

    async def fail(error):
        raise error

    expected, bug = BadInput("No."), ValueError("oops")
    await tasks.start("one", fail, expected)
    await tasks.start("two", fail, bug)
    assert reported == [expected]
    assert bugs == [bug]


async def test_what_goes_on_as_long_as_the_window_is_nothing_to_wait_for():
    tasks, gate = Tasks(lambda _error: None), asyncio.Event()
    tasks.keep("schedule", gate.wait)
    tasks.start("work", gate.wait)
    assert tasks.names == {"work"}
    assert tasks.running("schedule")
    await tasks.cancel_all()
    assert not tasks.running("schedule")


async def test_news_in_a_rush_are_worked_on_once_more_and_no_more(until):
    tasks, runs, gate = Tasks(lambda _error: None), [], asyncio.Event()

    async def work():
        runs.append(1)
        await gate.wait()

    for _ in range(5):
        tasks.restart("news", work)
    await asyncio.sleep(0)
    assert tasks.names == {"news"}
    gate.set()
    await until(lambda: not tasks.running("news"))
    assert len(runs) == 2


async def test_cancelling_all_also_ends_what_an_ending_task_starts():
    tasks = Tasks(lambda _error: None)

    async def work():
        try:
            await asyncio.sleep(60)
        finally:
            tasks.start("last", asyncio.sleep, 60)

    tasks.start("work", work)
    await asyncio.sleep(0)
    await tasks.cancel_all()
    assert not tasks.names
