"""What speakers and sources are called, as the registry has it."""

from collections.abc import Iterable

from vidomo.situation.naming import SourceName, SpeakerName
from vidomo.situation.testimony import Heard
from vidomo.sources.registry import Body, Registry


def speakers_of(heard: Iterable[Heard]) -> tuple[SpeakerName, ...]:
    """Return the English name of every body of the registry that speaks, by its words."""
    found: dict[str, SpeakerName] = {}
    for item in heard:
        body, speaker = item.judged.body, item.judged.speaker
        if body is not None and speaker not in found:
            name, place = _in_english(body, speaker)
            if name:
                found[speaker] = SpeakerName(speaker=speaker, en=name, place=place)
    return tuple(found[speaker] for speaker in sorted(found))


def titles_of(sources: Iterable[str], *, registry: Registry) -> tuple[SourceName, ...]:
    """Return what the registered ones of some sources are called, by id."""
    found = []
    for source in sorted(set(sources)):
        entry = registry.source(source)
        if entry is None:
            continue
        body = registry.body(entry.body) if entry.body else None
        name, place = _in_english(body, "") if body else ("", "")
        title = "" if entry.title == source else entry.title
        found.append(SourceName(source=source, title=title, en=name, place=place, home=entry.home))
    return tuple(found)


def _in_english(body: Body, speaker: str) -> tuple[str, str]:
    """Return a name and the code of the place that has to stand beside it."""
    name = body.names.get("en", "")
    if not name:
        return "", ""
    for holder in body.holders:
        person = holder.names.get("en")
        if person and speaker == f"{holder.names['uk']}, {body.names['uk']}":
            return f"{person}, {name}", ""
    is_whole = body.is_listed or body.serves == "country"
    return name, "" if is_whole else body.home
