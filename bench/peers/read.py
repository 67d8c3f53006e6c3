"""Measure one peer on posts given on standard input; run by bench/reading_speed.py in .venv-peers.

Example: .venv-peers/bin/python bench/peers/read.py natasha < posts.json
"""

import json
import resource
import sys
import time
from collections.abc import Callable

# A slow peer reads only so many posts; its figure is per second all the same.
MOST_SECONDS = 12.0
REGION = "kharkiv"
Reader = Callable[[str], object]


def kharkiv(_: list[str]) -> Reader:
    """Return aerial-danger with the presets of Kharkiv and all its localities."""
    return _aerial([REGION])


def everywhere(_: list[str]) -> Reader:
    """Return aerial-danger with all its presets."""
    from aerial_danger.location_presets import LOCATION_PRESETS  # noqa: PLC0415 - one peer at a time

    return _aerial(list(LOCATION_PRESETS))


def _aerial(regions: list[str]) -> Reader:
    from aerial_danger import DangerDetector  # noqa: PLC0415 - one peer at a time
    from aerial_danger.pattern_utils import (  # noqa: PLC0415 - one peer at a time
        locality_ids,
        resolve_locality_patterns,
        resolve_region_patterns,
    )

    detector = DangerDetector(
        regions=resolve_region_patterns([], regions),
        localities=resolve_locality_patterns([], regions, locality_ids(regions)),
    )

    def read(text: str) -> object:
        return detector.danger(text)

    return read


def natasha(_: list[str]) -> Reader:
    """Return natasha as its guide has it: segments, then names; Russian only."""
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter  # noqa: PLC0415 - one peer at a time

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def read(text: str) -> object:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return doc.spans

    return read


def phrases(names: list[str]) -> Reader:
    """Return a blank Ukrainian spaCy pipeline with an EntityRuler of the names as they stand."""
    return _ruler(list(names))


def tokens(names: list[str]) -> Reader:
    """Return the same with a pattern of lower-case tokens for each name."""
    return _ruler([[{"LOWER": word} for word in name.lower().split()] for name in names])


def _ruler(patterns: list[object]) -> Reader:
    import spacy  # noqa: PLC0415 - one peer at a time

    pipeline = spacy.blank("uk")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PLACE", "pattern": pattern} for pattern in patterns])

    def read(text: str) -> object:
        return pipeline(text).ents

    return read


PEERS = {
    "aerial-danger-kharkiv": kharkiv,
    "aerial-danger-all": everywhere,
    "natasha": natasha,
    "spacy-phrases": phrases,
    "spacy-tokens": tokens,
}


def main(name: str) -> None:
    """Print posts a second, seconds to build, posts read and megabytes as JSON."""
    given = json.load(sys.stdin)
    started = time.process_time()
    read = PEERS[name](given["names"])
    read("\u0406\u0437\u044e\u043c")
    built_s = time.process_time() - started
    count, started = 0, time.process_time()
    for text in given["posts"]:
        read(text)
        count += 1
        if time.process_time() - started > MOST_SECONDS:
            break
    spent_s = time.process_time() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps({"rate": count / spent_s, "built_s": built_s, "posts": count, "mb": megabytes})
    )


if __name__ == "__main__":
    main(sys.argv[1])
