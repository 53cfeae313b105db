"""What the tray shows."""

import pytest

from tests.fakes.around import FakeTray
from tests.fakes.call_log import FakeCallLog, logged
from tests.fakes.calls import START
from voipdesk.core.call_log import Direction, Outcome
from voipdesk.gui.tray.presenter import TASK, TrayPresenter


@pytest.fixture
async def tray(desk, tasks):
    log = FakeCallLog(
        [
            logged(1, START, outcome=Outcome.MISSED, caller_name="Ann & <b>Co</b>"),
            logged(2, START + 1000, direction=Direction.OUT, caller="1001", called="+442079460111"),
            logged(3, START + 2000, caller=""),
            logged(4, START + 3000, caller="+442079460958"),
        ]
    )
    tray = FakeTray()

    async def names(numbers):
        return {number: "Bob Ray" for number in numbers if number.endswith("111")}

    presenter = TrayPresenter(tray, log, desk.desktop_settings, tasks, region=lambda: "GB", names=names)
    tray.presenter, tray.log = presenter, log
    yield tray
    presenter.close()


async def test_it_tells_how_many_wait_and_offers_the_last_callers(tray, tasks, until):
    tray.presenter.show_waiting([object(), object()])
    await until(lambda: not tasks.running(TASK))
    assert (tray.state.waiting, tray.state.tip) == (2, "voipdesk · 2 missed calls")
    assert [call.number for call in tray.state.recent] == ["+44 20 7946 0958", "+44 20 7946 0111"]
    labels = [call.label for call in tray.state.recent]
    assert labels[0].startswith("From +44 20 7946 0958 · ")
    assert labels[1].startswith("To Bob Ray · ")


async def test_do_not_disturb_is_switched_there_and_shown(tray, desk, until):
    tray.quiet_asked(True)
    await until(lambda: desk.desktop_settings.choices.do_not_disturb)
    await until(lambda: (tray.state.do_not_disturb, tray.state.tip) == (True, "voipdesk · do not disturb"))


async def test_calls_that_come_are_offered(tray, tasks, until):
    tray.log.arrive(logged(5, START + 9000, outcome=Outcome.MISSED, caller="+442079460222", caller_name="Zoe"))
    await until(lambda: tray.state.recent and tray.state.recent[0].label.startswith("Missed Zoe · "))
