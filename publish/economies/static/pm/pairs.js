/* Any pair: fills the places of the page for two economies. Every value is printed in the economies' files; here it is only placed. */
(() => {
  "use strict";
  const shown = document.getElementById("pm-pair");
  const links = [...document.querySelectorAll(".pm-economies a")];
  if (!shown || !links.length) return;
  const HOLE = "–", BASE = 190, TOP = 22, PANELS = { a: [1, 8], b: [3, 6] }, HUES = { CHN: "china", RUS: "russia" };
  const TOPS = [-3, -2, -1, 0, 1].flatMap((power) => [1, 2, 3, 4, 5, 6, 8].map((step) => +(step * 10 ** power).toFixed(3))).concat(100);
  const all = (selector, within = shown) => [...within.querySelectorAll(selector)];
  const known = new Map(links.map((link) => [link.dataset.code, { name: link.textContent, called: ("the" in link.dataset ? "the " : "") + link.textContent }]));
  const opening = (text) => text[0].toUpperCase() + text.slice(1);
  const root = new URL(document.documentElement.dataset.content_root || "", location.href).href;

  /* -- Files of economies: loaded once each, when chosen; of a file only the lines of the pair are read. */
  const files = new Map(), waiting = new Map();
  window.pmEconomy = (code, held) => files.set(code, { notes: [], more: [], lost: {}, with: {}, by: null, once: {}, ...held });
  const line = (world, partner) => {
    const from = world.startsWith(partner) ? 0 : world.indexOf(";" + partner) + 1, end = world.indexOf(";", from);
    return world.startsWith(partner, from) ? world.slice(from + 4, end < 0 ? world.length : end).split(" ") : [];
  };
  const load = (code, kind = "") => {
    const file = code + kind;
    if (!waiting.has(file)) waiting.set(file, new Promise((done, failed) => {
      const script = Object.assign(document.createElement("script"), { src: root + "economies/" + file + ".js", onload: done,
        onerror: () => { waiting.delete(file); script.remove(); failed(new Error(code)); } });
      document.head.append(script);
    }));
    return waiting.get(file);
  };

  /* -- The years that the two reported: loaded when the fold is open, from files of those who have reports. */
  const fold = shown.querySelector("[data-years]"), own = new Set(links.filter((link) => "own" in link.dataset).map((link) => link.dataset.code));
  const years = new Map();
  window.pmYears = (code, held) => years.set(code, held);
  const reported = (code, partner) => new Map(((years.get(code) || {})[partner] || "").split(";").filter(Boolean).map((row) => {
    const [year, ...shares] = row.split(" ");
    return [(year < "62" ? "20" : "19") + year, shares.map((share) => (share === "-" ? HOLE : share))];
  }));
  const body = fold.querySelector("tbody"), neither = fold.querySelector("[data-none]");
  const unfold = async () => {
    const { a, b } = now;
    if (body.dataset.of === a + b) return;
    body.replaceChildren(); neither.hidden = true; delete body.dataset.of;
    if (!fold.open) return;
    try { await Promise.all([a, b].filter((code) => own.has(code)).map((code) => load(code, ".years"))); }
    catch { state.textContent = "The file of the years did not load. Close and open them to try again."; return; }
    if (now.a !== a || now.b !== b) return;
    const [one, other] = [reported(a, b), reported(b, a)], hole = [HOLE, HOLE];
    const listed = [...new Set([...one.keys(), ...other.keys()])].sort().reverse();
    body.replaceChildren(...listed.map((year) => {
      const row = document.createElement("tr"), head = Object.assign(document.createElement("th"), { scope: "row", textContent: year });
      row.append(head, ...[...(one.get(year) || hole), ...(other.get(year) || hole)].map((value) => Object.assign(document.createElement("td"), { textContent: value })));
      return row;
    }));
    neither.hidden = listed.length > 0;
    body.dataset.of = a + b;
  };

  /* The printed values of a pair, a list a table, in the order of the page's lines; as numbers.pair gives them. */
  const told = (a, b) => files.get(a).worlds.map((world, at) => {
    const one = line(world, b), other = line(files.get(b).worlds[at], a), first = a < b ? one : other;
    return [...[0, 1, 2].map((i) => one[i]), other[3], other[4], ...[0, 1, 2].map((i) => other[i]), one[3], one[4], one[5], other[5], one[6],
      first[8], first[7], first[9], other[6]].map((value) => (value === undefined || value === "-" ? HOLE : value));
  });

  /* -- The page. */
  const read = (value) => (value === HOLE ? null : value[0] === "<" ? 0 : +value.replace(/,/g, ""));
  const places = new Map();
  for (const place of all("[data-s]")) places.set(place.dataset.s, [...(places.get(place.dataset.s) || []), place]);
  const put = (name, text) => (places.get(name) || []).forEach((place) => { if (place.textContent !== text) place.textContent = text; });
  const worth = (value, once) => { // as numbers.sold does: some flows have their billions in the file, since millions rounded again give others
    if (value === HOLE || once) return once || "";
    if (!value.includes(",")) return value + " million";
    const tenths = Math.floor((+value.replace(/,/g, "") + 50) / 100);
    return Math.floor(tenths / 10).toLocaleString("en") + "." + (tenths % 10) + " billion";
  };
  /* Which shares of a pair are known to come out too high or too low, by table and place: as pages.off gives them. */
  const SIGNS = { 1: " ↑", "-1": " ↓", 0: "" };
  const sign = (last, at, code, flow, seller, buyer) => {
    if (files.get(seller).lost[at]?.includes(buyer)) return " ↓";
    const high = files.get(code).high[at].includes(flow);
    const { by } = files.get(code); // by customs, supplier by supplier
    return SIGNS[last && flow === "i" && by ? by[seller] || 0 : +high];
  };
  const offOf = (a, b, years) => Array.from({ length: years }, (_, at) => Object.fromEntries([[1, a, "e", a, b], [3, b, "i", a, b], [6, b, "e", b, a], [8, a, "i", b, a]].map(
    ([place, code, flow, seller, buyer]) => [place, sign(at === years - 1, at, code, flow, seller, buyer)])));
  const SAID = { " ↑": "too high", " ↓": "too low" };
  const draw = (values, years, names, off) => {
    const drawn = values.slice(0, years).flatMap((world) => [1, 8, 3, 6].map((i) => read(world[i]))).filter((value) => value !== null);
    const highest = drawn.length ? Math.max(...drawn) : 1;
    const top = TOPS.find((end) => end >= highest * 1.15) || 100;
    const up = (value) => Math.round(BASE - ((BASE - TOP) * value) / top);
    for (const svg of all(".pm-panel")) {
      const lines = PANELS[svg.dataset.panel];
      all("[data-tick]", svg).forEach((tick, i) => { tick.textContent = String(+((top * i) / 2).toPrecision(6)); });
      const series = lines.map((line) => values.slice(0, years).map((world) => read(world[line])));
      const marks = all("g", svg), paths = all(".line", svg);
      const words = ["exports", "imports"].map((kind, i) => (svg.dataset.panel === "a" ? kind : ["imports", "exports"][i]));
      series.forEach((flow, which) => {
        let path = "";
        flow.forEach((value, at) => {
          const mark = marks[which * years + at], shape = mark.firstElementChild, word = mark.lastElementChild, other = series[1 - which][at];
          const y = up(value || 0), x = +word.getAttribute("x");
          mark.classList.toggle("no", value === null);
          shape.setAttribute(which ? "y" : "cy", which ? y - 5 : y);
          const below = value !== null && other !== null && (value < other || (value === other && which));
          word.setAttribute("y", y + (below ? 18 : -9));
          word.textContent = values[at][lines[which]] + (value === null ? "" : off[at][lines[which]]);
          if (value !== null && at < years - 1) path += (at && flow[at - 1] !== null ? "L" : "M") + x + " " + y;
        });
        paths[which].setAttribute("d", path);
      });
      svg.querySelector("[data-high]").classList.toggle("no", !off.some((world, at) => lines.some((line) => world[line] === " ↑" && values[at][line] !== HOLE)));
      const labels = all("text.tick[text-anchor='middle']", svg).map((tick) => tick.textContent.replace("*", ""));
      const said = (at, line) => (off[at][line] && values[at][line] !== HOLE ? ` (${SAID[off[at][line]]})` : "");
      const [own, other] = svg.dataset.panel === "a" ? names : [names[1], names[0]];
      svg.setAttribute("aria-label", `${opening(other)} in the trade of ${own}, per cent; ` + lines.map((line, i) =>
        words[i] + ": " + labels.map((label, at) => label + " " + values[at][line] + said(at, line)).join(", ")).join("; ") + ".");
    }
  };

  body.dataset.of = shown.dataset.a + shown.dataset.b; // these came with the page
  let now = { a: shown.dataset.a, b: shown.dataset.b, values: null };
  const show = (a, b) => {
    const values = told(a, b), years = values.length - 1, names = [a, b].map((code) => known.get(code).called);
    const heads = all(".pm-panel[data-panel='a'] text.tick[text-anchor='middle']").map((tick) => tick.textContent.replace("*", ""));
    const sources = all(".pm-pair-table thead small").map((head) => head.textContent);
    let at = years - 1;
    while (at > 0 && values[at][10] === HOLE) at -= 1;
    if (values[at][10] === HOLE) at = years - 1;
    const title = opening(names[0]) + " and " + names[1], year = values[at], off = offOf(a, b, years);
    put("a", names[0]); put("b", names[1]); put("A", opening(names[0])); put("B", opening(names[1])); put("title", title); put("year", heads[at]); put("basis", sources[at]);
    year.forEach((value, i) => put("v" + i, i === 0 ? worth(value, files.get(a).once[b + at]) : i === 5 ? worth(value, files.get(b).once[a + at]) : value === HOLE ? "" : value));
    for (const i of [1, 3, 6, 8]) put("h" + i, off[at][i] && year[i] !== HOLE ? `, which is ${SAID[off[at][i]]},` : "");
    const counted = files.get(a).with[b] || files.get(b).with[a] || "";
    put("counted", counted);
    places.get("counted").forEach((place) => { place.hidden = !counted; });
    const aBig = year[12] === HOLE || read(year[12]) >= 1;
    put("big", names[aBig ? 0 : 1]); put("small", names[aBig ? 1 : 0]); put("times", year[aBig ? 12 : 16] === HOLE ? "" : year[aBig ? 12 : 16]);
    all("[data-if]").forEach((place) => { place.hidden = year[place.dataset.if] === HOLE; });
    all("[data-else]").forEach((place) => { place.hidden = year[place.dataset.else] !== HOLE || year[10] === HOLE; });
    all("[data-never]").forEach((place) => { place.hidden = year[10] !== HOLE; });
    const ratio = year[12] === HOLE || [a, b].some((code) => files.get(code).high[at]) ? "" : year[12] === "1.0" || year[16] === "1.0" ? "alike" : "apart";
    all("[data-ratio]").forEach((place) => { place.hidden = place.dataset.ratio !== ratio; });
    values.forEach((world, i) => world.slice(0, 16).forEach((value, line) => put(i + "." + line, value + ((value !== HOLE && off[i] && off[i][line]) || ""))));
    for (const list of all("[data-list]")) list.replaceChildren(...[...new Set([a, b].flatMap((code) => files.get(code)[list.dataset.list]))].map((note) =>
      Object.assign(document.createElement("li"), { textContent: note })));
    const more = shown.querySelector(".pm-more");
    more.hidden = !more.querySelector("li");
    const spare = ["green", "purple"];
    shown.dataset.hue = [a, b].map((code) => HUES[code] || spare.shift()).join(" ");
    all("[data-page]").forEach((link) => { link.href = root + "economies/" + (link.dataset.page === "a" ? a : b) + ".html"; });
    all(".pm-cite .pm-address, .pm-cite [data-whole]").forEach((place) => { place.textContent = (shown.dataset.base || root) + "chapters/pairs.html?a=" + a + "&b=" + b; });
    draw(values, years, names, off);
    Object.assign(shown.dataset, { a, b });
    now = { a, b, values };
    unfold();
    document.title = title + " — " + whole;
  };

  /* -- The choice: two lists and an exchange; in the address, so that it can be sent on and gone back from. */
  const whole = document.title;
  const first = [shown.dataset.a, shown.dataset.b];
  const bar = Object.assign(document.createElement("div"), { className: "pm-filter pm-choice" }); // no form: there is nothing to send
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "The two economies");
  const options = () => links.map((link) => new Option(link.textContent, link.dataset.code));
  const [one, other] = ["One", "The other"].map((words) => {
    const list = document.createElement("select"), label = document.createElement("label");
    list.append(...options());
    label.append(words + " ", list);
    bar.append(label);
    return list;
  });
  const turn = Object.assign(document.createElement("button"), { type: "button", textContent: "Exchange" });
  const state = document.createElement("output");
  state.setAttribute("aria-label", "What the choice lacks");
  bar.append(turn, state);
  shown.before(bar);

  const asked = () => {
    const given = new URLSearchParams(/[#&]a=|[#&]b=/.test(location.hash) ? location.hash.slice(1) : location.search);
    return ["a", "b"].map((side) => (given.get(side) || "").toUpperCase());
  };
  const pair = (codes) => {
    const [a, b] = codes.map((code) => (known.has(code) ? code : null));
    if (!a && !b) return first;
    const rest = first.find((code) => code !== (a || b));
    return [a || rest, b || rest];
  };
  let turnOf = 0;
  const follow = async () => {
    const codes = asked(), mine = (turnOf += 1);
    let [a, b] = pair(codes);
    const strange = codes.filter((code) => code && !known.has(code)).map((code) => (code.length > 3 ? "a longer code" : code)), twice = a === b;
    if (twice) ({ a, b } = now);
    one.value = a; other.value = b;
    const shownIs = () => known.get(a).called + " and " + known.get(b).called;
    state.textContent = twice ? `Choose two that differ. Shown is ${shownIs()}.` : strange.length ? `No rows of ${[...new Set(strange)].join(" and ")} here; shown is ${shownIs()}.` : "";
    if (twice && !now.values) return;
    if (a === now.a && b === now.b && !now.values && !files.size) return; // the page came with these
    try { await Promise.all([load(a), load(b)]); }
    catch (error) { if (mine === turnOf) state.textContent = `The file of ${known.get(error.message).called} did not load. Try again.`; return; }
    if (mine === turnOf) show(a, b);
  };
  const ahead = (...codes) => codes.forEach((code) => load(code).catch(() => {})); // who waits for it tells of a failure
  const choose = (a, b) => {
    if (a === b) { // the list goes back to what is shown, and the address stays
      one.value = now.a; other.value = now.b;
      state.textContent = "Choose two that differ.";
      return;
    }
    const query = `a=${a}&b=${b}`;
    ahead(a, b); // under way while the address changes
    try { history.pushState(null, "", location.pathname + "?" + query); follow(); }
    catch { location.hash = query; } // a page opened from a file may not change more than this
  };
  for (const list of [one, other]) list.addEventListener("change", () => choose(one.value, other.value));
  /* Of a pair one stays in most choices: its file is there before the other is chosen. */
  for (const sign of ["focusin", "pointerenter"]) bar.addEventListener(sign, () => ahead(now.a, now.b));
  turn.addEventListener("click", () => choose(other.value, one.value));
  fold.addEventListener("toggle", unfold);
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);

  /* -- The numbers as a file. */
  shown.querySelector("[data-do='csv']").addEventListener("click", async () => {
    await Promise.all([load(now.a), load(now.b)]);
    const rows = all(".pm-pair-table tbody tr:not(.part) th").map((head) => head.textContent);
    const part = all(".pm-pair-table tr").reduce((found, row) => { if (row.matches(".part")) found.now = row.textContent; else if (row.querySelector("th[scope=row]")) found.list.push(found.now); return found; }, { now: "", list: [] }).list;
    const tables = all(".pm-pair-table thead th").map((head) => [head.firstChild.textContent.replace("*", "").trim(), head.querySelector("small").textContent]);
    const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
    const lines = told(now.a, now.b).flatMap((world, at) => rows.map((row, line) =>
      [now.a, now.b, ...tables[at], part[line], row, world[line] === HOLE ? "" : world[line].replace(/,/g, "")].map(quoted).join(",")));
    const text = ["a,b,table,source,direction,measure,value", ...lines].join("\r\n") + "\r\n";
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: `${now.a}-${now.b}.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  follow();
})();
