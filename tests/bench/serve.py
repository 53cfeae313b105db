"""A demo server in its own process, so that it costs the measured one nothing: serve.py ROWS."""

import sys
import threading

from tests.bench.telling import say
from voipdesk.core.call_log import Source
from voipdesk.demo.server import DemoServer

_WRITTEN_OUT = 200_000

if __name__ == "__main__":
    rows = int(sys.argv[1])
    with DemoServer(calls=rows, limit=10_000_000) as server:
        if rows <= _WRITTEN_OUT:
            for source in Source:
                server.write_out(source)
        say(base_url=server.base_url)
        threading.Event().wait()
