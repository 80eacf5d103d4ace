"""`make chat`: the assistant in the terminal, with the real model and the real actions, nothing kept."""

from __future__ import annotations

import asyncio
import re
import sys
import uuid

from assistant.engine.quiet import ignore_warnings
from assistant.talk.reply import Reply
from assistant.typed_text import typed

WELCOME = "Type your question. A number picks a button, an empty line or Ctrl-D ends.\n"


def shown(reply: Reply, first_button: int) -> str:
    """Return a reply as terminal text; its buttons are numbered from `first_button`."""
    lines = [re.sub(r"\*\*|\[([^\]]*)\]\((?:tel|https|mailto):[^)]*\)", r"\1", reply.text)]
    lines += [f"  [{number}] {button.title}" for number, button in enumerate(reply.buttons, first_button)]
    if reply.sources:
        lines.append("  Where this comes from: " + "; ".join(source.cite for source in reply.sources))
    return "\n".join(lines) + "\n"


async def talk() -> None:
    """Hold one talk on standard input and output."""
    from assistant.engine.agent import load_assistant
    from assistant.serve.models import current_model
    from assistant.turn.talking import Talk

    conversation = Talk(load_assistant(current_model()), uuid.uuid4().hex)
    sys.stdout.write(WELCOME)
    said = "/greet"
    while True:
        choices: list[str] = []
        for reply in await conversation.say(said):
            sys.stdout.write("\n" + shown(reply, len(choices) + 1))
            choices += [button.payload for button in reply.buttons]
        try:
            line = (await asyncio.to_thread(input, "\nYou: ")).strip()
        except EOFError:
            return
        if not line:
            return
        picked = line.isdecimal() and 1 <= int(line) <= len(choices)
        said = choices[int(line) - 1] if picked else typed(line)


def main() -> None:
    """Train if something changed, then talk."""
    from assistant.nlu.encoder_build import EncoderError
    from assistant.serve.preflight import START_ERRORS
    from assistant.serve.train import TrainingFailed, train_if_changed

    ignore_warnings()
    try:
        train_if_changed()
        asyncio.run(talk())
    except (*START_ERRORS, EncoderError, TrainingFailed) as error:
        sys.exit(f"Which Plan did not start: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
