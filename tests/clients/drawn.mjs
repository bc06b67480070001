// Each .vl.json against the official schema, compiled and drawn by Vega alone; the feed; the policies. Run by run.py.
import {readFileSync, readdirSync, statSync} from "node:fs";
import {join} from "node:path";
import {createRequire} from "node:module";
const require = createRequire(join(process.argv[3], "x.js"));
const site = process.argv[2];
const version = name => JSON.parse(readFileSync(join(process.argv[3], "node_modules", name, "package.json"))).version;
const rows = [];
const load = async name => { try { return require(name); } catch { return import(require.resolve(name)); } };

const walk = folder => readdirSync(folder).flatMap(name => { const path = join(folder, name); return statSync(path).isDirectory() ? walk(path) : [path]; });
const files = walk(site);

{
  const vega = await load("vega"), lite = await load("vega-lite"), {default: Ajv} = await load("ajv");
  const schema = JSON.parse(readFileSync(join(process.argv[3], "node_modules/vega-lite/build/vega-lite-schema.json")));
  const ajv = new Ajv({strict: false, allErrors: false, validateFormats: false, logger: false});
  const check = ajv.compile(schema);
  const specs = files.filter(name => name.endsWith(".vl.json"));
  const invalid = [], undrawn = [];
  for (const path of specs) {
    const spec = JSON.parse(readFileSync(path)), name = path.split("/").pop();
    if (!check(spec)) invalid.push(`${name}: ${check.errors[0].instancePath} ${check.errors[0].message}`);
    try {
      const view = new vega.View(vega.parse(lite.compile(spec, {logger: {warn() {return this}, info() {return this}, debug() {return this}, error(e) {throw e}, level() {return this}}}).spec), {renderer: "none"});
      const svg = await view.toSVG();
      if (!/<path|<text/.test(svg)) undrawn.push(`${name}: empty`);
    } catch (error) { undrawn.push(`${name}: ${String(error).slice(0, 100)}`); }
  }
  rows.push(["Vega-Lite schema (ajv)", version("vega-lite"), `${specs.length} .vl.json`, invalid, []]);
  rows.push(["Vega", version("vega"), `${specs.length} drawn`, undrawn, []]);
}
{
  const {parseAtomFeed} = await load("feedsmith");
  let told = [], count = 0;
  try { count = parseAtomFeed(readFileSync(join(site, "feed.xml"), "utf8")).entries.length; } catch (error) { told = [String(error)]; }
  rows.push(["feedsmith", version("feedsmith"), `feed, ${count} entries`, told, []]);
}
{
  const {CspParser} = await load("csp_evaluator/dist/parser.js"), {CspEvaluator} = await load("csp_evaluator/dist/evaluator.js");
  const pages = files.filter(name => name.endsWith(".html")), wrong = [], remarks = {};
  for (const path of pages) {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(path, "utf8"));
    if (!policy) { wrong.push(`${path.split("/").pop()}: no policy`); continue; }
    for (const found of new CspEvaluator(new CspParser(policy[1].replaceAll("&#x27;", "'").replaceAll("&#39;", "'")).csp).evaluate()) {
      if (found.severity <= 20) wrong.push(`${path.split("/").pop()}: ${found.directive} ${found.value ?? ""} ${found.description.slice(0, 80)}`);
      else remarks[`${found.directive} ${found.value ?? ""}: ${found.description.slice(0, 90)}`] = 1 + (remarks[`${found.directive} ${found.value ?? ""}: ${found.description.slice(0, 90)}`] ?? 0);
    }
  }
  rows.push(["csp_evaluator", version("csp_evaluator"), `${pages.length} pages`, wrong, Object.entries(remarks).map(([what, times]) => `${what} (${times})`)]);
}
console.log(JSON.stringify(rows));
