"""The same bits on one machine and on many: one thread, processes, and a Dask cluster."""

import pytest

from outlook.fragmentation.worlds import AT, STORM, known, placement_of, ring, scenario
from vidomo.app.cluster import CHUNKS_PER_WORKER, workers
from vidomo.core.codec import to_json
from vidomo.core.errors import ConfigError, SourceUnavailable
from vidomo.grid.damage import DamageModel
from vidomo.grid.ensemble import run_ensemble
from vidomo.outlook.fragmentation.outlook import digest, outlook
from vidomo.outlook.network.infer import Hearing, Method, infer
from vidomo.outlook.network.model import Category, Evidence
from vidomo.outlook.network.prior import bundled_prior

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")  # other people's, on closing a cluster


def found(executor=None, chunks: int = 1) -> str:
    model = ring()
    posterior = known(model, (), ("AB",), ("BC", "CD"), weights=(0.5, 0.3, 0.2))
    made = outlook(
        posterior,
        model,
        placement_of(model),
        [scenario(STORM)],
        samples=140,
        seed=11,
        executor=executor,
        chunks=chunks,
    )
    return digest(made)


@pytest.fixture(scope="module")
def alone() -> str:
    with workers() as (executor, chunks):
        assert (executor, chunks) == (None, 1)
        return found(executor, chunks)


def test_one_thread_and_several_processes_give_the_same_bits(alone: str) -> None:
    with workers(count=2) as (executor, chunks):
        assert chunks == 2 * CHUNKS_PER_WORKER
        assert found(executor, chunks) == alone


@pytest.mark.parametrize(
    ("number", "processes"), [(1, False), (3, False), (1, True)], ids=["one", "three", "process"]
)
def test_a_cluster_gives_the_same_bits_whatever_its_size(
    alone: str, number: int, *, processes: bool
) -> None:
    cluster = distributed.LocalCluster(
        n_workers=number, threads_per_worker=1, processes=processes, dashboard_address=None
    )
    with cluster, workers(cluster=cluster.scheduler_address) as (executor, chunks):
        assert chunks == number * CHUNKS_PER_WORKER
        for parts in (chunks, 1, 2, 7):
            assert found(executor, parts) == alone


def test_ensembles_and_inference_take_a_cluster_too() -> None:
    damage = DamageModel(horizon_h=24, repair_median_h=30, failure_otherwise=0.2)
    ends = ("place-B", "place-C")
    said = [
        Evidence(place=one, at=AT, category=Category.NO_POWER, source=one, kind="official")
        for one in ends
    ]

    def both(executor=None, chunks: int = 1) -> tuple[bytes, bytes]:
        ran = run_ensemble(ring(), damage, scenarios=300, seed=4, chunks=chunks, executor=executor)
        known_ = infer(
            ring(),
            placement_of(ring()),
            said,
            bundled_prior(),
            at=AT,
            seed=4,
            samples=300,
            hearing=Hearing(places=frozenset(ends)),
            method=Method(chunks=chunks, executor=executor),
        )
        return ran.unserved_mw.tobytes(), to_json((known_.places, known_.ess))

    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    )
    with cluster, workers(cluster=cluster.scheduler_address) as (executor, _):
        assert both(executor, 7) == both(executor, 2) == both()


def test_a_scheduler_without_workers_or_that_is_not_there_is_told(monkeypatch) -> None:
    cluster = distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None)
    with (
        cluster,
        pytest.raises(SourceUnavailable, match="no workers"),
        workers(cluster=cluster.scheduler_address),
    ):
        pass
    monkeypatch.setattr("vidomo.app.cluster._ANSWER_WITHIN_S", 1)
    with pytest.raises(SourceUnavailable, match="no scheduler"), workers(cluster="127.0.0.1:9"):
        pass


def test_without_dask_the_hint_says_what_to_install(monkeypatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ConfigError, match="Dask") as told, workers(cluster="127.0.0.1:9"):
        pass
    assert "vidomo[cluster]" in told.value.hint


def test_no_workers_are_refused() -> None:
    with pytest.raises(ConfigError), workers(count=0):
        pass
