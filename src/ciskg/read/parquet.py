"""Parquet: one document a row, read in batches of rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ciskg.read.errors import ReadError
from ciskg.read.extras import needs
from ciskg.read.raw import Item
from ciskg.read.rows import Columns, Row, documents, settle

if TYPE_CHECKING:
    import pyarrow.parquet

_BATCH = 256  # rows in memory


def read_parquet(path: Path, where: str, columns: Columns) -> Iterator[Item]:
    """Yield the documents of a Parquet file.

    Raises ReadError where no column holds texts, the file is broken, or pyarrow is not there.
    """
    with needs("parquet", "Parquet", where):
        import pyarrow
        import pyarrow.parquet
    try:
        file = pyarrow.parquet.ParquetFile(path)
    except (OSError, pyarrow.ArrowException, ValueError) as error:
        raise ReadError(where, f"no Parquet file: {_line(error)}", "write it anew") from error
    with file:
        fields = settle(list(file.schema_arrow.names), columns, where)
        yield from documents(_rows(file, sorted(set(fields.values())), where), fields, where)


def _rows(
    file: "pyarrow.parquet.ParquetFile", names: list[str], where: str
) -> Iterator[Row | ReadError]:
    """Yield the rows with their numbers, from 1; only the columns of these names are read."""
    import pyarrow

    number = 0
    try:
        for batch in file.iter_batches(_BATCH, columns=names):
            for cells in batch.to_pylist():
                number += 1
                yield number, cells
    except (OSError, pyarrow.ArrowException, ValueError) as error:
        problem = f"broken: {_line(error)}; the rest of the file is not read"
        yield ReadError(f"{where}:{number + 1}", problem, "write it anew")


def _line(error: Exception) -> str:
    """The first line of what an error says."""
    return (str(error).splitlines() or ["it cannot be read"])[0][:200]
