"""Colours and drawings that follow the system's palette, light or dark, as it changes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap

from voipdesk.gui.focus_ring import FocusRing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QAbstractButton, QApplication

GRID = 8
"""Pixels between things; all margins and gaps are multiples of it, half of it inside a group."""


class Tone(StrEnum):
    """What a colour says; never said by colour alone."""

    TEXT = "text"
    FAINT = "faint"
    ACCENT = "accent"
    ON_ACCENT = "on-accent"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


_LIGHT = {Tone.GOOD: "#1a7f37", Tone.WARNING: "#8a5a00", Tone.BAD: "#b3261e"}
_DARK = {Tone.GOOD: "#5fd07f", Tone.WARNING: "#e8b04a", Tone.BAD: "#ff8a80"}


_LIGHT_ACCENT = 150
"""Lightness from which dark text stands out on the accent colour."""
_EDGES = (16, 20)
"""Sizes of icons: those of buttons, and of the side list."""


class Theme(QObject):
    """Gives colours and icons for the palette in use, and says when that changes."""

    changed = Signal()

    def __init__(self, app: QApplication, read_icon: Callable[[str], bytes]) -> None:
        super().__init__(app)
        self._app = app
        self._read_icon = read_icon
        self._icons: dict[tuple[str, Tone], QIcon] = {}
        self._pixmaps: dict[tuple[str, Tone, int], QPixmap] = {}
        self._users: WeakKeyDictionary[QAbstractButton | QAction, tuple[str, Tone]] = WeakKeyDictionary()
        self._palette_key = app.palette().cacheKey()
        self._marked = False
        self._mark_choices()
        FocusRing(app, self)
        app.screenAdded.connect(self._renew)  # it may be a denser one

    @property
    def dark(self) -> bool:
        """Whether text is lighter than its background."""
        palette = self._app.palette()
        return (
            palette.color(QPalette.ColorRole.Window).lightness()
            < palette.color(QPalette.ColorRole.WindowText).lightness()
        )

    def colour(self, tone: Tone) -> QColor:
        """Give the colour of a tone, readable on a window and on a list."""
        palette = self._app.palette()
        if tone is Tone.TEXT:
            return palette.color(QPalette.ColorRole.WindowText)
        if tone is Tone.FAINT:
            return mix(palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window), 0.32)
        if tone is Tone.ACCENT:
            return palette.color(QPalette.ColorRole.Accent)
        if tone is Tone.ON_ACCENT:
            return QColor("white" if palette.color(QPalette.ColorRole.Accent).lightness() < _LIGHT_ACCENT else "black")
        return QColor((_DARK if self.dark else _LIGHT)[tone])

    def tint(self, tone: Tone) -> QColor:
        """Give a background that carries a tone and leaves text readable."""
        return mix(self._app.palette().color(QPalette.ColorRole.Base), self.colour(tone), 0.14)

    def icon(self, name: str, tone: Tone = Tone.TEXT) -> QIcon:
        """Give the drawing `name` in a tone, for buttons and lists; one already handed out keeps its colour."""
        icon = self._icons.get((name, tone))
        if icon is None:
            icon = self._icons[name, tone] = QIcon()
            scales = {screen.devicePixelRatio() for screen in self._app.screens()}
            for pixmap in self._draw(name, tone, sorted({round(edge * scale) for edge in _EDGES for scale in scales})):
                icon.addPixmap(pixmap)
        return icon

    def pixmap(self, name: str, tone: Tone, edge: int, scale: float) -> QPixmap:
        """Give the drawing `name` in a tone, `edge` wide and high, for a screen of that scale (devicePixelRatio)."""
        pixels = round(edge * scale)
        pixmap = self._pixmaps.get((name, tone, pixels))
        if pixmap is None:
            (pixmap,) = self._draw(name, tone, [pixels])
            pixmap.setDevicePixelRatio(scale)
            self._pixmaps[name, tone, pixels] = pixmap
        return pixmap

    def set_icon(self, user: QAbstractButton | QAction, name: str, tone: Tone = Tone.TEXT) -> None:
        """Put the drawing on a button or an action, now and after each change of the palette."""
        self._users[user] = (name, tone)
        user.setIcon(self.icon(name, tone))

    def follow_palette(self) -> None:
        """Draw anew when the palette is another one; the main window calls this from its `changeEvent`."""
        key = self._app.palette().cacheKey()
        if key == self._palette_key:
            return
        self._palette_key = key
        self._mark_choices()
        self._renew()

    def _renew(self) -> None:
        self._icons.clear()
        self._pixmaps.clear()
        for user, (name, tone) in list(self._users.items()):
            user.setIcon(self.icon(name, tone))
        self.changed.emit()

    def _mark_choices(self) -> None:
        """Let an empty check box be seen on a dark ground, where its frame is darker still."""
        if not self.dark and not self._marked:
            return
        self._marked = self.dark
        palette = QPalette()
        if self.dark:
            whole = self._app.palette()
            ground = mix(whole.color(QPalette.ColorRole.Window), whole.color(QPalette.ColorRole.WindowText), 0.22)
            palette.setColor(QPalette.ColorRole.Base, ground)
        for kind in ("QCheckBox", "QRadioButton"):
            self._app.setPalette(palette, kind)  # type: ignore[arg-type]  # its stub says bytes, which it refuses

    def _draw(self, name: str, tone: Tone, edges: Sequence[int]) -> Iterator[QPixmap]:
        """Draw it in these sizes, in pixels."""
        from PySide6.QtSvg import QSvgRenderer

        colour = self.colour(tone).name().encode()
        renderer = QSvgRenderer(QByteArray(self._read_icon(name).replace(b"currentColor", colour)))
        for edge in edges:
            pixmap = QPixmap(edge, edge)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, edge, edge))
            painter.end()
            yield pixmap


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """Give `one` with `share` of `other` in it."""
    keep = 1 - share
    return QColor(
        round(one.red() * keep + other.red() * share),
        round(one.green() * keep + other.green() * share),
        round(one.blue() * keep + other.blue() * share),
    )
