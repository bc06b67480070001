/* A number or a statement shows where it comes from: by pointer, by keyboard, by touch. Without script it is a link to its row.
   Any link to a row of a table can have a card: the row's cells, each under its column's head. */
(() => {
  "use strict";
  const links = [...document.querySelectorAll('.pm-number a, a.pm-statement, a[data-card]')]
    .filter((link) => (link.getAttribute("href") || "").startsWith("#"));
  if (!links.length) return;
  const card = document.createElement("div");
  card.className = "pm-card";
  card.id = "pm-card";
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", "Where this comes from");
  card.hidden = true;
  let owner = null; // the link whose card is shown
  let pinned = false; // asked for, not only pointed at
  let timer = 0;

  const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

  const close = () => {
    clearTimeout(timer);
    if (!owner) return;
    owner.setAttribute("aria-expanded", "false");
    owner.removeAttribute("aria-controls");
    owner = null;
    pinned = false;
    card.hidden = true;
  };

  const fill = (row) => {
    const table = row.closest("table"), heads = [...table.tHead.rows[0].cells].map((head) => head.textContent);
    const list = document.createElement("dl");
    [...row.cells].forEach((cell, index) => {
      if (!index || !cell.textContent.trim()) return;
      const value = document.createElement("dd");
      value.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
      for (const named of value.querySelectorAll("[id]")) named.removeAttribute("id");
      list.append(make("dt", heads[index]), value);
    });
    const shut = Object.assign(make("button", "×"), { type: "button", className: "pm-shut" });
    shut.setAttribute("aria-label", "Close");
    shut.addEventListener("click", () => { const link = owner; close(); link?.focus(); });
    const whole = Object.assign(make("a", table.closest("details")?.querySelector("summary").textContent || table.caption?.textContent || "The whole table"), { href: "#" + row.id });
    card.replaceChildren(make("strong", row.cells[0].textContent), list, whole, shut);
  };

  const place = (link) => {
    const at = link.getClientRects()[0] || link.getBoundingClientRect();
    const width = Math.min(360, document.documentElement.clientWidth - 16);
    card.style.width = width + "px";
    const within = card.offsetParent?.tagName === "BODY" || !card.offsetParent
      ? { left: -scrollX, top: -scrollY } : card.offsetParent.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
    const below = at.bottom + card.offsetHeight + 12 < innerHeight || at.top < card.offsetHeight + 12;
    card.style.left = left - within.left + "px";
    card.style.top = (below ? at.bottom + 6 : at.top - card.offsetHeight - 6) - within.top + "px";
  };

  const open = (link) => {
    clearTimeout(timer);
    if (owner === link) return;
    const row = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (!row?.cells) return;
    close();
    fill(row);
    /* Right after its link: Tab leads through the card and on into the text, never round. */
    (link.closest(".pm-number") || link).after(card);
    owner = link;
    link.setAttribute("aria-expanded", "true");
    link.setAttribute("aria-controls", card.id); // only now is the card in the page
    card.hidden = false;
    place(link);
  };

  const leave = () => { clearTimeout(timer); if (!pinned) timer = setTimeout(close, 250); };
  const mouse = (event) => event.pointerType === "mouse";

  for (const link of links) {
    link.removeAttribute("title");
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("pointerenter", (event) => { if (mouse(event) && !pinned) open(link); });
    link.addEventListener("pointerleave", (event) => { if (mouse(event)) leave(); });
    /* What pointing has opened a click keeps; a click on what is kept closes it. */
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      if (owner === link && pinned) { close(); return; }
      open(link);
      pinned = owner === link;
    });
  }
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", (event) => { if (mouse(event)) leave(); });
  card.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    const fold = document.getElementById(link.hash.slice(1))?.closest("details");
    if (fold) fold.open = true;
    close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !owner) return;
    const link = owner, inside = card.contains(document.activeElement);
    close();
    if (inside) link.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (owner && !card.contains(event.target) && !owner.contains(event.target)) close();
  });
  document.addEventListener("focusin", (event) => {
    if (owner && event.target !== owner && !card.contains(event.target)) close();
  });
  addEventListener("resize", close);
})();
