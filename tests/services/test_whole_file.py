import asyncio
import os
import stat
import threading

import pytest

from voipdesk.core.errors import StorageFailed
from voipdesk.services.whole_file import in_thread, write_file


async def texts(*chunks: str):
    for chunk in chunks:
        yield chunk


async def test_a_file_is_written_whole(tmp_path):
    file = tmp_path / "calls.csv"
    await write_file(file, texts("a\r\n", "é\r\n"))
    assert file.read_bytes() == "a\r\né\r\n".encode()
    assert list(tmp_path.iterdir()) == [file]
    assert stat.S_IMODE(file.stat().st_mode) & 0o200


async def test_what_no_encoding_holds_is_replaced_not_fatal(tmp_path):
    await write_file(tmp_path / "x", texts("a\ud800b"))
    assert (tmp_path / "x").read_bytes() == b"a?b"


async def test_a_cancelled_file_is_not_there_and_an_older_one_stays(tmp_path):
    file = tmp_path / "calls.csv"
    file.write_text("of yesterday")
    half = asyncio.Event()

    async def endless():
        while True:
            yield "x" * 1000
            half.set()
            await asyncio.sleep(0)

    task = asyncio.create_task(write_file(file, endless()))
    await half.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert file.read_text() == "of yesterday"
    assert list(tmp_path.iterdir()) == [file]


async def test_a_failure_in_between_leaves_nothing(tmp_path):
    async def fails():
        yield "a"
        raise StorageFailed("The archive is gone.")

    with pytest.raises(StorageFailed, match="archive"):
        await write_file(tmp_path / "x", fails())
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StorageFailed, match="No such file or directory"):
        await write_file(tmp_path / "none" / "x.csv", texts("a"))
    with pytest.raises(StorageFailed, match="Is a directory"):
        await write_file(tmp_path, texts("a"))


async def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "file")
    await write_file(tmp_path / "link", texts("a"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "a"


async def test_a_pipe_is_written_to(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    await write_file(tmp_path / "pipe", texts("a", "b"))
    reader.join()
    assert read == [b"ab"]


async def test_cancelled_work_in_a_thread_is_waited_for():
    begun, go, done = threading.Event(), threading.Event(), threading.Event()

    def work():
        begun.set()
        go.wait()
        done.set()
        raise ValueError

    task = asyncio.create_task(in_thread(work))
    await asyncio.to_thread(begun.wait)
    task.cancel()
    await asyncio.sleep(0)
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done.is_set()
