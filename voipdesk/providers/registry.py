"""The vendors that voipdesk knows."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from voipdesk.providers.apidaze.provider import ApidazeProvider
from voipdesk.providers.voipcloud.provider import VoipcloudProvider
from voipdesk.providers.yay.provider import YayProvider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.providers.provider import Provider


def providers() -> Mapping[str, Provider]:
    """Give the providers by vendor key; none of them loads the HTTP library before it connects."""
    known: tuple[Provider, ...] = (VoipcloudProvider(), YayProvider(), ApidazeProvider())
    return MappingProxyType({provider.vendor.key: provider for provider in known})
