"""The composition root, in its own process as well as on its parts."""

import subprocess
import sys
from typing import ClassVar

import pytest
from PySide6.QtCore import QDate, QLocale, QSize, QTime, QTranslator
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QDialogButtonBox

from tests.measuring import measured
from voipdesk import app as composition
from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import current_language

RUN = "import sys; from voipdesk.app import main; sys.exit(main(sys.argv[1:]))"


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        env={**measured(), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_picture_of_the_demo_is_saved_and_the_program_ends(tmp_path):
    file = tmp_path / "window.png"
    ended = run(
        "--demo", "--screenshot", str(file), "--size", "1024x640", "--dark", "--pane", "dial", "tel:0207-946-0958"
    )
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    image = QImage(str(file))
    assert image.size() == QSize(1024, 640)
    assert image.pixelColor(4, 600).lightness() < 100


def test_a_picture_that_cannot_be_written_is_one_line_and_an_exit_code(tmp_path):
    ended = run("--home", str(tmp_path / "home"), "--screenshot", str(tmp_path / "no" / "window.png"))
    assert ended.returncode == StorageFailed.exit_code
    assert "cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("size", ["big", "10x", "x"])
def test_a_size_must_be_two_numbers(size, capsys):
    with pytest.raises(SystemExit) as ended:
        composition.main(["--size", size])
    assert ended.value.code == 2
    assert "1024x640" in capsys.readouterr().err


def test_what_serves_pictures_is_in_the_help(capsys):
    with pytest.raises(SystemExit):
        composition.main(["--help"])
    said = capsys.readouterr().out
    assert all(option in said for option in ("--home", "--demo", "--screenshot", "--pane", "--dark", "--size", "link"))


def test_the_demo_has_three_accounts_whose_secrets_are_nowhere_in_its_home():
    with composition._demo() as (home, _secrets):
        texts = [file.read_bytes() for file in home.rglob("*") if file.is_file()]
        assert all(any(name in text for text in texts) for name in (b"Demo office", b"Demo reseller", b"Demo Apidaze"))
        assert not any(
            secret in text for text in texts for secret in (b"demo-key", b"demo-yay-password", b"demo-kpn-secret")
        )
    assert not home.exists()


def test_dark_colours_are_dark():
    palette = composition._dark_palette()
    assert palette.color(QPalette.ColorRole.Base).lightness() < palette.color(QPalette.ColorRole.Text).lightness()


class _Session:
    """Stands for a window that is closed at once, after "Look around" in the first one."""

    opened: ClassVar[list] = []

    def __init__(self, theme, home, link, picture, **options):
        self.opened.append(options)
        self.demo_asked = len(self.opened) == 1

    async def run(self):
        return 0


def test_looking_around_opens_the_demo_after_the_first_window(monkeypatch, qapp):
    monkeypatch.setattr("voipdesk.gui.session.Session", _Session)
    assert composition.main([]) == 0
    assert [sorted(options) for options in _Session.opened] == [
        ["around", "arrivals", "hidden", "opening", "surroundings", "with_demo"],
        ["around", "arrivals", "demo_secrets", "surroundings"],
    ]
    assert composition.main([]) == 0
    assert len(_Session.opened) == 3


def test_the_window_and_qt_speak_the_chosen_language(qapp):
    before = QLocale()
    try:
        composition._speak(qapp, "nl")
        assert current_language() == "nl"
        assert QLocale().language() is QLocale.Language.Dutch
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        assert buttons.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Annuleren"
    finally:
        QLocale.setDefault(before)
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
            translator.deleteLater()


def test_dates_stay_the_system_s_where_it_speaks_the_language(qapp, monkeypatch):
    system = QLocale("en_GB")
    monkeypatch.setattr(composition.QLocale, "system", lambda: system)
    before = QLocale()
    composition._speak(qapp, "en")
    assert QLocale() == before
    composition._speak(qapp, "")
    assert (current_language(), QLocale()) == ("en", before)


def test_english_chosen_in_the_netherlands_brings_no_american_dates(qapp, monkeypatch):
    before, system = QLocale(), QLocale("nl_NL")
    monkeypatch.setattr(composition.QLocale, "system", lambda: system)
    try:
        composition._speak(qapp, "en")
        assert QLocale().toString(QDate(2026, 11, 25), QLocale.FormatType.ShortFormat) == "25/11/2026"
        assert QLocale().toString(QTime(14, 2), QLocale.FormatType.ShortFormat) == "14:02"
    finally:
        QLocale.setDefault(before)
