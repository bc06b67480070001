/* The drawing first; a live chart takes its place when the figure nears the screen. */
(() => {
  "use strict";
  const figures = [...document.querySelectorAll(".pm-chart")];
  if (!figures.length || !("IntersectionObserver" in window)) return;
  const here = document.currentScript.src.replace(/figure\.js.*$/, "");
  const small = matchMedia("(max-width: 636.9px)"); // as in book.css

  /* Classic scripts, not fetch: the book also opens from a file. */
  const loaded = new Map();
  const script = (address) => {
    if (!loaded.has(address)) loaded.set(address, new Promise((resolve, reject) => {
      const tag = document.createElement("script");
      tag.src = address;
      tag.onload = resolve;
      tag.onerror = () => reject(new Error(address + " did not load"));
      document.head.append(tag);
    }));
    return loaded.get(address);
  };

  const specs = new Map();
  window.pmSpec = (name, spec) => specs.set(name, spec);

  /* One tooltip for all charts: a small table, gone with Escape. */
  const tip = document.createElement("div");
  tip.className = "pm-tip";
  tip.hidden = true;
  document.body.append(tip);
  let tapped = false; // what a tap has told stays, though the browser lets a mouse that nobody moved leave the mark
  const hide = () => { tip.hidden = true; tapped = false; };
  const show = (event, value) => {
    const table = document.createElement("table");
    for (const [key, entry] of Object.entries(value)) {
      if (["", "null", "undefined", "NaN"].includes(String(entry ?? ""))) continue;
      const row = table.insertRow();
      row.append(Object.assign(document.createElement("th"), { textContent: key }));
      row.insertCell().textContent = String(entry).replaceAll("|", " "); // where a label of the chart breaks its line
    }
    if (!table.rows.length) return hide();
    tip.replaceChildren(table);
    tip.hidden = false;
    const x = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8);
    const y = event.clientY + 16 + tip.offsetHeight < innerHeight ? event.clientY + 16 : event.clientY - tip.offsetHeight - 8;
    tip.style.transform = `translate(${Math.max(8, x)}px, ${Math.max(8, y)}px)`;
  };
  const tooltip = (handler, event, item, value) => {
    if (value && typeof value === "object" && event) show(event, value);
    else if (!tapped) hide();
  };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", hide, { passive: true });
  addEventListener("pointermove", (event) => { if (tapped && event.pointerType === "mouse") hide(); }, { passive: true });

  const wanted = () => (small.matches ? "narrow" : "wide");

  async function enliven(figure) {
    const size = wanted(); // the window may change before the chart is there
    try {
      const name = figure.dataset.figure + "-" + size;
      await Promise.all([script(here + "vega.js"), script(here + "../../figures/" + name + ".js")]);
      const box = document.createElement("div");
      box.className = "pm-live";
      box.hidden = true;
      figure.append(box);
      await window.pmView(specs.get(name), { container: box, tooltip, hover: true }).runAsync();
      if (wanted() !== size) {
        box.remove();
        return enliven(figure);
      }
      box.querySelector("form:empty")?.remove(); // Vega makes one for controls, which no chart here has
      const svg = box.querySelector("svg");
      for (const mark of svg.querySelectorAll("[role], [aria-label], [aria-roledescription]"))
        ["role", "aria-label", "aria-roledescription"].forEach((attribute) => mark.removeAttribute(attribute));
      svg.setAttribute("role", "img"); // one label for the whole picture
      svg.setAttribute("aria-label", figure.querySelector(".pm-drawing").getAttribute("aria-label"));
      box.hidden = false;
      figure.dataset.live = size;
    } catch (error) {
      figure.dataset.live = "failed"; // the drawing stays
      console.error(error);
    }
  }

  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      enliven(target);
    }
  }, { rootMargin: "300px 0px" });
  /* Not at load: until somebody uses the page the drawing is all that is needed. A theme that tells of the first use has pmSign. */
  (window.pmSign || Promise.resolve()).then(() => figures.forEach((figure) => near.observe(figure)));

  /* A window that has crossed the width where drawings change: charts become drawings again, then live again. */
  small.addEventListener("change", () => {
    for (const figure of figures.filter(({ dataset }) => ["narrow", "wide"].includes(dataset.live))) {
      figure.querySelector(".pm-live").remove();
      delete figure.dataset.live;
      enliven(figure);
    }
  });

  /* By touch there is no pointing: a tap tells the mark below the finger, else the nearest within a finger's width. */
  const REACH = 22;
  const told = (element) => element.__data__ && element.__data__.tooltip;
  function nearest(figure, x, y) {
    const below = document.elementsFromPoint(x, y).find((element) => figure.contains(element) && told(element));
    if (below) return below;
    let best = null, least = REACH;
    for (const element of figure.querySelectorAll(".pm-live svg path, .pm-live svg rect, .pm-live svg text")) {
      if (!told(element)) continue;
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const far = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
      if (far < least) [best, least] = [element, far];
    }
    return best;
  }
  document.addEventListener("click", (event) => {
    if (event.pointerType !== "touch") return;
    const figure = event.target.closest(".pm-chart");
    const mark = figure && nearest(figure, event.clientX, event.clientY);
    const value = mark && told(mark);
    if (!value || typeof value !== "object") return hide();
    show(event, value);
    tapped = true;
  });

  /* By keyboard: a figure takes the focus, the arrow keys walk through its table, the line below tells where one is. */
  for (const figure of figures) {
    const rows = [...figure.closest("figure").querySelectorAll(".pm-table tbody tr")];
    if (!rows.length) continue;
    const tables = new Set(rows.map((row) => row.closest("table"))).size;
    figure.tabIndex = 0;
    figure.setAttribute("role", "group");
    figure.setAttribute("aria-label", "Chart. Arrow keys read its " + rows.length + " values.");
    let at = -1;
    const line = document.createElement("output");
    line.className = "pm-value";
    line.hidden = true;
    figure.after(line);
    figure.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Home") at = 0;
      else if (event.key === "End") at = rows.length - 1;
      else if (event.key === "Escape") { line.hidden = true; return; }
      else if (step) at = (at + step + rows.length) % rows.length;
      else return;
      event.preventDefault();
      const table = rows[at].closest("table");
      const heads = [...table.querySelectorAll("thead th")];
      const cells = [...rows[at].cells].map((cell, index) => [heads[index].textContent, cell.textContent]);
      const words = cells.filter(([, value]) => value !== "–" && value !== "").map((pair) => pair.join(": "));
      if (tables > 1) words.unshift(table.caption.textContent);
      line.textContent = words.join("; ");
      line.hidden = false;
    });
  }
})();
