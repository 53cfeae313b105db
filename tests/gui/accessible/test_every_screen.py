"""Every pane, form and dialog can be used without seeing it and without a mouse."""

import importlib
import pkgutil

from PySide6.QtWidgets import QWidget

import voipdesk.gui
from tests.gui.accessible.walk import Walk
from tests.gui.accessible.ways import everywhere
from voipdesk.gui.widgets.choice_button import ChoiceButton
from voipdesk.gui.widgets.welcome import Welcome


async def test_every_screen_can_be_used_without_eyes_and_without_a_mouse(session, no_network, demo, until, find):
    walk = Walk(session, until)
    await everywhere(session, demo, walk, until, find)
    assert walk.screens > len(session.window.offered)
    assert set(walk.findings) == set()
    assert not_shown(walk) - NOT_REACHED == set(), "give the walk a way to these"


async def test_the_first_start_can_be_used_without_eyes_and_without_a_mouse(open_session, tmp_path, until):
    session = await open_session(tmp_path / "empty")
    walk = Walk(session, until)
    await walk.look(session.window)
    assert Welcome in walk.seen
    assert set(walk.findings) == set()


NOT_REACHED = {
    "voipdesk.gui.contacts.columns_page.ColumnsPage",  # a file is to be chosen first
    "voipdesk.gui.contacts.preview_page.PreviewPage",
    "voipdesk.gui.dial.suggestions.Suggestions",  # the number field stays the one that is acted on
    "voipdesk.gui.sip.domain_field.DomainField",  # where there are several domains
    "voipdesk.gui.sip.handover_page.HandoverPage",  # needs a network
    "voipdesk.gui.widgets.faces.BusyBar",  # comes and goes
    "voipdesk.gui.widgets.progress_line.ProgressLine",
}
"""What comes up by more than pressing things; tests of their own show it."""


def not_shown(walk):
    """Our own widgets that the walk and the first start did not come to."""
    ours = {Welcome, ChoiceButton}
    missed = set()
    for found in pkgutil.walk_packages(voipdesk.gui.__path__, "voipdesk.gui."):
        for kind in vars(importlib.import_module(found.name)).values():
            if isinstance(kind, type) and issubclass(kind, QWidget) and kind.__module__ == found.name:
                missed |= {kind} - ours - walk.seen
    return {f"{kind.__module__}.{kind.__name__}" for kind in missed if not kind.__name__.startswith("_")}
