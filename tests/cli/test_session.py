"""What a command's stay at the desk takes care of."""

import asyncio

import pytest

from voipdesk.cli.session import acting


def test_ctrl_c_while_a_request_acts_says_what_is_not_known(capsys):
    with pytest.raises(asyncio.CancelledError), acting("It may be open."):
        raise asyncio.CancelledError
    assert capsys.readouterr() == ("", "It may be open.\n")
    with acting("It may be open."):
        pass
    assert capsys.readouterr() == ("", "")
