"""What must be written is written to its end, however often whoever waits for it is cancelled."""

import asyncio

import pytest

from voipdesk.services.acting import to_the_end


@pytest.mark.parametrize("times", [1, 2, 5])
async def test_what_is_awaited_to_the_end_is_so_however_often_it_is_cancelled(times):
    may_end, ended = asyncio.Event(), []

    async def work():
        await may_end.wait()
        ended.append(True)

    waiting = asyncio.ensure_future(to_the_end(asyncio.ensure_future(work())))
    for _ in range(times):
        await asyncio.sleep(0)
        waiting.cancel()
    await asyncio.sleep(0)
    assert not waiting.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended == [True]


async def test_a_failure_that_nobody_waits_for_any_more_is_not_reported_as_forgotten(caplog):
    may_end = asyncio.Event()

    async def work():
        await may_end.wait()
        raise ValueError

    waiting = asyncio.ensure_future(to_the_end(asyncio.ensure_future(work())))
    await asyncio.sleep(0)
    waiting.cancel()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert caplog.records == []


async def test_work_that_is_cancelled_itself_is_not_waited_for():
    task = asyncio.ensure_future(asyncio.Event().wait())
    waiting = asyncio.ensure_future(to_the_end(task))
    await asyncio.sleep(0)
    waiting.cancel()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_time_that_is_up_is_told_as_such_after_the_end():
    ended = []

    async def work():
        await asyncio.sleep(0.05)
        ended.append(True)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await to_the_end(asyncio.ensure_future(work()))
    assert ended == [True]
