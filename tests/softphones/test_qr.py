"""QR codes are read back from the picture, module by module, and held against the library's own matrix."""

import re

import segno
from defusedxml.ElementTree import fromstring
from PySide6.QtGui import QImage

from voipdesk.softphones import qr

URL = "http://192.168.178.20:40001/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6"


def expected():
    return [[bool(m) for m in row] for row in segno.make_qr(URL, error="m").matrix_iter(border=4)]


def test_text_for_a_terminal_is_the_code():
    lines = qr.terminal(URL, colours=False).splitlines()
    dark = {"█": (False, False), "▀": (False, True), "▄": (True, False), " ": (True, True)}
    rows = []
    for line in lines:
        rows += [[dark[c][0] for c in line], [dark[c][1] for c in line]]
    assert rows[: len(expected())] == expected()
    coloured = qr.terminal(URL, colours=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == qr.terminal(URL, colours=False)
    assert coloured.startswith("\x1b[97;40m")


def test_a_png_is_dark_on_white_and_is_the_code():
    image = QImage.fromData(qr.png(URL), "PNG")
    assert image.pixelColor(0, 0).name() == "#ffffff"
    seen = [
        [image.pixelColor(x, y).name() == "#000000" for x in range(4, image.width(), 8)]
        for y in range(4, image.height(), 8)
    ]
    assert seen == expected()


def test_an_svg_is_dark_on_white_whatever_is_behind_it():
    root = fromstring(qr.svg(URL))
    paths = root.findall(".//{http://www.w3.org/2000/svg}path")
    assert paths[0].get("fill") == "#fff"
    assert paths[1].get("stroke") == "#000"
    assert root.get("width") == str(len(expected()) * 8)
