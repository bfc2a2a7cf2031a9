"""Makes `static/topojson/world_110m.json`, the outlines of the countries page's map, so that no browser fetches them.

They come out of the npm package plotly.js (MIT), in the version of the plotly.js that Streamlit brings along; their
borders are those of the United Nations' Geospatial data:

    npm pack plotly.js@4.1.1 && tar -xzf plotly.js-4.1.1.tgz
    python tools/map_shapes.py package/dist/plotly-geo-assets.js

Node reads the package. Shapes keep their ISO 3166-1 alpha-3 codes, by which plotly.js knows them, and get the alpha-2
codes of CLDR (Babel), by which Mavaze does. Several shapes of one country become one: plotly.js colours only the first.
States that are too small for this scale get the place where a finer one has them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from babel.core import get_global

TARGET = Path(__file__).parents[1] / "static" / "topojson" / "world_110m.json"
READ = """
globalThis.window = {};
const {world_110m, world_50m} = require(process.argv[1]).topojson;
console.log(JSON.stringify([world_110m, world_50m.objects.countries.geometries]));
"""
LAYERS = ("countries", "coastlines", "land", "ocean")


def main(package: Path) -> None:
    """Read the package's file and write ours."""
    found = subprocess.run(["node", "-e", READ, str(package.resolve())], capture_output=True, check=True, text=True)
    world, finer = json.loads(found.stdout)
    world["objects"] = {name: world["objects"][name] for name in LAYERS}
    countries = world["objects"]["countries"]
    countries["geometries"] = _joined(countries["geometries"])
    drawn = {shape["properties"]["iso2"] for shape in countries["geometries"]}
    small = {shape["properties"]["iso2"]: shape["properties"]["ct"] for shape in _joined(finer)}
    world["small"] = {code: place for code, place in sorted(small.items()) if code not in drawn}
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(world, separators=(",", ":")) + "\n", encoding="utf-8")


def _joined(shapes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    alpha2 = {
        code: names[0] for code, names in get_global("territory_aliases").items() if code.isalpha() and len(code) == 3
    }
    every: dict[str, dict[str, Any]] = {}
    for shape in shapes:
        arcs = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        known = every.setdefault(shape["id"], shape | {"type": "MultiPolygon", "arcs": []})
        known["arcs"] = known["arcs"] + arcs
        known["properties"]["iso2"] = alpha2.get(shape["id"], "")
    return list(every.values())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
