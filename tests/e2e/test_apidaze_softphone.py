"""A SIP account created at Apidaze becomes a softphone that is signed in, and only its user name was typed."""

from tests.e2e.program import Program
from tests.fakes.registrar import Registrar
from tests.softphones.phones import baresip, wait_until_registered
from voipdesk.demo.server import DemoServer


def test_what_is_created_is_checked_set_up_here_and_signs_in(home):
    with Registrar({}) as registrar, DemoServer(seed=1, calls=0, customers=5, yay_calls=0) as server:
        voice = server.apidaze
        voice.switch(domain=registrar.domain)
        run = Program(common=("--secret-stdin",), stdin=voice.client_secret)

        def done(*command):
            ended = run(*command)
            assert ended.code == 0, (command, ended.out, ended.err)
            return ended

        done(
            "accounts", "add", "apidaze", "--name", "Voice", "--client-id", voice.client_id,
            "--base-url", voice.base_url, "--token-url", voice.token_url, "--outbound-proxy", registrar.address,
        )  # fmt: skip
        done("sip", "create", "new_1", "--name", "New desk")
        (made,) = (one for one in voice.sip_accounts() if one.username == "new_1")
        wrong = run("sip", "check", "new_1")
        assert (wrong.code, "new_1" in wrong.out) == (3, True), "the service's registrar does not know it yet"
        registrar.set_password("new_1", made.password)
        done("sip", "check", "new_1")
        assert not registrar.registered(), "the check signs nobody in"
        done("sip", "setup", "new_1", "--client", "baresip", "--with-password")
        with baresip(home) as telephone:
            wait_until_registered(registrar, ["new_1"], telephone)
        assert made.password not in "".join(run.said)
