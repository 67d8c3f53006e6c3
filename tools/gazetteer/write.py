"""The sections of the gazetteer file, from a build."""

import struct
from collections import defaultdict

import marisa_trie
import msgspec

from gazetteer.bases import forms, table
from gazetteer.build import Build
from gazetteer.naming import PSEUDO
from vidomo.gazetteer import layout
from vidomo.gazetteer.names import fold, lookup_key


def sections(build: Build) -> dict[str, bytes]:
    """Return the sections of the file."""
    codes = sorted([*build.by_code, *PSEUDO], key=lambda code: code.encode().ljust(19, b"\0"))
    place = {code: at for at, code in enumerate(codes)}
    strings = layout.Strings()
    children: list[int] = []
    records = []
    for code in codes:
        below = [place[row.code] for row in build.children.get(code, ())]
        span = (len(children), len(below))
        records.append(_record(build, code, place, strings=strings, span=span))
        children += below
    trie, postings_at, postings, groups_at, groups = _index(build, place)
    return {
        "units": b"".join(records),
        "children": struct.pack(f"<{len(children)}I", *children),
        "strings": strings.body(),
        "string_ends": strings.ends(),
        "postings_at": postings_at,
        "postings": postings,
        "groups_at": groups_at,
        "groups": groups,
        "trie": trie,
        "shapes": msgspec.msgpack.encode(build.shapes),
    }


def _record(
    build: Build,
    code: str,
    place: dict[str, int],
    *,
    strings: layout.Strings,
    span: tuple[int, int],
) -> bytes:
    row = build.by_code.get(code)
    names = build.naming
    if row is None:
        pseudo = table("abroad")[PSEUDO[code]]
        triple = (pseudo["uk"][0], pseudo["en"][0], pseudo["ru"][0])
        parent, category = layout.NONE, b"-"
    else:
        triple = (row.name, names.en[code], names.ru[code])
        parent = place[row.above[-1] if row.above else "UA"]
        category = row.category.encode()
    centre = build.centre_of.get(code)
    spot = build.spot_of.get(code)
    seat = build.seats.get(code)
    return layout.UNIT.pack(
        code.encode(),
        category,
        *(strings.add(name) for name in triple),
        parent,
        layout.to_fixed(centre[0]) if centre else layout.NOWHERE,
        layout.to_fixed(centre[1]) if centre else layout.NOWHERE,
        spot.population if spot and spot.population else layout.NONE,
        place[seat] if seat else layout.NONE,
        strings.add("\n".join(names.former.get(code, ()))),
        *span,
    )


def _index(build: Build, place: dict[str, int]) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    people = {code: spot.population or 0 for code, spot in build.spot_of.items()}
    group_of: dict[tuple[int, ...], int] = {}
    postings: dict[str, set[int]] = defaultdict(set)
    for base, codes in sorted(build.naming.units.items()):
        ranked = sorted(codes, key=lambda code: (-people.get(code, 0), code))
        group = group_of.setdefault(tuple(place[code] for code in ranked), len(group_of))
        flags = layout.flags(base.kind, base.lang, base.origin)
        for form in forms(base):
            postings[lookup_key(fold(form))].add(flags | group << layout.FLAG_BITS)
    trie = marisa_trie.Trie(sorted(postings))
    by_id: list[list[int]] = [[]] * len(postings)
    for key, found in postings.items():
        by_id[trie.get(key)] = sorted(found, key=lambda one: (one & layout.FLAG_MASK, one))
    return (
        trie.tobytes(),
        *_ragged(by_id),
        *_ragged([list(group) for group in group_of]),
    )


def _ragged(rows: list[list[int]]) -> tuple[bytes, bytes]:
    ends = [0]
    for row in rows:
        ends.append(ends[-1] + len(row))
    flat = [value for row in rows for value in row]
    return struct.pack(f"<{len(ends)}I", *ends), struct.pack(f"<{len(flat)}I", *flat)
