"""A real telephone that picks up at once, says a tone, and writes down what it hears."""

import array
import math
from contextlib import contextmanager
from pathlib import Path

from tests.fakes.registrar import free_ports
from tests.softphones import phones

SOUND = """audio_source ausine,{tone}
audio_player aubridge,nobody
audio_alert aubridge,nobody
ausrc_srate 48000
auplay_srate 48000
ausrc_channels 2
auplay_channels 2
rtp_ports {first}-{last}
snd_path {folder}
module ausine.so
module aubridge.so
module sndfile.so
"""
RATE = 8000
HEARD_S = 0.5
HEAD = 44
"""Bytes of a WAV file before the sound, which is written while it comes."""


class TalkingPhone:
    """Its ears; `ringing` starts it."""

    def __init__(self, folder: Path, tone: int) -> None:
        self._folder = folder
        self.tone = tone

    def hears(self, tone: int) -> bool:
        """Whether the last half second of what it was told is that tone, and little else."""
        for file in self._folder.glob("*-dec.wav"):
            sound = file.read_bytes()[HEAD:]
            samples = array.array("h", sound[: len(sound) // 2 * 2])[-int(RATE * HEARD_S) :]
            if len(samples) >= RATE * HEARD_S and _share(samples, tone) > 0.8:
                return True
        return False


@contextmanager
def talking_phone(folder: Path, account: bytes, tone: int):
    """Start one with an account as voipdesk made it; a tone is its voice, in hertz."""
    own = folder / ".baresip"
    own.mkdir(parents=True)
    (own / "accounts").write_bytes(account.rstrip() + b";answermode=auto\n")
    (first,) = free_ports(1)
    with phones.baresip(folder, SOUND.format(tone=tone, first=first, last=first + 10, folder=folder)):
        yield TalkingPhone(folder, tone)


def _share(samples: array.array, tone: int) -> float:
    """Give the share of a tone in the power of a sound, 0 to 1 (Goertzel's algorithm)."""
    turn = 2 * math.cos(2 * math.pi * tone / RATE)
    before = last = power = 0.0
    for sample in samples:
        before, last = last, sample + turn * last - before
        power += sample * sample
    return 2 * (last * last + before * before - turn * last * before) / (len(samples) * power) if power else 0.0
