/* The search page lists the figures and claims that hold all words asked for, before the pages that do. */
(() => {
  "use strict";
  const SHOWN = 8;
  const words = (new URLSearchParams(location.search).get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
  const results = document.getElementById("search-results");
  if (!words.length || !results) return;

  const list = (heading, found, more) => {
    const section = document.createElement("section");
    section.className = "pm-finds";
    const head = document.createElement("h2");
    head.textContent = heading;
    const items = document.createElement("ul");
    const shown = found.slice(0, SHOWN);
    if (found.length > SHOWN) shown.push({ name: "", title: `${found.length - SHOWN} more`, address: more });
    for (const { name, title, address } of shown) {
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("a"), { href: address, textContent: title }), " ", Object.assign(document.createElement("span"), { textContent: name }));
      items.append(item);
    }
    section.append(head, items);
    return section;
  };

  window.pmFinds = ({ figures, claims }) => {
    const holds = (text) => words.every((word) => text.toLowerCase().includes(word));
    for (const [heading, all, more] of [["Figures", figures, "chapters/figures.html"], ["Claims", claims, "chapters/claims.html#ledger"]]) {
      const titled = all.filter(({ title }) => holds(title));
      const found = [...titled, ...all.filter((one) => !titled.includes(one) && holds(one.title + " " + one.text))];
      if (found.length) results.before(list(heading, found, more));
    }
  };

  /* A classic script, not fetch: the book also opens from a file. */
  const tag = document.createElement("script");
  tag.src = document.currentScript.src.replace(/search\.js.*$/, "finds.js?v=" + Date.parse(document.lastModified));
  document.head.append(tag);
})();
