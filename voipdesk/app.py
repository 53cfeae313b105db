"""The composition root of the window: reads its options, makes the application, and runs a session on a desk."""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from functools import cached_property, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QSize, Qt, QTranslator
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

import voipdesk.gui  # noqa: F401 - first: it takes PySide out of the imports to come
from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import _, current_language, use_language
from voipdesk.core.resources import resource
from voipdesk.desktop.arrivals import DesktopArrivals
from voipdesk.gui.opening import Opening, Picture
from voipdesk.gui.theme import Theme
from voipdesk.settings.language import chosen_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voipdesk.desktop.hand_over import Claim
    from voipdesk.gui.around import Around
    from voipdesk.gui.settings.surroundings import Surroundings
    from voipdesk.settings.secrets import Secrets

_DEMO_CALLS_PER_HOUR = 60.0


def main(argv: Sequence[str], claim: Claim | None = None) -> int:
    """Open the window and give the exit code; `argv` is without the program's name.

    With a claim, it is the one window of its home, and is sent what later starts are given.
    """
    use_language()  # for what argparse says
    options = _parser().parse_args(argv)
    app = _application(dark=options.dark)
    _speak(app, chosen_language(options.home))
    arrivals = DesktopArrivals(app, claim)
    theme = Theme(app, lambda name: resource(f"icons/{name}.svg").read_bytes())
    picture = Picture(options.screenshot, options.size, options.pane)
    opening = None
    if not options.demo:
        opening = Opening(theme, picture, "voipdesk")
        if not options.hidden:
            opening.show_newest(options.home)
    from voipdesk.gui import loop
    from voipdesk.gui.session import Session

    surroundings = partial(_surroundings, options.home)
    session = partial(Session, theme, link=options.link, picture=picture, arrivals=arrivals, surroundings=surroundings)
    try:
        if opening is not None:
            first = session(
                home=options.home,
                with_demo=_demo_is_there(),
                opening=opening,
                around=_Around(app, options.home),
                hidden=options.hidden,
            )
            code = loop.run(app, first.run)
            if not first.demo_asked:
                return code
        with _demo() as (home, secrets):
            return loop.run(app, session(home=home, demo_secrets=secrets, around=_Around(app, home)).run)
    except VoipdeskError as error:
        print(error, file=sys.stderr)  # noqa: T201 - there is no window left to say it in
        return error.exit_code


def _surroundings(home: Path | None) -> Surroundings:
    """Look at this computer; done when somebody wants to see it."""
    import shlex

    from voipdesk.desktop.tel_links import launch_command, tel_links
    from voipdesk.gui.settings.surroundings import Surroundings

    command = shlex.join([*launch_command(home), "dial", "--selection", "--ask"])
    return Surroundings(tel_links(home), command)


class _Around:
    """Makes what the desktop around the window offers."""

    def __init__(self, app: QApplication, home: Path | None) -> None:
        self._app = app
        self._home = home

    def load(self) -> None:
        """Load the modules for this system."""
        from voipdesk.desktop.around import load

        load()

    def __call__(self) -> Around:
        """Give it."""
        return self._made

    @cached_property
    def _made(self) -> Around:
        from voipdesk.desktop.around import DesktopAround

        return DesktopAround(self._app.windowIcon(), self._home, self._app.platformName())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="voipdesk", description=_("Open the window."))
    parser.add_argument(
        "link", nargs="?", default="", help=_("a tel: link or a number, to be filled into the dial field")
    )
    parser.add_argument("--home", type=Path, metavar="DIR", help=_("keep everything in this one folder"))
    parser.add_argument(
        "--hidden", action="store_true", help=_("begin in the tray, without the window, if there is one")
    )
    parser.add_argument("--demo", action="store_true", help=_("open on a demo PBX, with a throw-away home"))
    pictures = parser.add_argument_group(_("for pictures of the window"))
    pictures.add_argument("--screenshot", type=Path, metavar="FILE", help=_("save a PNG once all is loaded, and end"))
    pictures.add_argument("--size", type=_size, metavar="WxH", help=_("the window's size"))
    pictures.add_argument(
        "--pane",
        default="",
        help=_(
            "begin with dial, call_log, contacts, customers, sip, scripts, status, accounts or settings; quick-dial "
            "opens the box"
        ),
    )
    pictures.add_argument("--dark", action="store_true", help=_("dark colours, whatever the system's are"))
    return parser


