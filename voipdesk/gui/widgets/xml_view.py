"""XML to be read: coloured in the tones of the theme, with the place of a mistake marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from voipdesk.gui.theme import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

    from voipdesk.gui.theme import Theme

_TAG = re.compile(r"</?[^\s<>/!?][^\s<>/]*|/?>")
# no place is looked at twice, however the text is made: quick on any
_ATTRIBUTE = re.compile(r"(?<![^\s<>=\"'])([^\s<>=\"']++)\s*+=\s*+(\"[^\"]*\"|'[^']*')")
_OTHER = re.compile(r"<[?!](?!--)[^>]*>?|&[#\w]++;")
_COMMENT, _COMMENT_END = "<!--", "-->"
_LONGEST = 20_000
"""Characters of a text that is coloured: one that is longer would hold up the window, and was not written by hand."""


class XmlHighlighter(QSyntaxHighlighter):
    """Colours tags, attributes and comments, anew with each change of the theme."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._choose_formats()
        theme.changed.connect(self._take_over)

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Colour one line; its state tells whether a comment goes on."""
        for match in _TAG.finditer(text):
            self.setFormat(match.start(), len(match[0]), self._tag)
        for match in _ATTRIBUTE.finditer(text):
            self.setFormat(match.start(1), len(match[1]), self._name)
            self.setFormat(match.start(2), len(match[2]), self._value)
        for match in _OTHER.finditer(text):
            self.setFormat(match.start(), len(match[0]), self._faint)
        self._colour_comments(text)

    def _colour_comments(self, text: str) -> None:
        start = 0 if self.previousBlockState() == 1 else text.find(_COMMENT)
        self.setCurrentBlockState(0)
        while start >= 0:
            end = text.find(_COMMENT_END, start)
            if end < 0:
                self.setCurrentBlockState(1)
                self.setFormat(start, len(text) - start, self._comment)
                return
            end += len(_COMMENT_END)
            self.setFormat(start, end - start, self._comment)
            start = text.find(_COMMENT, end)

    def _choose_formats(self) -> None:
        self._tag, self._name, self._value = map(self._format, (Tone.ACCENT, Tone.WARNING, Tone.GOOD))
        self._faint, self._comment = self._format(Tone.FAINT), self._format(Tone.FAINT)
        self._tag.setFontWeight(QFont.Weight.Bold)
        self._comment.setFontItalic(True)

    def _format(self, tone: Tone) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._theme.colour(tone))
        return made

    def _take_over(self) -> None:
        self._choose_formats()
        self.rehighlight()


class XmlView(QPlainTextEdit):
    """Shows a stranger's text as it is, read-only."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._highlighter: XmlHighlighter | None = None
        self._line = 0
        theme.changed.connect(self._mark)

    def show_text(self, text: str, line: int = 0, column: int = 0) -> None:
        """Show a text; a mistake at a line, counted from 1, is marked and brought into sight."""
        self._colour(coloured=False)  # or each of its lines would be coloured while it is put in
        self.setPlainText(text)
        self._colour(coloured=len(text) <= _LONGEST)
        self._line = min(line, self.document().blockCount())
        block = self.document().findBlockByNumber(max(0, self._line - 1))
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(max(0, column - 1), block.length() - 1))
        self.setTextCursor(cursor)
        self._mark()
        if line:
            self.centerCursor()

    def _colour(self, *, coloured: bool) -> None:
        if self._highlighter is not None:
            self._highlighter.setDocument(None)
            self._highlighter.deleteLater()
        self._highlighter = XmlHighlighter(self.document(), self._theme) if coloured else None
        if self._highlighter is not None:
            self._highlighter.rehighlight()

    def _mark(self) -> None:
        if not self._line:
            self.setExtraSelections([])
            return
        mark = QTextEdit.ExtraSelection()
        mark.format.setBackground(self._theme.tint(Tone.BAD))
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        mark.cursor = QTextCursor(self.document().findBlockByNumber(self._line - 1))
        self.setExtraSelections([mark])
