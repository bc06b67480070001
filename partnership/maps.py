"""Maps: outlines cut to a window and thinned to what its size can show, with points and routes over them.

A window is a rectangle in an equal-area azimuthal projection (centred on a pole it is a polar map). Projection and size
are fixed numbers in the spec, so that the wide and the narrow drawing show the same piece of the Earth.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin, sqrt
from typing import Any, cast

import altair as alt
import numpy as np
import pandas as pd

from partnership import charts, data

BORDERS = (
    "Outlines: Natural Earth, thinned; Crimea as UN General Assembly resolution 68/262 has it. "
    "The map is not a position on any other border."
)
"""What a map's note says on borders."""

_PADDING = 10  # pixels that Vega keeps free left and right of a chart
Point = tuple[float, float]


@dataclass(frozen=True)
class Window:
    """A piece of the Earth as a map shows it.

    Parameters
    ----------
    centre : pair of float
        Longitude and latitude where the projection is true; latitude 90 makes a polar map.
    holds : pairs of float
        Longitudes and latitudes that must be on the map: it is the smallest upright rectangle around them.
    shapes : str
        ``"eurasia-shapes"`` (fine, from eastern Europe to Japan) or ``"country-shapes"`` (coarse, the world).
    step : float
        Coordinates are rounded to multiples of this many degrees.
    """

    centre: Point
    holds: tuple[Point, ...]
    shapes: str = "country-shapes"
    step: float = 0.1

    def plane(self, longitude: float, latitude: float) -> Point:
        """Equal-area azimuthal coordinates on a unit globe, y upwards."""
        turn, tilt, at = radians(longitude - self.centre[0]), radians(self.centre[1]), radians(latitude)
        toward = sin(tilt) * sin(at) + cos(tilt) * cos(at) * cos(turn)
        stretch = sqrt(2 / max(1 + toward, 1e-9))
        up = cos(tilt) * sin(at) - sin(tilt) * cos(at) * cos(turn)
        return stretch * cos(at) * sin(turn), stretch * up

    def corners(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the window in the plane."""
        xs, ys = zip(*(self.plane(*point) for point in self.holds), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def scale(self, width: int = charts.WIDTH) -> float:
        """Pixels per unit of the plane."""
        left, _, right, _ = self.corners()
        return (width - _PADDING) / (right - left)

    def height(self, width: int = charts.WIDTH) -> int:
        """Height in pixels of a map of this width."""
        _, bottom, _, top = self.corners()
        return round((top - bottom) * self.scale(width))

    def projection(self, width: int = charts.WIDTH) -> dict[str, Any]:
        """The projection as Vega-Lite wants it."""
        left, _, _, top = self.corners()
        scale = self.scale(width)
        return {
            "type": "azimuthalEqualArea",
            "rotate": [-self.centre[0], -self.centre[1], 0],
            "scale": round(scale, 2),
            "translate": [round(-left * scale, 2), round(top * scale, 2)],
        }

    def shows(self, longitude: float, latitude: float) -> bool:
        """Whether a place lies on the map."""
        left, bottom, right, top = self.corners()
        x, y = self.plane(longitude, latitude)
        return left <= x <= right and bottom <= y <= top

    def narrow(self, width: int = charts.NARROW) -> dict[str, Any]:
        """What :func:`partnership.charts.figure` needs as ``narrow=`` for a map."""
        return {"width": width, "height": self.height(width), "projection": self.projection(width)}


EURASIA = Window(centre=(100, 48), holds=((16, 53), (18, 57.5), (110, 16), (168, 42), (185, 61), (104, 85)))
"""From the Baltic and the Gulf of Oman to the Bering Sea."""
CENTRAL_ASIA = Window(
    centre=(68, 45), holds=((46, 45), (68, 34), (92, 45), (68, 56)), shapes="eurasia-shapes", step=0.05
)
"""From the Caspian Sea to Xinjiang."""


# -- layers ---------------------------------------------------------------------------------------


def base(
    window: Window, *, fill: str = charts.GRID, fills: Mapping[str, str] | None = None, strength: float = 0.35
) -> alt.Chart:
    """The countries of a window.

    Parameters
    ----------
    window : Window
        What to show.
    fill : str
        Colour of a country.
    fills : mapping, optional
        Colours of single countries by code.
    strength : float
        How opaque these colours are.
    """
    outlines, fills = topology(window), fills or {}
    features = [
        {**shape, "properties": _paint(shape["properties"]["code"], fill, fills, strength)}
        for shape in outlines["objects"]["countries"]["geometries"]
    ]
    drawn = {**outlines, "objects": {"countries": {"type": "GeometryCollection", "geometries": features}}}
    # A name of its own keeps the outlines out of the tables that the page shows and offers for download.
    values = alt.InlineData(
        values=drawn, name="outlines", format=alt.TopoDataFormat(feature="countries", type="topojson")
    )
    chart: alt.Chart = (
        alt.Chart(values)
        .mark_geoshape(stroke=charts.MUTED, strokeWidth=0.4, clip=True)
        .encode(
            fill=alt.Fill("properties.fill", type="nominal", scale=None),
            fillOpacity=alt.FillOpacity("properties.strength", type="quantitative", scale=None),
        )
    )
    return chart


def _paint(code: str, fill: str, fills: Mapping[str, str], strength: float) -> dict[str, Any]:
    return {"fill": fills[code], "strength": strength} if code in fills else {"fill": fill, "strength": 1}


def places(
    frame: pd.DataFrame,
    lat: str = "lat",
    lon: str = "lon",
    label: str | None = None,
    series: str | None = None,
    *,
    colours: Mapping[str, str] | None = None,
    shapes: Mapping[str, str] | None = None,
    size: int | str = 70,
    side: str | None = None,
    strength: str | None = None,
) -> alt.LayerChart:
    """Points on a map, with colour and shape by series and a word beside each.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a point.
    lat, lon, label, series : str
        Columns.
    colours, shapes : mapping, optional
        Colour and shape of each series.
    size : int or str
        Area of a point in square pixels, or the column that says it, for a map of the full width; a narrower one has
        smaller points.
    side : str, optional
        Column that says where the label stands: ``right`` (default), ``left``, ``above`` or ``below``.
    strength : str, optional
        Column that says how opaque a point is, from 0 to 1.
    """
    frame = charts.tidy(frame)
    tips = charts.tooltip(frame.drop(columns=[lat, lon, *([side] if side else [])]))
    here = alt.Chart(frame).encode(
        latitude=alt.Latitude(lat, type="quantitative"), longitude=alt.Longitude(lon, type="quantitative")
    )
    area = alt.ExprRef(f"{f'datum.{size}' if isinstance(size, str) else size} * min(1, width / {charts.WIDTH})")
    points = here.mark_point(opacity=1, stroke=charts.INK, strokeWidth=0.6, size=area).encode(tooltip=tips)
    if strength:
        points = points.encode(opacity=alt.Opacity(strength, type="quantitative", scale=None))
    if series:
        names = list(dict.fromkeys(frame[series]))
        legend = alt.Legend(symbolType=alt.Undefined, offset=8, columns=4)
        forms = [(shapes or {}).get(name, "circle") for name in names]
        points = points.encode(
            fill=alt.Fill(
                series,
                type="nominal",
                legend=legend,
                scale=alt.Scale(domain=names, range=[(colours or {}).get(name, charts.INK) for name in names]),
            ),
            shape=alt.Shape(series, type="nominal", legend=legend, scale=alt.Scale(domain=names, range=forms)),
        )
    # Layers of points are no facet, which Altair's annotation allows for.
    return cast(alt.LayerChart, alt.layer(points, *(_labels(frame, lat, lon, label, side) if label else [])))


_SIDES: dict[str, dict[str, Any]] = {
    "right": {"align": "left", "dx": 11},
    "left": {"align": "right", "dx": -11},
    "above": {"align": "center", "dy": -12},
    "below": {"align": "center", "dy": 14},
}


def _labels(frame: pd.DataFrame, lat: str, lon: str, label: str, side: str | None) -> list[alt.Chart]:
    wanted = frame[side] if side else pd.Series("right", index=frame.index)
    return [
        alt.Chart(part[[lat, lon, label]].reset_index(drop=True))
        .mark_text(lineBreak="|", lineHeight=14, **_SIDES[name])
        .encode(
            latitude=alt.Latitude(lat, type="quantitative"),
            longitude=alt.Longitude(lon, type="quantitative"),
            text=alt.Text(label, type="nominal"),
        )
        for name, part in frame.groupby(wanted, sort=False)
        if part[label].fillna("").any()
    ]


def draw(window: Window, *layers: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """Layers over each other in the projection of the window; give :meth:`Window.height` and ``narrow`` to the figure."""
    return cast(alt.LayerChart, alt.layer(*layers).project(**window.projection()))


# -- outlines -------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def topology(window: Window, tolerance: float = 0.7, least: float = 4) -> dict[str, Any]:
    """The outlines that a window shows, as TopoJSON.

    Parameters
    ----------
    window : Window
        What to show.
    tolerance : float
        A vertex goes if the line moves by less than this many pixels without it.
    least : float
        Islands of fewer square pixels are left out.
    """
    text = (data.DATA / data.resource(window.shapes)["path"]).read_text("utf-8")
    source = json.loads(text)
    arcs = [_degrees(arc, source["transform"]) for arc in source["arcs"]]
    scale = window.scale()
    placed = [np.array([window.plane(x, y) for x, y in arc]) * scale for arc in arcs]
    kept: dict[int, int] = {}
    geometries = []
    for shape in source["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        shown = [polygon for polygon in polygons if _shown(polygon, placed, window, least)]
        if not shown:
            continue
        numbered = [[[_renumber(arc, kept) for arc in ring] for ring in polygon] for polygon in shown]
        geometries.append(
            {"type": "MultiPolygon", "arcs": numbered, "properties": {"code": shape["properties"]["code"]}}
        )
    near = [_clamped(placed[old], window) for old in kept]  # beyond the edge nothing needs detail
    thinned = [_steps(arcs[old], thin(line, tolerance), window.step) for old, line in zip(kept, near, strict=True)]
    return {
        "type": "Topology",
        "transform": {"scale": [window.step, window.step], "translate": [0, 0]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": thinned,
    }


def _degrees(arc: Iterable[Iterable[int]], transform: Mapping[str, list[float]]) -> np.ndarray:
    return np.cumsum(np.array(arc), axis=0) * transform["scale"] + transform["translate"]


def _renumber(arc: int, kept: dict[int, int]) -> int:
    """New index of an arc; TopoJSON writes an arc run backwards as the complement of its index."""
    new = kept.setdefault(arc if arc >= 0 else ~arc, len(kept))
    return new if arc >= 0 else ~new


def _shown(polygon: list[list[int]], placed: list[np.ndarray], window: Window, least: float) -> bool:
    ring = np.vstack([placed[arc] if arc >= 0 else placed[~arc][::-1] for arc in polygon[0]])
    left, bottom, right, top = (corner * window.scale() for corner in window.corners())
    x, y = ring[:, 0], ring[:, 1]
    inside = ((x > left) & (x < right) & (y > bottom) & (y < top)).any()
    area = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    return bool(inside and area >= least)


def _clamped(line: np.ndarray, window: Window, margin: float = 20) -> np.ndarray:
    left, bottom, right, top = (corner * window.scale() for corner in window.corners())
    clamped: np.ndarray = np.clip(line, [left - margin, bottom - margin], [right + margin, top + margin])
    return clamped


def thin(line: np.ndarray, tolerance: float) -> list[int]:
    """Indices of the vertices of a line that are worth keeping (Douglas and Peucker), ends always among them.

    Examples
    --------
    >>> thin(np.array([[0, 0], [1, 0.1], [2, 0], [2, 2]]), 0.5)
    [0, 2, 3]
    """
    keep, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        start, chord = line[first], line[last] - line[first]
        rest = line[first + 1 : last] - start
        length = float(np.hypot(*chord))
        if length:
            away = np.abs(chord[0] * rest[:, 1] - chord[1] * rest[:, 0]) / length
        else:
            away = np.hypot(rest[:, 0], rest[:, 1])
        farthest = int(away.argmax())
        if away[farthest] > tolerance:
            middle = first + 1 + farthest
            keep.add(middle)
            spans += [(first, middle), (middle, last)]
    return sorted(keep)


def _steps(arc: np.ndarray, kept: list[int], step: float) -> list[list[int]]:
    """Kept vertices as TopoJSON writes them: whole steps, each from the one before."""
    whole = np.rint(arc[kept] / step).astype(int)
    moves = np.diff(whole, axis=0, prepend=[[0, 0]])
    return [[int(x), int(y)] for index, (x, y) in enumerate(moves) if index == 0 or x or y]
