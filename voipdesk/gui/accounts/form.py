"""The form an account is added or edited with, drawn from what its vendor declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.accounts import FieldKind
from voipdesk.core.language import _
from voipdesk.gui.accounts.field_editor import FieldEditor, label_for
from voipdesk.gui.accounts.model import form_fields, is_plain
from voipdesk.gui.accounts.test_report import TestReportView
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import PlainLabel, heading, set_faint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from voipdesk.core.accounts import Field, Vendor
    from voipdesk.gui.theme import Theme

_WIDTH = 84 * GRID


class AccountForm(QWidget):
    """Takes what an account needs to be told; says at the field what is wrong with it."""

    save_asked = Signal()
    test_asked = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._vendors: dict[str, Vendor] = {}
        self._vendor: Vendor | None = None
        self._zones: Sequence[str] = ()
        self.editors: dict[str, FieldEditor] = {}
        self._title = heading("", 1.35)
        self._service = QComboBox()
        self._service.setAccessibleName(_("Service"))
        self._service.setAccessibleDescription(_("Service"))
        self._service.currentIndexChanged.connect(self._pick_vendor)
        self._rows = QGridLayout()
        self._fields = QWidget()
        self.result = TestReportView(theme)
        self._save = QPushButton(_("Save account"))
        self._test = QPushButton(_("Test connection"))
        self._cancel = QPushButton(_("Cancel"))
        theme.set_icon(self._test, "test")
        self._save.setDefault(True)
        self._save.clicked.connect(self.save_asked)
        self._test.clicked.connect(self.test_asked)
        self._cancel.clicked.connect(self.cancelled)
        self._lay_out()

    @property
    def vendor(self) -> Vendor:
        """The service the form is drawn for."""
        assert self._vendor is not None
        return self._vendor

    @property
    def values(self) -> dict[str, str]:
        """What was entered, by field key."""
        return {key: editor.value for key, editor in self.editors.items()}

    def open_new(self, vendors: Sequence[Vendor]) -> None:
        """Begin with an empty form."""
        self._title.setText(_("Connect a service"))
        self._vendors = {vendor.key: vendor for vendor in vendors}
        self._service.blockSignals(True)
        self._service.clear()
        for vendor in vendors:
            self._service.addItem(vendor.name, vendor.key)
        self._service.blockSignals(False)
        self._service.setVisible(len(vendors) > 1)
        self._draw(vendors[0], {}, editing=False)

    def open_for(self, name: str, vendor: Vendor, values: Mapping[str, str]) -> None:
        """Begin with an account's values; its service stays what it is."""
        self._title.setText(_("Edit {account}", account=name))
        self._service.hide()
        self._draw(vendor, values, editing=True)

    def offer_zones(self, zones: Sequence[str]) -> None:
        """Complete time zones to these."""
        self._zones = zones
        if self._vendor is not None:
            for field in self._vendor.fields:
                if field.kind is FieldKind.TIME_ZONE:
                    self.editors[field.key].offer(zones)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say at each field, by key, what is wrong, and go to the first."""
        for key, editor in self.editors.items():
            editor.set_error(errors.get(key, ""))
        first = next((key for key in self.editors if key in errors), None)
        if first is not None:
            self.editors[first].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Take no second press while one is under way."""
        self._save.setEnabled(not busy)
        self._test.setEnabled(not busy)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin at the first field."""
        super().showEvent(event)
        if self.editors:
            next(iter(self.editors.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick_vendor(self) -> None:
        """Keep what was entered; the defaults of the service before are not that one's."""
        defaults = {field.key: field.default for field in form_fields(self.vendor)}
        entered = {key: value for key, value in self.values.items() if value.strip() not in {"", defaults[key]}}
        self._draw(self._vendors[self._service.currentData()], entered, editing=False)

    def _draw(self, vendor: Vendor, values: Mapping[str, str], *, editing: bool) -> None:
        self._vendor = vendor
        self.result.clear()
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.editors = {}
        fields = form_fields(vendor)
        plain = [field for field in fields if is_plain(field)]
        more = [field for field in fields if not is_plain(field)]
        self._add_rows(0, plain, values, editing=editing)
        if more:
            self._rows.addWidget(_more_settings(), len(plain), 0, 1, 2)
            self._add_rows(len(plain) + 1, more, values, editing=editing)
        self.offer_zones(self._zones)
        self.set_busy(busy=False)

    def _add_rows(self, first: int, fields: Sequence[Field], values: Mapping[str, str], *, editing: bool) -> None:
        for row, field in enumerate(fields, start=first):
            editor = FieldEditor(field, self._theme)
            editor.set_value(values.get(field.key, field.default))
            if editing and field.kind is FieldKind.SECRET:
                editor.set_placeholder(_("unchanged"))
            if editing and field.fixed:
                editor.set_fixed(
                    _("Set once, when the account was added: with another value its calls would be other calls.")
                )
            self.editors[field.key] = editor
            self._rows.addWidget(label_for(field, editor), row, 0)
            self._rows.addWidget(editor, row, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter in a field save, as the default button of a dialog."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(self.focusWidget(), QLineEdit):
            self._save.click()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._rows.setHorizontalSpacing(2 * GRID)
        self._rows.setVerticalSpacing(2 * GRID)
        self._rows.setColumnMinimumWidth(0, 18 * GRID)
        self._rows.setColumnStretch(1, 1)
        inner = QVBoxLayout(self._fields)
        inner.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        inner.setSpacing(2 * GRID)
        inner.addWidget(self._title)
        inner.addWidget(self._service, 0, Qt.AlignmentFlag.AlignLeading)
        inner.addLayout(self._rows)
        inner.addStretch()
        self._fields.setMaximumWidth(_WIDTH)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._fields)
        scroll.viewport().setAutoFillBackground(False)
        self._fields.setAutoFillBackground(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self._test)
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        foot = QVBoxLayout()
        foot.setContentsMargins(3 * GRID, GRID, 3 * GRID, 2 * GRID)
        foot.setSpacing(GRID)
        foot.addWidget(self.result)
        foot.addLayout(buttons)
        foot_box = QWidget()
        foot_box.setLayout(foot)
        foot_box.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(foot_box)


def _more_settings() -> QWidget:
    about = PlainLabel(_("They are right as they are for most."))
    set_faint(about)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, GRID, 0, 0)
    column.setSpacing(GRID // 2)
    column.addWidget(heading(_("More settings")))
    column.addWidget(about)
    return holder
