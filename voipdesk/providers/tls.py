"""The TLS settings that all connections share."""

from __future__ import annotations

import ssl
from functools import cache
from pathlib import Path


@cache
def tls_context() -> ssl.SSLContext:
    """Trust what this computer trusts, an office's own authority included. Takes 60 to 90 ms: call it in a thread."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"] and not _has_certificate_folder():
        import certifi  # comes with httpx; some builds of Python find no certificates of the system

        context.load_verify_locations(certifi.where())
    return context


def _has_certificate_folder() -> bool:
    folder = Path(ssl.get_default_verify_paths().capath or "/nowhere")
    return folder.is_dir() and any(folder.iterdir())
