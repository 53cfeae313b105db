"""The page a softphone is set up on: which one, what is made for it, and what is to be done with that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontDatabase, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.language import _
from voipdesk.gui.sip.program_list import ProgramList
from voipdesk.gui.theme import GRID, Tone
from voipdesk.gui.widgets.form_field import ChoiceField, lay_out_fields
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, heading, set_faint, set_font
from voipdesk.gui.widgets.rule import Rule
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.widgets.saying_card import SayingCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.errors import VoipdeskError
    from voipdesk.gui.sip.setup_model import Offer
    from voipdesk.gui.theme import Theme

_LINES = 9


class SetupPage(QWidget):
    """Shows one Offer; `wanted` tells that another one is asked for, by what is chosen on the page."""

    wanted = Signal()
    save_asked = Signal()
    install_asked = Signal()
    hand_over_asked = Signal()
    file_chosen = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = ElidedLabel(_("Set up a softphone"))
        set_font(self._title, scale=1.35, bold=True)
        self._about = ElidedLabel()
        set_faint(self._about)
        self.programs = ProgramList(_("Program to set up"))
        self._name = heading("", 1.15)
        self._what = PlainLabel()
        set_faint(self._what)
        self.form = ChoiceField(_("Made as"), theme)
        self.with_password = QCheckBox(_("With the &password"))
        self._safe = PlainLabel()
        set_faint(self._safe)
        self.refusal = SayingCard(theme, small=True)
        self._steps_title = heading(_("What is to be done"))
        self._steps = PlainLabel()
        self._file_title = heading("")
        self.preview = QPlainTextEdit()
        self.save = QPushButton(_("Save &file…"))
        self.install = QPushButton(_("Set up on &this computer"))
        self.hand_over = QPushButton(_("&Hand over to a phone…"))
        self.back = QPushButton(_("Back"))
        for button, icon in ((self.save, "save"), (self.install, "softphone"), (self.hand_over, "mobile")):
            theme.set_icon(button, icon)
        self._bind()
        self._lay_out()

    def begin(self, whom: str, programs: Sequence[tuple[str, str, str]], chosen: str, *, has_password: bool) -> None:
        """Begin with an account and the programs (key, name, remark) there are."""
        self._about.setText(whom)
        self.programs.offer(programs, chosen)
        with QSignalBlocker(self.with_password):
            self.with_password.setChecked(False)
        self.with_password.setEnabled(has_password)
        self._safe.setText(_about_password(known=has_password))
        self.programs.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_offer(self, offer: Offer) -> None:
        """Show what is made for the program chosen, and what is to be done."""
        self._name.setText(offer.name)
        self._what.setText(offer.about)
        self.form.offer(offer.forms)
        self.form.set_value(offer.form)
        self.form.set_shown(shown=len(offer.forms) > 1)
        self.refusal.hide()
        numbered = (f"{number}. {step}" for number, step in enumerate(offer.steps, 1))
        self._steps.setText("\n".join(numbered if len(offer.steps) > 1 else offer.steps))
        self._file_title.setText(offer.file_title)
        wrap = QPlainTextEdit.LineWrapMode
        self.preview.setLineWrapMode(wrap.WidgetWidth if offer.wraps else wrap.NoWrap)
        self.preview.setPlainText(offer.preview)
        for widget in (self._steps_title, self._steps, self._file_title, self.preview):
            widget.show()
        self.save.setEnabled(True)
        self._offer_ways(offer)

    def show_refusal(self, offer: Offer, error: VoipdeskError) -> None:
        """Say why nothing can be made for the program chosen."""
        self.show_offer(offer)
        self.refusal.show_saying(Saying(Tone.BAD, error.message, error.advice))
        self.refusal.show()
        for widget in (self._steps_title, self._steps, self._file_title, self.preview):
            widget.hide()
        for button in (self.save, self.install, self.hand_over):
            button.setEnabled(False)

    def set_busy(self, *, busy: bool) -> None:
        """Take no second press while something is under way."""
        for widget in (self.save, self.install, self.hand_over, self.programs, self.back):
            widget.setEnabled(not busy)

    def choose_file(self, name: str, endings: str) -> None:
        """Ask where to save; `file_chosen` follows unless it is cancelled."""
        dialog = QFileDialog(self, _("Save the set-up file"), name, endings)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # it is asked about here, the same on each system
        dialog.selectFile(name)
        dialog.fileSelected.connect(self.file_chosen)
        dialog.open()

    def _offer_ways(self, offer: Offer) -> None:
        self.install.setVisible(offer.installs)
        self.install.setEnabled(offer.installs)
        self.hand_over.setVisible(offer.to_phones)
        self.hand_over.setEnabled(offer.to_phones)
        self.install.setToolTip(_("Write the account into its configuration; asks first, and keeps a copy"))
        self.hand_over.setToolTip(_("Show a QR code that a mobile phone sets itself up with"))

    def _bind(self) -> None:
        self.preview.setReadOnly(True)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.preview.setAccessibleName(_("What is made for it, without the password"))
        self.preview.setTabChangesFocus(True)
        self.preview.setMinimumHeight(_LINES * self.fontMetrics().height())
        self.programs.chosen.connect(lambda _key: self.wanted.emit())
        self.form.edited.connect(self.wanted)
        self.with_password.toggled.connect(lambda _on: self.wanted.emit())
        self.save.clicked.connect(self.save_asked)
        self.install.clicked.connect(self.install_asked)
        self.hand_over.clicked.connect(self.hand_over_asked)
        self.back.clicked.connect(self.left)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.back.click)

    def _lay_out(self) -> None:
        self.programs.setFixedWidth(24 * GRID)
        inner = QWidget()
        right = QVBoxLayout(inner)
        right.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        right.setSpacing(GRID)
        right.addWidget(self._name)
        right.addWidget(self._what)
        right.addSpacing(GRID // 2)
        right.addLayout(lay_out_fields([self.form]))
        right.addWidget(self.with_password)
        right.addWidget(self._safe)
        right.addSpacing(GRID // 2)
        for widget in (self.refusal, self._steps_title, self._steps, self._file_title):
            right.addWidget(widget)
        right.addWidget(self.preview, 1)
        right.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        parts = QHBoxLayout()
        parts.setSpacing(GRID)
        parts.addWidget(self.programs)
        parts.addWidget(Rule(vertical=True))
        parts.addWidget(scroll, 1)
        which = PlainLabel(
            _("The sheet works with every program and desk phone. On a mobile phone, Linphone needs no typing at all.")
        )
        set_faint(which)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.back)
        buttons.addStretch()
        for button in (self.hand_over, self.install, self.save):
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        whole.setSpacing(GRID)
        whole.addWidget(self._title)
        whole.addWidget(self._about)
        whole.addWidget(which)
        whole.addSpacing(GRID // 2)
        whole.addLayout(parts, 1)
        whole.addLayout(buttons)


def _about_password(*, known: bool) -> str:
    if known:
        return _(
            "Off: it is typed into the program by hand. On: whoever gets hold of the file can call at your expense."
        )
    return _("The password is not known here: it is typed into the program.")
