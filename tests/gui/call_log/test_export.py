"""The CSV export as its user sees it: where to, how far, how much, what is known complete; cancelled and failed."""

import asyncio
from dataclasses import dataclass

from PySide6.QtWidgets import QFileDialog

from tests.fakes.call_log import FakeCallLog, logged
from tests.gui.call_log.conftest import until
from voipdesk.core.errors import StorageFailed
from voipdesk.gui.messages import Level


@dataclass
class Known:
    text: str


def a_log(count=1_200):
    log = FakeCallLog([logged(n, n * 1000, caller_name=f"caller {n}") for n in range(1, count + 1)])
    log.coverages = (Known("Office, user calls: complete from 2025-01-01 to 2025-06-30."),)
    return log


async def done(desk):
    await until(lambda: not desk.tasks.running("call log: export"))


async def test_everything_the_filters_match_is_written_and_what_is_known_is_said(open_desk, tmp_path):
    desk = await open_desk(a_log())
    desk.view.filters.search.setText("caller 11")
    await desk.settled()
    desk.view.file_chosen.emit(str(tmp_path / "calls.csv"))
    await done(desk)
    assert len((tmp_path / "calls.csv").read_text().split()) == 111
    assert desk.messages.current.level is Level.GOOD
    assert desk.messages.current.text == f"111 calls written to {tmp_path / 'calls.csv'}."
    assert desk.messages.current.advice == "Office, user calls: complete from 2025-01-01 to 2025-06-30."
    assert desk.view.export_line.text == ""


async def test_an_export_can_be_cancelled_and_leaves_nothing(open_desk, tmp_path):
    desk = await open_desk(a_log(50_000))
    desk.view.file_chosen.emit(str(tmp_path / "calls.csv"))
    await until(lambda: "so far" in desk.view.export_line.text)
    desk.view.export_line.button.click()
    await until(lambda: desk.messages.current is not None)
    assert "cancelled" in desk.messages.current.text
    assert list(tmp_path.iterdir()) == []
    assert desk.view.export_line.text == ""


async def test_a_second_export_waits_for_the_first(open_desk, tmp_path):
    desk = await open_desk(a_log(50_000))
    desk.view.file_chosen.emit(str(tmp_path / "calls.csv"))
    await until(lambda: desk.view.export_line.text)
    desk.pane.export()
    assert desk.messages.current.text == "An export is under way."
    assert desk.view.findChild(QFileDialog) is None


async def test_the_file_is_asked_for_without_blocking(open_desk, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    desk = await open_desk(a_log(3))
    desk.pane.export()
    dialog = desk.view.findChild(QFileDialog)
    assert dialog.isVisible()
    assert dialog.defaultSuffix() == "csv"
    dialog.reject()


async def test_a_file_that_is_there_is_replaced_only_when_that_is_confirmed(open_desk, tmp_path, monkeypatch):
    desk = await open_desk(a_log(3))
    file = tmp_path / "calls.csv"
    file.write_text("kept")
    answers = [False, True]

    async def confirm(parent, title, text, yes_label):
        assert "calls.csv" in text
        return answers.pop(0)

    monkeypatch.setattr(desk.messages, "confirm", confirm)
    desk.view.file_chosen.emit(str(file))
    await done(desk)
    assert file.read_text() == "kept"
    desk.view.file_chosen.emit(str(file))
    await done(desk)
    assert file.read_text() == "3\n2\n1\n"


async def test_a_disk_that_is_full_is_said(open_desk, tmp_path):
    desk = await open_desk(a_log(3))
    desk.log.fail_with = StorageFailed("No space is left.")
    desk.view.file_chosen.emit(str(tmp_path / "calls.csv"))
    await done(desk)
    await asyncio.sleep(0)
    assert desk.messages.current.text == "No space is left."
    assert desk.view.export_line.text == ""
