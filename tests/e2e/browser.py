"""A real browser, Debian's Chromium, and the one page that it reaches: a link that fills it."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>{title}</title>
<a style="position: fixed; inset: 0; font-size: 4em" href="{link}">Ring us</a>
"""
ALONE = (
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-quic",
    "--disable-sync",
    "--no-pings",
)
NEW = (
    "--disable-gpu",
    "--window-size=800,600",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--test-type",
    "--force-renderer-accessibility",
)
ENDS_WITHIN_S = 30


@contextmanager
def page_with_link(title: str, link: str) -> Iterator[int]:
    """Serve the page on loopback, and give the port; as a proxy it refuses whatever it is asked for."""
    page = PAGE.format(title=title, link=link).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/":
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_arguments: object) -> None:
            """Leave the test's output to the test."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            serving.join()


@contextmanager
def chromium(port: int, environment: Mapping[str, str]) -> Iterator[None]:
    """Show the page of a port in a window of its own while it is entered; a screen reader reads the browser, too."""
    with tempfile.TemporaryDirectory(prefix="chromium", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [
                "chromium",
                *ALONE,
                *NEW,
                *(["--no-sandbox"] if os.geteuid() == 0 else []),  # its sandbox does not hold root
                f"--user-data-dir={folder}/profile",
                f"--proxy-server=127.0.0.1:{port}",
                f"--app=http://127.0.0.1:{port}/",
            ],
            env={**environment, "ACCESSIBILITY_ENABLED": "1", "TMPDIR": folder},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it, and all that it started and did not end itself."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=ENDS_WITHIN_S)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
