/* What a page does besides being read: colours, menus, all code at once, copying, printing, the section one is in. */
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = new URL(document.documentElement.dataset.content_root || "", location.href).href;

  /* The reader's first sign (window.pmSign): charts wait for it (figure.js). Who comes for one place in the page has given it. */
  const signs = ["pointermove", "pointerdown", "touchstart", "keydown", "click", "scroll", "focusin"];
  window.pmSign = new Promise((resolve) => {
    const seen = () => { signs.forEach((sign) => removeEventListener(sign, seen, true)); resolve(); };
    signs.forEach((sign) => addEventListener(sign, seen, { passive: true, capture: true }));
    addEventListener("hashchange", seen, { once: true });
    if (location.hash) seen();
  });

  /* Words among the marks of live charts stand clear of lines, as in the drawings; here, for HTML checkers do not know paint-order yet. */
  const rim = new CSSStyleSheet();
  rim.replaceSync('.pm-live svg .role-mark:not([class*="inside"]) text { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rim];

  /* Colours: as the device, light, dark. */
  const colours = document.querySelector(".pm-colours");
  const names = { "": "auto", light: "light", dark: "dark" };
  const kept = { get: () => { try { return localStorage.getItem("colours") || ""; } catch { return ""; } },
    set: (value) => { try { value ? localStorage.setItem("colours", value) : localStorage.removeItem("colours"); } catch { /* for this page only */ } } };
  const paint = (value) => {
    if (value) document.documentElement.dataset.theme = value; else delete document.documentElement.dataset.theme;
    colours.lastChild.textContent = names[value];
  };
  if (colours) {
    let now = kept.get() in names ? kept.get() : "";
    paint(now);
    colours.addEventListener("click", () => {
      const order = Object.keys(names);
      now = order[(order.indexOf(now) + 1) % order.length];
      kept.set(now);
      paint(now);
    });
  }

  /* Menus close with Escape, and when one goes elsewhere. */
  const close = (menu, back) => { menu.open = false; if (back) menu.querySelector("summary").focus(); };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") all("details.menu[open]").forEach((menu) => close(menu, menu.contains(document.activeElement)));
    if (event.key === "k" && (event.ctrlKey || event.metaKey)) {
      const menu = document.querySelector("header.book > .menu");
      if (menu && menu.checkVisibility()) menu.open = true;
      const field = all("form.search input").find((input) => input.checkVisibility());
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    }
  });
  document.addEventListener("pointerdown", (event) => all(".downloads[open]").forEach((menu) => menu.contains(event.target) || close(menu)));
  document.addEventListener("focusin", (event) => all(".downloads[open]").forEach((menu) => menu.contains(event.target) || close(menu)));
  all("details.onpage").forEach((fold) => fold.addEventListener("click", (event) => { if (event.target.closest("a")) fold.open = false; }));
  document.querySelector(".pm-print")?.addEventListener("click", (event) => { close(event.target.closest("details")); print(); });

  /* Who came by the side's menu has the pointer over it still: until it moves the wheel turns the page. */
  const side = document.querySelector("header.book");
  const turn = (event) => { if (event.ctrlKey) return; event.preventDefault(); scrollBy(0, event.deltaY); };
  const moved = ({ movementX, movementY }) => {
    if (!movementX && !movementY) return;
    side.removeEventListener("wheel", turn);
    removeEventListener("pointermove", moved);
  };
  side.addEventListener("wheel", turn, { passive: false });
  addEventListener("pointermove", moved, { passive: true });

  /* All code of the page at once. */
  const switched = document.querySelector(".pm-all-code");
  switched?.addEventListener("click", () => {
    const open = switched.getAttribute("aria-pressed") !== "true";
    all("details.pm-code").forEach((fold) => { fold.open = open; });
    all(".cell > .cell_input").forEach((code) => { code.hidden = !open; }); // code that stands open
    switched.setAttribute("aria-pressed", open);
    switched.textContent = open ? "Hide all code" : "Show all code";
  });

  /* A place inside a fold: the fold opens. */
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let closed = false;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) { closed ||= !fold.open; fold.open = true; }
    const within = target.matches(".cell") && target.querySelector(":scope > details.pm-code");
    if (within) within.open = true;
    if (closed) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();

  /* Addresses for use elsewhere, where the book was built without knowing its own; and the day, which only the reader's device knows. */
  all(".pm-address").forEach((place) => { place.textContent = new URL(place.dataset.path, root).href; });
  all(".pm-accessed").forEach((place) => { place.textContent = "Accessed " + new Date().toISOString().slice(0, 10) + "."; });

  /* The address of a figure goes into the address line, as any link's, and to the clipboard. */
  document.addEventListener("click", async ({ target }) => {
    const link = target.closest(".pm-link");
    if (!link) return;
    try { await navigator.clipboard.writeText(link.href); } catch { return; }
    link.textContent = "Link copied";
    setTimeout(() => { link.textContent = "Link"; }, 2000);
  });

  /* Copying. */
  window.pmSign.then(() => all(".pm-page pre").forEach((block) => {
    const place = block.parentElement.matches(".highlight") ? block.parentElement : Object.assign(document.createElement("div"), { className: "pm-copies" });
    if (!place.contains(block)) { block.replaceWith(place); place.append(block); }
    const button = Object.assign(document.createElement("button"), { type: "button", className: "pm-copy", textContent: "Copy" });
    place.append(button);
    button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(block.textContent.trimEnd()); button.textContent = "Copied"; }
      catch { getSelection().selectAllChildren(block); button.textContent = "Selected: copy it"; }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
  }));

  /* The contents mark the section that is read. */
  const links = all("nav.onpage a");
  const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let due = false;
  const mark = () => {
    due = false;
    const read = places.findLastIndex((place) => place && place.getBoundingClientRect().top < innerHeight / 4);
    links.forEach((link, index) => (index === read ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current")));
  };
  if (links.length) addEventListener("scroll", () => { if (!due) requestAnimationFrame(mark); due = true; }, { passive: true });
})();
