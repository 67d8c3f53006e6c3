"""What a package says of itself: description, licence, citation, checksums, list of files."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape

from vidomo.core.codec import to_json
from vidomo.publish.opendata.codebook import codes_of
from vidomo.publish.opendata.ledger import Changes, Ledger
from vidomo.publish.opendata.table import Column, Kind, Table
from vidomo.publish.opendata.words import data_words
from vidomo.publish.words import LANGUAGES

NAME = "vidomo-open-data"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TYPES = {
    Kind.TEXT: "string",
    Kind.DAY: "date",
    Kind.COUNT: "integer",
    Kind.FLAG: "boolean",
    Kind.LIST: "string",
}
_MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "ics": "text/calendar",
    "atom": "application/atom+xml",
    "md": "text/markdown",
    "txt": "text/plain",
    "cff": "application/yaml",
}
_SOURCES = (
    {"title": "KATOTTG, State codifier of administrative-territorial units of Ukraine"},
    {"title": "GeoNames (CC BY 4.0), for the cells of raions", "path": "https://www.geonames.org/"},
    {"title": "Natural Earth (public domain), for the outline of the country"},
)


def as_datapackage(
    files: Mapping[str, bytes], tables: Iterable[Table], *, version: str, publisher: str
) -> bytes:
    """Return ``datapackage.json`` (Frictionless Data Package, version 1 of the specification).

    Args:
        files: Every other file of the package.
        tables: Tables, each of which is described at its plain CSV.
        version: Of the data.
        publisher: Who publishes the data.
    """
    schemas = {f"{table.name}.csv": table for table in tables}
    words = data_words("en")
    return to_json(
        {
            "profile": "data-package",
            "name": NAME,
            "title": words("package.title"),
            "description": " ".join(
                words(f"package.{key}") for key in ("about", "unknown", "partial", "never_sum")
            ),
            "version": version,
            "licenses": [{"name": "CC-BY-4.0", "path": LICENCE}],
            "contributors": [{"title": publisher, "role": "publisher"}],
            "sources": list(_SOURCES),
            "keywords": ["Ukraine", "civil protection", "power outages", "HXL"],
            "resources": [
                _resource(name, body, schemas.get(name)) for name, body in sorted(files.items())
            ],
        }
    )


def _resource(name: str, body: bytes, table: Table | None) -> dict[str, object]:
    ending = name.rpartition(".")[2].lower()
    found: dict[str, object] = {
        "name": name.lower().replace(".", "-"),
        "path": name,
        "format": ending,
        "mediatype": _MEDIA.get(ending, "application/octet-stream"),
        "bytes": len(body),
        "hash": f"sha256:{sha256(body).hexdigest()}",
    }
    if ending != "parquet":
        found["encoding"] = "utf-8"
    if table is not None:
        found["profile"] = "tabular-data-resource"
        found["schema"] = {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": table.columns[0].name,
            "missingValues": [""],
        }
    return found


def _field(column: Column) -> dict[str, object]:
    words = data_words("en")
    found: dict[str, object] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "description": words(f"column.{column.name}"),
    }
    if column.codes and column.codes != "phase":
        found["constraints"] = {
            "enum": [code for code, _ in codes_of(column.codes, lang="en") if code]
        }
    return found


def as_checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the checksums of all files, as ``sha256sum --check`` reads them."""
    return "".join(
        f"{sha256(body).hexdigest()}  {name}\n" for name, body in sorted(files.items())
    ).encode()


def as_licence(publisher: str) -> bytes:
    """Return what the data may be used for, in both languages."""
    lines = [LICENCE, ""]
    for lang in LANGUAGES:
        words = data_words(lang)
        lines += [words("package.licence", publisher=publisher), words("package.never_sum")]
        lines += [words("package.approximate"), ""]
    lines += [one["title"] for one in _SOURCES]
    return "\n".join((*lines, "")).encode()


def as_citation(ledger: Ledger, *, publisher: str) -> bytes:
    """Return ``CITATION.cff`` (Citation File Format 1.2.0); a JSON text is a YAML text."""
    words = data_words("en")
    fields = {
        "cff-version": "1.2.0",
        "message": words("package.licence", publisher=publisher),
        "type": "dataset",
        "title": words("package.title"),
        "abstract": words("package.about"),
        "authors": [{"name": publisher}],
        "version": ledger.version,
        "date-released": ledger.last_day.isoformat(),
        "license": "CC-BY-4.0",
    }
    return "".join(f"{key}: {to_json(value).decode()}\n" for key, value in fields.items()).encode()


def as_change_log(ledger: Ledger, changes: Changes) -> bytes:
    """Return what changed since the version before, in both languages; ids are in the table."""
    lines = []
    for lang in LANGUAGES:
        words = data_words(lang)
        lines += [f"# {words('changes.title')}: {ledger.version}", ""]
        since = f"{words('changes.since')} {changes.since}." if changes.since else ""
        lines += [since or words("changes.first"), ""]
        if changes.is_empty:
            lines += [words("changes.none"), ""]
        for key in ("added", "changed", "withdrawn"):
            lines.append(f"- {words(f'changes.{key}')}: {len(getattr(changes, key))}")
        lines.append("")
    return "\n".join(lines).encode()


def as_change_table(changes: Changes) -> bytes:
    """Return the ids of rows that were added, changed or withdrawn."""
    lines = ["id,change"]
    lines += [
        f"{name},{key}"
        for key in ("added", "changed", "withdrawn")
        for name in getattr(changes, key)
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def as_index(names: Iterable[str], *, version: str, publisher: str) -> bytes:
    """Return a page that lists the files, for whoever opens the folder in a browser."""
    uk, en = (data_words(lang) for lang in LANGUAGES)
    parts = [
        '<!doctype html><html lang="uk"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(uk('package.title'))}</title></head><body><main>",
    ]
    for lang, words in zip(LANGUAGES, (uk, en), strict=True):
        parts.append(f'<section lang="{lang}"><h1>{escape(words("package.title"))}</h1>')
        parts.append(f"<p>{escape(words('file.version'))} {escape(version)}</p>")
        keys = ("about", "unknown", "partial", "never_sum", "late")
        parts += [f"<p>{escape(words(f'package.{key}'))}</p>" for key in keys]
        parts.append(f"<p>{escape(words('package.unofficial', publisher=publisher))}</p>")
        parts.append(f"<p>{escape(words('package.licence', publisher=publisher))}</p></section>")
    parts.append(
        f"<h2>{escape(uk('file.list'))} / <span lang=en>{escape(en('file.list'))}</span></h2>"
    )
    parts.append("<ul>")
    parts += [f'<li><a href="{escape(name)}">{escape(name)}</a></li>' for name in names]
    parts.append("</ul></main></body></html>\n")
    return "\n".join(parts).encode()