def _size(text: str) -> QSize:
    width, _by, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(_("“{text}” is not like 1024x640", text=text))
    return QSize(int(width), int(height))


def _application(*, dark: bool) -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["voipdesk"])
    app.setApplicationName("voipdesk")
    app.setDesktopFileName("voipdesk")
    app.setWindowIcon(QIcon(str(resource("voipdesk.svg"))))
    if dark:
        app.styleHints().setColorScheme(Qt.ColorScheme.Dark)
        if app.styleHints().colorScheme() is not Qt.ColorScheme.Dark:
            app.setPalette(_dark_palette())
    return app


def _dark_palette() -> QPalette:
    """Make the colours of a dark system, where the platform has none to offer."""
    palette = QPalette(QColor("#2b2b2b"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#1e1e1e"))
    palette.setColor(QPalette.ColorRole.AlternateBase, QColor("#262626"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText, QPalette.ColorRole.Text):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#858585"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#3a8fd0"))
    palette.setColor(QPalette.ColorRole.Accent, QColor("#3a8fd0"))
    return palette


def _speak(app: QApplication, chosen: str) -> None:
    """Speak the chosen language, else the system's, and let Qt; dates are as the system's country writes them in it."""
    country, system = QLocale.system().territory(), QLocale.system().uiLanguages()
    use_language(chosen, system=system)
    language = current_language()
    if chosen and not any(name.partition("-")[0] == language for name in system):
        QLocale.setDefault(QLocale(QLocale(language).language(), country))
    if language != "en":
        translator = QTranslator(app)
        if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(translator)


def _demo_is_there() -> bool:
    return find_spec("starlette") is not None and find_spec("uvicorn") is not None


@contextmanager
def _demo() -> Iterator[tuple[Path, Secrets]]:
    """Serve a demo PBX, with a home that knows it and is gone afterwards; its secrets are known to this run alone."""
    from tempfile import TemporaryDirectory

    from voipdesk.core.accounts import Account
    from voipdesk.demo.server import DemoServer
    from voipdesk.settings.paths import Paths
    from voipdesk.settings.preferences import Preferences
    from voipdesk.settings.secrets import Secrets

    with (
        TemporaryDirectory(prefix="voipdesk-demo-") as folder,
        DemoServer(calls_per_hour=_DEMO_CALLS_PER_HOUR) as server,
    ):
        home, secrets = Path(folder), Secrets()
        preferences = Preferences(Paths.find(home).settings_file)
        preferences.region = "GB"
        url, yay, apidaze = server.base_url, server.yay, server.apidaze
        office = Account("demo", _("Demo office"), "voipcloud", server.my_number, {"base_url": url})
        settings = {"reseller": yay.reseller, "user": yay.user, "base_url": url, "registrar": yay.registrar}
        reseller = Account("demo-reseller", _("Demo reseller"), "yay", yay.my_number, settings)
        settings = {"client_id": apidaze.client_id, "base_url": apidaze.base_url, "token_url": apidaze.token_url}
        # telephones of the demo sign in nowhere, least of all at the vendor's
        kpn = Account(
            "demo-apidaze", _("Demo Apidaze"), "apidaze", settings={**settings, "outbound_proxy": "127.0.0.1:4060"}
        )
        for account, key, secret in (
            (office, "api_key", server.api_key),
            (reseller, "password", yay.password),
            (kpn, "client_secret", apidaze.client_secret),
        ):
            preferences.save_account(account)
            secrets.set_for_run(account.id, key, secret)
        yield home, secrets
