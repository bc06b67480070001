"""CSV of the site with the defaults of a reader: rows, columns, values, zeros in front. Run by ``run.py`` in another environment.

Tried are the figures, the raw tables and the list of claims; not the files of economies, the extracts and ``tables/``.
"""

import csv
import json
import sys
from importlib.metadata import version
from pathlib import Path

KINDS = {"integer": "integer", "number": "number", "boolean": "boolean"}


def by_pandas(path, kinds):
    import pandas

    types = {"text": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
    frame = pandas.read_csv(path, dtype={name: types[kind] for name, kind in kinds.items()})
    return len(frame), list(frame.columns), {name: [str(one) for one in frame[name]] for name in frame.columns}


def by_polars(path, kinds):
    import polars

    types = {"text": polars.String, "integer": polars.Int64, "number": polars.Float64, "boolean": polars.Boolean}
    frame = polars.read_csv(path, schema_overrides={name: types[kind] for name, kind in kinds.items()})
    return frame.height, frame.columns, {name: [str(one) for one in frame[name]] for name in frame.columns}


def by_pyarrow(path, kinds):
    import pyarrow
    from pyarrow import csv as reader

    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    given = reader.ConvertOptions(column_types={name: types[kind] for name, kind in kinds.items()})
    table = reader.read_csv(path, convert_options=given)
    return (
        table.num_rows,
        table.column_names,
        {name: [str(one) for one in table[name].to_pylist()] for name in table.column_names},
    )


def by_duckdb(path, kinds):
    import duckdb

    types = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
    found = duckdb.read_csv(str(path), dtype={name: types[kind] for name, kind in kinds.items()} or None)
    rows = found.fetchall()
    return (
        len(rows),
        found.columns,
        {name: [str(row[place]) for row in rows] for place, name in enumerate(found.columns)},
    )


def look(read, path, kinds):
    """What a reader refuses of a file, and the columns whose codes lose their zeros in front."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *body = csv.reader(file)
    try:
        rows, columns, values = read(path, kinds)
    except Exception as error:
        return [f"{path.name}: {str(error).splitlines()[0][:100]}"], []
    if rows != len(body) or list(columns) != header:
        return [f"{path.name}: {rows} rows of {len(body)}, {len(columns)} columns of {len(header)}"], []
    lost = []
    for place, column in enumerate(header):
        zeros = [number for number, row in enumerate(body) if row[place][:1] == "0" and row[place][1:2].isdigit()]
        if zeros and any(not values[column][number].startswith("0") for number in zeros):
            lost.append(f"{path.name}, {column} loses zeros")
    return [], lost


def main(site):
    schemas = {}
    for resource in json.loads((site / "data" / "datapackage.json").read_text("utf-8"))["resources"]:
        fields = resource.get("schema", {}).get("fields", [])
        schemas[site / "data" / resource["path"]] = {
            field["name"]: KINDS.get(field["type"], "text") for field in fields
        }
    files = sorted(path for folder in ("", "data", "figures") for path in (site / folder).glob("*.csv"))
    readers = {"pandas": by_pandas, "polars": by_polars, "pyarrow": by_pyarrow, "duckdb": by_duckdb}
    for name, read in readers.items():
        refused, lost = [], []
        for path in files:
            wrong, codes = look(read, path, {})
            refused += wrong if path in schemas else wrong + codes
            lost += codes if path in schemas else []
        yield name, version(name), f"{len(files)} CSV, its defaults", refused, lost
        told = [look(read, path, kinds) for path, kinds in schemas.items() if path.suffix == ".csv"]
        wrong = [line for pair in told for lines in pair for line in lines]
        yield name, version(name), f"{len(told)} CSV, the types of datapackage.json", wrong, []


if __name__ == "__main__":
    print(json.dumps(list(main(Path(sys.argv[1])))))
