"""Who does the counting: this thread, several processes, or the machines of a Dask cluster."""

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from vidomo.core.errors import ConfigError, SourceUnavailable

CHUNKS_PER_WORKER = 4
"""Parts of each scenario for every worker, so that none waits long for the last one."""
_ANSWER_WITHIN_S = 20


@contextmanager
def workers(*, cluster: str = "", count: int = 1) -> Iterator[tuple[Executor | None, int]]:
    """Open what runs jobs, with the number of parts that are worth making.

    Args:
        cluster: Address of a Dask scheduler, such as ``tls://10.0.0.5:8786``; empty for none.
        count: Processes on this machine, where there is no cluster.

    Raises:
        ConfigError: Dask is not installed, or the numbers make no sense.
        SourceUnavailable: The scheduler does not answer, or has no workers.
    """
    if count < 1:
        raise ConfigError(f"{count} workers", hint="at least one")
    if cluster:
        yield from _dask(cluster)
    elif count == 1:
        yield None, 1
    else:
        # Spawned, not forked: a fork copies the locks of threads that are not there any more.
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            yield pool, count * CHUNKS_PER_WORKER


def _dask(address: str) -> Iterator[tuple[Executor, int]]:
    try:
        distributed: Any = import_module("distributed")  # an extra that few install
    except ImportError as error:
        raise ConfigError(
            "Dask is not installed, so no cluster can be asked",
            hint="install vidomo[cluster], here and on every worker",
        ) from error
    try:
        client = distributed.Client(address, timeout=_ANSWER_WITHIN_S, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise SourceUnavailable(
            f"no scheduler answers at {address}", hint="start one: dask scheduler; docs/cluster.md"
        ) from error
    with client:
        cores = sum(client.nthreads().values())
        if not cores:
            raise SourceUnavailable(
                f"the scheduler at {address} has no workers",
                hint="start some: dask worker; see docs/cluster.md",
            )
        yield client.get_executor(pure=False), cores * CHUNKS_PER_WORKER
