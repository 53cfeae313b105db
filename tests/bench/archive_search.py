"""The archive's page of what a text matches, beside the best of two plain statements: archive_search.py HOME RUNS.

The plain statements are the two a person would write by hand: gather the calls of the parties found and sort them, or
walk the log from its newest end. Each text's floor is the faster of them, which nobody knows beforehand.
"""

import asyncio
import sqlite3
import sys
import time
from pathlib import Path
from statistics import median

from tests.bench.figures import percentile
from tests.bench.telling import say
from tests.bench.texts import TEXTS
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.search_index import alternatives
from voipdesk.archive.store import Store
from voipdesk.core.call_log import CallFilter

PAGE = 200
_SLOW_S = 0.5
"""A statement this slow at first is not the floor, and is not run again."""
_COLUMNS = """
SELECT c.id, a.id, a.name, l.source, l.name, caller.number, called.number, c.direction, c.outcome, c.started_at,
       caller.name, called.name, c.answered_at, c.finished_at, c.duration_s, c.talk_s, answerer.name
FROM keys JOIN calls AS c ON c.id = keys.id JOIN lines AS l ON l.id = c.line_id JOIN accounts AS a ON a.key = l.account
JOIN parties AS caller ON caller.id = c.caller_id JOIN parties AS called ON called.id = c.called_id
LEFT JOIN parties AS answerer ON answerer.id = c.answered_by_id ORDER BY c.started_at DESC, c.id DESC
"""
_GATHER = """
WITH found AS MATERIALIZED ({found}), lines_found AS MATERIALIZED ({lines}), keys AS (
  SELECT started_at, id FROM calls WHERE caller_id IN found
  UNION SELECT started_at, id FROM calls WHERE called_id IN found
  UNION SELECT started_at, id FROM calls WHERE answered_by_id IN found
  UNION SELECT started_at, id FROM calls WHERE line_id IN lines_found
  ORDER BY 1 DESC, 2 DESC LIMIT 200)
"""
_WALK = """
WITH found AS MATERIALIZED ({found}), lines_found AS MATERIALIZED ({lines}), keys AS (
  SELECT started_at, id FROM calls WHERE +caller_id IN found OR +called_id IN found OR +answered_by_id IN found
  OR +line_id IN lines_found ORDER BY started_at DESC, id DESC LIMIT 200)
"""


class Bare:
    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file)
        self._connection.execute("PRAGMA cache_size = -16384")

    def candidates(self, typed: str) -> list[tuple[str, dict[str, str]]]:
        texts = alternatives(typed)
        values = {f"t{n}": text for n, text in enumerate(texts)}
        parts, lines = [], []
        for name, text in list(values.items()):
            lines.append(f"SELECT id FROM lines WHERE instr(folded, :{name})")
            if len(text) < 3:
                parts.append(f"SELECT id FROM parties WHERE instr(folded, :{name})")
                continue
            grams = dict.fromkeys(text[at : at + 3] for at in range(len(text) - 2))
            values["m" + name] = " AND ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
            parts.append(
                "SELECT p.id FROM parties_index JOIN parties AS p ON p.id = parties_index.rowid"
                f" WHERE parties_index MATCH :m{name} AND instr(p.folded, :{name})"
            )
        filled = {"found": " UNION ".join(parts), "lines": " UNION ".join(lines)}
        return [(template.format(**filled) + _COLUMNS, values) for template in (_GATHER, _WALK)]

    def page(self, statement: str, values: dict[str, str]) -> list[tuple[object, ...]]:
        return self._connection.execute(statement, values).fetchall()


async def main(home: Path, runs: int) -> None:
    file = home / "archive.sqlite"
    store = await Store.open(file)
    archive, bare = CallLogArchive(store), Bare(file)
    typed = list(dict.fromkeys(text[:end] for text in TEXTS for end in range(1, len(text) + 1) if text[:end].strip()))
    candidates = {text: bare.candidates(text) for text in typed}
    for text in typed:
        fast = []
        for candidate in candidates[text]:
            started = time.perf_counter()
            rows = bare.page(*candidate)
            if time.perf_counter() - started < _SLOW_S or not fast:
                fast.append(candidate)
            found = [call.id for call in await archive.page(CallFilter(search=text), limit=PAGE)]
            if found != [row[0] for row in rows]:
                msg = f"“{text}”: the archive and bare SQL find different calls"
                raise RuntimeError(msg)
        candidates[text] = fast
    ours: dict[str, list[float]] = {text: [] for text in typed}
    floors: dict[str, list[float]] = {text: [] for text in typed}
    for _ in range(runs):
        for text in typed:
            best = []
            for candidate in candidates[text]:
                started = time.perf_counter()
                bare.page(*candidate)
                best.append(time.perf_counter() - started)
            floors[text].append(min(best) * 1000)
            started = time.perf_counter()
            await archive.page(CallFilter(search=text), limit=PAGE)
            ours[text].append((time.perf_counter() - started) * 1000)
    await store.close()
    ours_each, floor_each = {t: median(v) for t, v in ours.items()}, {t: median(v) for t, v in floors.items()}
    worst = sorted(typed, key=lambda t: floor_each[t] - ours_each[t])[:4]
    say(
        ours_ms=median(ours_each.values()),
        floor_ms=median(floor_each.values()),
        ours_p95_ms=percentile(list(ours_each.values()), 0.95),
        floor_p95_ms=percentile(list(floor_each.values()), 0.95),
        ratio=sum(ours_each.values()) / sum(floor_each.values()),
        worst=[f"“{t}” {ours_each[t]:.0f} ms beside {floor_each[t]:.0f}" for t in worst],
    )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
