"""A file that a customer is opened from is a stranger until it is read, and may hold passwords."""

import os
import threading
from pathlib import Path

import pytest

from voipdesk.cli.customer_file import MOST_BYTES, read_fields, text_field
from voipdesk.core.errors import BadInput


@pytest.fixture
def write(tmp_path):
    def write(content):
        file = tmp_path / "new.json"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


def test_fields_are_read_as_they_are(write):
    fields = read_fields(write('\ufeff{"name": "zoë", "users": [{"role_id": "3"}], "allow_outbound": true, "n": null}'))
    assert fields == {"name": "zoë", "users": [{"role_id": "3"}], "allow_outbound": True, "n": None}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is not JSON: line 1, column 1"),
        ('{"name": "a",\n "password": hunter2}', "line 2, column 14"),
        ('{"password": "hunter2"} hunter2', "is not JSON"),
        (b'{"password": "hunter2\xff"}', "is not UTF-8"),
        ('["hunter2"]', "holds no JSON object"),
        ('"hunter2"', "holds no JSON object"),
        ("null", "holds no JSON object"),
        ('{"password": "hunter2", "password": "x"}', "names a field twice"),
        ('{"users": [{"password": "hunter2", "password": "x"}]}', "names a field twice"),
        ('{"password": NaN, "hunter2": 1}', "a number that cannot be"),
        ('{"n": ' + "9" * 5000 + "}", "a number that cannot be"),
        ("[" * 60_000, "nested too deep"),
        ('{"a": "' + "hunter2" * MOST_BYTES + '"}', "larger than 64 KiB"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_of_the_file_is_quoted(write, content, words):
    with pytest.raises(BadInput) as caught:
        read_fields(write(content))
    assert words in str(caught.value)
    assert "hunter2" not in f"{caught.value}{caught.value.details}"
    assert caught.value.__suppress_context__ or caught.value.__context__ is None, "a traceback would quote the file"


def test_what_cannot_be_opened_is_said(tmp_path):
    with pytest.raises(BadInput, match="No such file"):
        read_fields(tmp_path / "nothing.json")
    with pytest.raises(BadInput, match="Is a directory"):
        read_fields(tmp_path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero here")
def test_what_never_ends_is_not_read_to_its_end():
    with pytest.raises(BadInput, match="larger than"):
        read_fields(Path("/dev/zero"))


@pytest.mark.skipif(os.name != "posix", reason="no named pipes elsewhere")
def test_a_pipe_will_do(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=('{"name": "a"}',))
    writer.start()
    assert read_fields(pipe) == {"name": "a"}
    writer.join()


def test_a_field_that_must_be_text_is_text():
    assert (text_field({"name": "a"}, "name"), text_field({}, "name")) == ("a", "")
    with pytest.raises(BadInput, match="“name” of the file is no text"):
        text_field({"name": 12}, "name")
