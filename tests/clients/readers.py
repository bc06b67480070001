"""Every CSV of the site with the defaults of a reader: rows, columns, values, zeros in front. Run by ``run.py`` in another environment."""

import csv
import json
import sys
from importlib.metadata import version
from pathlib import Path


def by_pandas(path):
    import pandas

    frame = pandas.read_csv(path)
    return len(frame), list(frame.columns), {name: [str(one) for one in frame[name]] for name in frame.columns}


def by_polars(path):
    import polars

    frame = polars.read_csv(path)
    return frame.height, frame.columns, {name: [str(one) for one in frame[name]] for name in frame.columns}


def by_pyarrow(path):
    from pyarrow import csv as reader

    table = reader.read_csv(path)
    return (
        table.num_rows,
        table.column_names,
        {name: [str(one) for one in table[name].to_pylist()] for name in table.column_names},
    )


def by_duckdb(path):
    import duckdb

    found = duckdb.sql(f"select * from '{path}'")
    rows = found.fetchall()
    return (
        len(rows),
        found.columns,
        {name: [str(row[place]) for row in rows] for place, name in enumerate(found.columns)},
    )


def main(site):
    texts = {}
    for resource in json.loads((site / "data" / "datapackage.json").read_text("utf-8"))["resources"]:
        texts[resource["path"]] = {
            field["name"] for field in resource.get("schema", {}).get("fields", []) if field["type"] == "string"
        }
    files = sorted(path for folder in ("", "data", "figures") for path in (site / folder).glob("*.csv"))
    for name, read in (("pandas", by_pandas), ("polars", by_polars), ("pyarrow", by_pyarrow), ("duckdb", by_duckdb)):
        refused, lost = [], []
        for path in files:
            with path.open(encoding="utf-8", newline="") as file:
                header, *body = csv.reader(file)
            try:
                rows, columns, values = read(path)
            except Exception as error:
                refused.append(f"{path.name}: {str(error).splitlines()[0][:100]}")
                continue
            if rows != len(body) or list(columns) != header:
                refused.append(f"{path.name}: {rows} rows of {len(body)}, {len(columns)} columns of {len(header)}")
                continue
            for place, column in enumerate(header):
                zeros = [
                    number for number, row in enumerate(body) if row[place][:1] == "0" and row[place][1:2].isdigit()
                ]
                if zeros and any(not values[column][number].startswith("0") for number in zeros):
                    told = path.parent.name == "data" and column in texts.get(path.name, ())
                    lost.append(f"{path.name}, {column}{' (the schema says text)' if told else ''}")
        yield (
            name,
            version(name),
            f"{len(files)} CSV",
            refused + [one for one in lost if "schema" not in one],
            [one for one in lost if "schema" in one],
        )


if __name__ == "__main__":
    print(json.dumps(list(main(Path(sys.argv[1])))))
