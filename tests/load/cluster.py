"""Workers behind nginx with PostgreSQL and Redis, as real processes on free ports of this machine."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from assistant.settings import TOP
from tests.http.world import is_well
from tests.nginx import start, write_conf
from tests.ports import free_port
from tests.postgresql import PostgreSQL, running_postgresql
from tests.redis_server import Redis
from tests.waiting import eventually

START_SECONDS = 240.0


class Worker:
    """One process of the assistant, or one with its supervisor where `module` is assistant.serve.run."""

    def __init__(self, folder: Path, environ: dict[str, str], module: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"worker-{self.port}.log"
        environ = environ | {"WHICHPLAN_PORT": str(self.port), "WHICHPLAN_DATA": str(folder / str(self.port))}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", module],
                cwd=TOP,
                env=environ,
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self) -> None:
        eventually(self._is_ready, seconds=START_SECONDS, every=0.2, why=self.log.read_text)

    def _is_ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        return is_well(self.url)

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as a rollout does: it finishes what it began."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Cluster:
    """What a test may do to the workers while parents write."""

    def __init__(
        self, folder: Path, environ: dict[str, str], module: str, database: PostgreSQL, limits: Redis
    ) -> None:
        self._folder = folder
        self._environ = environ
        self._module = module
        self.database = database
        self.limits = limits
        self.workers: list[Worker] = []
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._balancer: subprocess.Popen[bytes] | None = None

    def start_worker(self) -> Worker:
        worker = Worker(self._folder, self._environ, self._module)
        self.workers.append(worker)
        return worker

    def use(self, workers: list[Worker]) -> None:
        """Let nginx share requests among these workers: deploy/nginx.conf with their addresses."""
        path = write_conf(self._folder, self._port, [worker.port for worker in workers])
        if self._balancer is not None:
            self._balancer.send_signal(signal.SIGHUP)
            return
        self._balancer = start(path)
        eventually(self._balancer_answers)

    def _balancer_answers(self) -> bool:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(self.url, timeout=5)
            return True
        return False

    def migrate(self) -> None:
        """Make the tables, as the job of a rollout does."""
        subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "assistant.serve.migrate"],
            cwd=TOP,
            env=self._environ | {"WHICHPLAN_DATA": str(self._folder)},
            check=True,
        )

    def end(self) -> None:
        """End all processes."""
        if self._balancer is not None:
            self._balancer.terminate()
            self._balancer.wait()
        for worker in self.workers:
            worker.stop()


@contextmanager
def running_cluster(
    workers: int, module: str = "assistant.serve.server", **environment: str
) -> Iterator[Cluster]:
    """Start everything, with more variables for all workers; end everything."""
    folder = Path(tempfile.mkdtemp(prefix="whichplan-cluster-"))
    limits = Redis(folder)
    limits.start()
    with running_postgresql() as database:
        cluster = Cluster(
            folder,
            os.environ
            | {
                "DATABASE_URL": database.url,
                "WHICHPLAN_REDIS_URL": limits.url,
                "WHICHPLAN_SECRET": "a secret of the tests, the same for all workers",
                "WHICHPLAN_PROXIES": "1",
                "WHICHPLAN_HOST": "127.0.0.1",
            }
            | environment,
            module,
            database,
            limits,
        )
        try:
            cluster.migrate()
            for _ in range(workers):
                cluster.start_worker()
            for worker in cluster.workers:
                worker.wait_until_ready()
            cluster.use(cluster.workers)
            yield cluster
        finally:
            cluster.end()
            limits.kill()
