/* Vega's parser, view and the transforms the book's charts use; specs come compiled from Vega-Lite, expressions are interpreted. */
import { extend } from "vega-util";
import { transforms } from "vega-dataflow";
import * as data from "vega-transforms";
import * as layout from "vega-view-transforms";
import * as encode from "vega-encode";
import * as geo from "vega-geo";
import { parse } from "vega-parser";
import { View } from "vega-view";
import { expressionInterpreter } from "vega-interpreter";

extend(transforms, data, layout, encode, geo);

window.pmView = (spec, options) =>
  new View(parse(spec, {}, { ast: true }), { expr: expressionInterpreter, renderer: "svg", ...options });
