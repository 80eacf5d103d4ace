"""Runs inside `.venv-stock`: reads messages as a JSON list on standard input, writes to a file what the stock model makes of each.

    .venv-stock/bin/python bench/stock_parse.py nlu.tar.gz parsed.json < messages.json

Standard output is no place for it: Rasa and what it brings print there as they like.

Imports nothing of this project: it is another Python with another Rasa.
"""

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

from rasa.core.agent import Agent


async def parsed(model: str, texts: list[str]) -> list[dict[str, object]]:
    """Return for each text the intent, its confidence, the ranking and the milliseconds it took."""
    agent = Agent.load(model)
    await agent.parse_message("hello")  # what is made at the first message is not a message's cost
    rows: list[dict[str, object]] = []
    for text in texts:
        began = time.perf_counter()
        found = await agent.parse_message(text)
        rows.append(
            {
                "ms": 1000 * (time.perf_counter() - began),
                "intent": found["intent"]["name"],
                "confidence": found["intent"]["confidence"],
                "ranking": [row["name"] for row in found["intent_ranking"]],
            }
        )
    return rows


def main() -> None:
    """Parse what comes in, write what comes out, with the memory the process took."""
    rows = asyncio.run(parsed(sys.argv[1], json.load(sys.stdin)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Path(sys.argv[2]).write_text(json.dumps({"rows": rows, "memory MB": memory}))


if __name__ == "__main__":
    main()
