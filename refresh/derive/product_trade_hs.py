"""Trade of China and Russia by product: all chapters of the Harmonised System, and the headings that carry a finding."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from partnership import measures
from refresh import baci

SOURCES = (baci.SOURCE,)

CHINA = {
    "4011": "New tyres",
    "6402": "Footwear of rubber or plastics",
    "8408": "Diesel engines",
    "8415": "Air conditioners",
    "8418": "Refrigerators",
    "8427": "Fork-lift trucks",
    "8429": "Bulldozers, graders, excavators",
    "8450": "Washing machines",
    "8457": "Machining centres",
    "8458": "Lathes",
    "8459": "Machine tools for drilling and milling",
    "8466": "Parts of machine tools",
    "8471": "Computers",
    "847130": "Portable computers",
    "8473": "Parts of office machines",
    "8479": "Machines with own functions",
    "8481": "Taps and valves",
    "8482": "Bearings",
    "8504": "Transformers and converters",
    "8517": "Telephones and network equipment",
    "851712": "Mobile telephones",
    "8526": "Radar and radio navigation",
    "8528": "Monitors and television sets",
    "8529": "Parts of television and radar",
    "8532": "Capacitors",
    "8536": "Switches and connectors",
    "8541": "Diodes and transistors",
    "8542": "Integrated circuits",
    "8544": "Insulated wire and cable",
    "8701": "Tractors and road tractors",
    "8703": "Motor cars",
    "870322": "Petrol cars, 1.0 to 1.5 litres",
    "870323": "Petrol cars, 1.5 to 3 litres",
    "870380": "Electric cars",
    "8704": "Lorries",
    "8705": "Special motor vehicles",
    "8708": "Parts of motor vehicles",
    "8709": "Works trucks",
    "8716": "Trailers",
    "8803": "Parts of aircraft",
    "9013": "Lasers and liquid crystal devices",
    "9031": "Measuring instruments",
    "9503": "Toys",
}
RUSSIA = {
    "0207": "Poultry meat",
    "0303": "Frozen fish",
    "0306": "Crustaceans",
    "1201": "Soya beans",
    "1512": "Sunflower oil",
    "1514": "Rape oil",
    "2601": "Iron ore",
    "2603": "Copper ore",
    "2616": "Precious metal ores",
    "2701": "Coal",
    "2702": "Lignite",
    "2709": "Crude oil",
    "2710": "Petroleum products",
    "2711": "Gas",
    "271111": "Liquefied natural gas",
    "271112": "Liquefied propane",
    "271113": "Liquefied butane",
    "271121": "Natural gas by pipeline",
    "2844": "Radioactive materials",
    "3104": "Potash",
    "4403": "Wood in the rough",
    "4407": "Sawn wood",
    "4703": "Wood pulp",
    "7108": "Gold",
    "7110": "Platinum and palladium",
    "7202": "Ferro-alloys",
    "7207": "Semi-finished steel",
    "7403": "Refined copper",
    "7502": "Nickel",
    "7601": "Aluminium",
    "8411": "Turbojets and gas turbines",
}
LINES = {"CHN": CHINA, "RUS": RUSSIA}


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Totals, all chapters and the chosen headings, one row a direction and year."""
    rows = baci.long(extracts[baci.SOURCE])
    flow = ["period", "exporter", "importer"]
    parts = [
        _sums(rows.assign(hs_code="TOTAL"), flow).assign(level="total"),
        _sums(rows.assign(hs_code=rows["product"].str[:2]), flow).assign(level="chapter"),
    ]
    for exporter, titles in LINES.items():
        own = rows[rows["exporter"] == exporter]
        for digits, level in ((4, "heading"), (6, "subheading")):
            codes = own["product"].str[:digits]
            held = own[codes.isin(titles)].assign(hs_code=codes)
            made = _sums(held, flow)
            parts.append(made.assign(level=level, product=made["hs_code"].map(titles)))
    table = pd.concat(parts, ignore_index=True)
    table = table.merge(_in_common(rows).assign(level="total"), on=["period", "level"], how="left")
    # Russia's reports end with 2021; a reconciled value needs both.
    table["basis"] = (table["period"] <= "2021").map({True: "both", False: "China"})
    table["value"] = (table["value"] / 1000).map(lambda cell: f"{cell:.6f}".rstrip("0").rstrip("."))
    table["tonnes"] = table["tonnes"].map(lambda cell: "" if cell != cell else f"{cell:.3f}".rstrip("0").rstrip("."))
    for column in ("weighed", "common", "common_without_27"):
        table[column] = table[column].map(lambda cell: "" if cell != cell else f"{cell:.4f}".rstrip("0").rstrip("."))
    table["status"] = table["level"].map(lambda level: "reported" if level == "subheading" else "derived")
    return table.assign(valuation="FOB", source_id=baci.SOURCE).fillna({"product": ""}).astype(object)


def _in_common(rows: pd.DataFrame) -> pd.DataFrame:
    """What the two baskets of each year have in common by heading, with mineral fuels and without."""
    headings = rows.assign(heading=rows["product"].str[:4])
    wide = headings.pivot_table(index=["period", "heading"], columns="exporter", values="value", aggfunc="sum")
    wide = wide.fillna(0.0)
    rest = wide[wide.index.get_level_values("heading").str[:2] != "27"]
    found = {
        name: part.groupby("period").apply(lambda year: measures.export_similarity(year["CHN"], year["RUS"]))
        for name, part in {"common": wide, "common_without_27": rest}.items()
    }
    return pd.DataFrame(found).reset_index()


def _sums(rows: pd.DataFrame, flow: list[str]) -> pd.DataFrame:
    """Value, tonnes, and which fraction of the value has tonnes; tonnes are missing where no product has any."""
    rows = rows.assign(weighed=rows["value"].where(rows["quantity"].notna(), 0.0))
    sums = rows.groupby([*flow, "hs_code"], as_index=False).agg(
        value=("value", "sum"), tonnes=("quantity", lambda cells: cells.sum(min_count=1)), weighed=("weighed", "sum")
    )
    return sums.assign(weighed=sums["weighed"] / sums["value"])
