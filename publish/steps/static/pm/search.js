/* The book's search: figures, claims, numbers, terms, economies, tables and sections, the best first, from one list (finds.js). */
(() => {
  "use strict";
  const SHOWN = 25, AROUND = 90;
  const IDLE = new Set("a an and are as at by for from has have how in is it its of on or that the this to was what when where which who why with".split(" "));
  const WEIGHT = { Figure: 1.35, Claim: 1.2, Number: 0.95, Term: 1.5, Economy: 1.6, Page: 1.3, Table: 0.3, Section: 1 };
  const found = document.getElementById("found");
  const query = (new URLSearchParams(location.search).get("q") || "").trim();
  for (const field of document.querySelectorAll("form.search input")) field.value = query;
  if (!query || !found) return;
  document.title = query + " – " + document.title;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/(\d),(?=\d{3})/g, "$1");
  const stem = (word) => (word.length > 4 ? word.replace(/ies$/, "y").replace(/(ss|x|ch|sh)es$/, "$1").replace(/([^s])s$/, "$1") : word);
  const words = (text) => (plain(text).match(/\p{L}+|\p{N}+(?:\.\p{N}+)*/gu) || []).map(stem);

  const score = (record, asked, phrase, rarity) => {
    let sum = 0, met = 0;
    asked.forEach((word, index) => {
      const open = word.length > 2 && /^\p{L}/u.test(word);
      const hit = (bag) => (bag.has(word) ? 1 : open && [...bag].some((other) => other.startsWith(word)) ? 0.55 : 0);
      const best = Math.max(6 * hit(record.inTitle), 2.2 * hit(record.inText));
      if (best) met += 1;
      sum += best * rarity[index];
    });
    if (!met) return { sum: 0, met };
    if (asked.length > 1 && record.title0.includes(phrase)) sum *= 1.7;
    else if (asked.length > 1 && record.text0.includes(phrase)) sum *= 1.4;
    if (record.kind === "Table" && record.text0.startsWith(`${phrase}. `)) sum *= 6; // asked for by its name
    return { sum: sum * (WEIGHT[record.kind] || 1), met };
  };

  /* Two economies and nothing else, in any order, lead to the page that compares them; China and Russia have the whole book. */
  const pair = (records, phrase) => {
    let left = ` ${words(phrase).filter((word) => !IDLE.has(word) && word !== "trade").join(" ")} `;
    const met = [];
    const economies = records.filter((record) => record.kind === "Economy");
    economies.sort((a, b) => b.title.length - a.title.length);
    for (const record of economies) {
      const name = ` ${words(record.title).filter((word) => !IDLE.has(word)).join(" ")} `, at = left.indexOf(name);
      if (at >= 0) { met.push({ at, record }); left = left.replace(name, " ".repeat(name.length)); }
    }
    if (met.length !== 2 || left.trim()) return null;
    const [a, b] = met.sort((one, other) => one.at - other.at).map(({ record }) => record);
    const [first, second] = [a, b].map((record) => record.name.slice(-3));
    if (first + second === "CHNRUS" || first + second === "RUSCHN") return null;
    return { kind: "Pair", name: "Any pair", title: `${a.title} and ${b.title}`, address: `chapters/pairs.html?a=${first}&b=${second}`, text: "Trade of the two with each other and with the world, shares, ranks, a table and a citation." };
  };

  const excerpt = (record, asked) => {
    const part = document.createElement("p");
    if (!record.text) return part;
    const pieces = [...record.text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}.,’']*/gu)];
    const fits = (piece) => words(piece[0]).some((word) => asked.some((one) => word === one || (one.length > 2 && word.startsWith(one))));
    const first = pieces.find(fits);
    const from = first ? Math.max(0, first.index - AROUND) : 0;
    const start = from ? record.text.indexOf(" ", from) + 1 : 0;
    const far = start + 2 * AROUND + 40;
    const end = far < record.text.length ? record.text.lastIndexOf(" ", far) : record.text.length;
    let at = start;
    if (start) part.append("… ");
    for (const piece of pieces) {
      if (piece.index < start || piece.index + piece[0].length > end || !fits(piece)) continue;
      part.append(record.text.slice(at, piece.index), Object.assign(document.createElement("mark"), { textContent: piece[0] }));
      at = piece.index + piece[0].length;
    }
    part.append(record.text.slice(at, end) + (end < record.text.length ? " …" : ""));
    return part;
  };

  window.pmFinds = ({ records, synonyms }) => {
    let phrase = ` ${plain(query)} `;  // whole words: “sco” is in “discount” too
    for (const [from, to] of synonyms) phrase = phrase.replace(` ${from} `, ` ${to} `);
    phrase = phrase.trim();
    let asked = [...new Set(words(phrase))];
    const busy = asked.filter((word) => !IDLE.has(word));
    if (busy.length) asked = busy;
    for (const record of records) {
      record.title0 = plain(record.title);
      record.text0 = plain(record.text);
      /* A number is asked for by its digits: its unit, period and chapter are those of many others. */
      const digits = record.kind === "Number" && record.title.split(" – ")[0].replace(/[^\d.,]+/g, " ");
      record.inTitle = new Set(words(digits || record.title + " " + record.name));
      record.inText = new Set(words(digits ? record.text + " " + record.title : record.text));
    }
    const rarity = asked.map((word) => {
      const holding = records.filter((record) => record.inTitle.has(word) || record.inText.has(word)).length;
      return Math.log(1 + records.length / (1 + holding));
    });
    const scored = records.map((record) => ({ record, ...score(record, asked, phrase, rarity) })).filter(({ sum }) => sum > 0);
    const most = Math.max(0, ...scored.map(({ met }) => met));
    const said = new Set(), again = ({ kind, text, address }) => {
      const key = address.split("#")[0] + text;
      return kind === "Number" && text && (said.has(key) || !said.add(key));
    };
    const kept = scored.filter(({ met }) => met === most).sort((a, b) => b.sum - a.sum).filter(({ record }) => !again(record));
    /* Who asks for an economy gets the best figure that names it, then its page; who asks for two, what they trade. */
    const named = kept.findIndex(({ record }) => record.kind === "Figure" && asked.some((word) => record.inTitle.has(word)));
    if (named > 0 && kept[0].record.kind === "Economy") kept.unshift(...kept.splice(named, 1));
    const two = pair(records, phrase);
    if (two) kept.unshift({ record: two, sum: 0, met: asked.length });
    const head = document.createElement("p");
    head.textContent = !kept.length ? `The index of the search has no “${query}”.`
      : `${kept.length} ${kept.length === 1 ? "place" : "places"} for “${query}”` + (most < asked.length ? `; none holds all its words.` : ".");
    const list = document.createElement("ol");
    list.className = "pm-finds";
    const show = (from, to) => {
      for (const { record } of kept.slice(from, to)) {
        const item = document.createElement("li");
        const kind = Object.assign(document.createElement("span"), { textContent: record.name || record.kind });
        item.append(Object.assign(document.createElement("a"), { href: record.address, textContent: record.title }), " ", kind, excerpt(record, asked));
        list.append(item);
      }
    };
    show(0, SHOWN);
    found.append(head, list);
    if (kept.length > SHOWN) {
      const more = Object.assign(document.createElement("button"), { type: "button", textContent: `Show ${kept.length - SHOWN} more` });
      more.addEventListener("click", () => { more.remove(); show(SHOWN, kept.length); });
      found.append(more);
    }
  };

  /* A classic script, not fetch: the book also opens from a file. */
  const tag = document.createElement("script");
  tag.src = document.currentScript.src.replace(/search\.js.*$/, "finds.js" + (document.currentScript.src.match(/\?.*$/) || [""])[0]);
  tag.onerror = () => { found.textContent = "The list that the search reads did not load."; };
  document.head.append(tag);
})();
