"""The icons are one family: the same grid, drawn in the colour of the text around them."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ICONS = sorted((Path(__file__).parents[2] / "resources" / "icons").glob("*.svg"))


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_an_icon_is_one_of_the_family(file):
    root = ET.parse(file).getroot()
    assert root.get("viewBox") == "0 0 24 24"
    paint = {node.get(which) for node in root.iter() for which in ("fill", "stroke")}
    assert paint <= {None, "none", "currentColor"}


def test_no_two_icons_are_the_same_picture():
    pictures = [re.sub(r"\s+", "", file.read_text()) for file in ICONS]
    assert len(set(pictures)) == len(pictures)
