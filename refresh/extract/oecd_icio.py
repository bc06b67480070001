"""OECD inter-country input-output tables 2011 to 2022, as a project on tariffs carries them in MATLAB files."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pandas as pd

from refresh import frames
from refresh.extract import recipe

YEARS = tuple(str(year) for year in range(2011, 2023))
FOLDER = "added-2026-11/all-pairs/icio_wiod_tariffwar"


@recipe("oecd-icio-2011-2022", *(f"{FOLDER}/ICIO{year}.mat" for year in YEARS))
def deliveries(*raw: bytes) -> pd.DataFrame:
    """Deliveries to Russia, to China and from Russia by industry: one line a pair and industry, one column a year.

    Cells are ``Xjik_3D`` (millions of dollars, to the fourth decimal that the file holds), without those at home. Pairs
    without a cent in all years are left out.
    """
    years = [dict(_cells(content)) for content in raw]
    keys = sorted(set().union(*years))
    rows = [[*key, *(year.get(key, "0") for year in years)] for key in keys]
    rows = [row for row in rows if set(row[3:]) != {"0"}]
    return frames.frame(rows, ["importer", "exporter", "sector", *YEARS])


def _cells(content: bytes) -> Iterator[tuple[tuple[str, str, str], str]]:
    import h5py  # only where snapshots are read

    with h5py.File(io.BytesIO(content)) as file:
        countries, sectors = (_words(file, f"data/{name}") for name in ("countries", "sectors"))
        flows = file["data/Xjik_3D"]
        if flows.shape != (len(sectors), len(countries), len(countries)):
            raise ValueError(f"Xjik_3D has shape {flows.shape}, not sectors, importers, exporters")
        cube = flows[:]
    pairs = [(importer, exporter) for importer in ("RUS", "CHN") for exporter in countries if exporter != importer]
    pairs += [(importer, "RUS") for importer in countries if importer not in ("RUS", "CHN")]
    for importer, exporter in pairs:
        column = cube[:, countries.index(importer), countries.index(exporter)]
        for sector, value in zip(sectors, column, strict=True):
            cell = f"{value:.4f}".rstrip("0").rstrip(".")
            yield (importer, exporter, sector.removesuffix(" (aggregate)")), "0" if cell == "-0" else cell


def _words(file: object, name: str) -> list[str]:
    return ["".join(map(chr, file[place][:].ravel())) for place in file[name][0]]  # type: ignore[index]
