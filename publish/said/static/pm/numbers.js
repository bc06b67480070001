/* A number in a sentence shows where it comes from: by pointer, by keyboard, by touch. Without script it is a link to its note. */
(() => {
  "use strict";
  const links = document.querySelectorAll(".pm-number a, a.pm-statement");
  if (!links.length) return;
  const card = document.createElement("div");
  card.className = "pm-card";
  card.id = "pm-card";
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", "Where this number comes from");
  card.hidden = true;
  document.body.append(card);
  let owner = null;
  let timer = 0;
  let returning = false; // Escape gives the focus back without opening the card again

  const close = () => {
    if (!owner) return;
    owner.setAttribute("aria-expanded", "false");
    owner = null;
    card.hidden = true;
  };

  const fill = (row) => {
    const list = document.createElement("dl");
    const heads = [...row.closest("table").querySelectorAll("thead th")].map((head) => head.textContent);
    [...row.children].forEach((cell, index) => {
      if (!index || !cell.textContent) return;
      const term = document.createElement("dt");
      term.textContent = heads[index];
      const value = document.createElement("dd");
      value.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
      list.append(term, value);
    });
    const title = document.createElement("strong");
    title.textContent = row.firstElementChild.textContent;
    const note = document.createElement("a");
    note.href = "#" + row.id;
    note.textContent = row.closest("details").querySelector("summary").textContent;
    card.replaceChildren(title, list, note);
  };

  const open = (link) => {
    clearTimeout(timer);
    if (owner === link) return;
    close();
    const row = document.getElementById(link.getAttribute("href").slice(1));
    if (!row) return;
    fill(row);
    owner = link;
    link.setAttribute("aria-expanded", "true");
    card.hidden = false;
    const at = link.getBoundingClientRect();
    const width = Math.min(360, innerWidth - 16);
    card.style.width = width + "px";
    card.style.left = Math.max(8, Math.min(at.left, innerWidth - width - 8)) + scrollX + "px";
    const below = at.bottom + card.offsetHeight + 12 < innerHeight || at.top < card.offsetHeight + 12;
    card.style.top = (below ? at.bottom + 6 : at.top - card.offsetHeight - 6) + scrollY + "px";
  };

  const leave = () => { clearTimeout(timer); timer = setTimeout(close, 250); };

  for (const link of links) {
    link.removeAttribute("title");
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-controls", "pm-card");
    link.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") open(link); });
    link.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
    link.addEventListener("focus", () => { if (!returning && link.matches(":focus-visible")) open(link); });
    link.addEventListener("click", (event) => { event.preventDefault(); owner === link && event.detail ? close() : open(link); });
  }
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", leave);
  card.addEventListener("click", (event) => { if (event.target.matches('a[href^="#"]')) { document.querySelector(event.target.getAttribute("href"))?.closest("details")?.setAttribute("open", ""); close(); } });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) { const link = owner; returning = true; close(); link.focus(); returning = false; }
    if (event.key === "Tab" && owner && !event.shiftKey && document.activeElement === owner) {
      const first = card.querySelector("a");
      if (first) { event.preventDefault(); first.focus(); }
    }
  });
  document.addEventListener("pointerdown", (event) => { if (owner && !card.contains(event.target) && event.target !== owner) close(); });

  /* The day of access belongs into a citation; only the reader's device knows it. */
  for (const place of document.querySelectorAll(".pm-accessed")) place.textContent = "Accessed " + new Date().toISOString().slice(0, 10) + ".";
})();
