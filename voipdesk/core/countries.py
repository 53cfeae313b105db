"""The names of countries: in English from the tables that phonenumbers brings along, else from CLDR."""

from __future__ import annotations

from functools import lru_cache

from voipdesk.core.language import _, current_language


def country_name(region: str) -> str:
    """Name a region by its ISO 3166 code, "International" for numbers of no country; the code when it has no name."""
    if region == "001":
        return _("International")
    return (_names() if current_language() == "en" else _names_in(current_language())).get(region, region)


def english_country_name(region: str) -> str:
    """Name a region as above, in English whatever language is spoken."""
    return "International" if region == "001" else _names().get(region, region)  # NON-NLS: for programs


def countries() -> list[tuple[str, str]]:
    """Give the code and the name of every country with telephone numbers of its own, by name."""
    from phonenumbers import SUPPORTED_REGIONS

    named = ((region, country_name(region)) for region in SUPPORTED_REGIONS)
    return sorted(named, key=lambda country: country[1].casefold())


@lru_cache(maxsize=1)
def _names_in(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(language).territories)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from importlib import util
    from importlib.machinery import PathFinder

    # The table alone takes 10 ms; importing its package takes half a second, for places within countries.
    package = util.find_spec("phonenumbers.geodata")
    assert package is not None
    table = PathFinder.find_spec("phonenumbers.geodata.locale", package.submodule_search_locations)
    assert table is not None
    assert table.loader is not None
    module = util.module_from_spec(table)
    table.loader.exec_module(module)
    return {region: _english(names) for region, names in module.LOCALE_DATA.items()}


def _english(names: dict[str, str]) -> str:
    """Follow the table's way to say that one language has another's name: "*aa"."""
    name = names.get("en", "")
    return names.get(name[1:], "") if name.startswith("*") else name
