"""The process that works off documents one after another: `python -m pipeline.batch.worker`.

Jobs come as JSON lines on the standard input, outcomes leave as JSON lines on the standard output. What the process has
loaded once (dictionaries, models) stays loaded. When its standard input ends, because whoever started it wants no more
or was killed, it ends at once, and with it the programs that it called.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from dataclasses import asdict
from typing import NoReturn

from pipeline.batch.job import Job, work


def main() -> None:
    """Work until the standard input ends."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not get among the replies
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started us
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    while True:
        outcome = work(jobs.get())
        replies.write(json.dumps(asdict(outcome)) + "\n")
        replies.flush()


def _listen(jobs: queue.SimpleQueue[Job]) -> NoReturn:
    for line in sys.stdin:
        jobs.put(Job(**json.loads(line)))
    _end()


def _end() -> NoReturn:
    """End this process and the programs that it called, whatever they are doing; results are written in one step."""
    import psutil

    for child in psutil.Process().children(recursive=True):
        try:
            child.kill()
        except psutil.NoSuchProcess:
            continue
    os._exit(0)


if __name__ == "__main__":
    main()
