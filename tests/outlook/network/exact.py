"""The posterior of the ring by going through every state; shares no code with the draw."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from math import prod
from typing import NamedTuple

import msgspec

from vidomo.outlook.network.model import Category, Prior, Silence

CATEGORIES = (Category.NO_POWER, Category.PARTIAL, Category.SERVED)
LOADS = {"B": 10.0, "C": 20.0, "D": 30.0}
LINES = ("AB", "BC", "CD", "DA")
OUTPUT_MW, CAPACITY_MW = 60.0, 80.0
Hit = dict[str, bool]
WHEN = {True: "if_struck", False: "otherwise"}


class World(NamedTuple):
    """One combination of the assumptions that touch places."""

    weight: float
    strike: float
    local: float
    noise: float
    cue: float
    way: Silence


def enumerated(
    prior: Prior, voices: dict[str, Category], booms: set[str]
) -> dict[str, list[float]]:
    """Return out, partly and served of B, C and D; one declared voice a place at most."""
    total = {place: [0.0, 0.0, 0.0] for place in LOADS}
    for world in _worlds(prior):
        for chance, hit in _strikes(prior, world, booms):
            for likely, served in _outages(prior, hit):
                fits = {
                    place: _fit(prior, world, WHEN[hit[place]], served[place], voices.get(place))
                    for place in LOADS
                }
                everything = chance * likely * prod(map(sum, fits.values()))
                for place, fit in fits.items():
                    for state in range(3):
                        total[place][state] += everything * fit[state] / sum(fit)
    return {place: [one / sum(row) for one in row] for place, row in total.items()}


def narrow(prior: Prior) -> Prior:
    """Return a prior with fewer combinations, so that the enumeration stays short."""
    levels = {}
    for name, level in prior.levels.items():
        weights = level.weights[:2]
        levels[name] = msgspec.structs.replace(
            level,
            values=level.values[:2],
            weights=tuple(one / sum(weights) for one in weights),
        )
    ways = tuple(msgspec.structs.replace(way, weight=0.5) for way in prior.silence[:2])
    return msgspec.structs.replace(prior, levels=levels, silence=ways)


def _levels(prior: Prior, name: str) -> list[tuple[float, float]]:
    return list(zip(prior.levels[name].values, prior.levels[name].weights, strict=True))


def _worlds(prior: Prior) -> Iterator[World]:
    names = ("strike_scale", "local_scale", "noise", "cue_noise")
    for *parts, way in product(*(_levels(prior, name) for name in names), prior.silence):
        values = [value for value, _ in parts]
        yield World(prod(weight for _, weight in parts) * way.weight, *values, way)


def _strikes(prior: Prior, world: World, booms: set[str]) -> Iterator[tuple[float, Hit]]:
    base = world.strike * prior["strike_probability"]
    for struck in product((False, True), repeat=4):
        hit = dict(zip("ABCD", struck, strict=True))
        chance = world.weight
        for place, is_hit in hit.items():
            heard = "hazard_heard_if_struck" if is_hit else "hazard_heard_otherwise"
            seen = (1 - world.cue) * prior[heard] + world.cue / 2
            chance *= base if is_hit else 1 - base
            chance *= seen if place in booms else 1 - seen
        yield chance, hit


def _outages(prior: Prior, hit: Hit) -> Iterator[tuple[float, dict[str, float]]]:
    scales, headrooms = _levels(prior, "failure_scale"), _levels(prior, "headroom_share")
    for (scale, one), (headroom, other) in product(scales, headrooms):
        for gone in product((False, True), repeat=4):
            chance = one * other
            for line, is_out in zip(LINES, gone, strict=True):
                near = any(hit[end] for end in line)
                fail = scale * prior["failure_if_struck" if near else "failure_otherwise"]
                chance *= fail if is_out else 1 - fail
            yield chance, _shares(gone, OUTPUT_MW + headroom * (CAPACITY_MW - OUTPUT_MW))


@cache
def _shares(gone: tuple[bool, ...], capacity_mw: float) -> dict[str, float]:
    """Return the share served of each load: the source is at A."""
    reach = {"A"}
    for _ in LINES:
        for line, is_out in zip(LINES, gone, strict=True):
            if not is_out and reach & set(line):
                reach |= set(line)
    needed = sum(load for place, load in LOADS.items() if place in reach)
    share = min(1.0, capacity_mw / needed) if needed else 0.0
    return {place: share if place in reach else 0.0 for place in LOADS}


def _fit(
    prior: Prior, world: World, when: str, served: float, told: Category | None
) -> list[float]:
    """Return how likely each state and what was said of it are."""
    part, whole = (world.local * prior[f"local_{what}_{when}"] for what in ("partly", "out"))
    found = [0.0, 0.0, 0.0]
    for lost, likely in ((0.0, 1 - part - whole), (0.5, part), (1.0, whole)):
        left = served * (1 - lost) + 1e-9
        state = 0 if left < 0.1 else 1 if left < 0.9 else 2
        speaks = (world.way.out, world.way.partly, world.way.served)[state]
        if told is None:
            found[state] += likely * (1 - speaks)
        else:
            row = prior.voices["declared"].matrix[state][CATEGORIES.index(told)]
            found[state] += likely * speaks * ((1 - world.noise) * row + world.noise / 3)
    return found
