"""What the stories of a reseller share: an account at the demo's Yay, and what became of its credit."""

from tests.e2e.program import Here, Program

SOON = """
import voipdesk.services.credit, voipdesk.services.customer_edit
for module in (voipdesk.services.credit, voipdesk.services.customer_edit):
    module.LOOK_AFTER_S = (0.05, 0.1, 0.2)
"""
"""Looks at what became of a lost answer at once, instead of over ten seconds."""


def add_reseller(run: Program | Here, server, *more: str) -> None:
    """Give a program's home the reseller's account; the password is what the program is given with each command."""
    added = run(
        "accounts", "add", "yay", "--name", "Reseller", "--reseller", server.yay.reseller, "--user", server.yay.user,
        "--base-url", server.base_url, "--registrar", server.yay.registrar, "--my-number", server.yay.my_number,
        *more, stdin=server.yay.password,
    )  # fmt: skip
    assert added.code == 0, added.err


def some_customer(server, holds=lambda whole: True) -> str:
    """The first customer's name of which something holds."""
    return next(name for name in server.yay.names() if holds(server.yay.customer(name)))


def in_a_store(whole) -> bool:
    return len(whole["users"]) == 2


def with_phones(server) -> str:
    """A customer with some SIP users."""
    return next(name for name in server.yay.names() if len(server.yay.sip_users(name)) > 2)


def transfers(server) -> list[tuple[str, str]]:
    """The credit that has really moved."""
    state = server.yay.state()
    assert not any(transfer.in_edit for transfer in state.transfers)
    return [(transfer.customer, transfer.amount) for transfer in state.transfers]


def well_behaved(server) -> None:
    """Assert that nothing was sent which Yay's documents forbid."""
    state = server.yay.state()
    assert (state.acting_where_not_allowed, state.bodies_where_none_belongs) == (0, 0)
    assert (state.without_user_agent, state.credentials_in_url) == (0, 0)
    assert (server.state().redirects_followed, server.state().keys_redirected) == (0, 0)
