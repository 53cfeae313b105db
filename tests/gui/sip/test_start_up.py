"""What the pane loads: it is offered always, and most who start the window never set up a softphone."""

import os
import subprocess
import sys

ASKED_FOR_LATER = ("voipdesk.softphones", "voipdesk.sip.", "voipdesk.services.sip_check", "dns.", "segno", "xml.")


def test_what_only_a_set_up_or_a_check_needs_is_not_loaded_with_the_pane():
    code = "import sys, PySide6.QtWidgets, voipdesk.gui.sip.presenter as p; print(*sys.modules, sep='\\n')"
    # what measures the coverage loads modules of its own
    clean = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=clean, capture_output=True, text=True, check=True, timeout=60)
    loaded = done.stdout.split()
    assert "voipdesk.gui.sip.setup_presenter" in loaded
    assert [name for name in loaded if name.startswith(ASKED_FOR_LATER)] == []
