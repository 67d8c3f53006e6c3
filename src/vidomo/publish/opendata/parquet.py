"""Tables as Parquet, typed, the same bytes for the same rows."""

import io
from typing import Any

from vidomo.publish.opendata.table import Kind, Table


def as_parquet(table: Table) -> bytes:
    """Return a table as a Parquet file, compressed with zstd.

    Days are dates, flags are booleans, lists are lists; an empty text stays an empty text, and
    only days and offsets can be null. No time of writing is part of it.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy, and only whoever writes a package needs it
    import pyarrow.parquet as pq  # noqa: PLC0415 - the same

    types: dict[Kind, Any] = {
        Kind.TEXT: pa.string(),
        Kind.DAY: pa.date32(),
        Kind.COUNT: pa.int32(),
        Kind.FLAG: pa.bool_(),
        Kind.LIST: pa.list_(pa.field("element", pa.string(), nullable=False)),
    }
    nullable = {Kind.DAY, Kind.COUNT}
    schema = pa.schema(
        [
            pa.field(column.name, types[column.kind], nullable=column.kind in nullable)
            for column in table.columns
        ]
    )
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    arrays = [
        pa.array(
            [list(value) if isinstance(value, tuple) else value for value in values], type=kind
        )
        for values, kind in zip(columns, schema.types, strict=True)
    ]
    out = io.BytesIO()
    pq.write_table(
        pa.Table.from_arrays(arrays, schema=schema),
        out,
        compression="zstd",
        compression_level=9,
        version="2.6",
        row_group_size=65_536,
        store_schema=False,
    )
    return out.getvalue()
