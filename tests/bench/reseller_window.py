"""The window on a reseller's account of a demo server, with a scenario beside it: what several parts measure by."""

import asyncio
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

CALLS = 1_000


@contextmanager
def reseller():
    """Give a home with a reseller's account, and the address of the server behind it."""
    from tests.bench import homes
    from tests.bench.processes import demo_server

    with demo_server(CALLS) as base_url, tempfile.TemporaryDirectory(dir=homes.bench_dir()) as folder:
        home = Path(folder) / "home"
        asyncio.run(_make(home, base_url))
        yield home, base_url


async def _make(home: Path, base_url: str) -> None:
    from voipdesk.demo.yay_reseller import PASSWORD, RESELLER, USER
    from voipdesk.services.desk import Desk

    settings = {"base_url": base_url, "reseller": RESELLER, "user": USER, "request_limit": "1000000"}
    desk = await Desk.open(home)
    try:
        await desk.accounts.add("yay", "Reseller", "1001", settings, {"password": PASSWORD})
    finally:
        await desk.close()


def run(scenario, key: str, name: str) -> int:
    """Open the window on the home named on the command line, at the pane `key` of the class `name`.

    `scenario` is awaited beside it with the list that holds the pane once it is built. Gives the window's exit code.
    """
    from tests.bench.window import Watch

    panes = []

    def watch_pane(module):
        plain = getattr(module, name)

        class Pane(plain):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                panes.append(self)

        setattr(module, name, Pane)

    def watch_loop(module):
        plain = module.run

        def run_with_scenario(app, main):
            async def both():
                task = asyncio.ensure_future(scenario(panes))
                task.add_done_callback(asyncio.Task.result)
                return await main()

            return plain(app, both)

        module.run = run_with_scenario

    def lend_password(module):
        """The password comes from no keyring: its time is not ours to measure."""

        async def password(_secrets, _account_id, _field):
            from voipdesk.demo.yay_reseller import PASSWORD

            return PASSWORD

        module.Secrets.get = password

    watchers = {
        f"voipdesk__gui__{key}__presenter": watch_pane,
        "voipdesk__gui__loop": watch_loop,
        "voipdesk__settings__secrets": lend_password,
    }
    sys.meta_path.insert(0, Watch(**watchers))
    from voipdesk.app import main

    return main(["--home", sys.argv[1], "--pane", key])


async def until(condition, at_most_s=60.0):
    """Wait until something holds."""
    end = time.monotonic() + at_most_s
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.002)
