"""The `demo` fixture: a running demo server, begun anew for every test.

Import it into a conftest.py: `from tests.demo_server import demo, demo_server  # noqa: F401`. Another office or another
limit: override `demo_server` there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voipdesk.demo.server import DemoServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def demo_server() -> Iterator[DemoServer]:
    """One server for a module; its clock runs from now, 2,000 calls of history."""
    with DemoServer(seed=1, calls=2_000) as server:
        yield server


@pytest.fixture
def demo(demo_server: DemoServer) -> DemoServer:
    """The module's server as if just started: same calls, no faults, nothing counted."""
    demo_server.reset()
    return demo_server
