"""Makes the posts on which the speed of reading is measured: relevant, distinct, 150 to 250 characters."""

import random
import tomllib
from pathlib import Path

import msgspec

HERE = Path(__file__).resolve().parent
SHORTEST, LONGEST = 150, 250
# One fixed draw, so that two runs read the same posts.
SEED = 20_260_131


def made_posts(count: int = 1200) -> list[tuple[str, str]]:
    """Return posts with the home of who speaks, by languages in turn.

    Those of our own posts that have the length come as they are; the rest are put together from
    the sentences of our own posts and of the small grammar beside this file.
    """
    chance = random.Random(SEED)  # noqa: S311 - a fixed draw, no secret
    voices = tomllib.loads((HERE / "reading_speed.toml").read_text("utf-8"))["voice"]
    found: dict[str, str] = {}
    pools = []
    for voice in voices:
        own = _own(voice["lang"])
        found.update((text, home) for text, home in own if SHORTEST <= len(text) <= LONGEST)
        pools.append((voice, [text for text, _ in own if len(text) < SHORTEST]))
    turn = 0
    while len(found) < count:
        voice, own_texts = pools[turn % len(pools)]
        turn += 1
        text = chance.choice(own_texts) if chance.random() < 1 / 3 else ""
        parts = [text or _sentence(voice, chance), chance.choice(voice["context"])]
        while len(" ".join(parts)) < SHORTEST:
            parts.insert(len(parts) - 1, _sentence(voice, chance))
        text = " ".join(parts)
        if len(text) <= LONGEST:
            found.setdefault(text, voice["home"])
    posts = list(found.items())[:count]
    chance.shuffle(posts)
    return posts


def _sentence(voice: dict[str, list[str]], chance: random.Random) -> str:
    number = chance.choice((2, 3, 4, 5, 7, 8, 11, 12, 14, 17, 20, 23, 35, 48, 120, 300, 1500))
    clock = f"{chance.randrange(24):02}:{chance.randrange(0, 60, 5):02}"
    places = {slot: chance.choice(voice[slot]) for slot in ("in", "of", "to")}
    text = chance.choice(voice["sentences"]).format(n=number, t=clock, **places)
    return text[0].upper() + text[1:]


def _own(lang: str) -> list[tuple[str, str]]:
    rows = (HERE / "reading" / "posts" / f"own-{lang}-t.jsonl").read_bytes().splitlines()
    posts = [msgspec.json.decode(row) for row in rows if row.strip()]
    return [(post["text"], post["home"]) for post in posts if post.get("home")]
