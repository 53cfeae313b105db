"""Garbage is collected on the main thread alone, where Qt's objects live."""

import gc
import threading


def test_a_thread_that_allocates_collects_nothing():
    """Else what a test left of Qt would be deleted by a server's thread, and Qt does not survive that."""
    collected_on = []
    gc.callbacks.append(lambda phase, _: collected_on.append(threading.current_thread()))
    try:
        thread = threading.Thread(target=lambda: [[] for _ in range(100_000)])
        thread.start()
        thread.join()
    finally:
        gc.callbacks.pop()
    assert collected_on == []
