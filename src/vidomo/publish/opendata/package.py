"""One version of the open data: every file as bytes, the same for the same rows."""

from collections.abc import Mapping

import msgspec

from vidomo.disclosure.open_model import OpenView
from vidomo.gazetteer.shapes import Shapes
from vidomo.publish.atlas import Atlas
from vidomo.publish.opendata.calendar import as_calendar
from vidomo.publish.opendata.codebook import as_codebook, plain
from vidomo.publish.opendata.csv_file import as_csv
from vidomo.publish.opendata.describe import (
    NAME,
    as_change_log,
    as_change_table,
    as_checksums,
    as_citation,
    as_datapackage,
    as_index,
    as_licence,
)
from vidomo.publish.opendata.feed import as_feed
from vidomo.publish.opendata.geojson import as_geojson
from vidomo.publish.opendata.ledger import Changes, Ledger, written
from vidomo.publish.opendata.parquet import as_parquet
from vidomo.publish.opendata.table import tables_of
from vidomo.publish.words import LANGUAGES

__all__ = ["NAME", "Package", "make_package"]


class Package(msgspec.Struct, frozen=True, kw_only=True):
    """One version.

    Attributes:
        files: Name and bytes of every file.
        changes: What is different from the version before.
        ledger: What the operator keeps, so that the next version can tell the same.
    """

    version: str
    files: Mapping[str, bytes]
    changes: Changes
    ledger: Ledger


def make_package(
    view: OpenView,
    *,
    atlas: Atlas,
    shapes: Shapes,
    before: Ledger | None = None,
    publisher: str = "Vidomo",
    address: str = "",
) -> Package:
    """Return a version of the data.

    Args:
        view: What may be given away.
        atlas: Names of units.
        shapes: Borders; those bundled, for others may have a licence that does not fit.
        before: What the version before held; None for the first one.
        publisher: Who publishes the data, in words.
        address: Where the files are served, with a last slash; empty where nobody knows.
    """
    publisher = plain(publisher) or "Vidomo"
    ledger, changes = written(view, before=before, publisher=publisher, address=address)
    tables = tables_of(view, atlas=atlas)
    files: dict[str, bytes] = {}
    for table in tables:
        files[f"{table.name}.csv"] = as_csv(table)
        files[f"{table.name}.hxl.csv"] = as_csv(table, is_tagged=True)
        files[f"{table.name}.parquet"] = as_parquet(table)
    files["states.geojson"] = as_geojson(view, shapes=shapes, atlas=atlas)
    files["outages.ics"] = as_calendar(view, ledger.outages, atlas=atlas, publisher=publisher)
    files["changes.atom"] = as_feed(ledger, publisher=publisher, address=address)
    files["changes.csv"] = as_change_table(changes)
    files["CHANGES.md"] = as_change_log(ledger, changes)
    for lang in LANGUAGES:
        files[f"codebook.{lang}.md"] = as_codebook(tables, lang=lang, publisher=publisher)
    files["LICENSE.txt"] = as_licence(publisher)
    files["CITATION.cff"] = as_citation(ledger, publisher=publisher)
    files["datapackage.json"] = as_datapackage(
        files, tables, version=ledger.version, publisher=publisher
    )
    names = sorted((*files, "SHA256SUMS"))
    files["index.html"] = as_index(names, version=ledger.version, publisher=publisher)
    files["SHA256SUMS"] = as_checksums(files)
    return Package(version=ledger.version, files=files, changes=changes, ledger=ledger)
