"""The program's window under measurement: window.py start|rest|scroll|search|sync HOME [ROWS].

Nothing is imported here that the program would not import at this moment itself: modules are looked at as they load.
"""

import sys
import time
from importlib.machinery import PathFinder

PAINTED_ROWS = 200


class Watch:
    """A finder that lets a function look at a module as soon as it is loaded."""

    def __init__(self, **watchers):
        self._watchers = {name.replace("__", "."): watcher for name, watcher in watchers.items()}

    def find_spec(self, name, path=None, target=None):
        watcher = self._watchers.get(name)
        if watcher is None:
            return None
        spec = PathFinder.find_spec(name, path, target)
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            watcher(module)

        spec.loader.exec_module = exec_module
        return spec


class Probe:
    """What a scenario knows of the window."""

    def __init__(self):
        self.table = None
        self.painted_at = 0.0
        self.sync_began = 0.0
        self.sync_ended = 0.0

    def watch_table(self, module):
        """Note when the table has painted its first page of rows."""
        probe = self

        class Table(module.CallTable):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                probe.table = self

            def paintEvent(self, event):  # noqa: N802 - Qt's name
                super().paintEvent(event)
                if not probe.painted_at and self.model().rowCount() >= PAINTED_ROWS:
                    probe.painted_at = time.monotonic()
                    told = f'{{"painted": {probe.painted_at}, "cpu": {time.process_time()}}}'
                    print(told if scenario == "start" else "", flush=True)

        module.CallTable = Table

    def watch_sync(self, module):
        """Note when the first reading of the log begins and when the back-fill ends."""
        refresh, backfill, probe = module.Sync.refresh, module.Sync.backfill, self

        async def noted_refresh(self, *args, **kwargs):
            probe.sync_began = probe.sync_began or time.monotonic()
            return await refresh(self, *args, **kwargs)

        async def noted_backfill(self, *args, **kwargs):
            result = await backfill(self, *args, **kwargs)
            probe.sync_ended = time.monotonic()
            return result

        module.Sync.refresh, module.Sync.backfill = noted_refresh, noted_backfill

    def watch_loop(self, module):
        """Run the scenario beside the program."""
        run, probe = module.run, self

        def run_with_scenario(app, main):
            async def both():
                import asyncio

                from tests.bench import scenarios

                task = asyncio.ensure_future(getattr(scenarios, scenario)(probe, *sys.argv[3:]))
                task.add_done_callback(asyncio.Task.result)
                return await main()

            return run(app, both)

        module.run = run_with_scenario


async def _key(_secrets, _account_id, _field):
    return "demo-key"


def _without_tools():
    """Hide what the tools of the checks have brought: httpx loads a command line of 70 modules where it finds them."""
    for name in ("click", "pygments", "rich"):
        sys.modules[name] = None


def _lend_key(module):
    """The key comes from no keyring: its time is not ours to measure."""
    module.Secrets.get = _key


if __name__ == "__main__":
    scenario, home = sys.argv[1:3]
    _without_tools()
    probe = Probe()
    watchers = {"voipdesk__gui__call_log__table": probe.watch_table, "voipdesk__settings__secrets": _lend_key}
    if scenario != "start":
        watchers["voipdesk__gui__loop"] = probe.watch_loop
        watchers["voipdesk__services__sync"] = probe.watch_sync
    sys.meta_path.insert(0, Watch(**watchers))
    from voipdesk.__main__ import main

    sys.exit(main(["--home", home, "--pane", "call_log"]))
