"""The check against sipp, which plays a registrar that is hard to please and checks each digest by its own means."""

import asyncio
import subprocess
import time
from pathlib import Path

from tests.fakes.registrar import free_ports
from voipdesk.core.sip_check import Outcome, Verdict
from voipdesk.core.sip_settings import SipSettings
from voipdesk.services.sip_check import SipCheck

SCENARIO = Path(__file__).parents[1] / "samples" / "sip" / "hard-to-please.xml"


def test_a_stale_nonce_and_a_time_too_short_are_got_over(tmp_path):
    (port,) = free_ports(1)
    listens = ["-i", "127.0.0.1", "-p", str(port)]
    command = ["sipp", "-sf", SCENARIO, *listens, "-m", "2", "-nostdin", "-timeout", "60"]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=tmp_path, **pipes, text=True) as sipp:
        given = SipSettings("100", "sip.test", "correct horse", outbound_proxy=f"127.0.0.1:{port}")
        while not listening(port):
            assert sipp.poll() is None, sipp.stderr.read()
            time.sleep(0.01)
        report = asyncio.run(SipCheck().run(given, register=True))
        if report.outcome is not Outcome.WORKS:
            sipp.kill()  # it would wait for the rest of its scenario
        said = sipp.stderr.read()
    assert (report.outcome, said) == (Outcome.WORKS, "")
    assert {step.verdict for step in report.steps} == {Verdict.PASSED}
    assert sipp.returncode == 0, "every request of the scenario came, in its order"


def listening(port: int) -> bool:
    return f":{port:04X} " in Path("/proc/net/udp").read_text()
