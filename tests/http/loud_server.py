"""The server, with every logger of every library at its loudest: what may an operator read who looks for a fault?"""

from __future__ import annotations

import logging

from assistant.engine import quiet
from assistant.serve import server

quiet.quiet_rasa.__defaults__ = (logging.DEBUG,)
logging.getLogger().setLevel(logging.DEBUG)

if __name__ == "__main__":
    server.main()
