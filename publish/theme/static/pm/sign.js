/* What a page needs only once somebody uses it waits for the reader's first sign: window.pmSign.
   A reader who comes for one place in the page (an address with #) has given it. */
(() => {
  "use strict";
  const own = document.currentScript;
  const signs = ["pointermove", "pointerdown", "touchstart", "keydown", "click", "scroll", "focusin"];
  window.pmSign = new Promise((resolve) => {
    const seen = () => {
      signs.forEach((sign) => removeEventListener(sign, seen, true));
      resolve();
    };
    signs.forEach((sign) => addEventListener(sign, seen, { passive: true, capture: true }));
    addEventListener("hashchange", seen, { once: true });
    if (location.hash) seen();
  });

  /* Rules for pointing, focus and what scripts add; until now for print only. */
  window.pmSign.then(() => { document.getElementById("pm-whole").media = "all"; });

  const load = (address) => new Promise((resolve) => {
    const tag = document.createElement("script");
    tag.src = address;
    tag.onload = tag.onerror = resolve;
    document.head.append(tag);
  });

  /* The theme's script, with the numbers: search, light and dark, sidebars. */
  let themed = !own.dataset.rest;
  const theme = window.pmSign.then(() => themed || load(own.dataset.rest)).then(() => { themed = true; });

  /* Bootstrap: the menu of downloads, tooltips of buttons; when somebody is at one of them. */
  let bootstrap, ready = false; // or known not to come
  const strap = () => (bootstrap = bootstrap || load(own.src.replace(/pm\/[^/]*$/, "scripts/bootstrap.js")).then(() => { ready = true; }));
  const strapped = (element) => element instanceof Element && element.closest("[data-bs-toggle]");
  for (const kind of ["pointerover", "focusin"])
    addEventListener(kind, (event) => { if (strapped(event.target)) strap(); }, { passive: true });

  /* What is asked for before its script has come is done when it has. */
  addEventListener("click", (event) => {
    const asked = event.target.closest("button, [data-bs-toggle], .pm-number a");
    if (!asked || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (themed && (ready || !strapped(asked))) return;
    event.preventDefault();
    event.stopPropagation();
    Promise.all([theme, strapped(asked) && strap()]).then(() => asked.click());
  }, true);
  addEventListener("keydown", (event) => {
    if (themed || event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    theme.then(() => document.querySelector(".search-button__button").click());
  });

  addEventListener("click", (event) => { if (event.target.closest(".btn-download-pdf-button")) window.print(); });

  /* The page's contents mark the section that is read. */
  const links = [...document.querySelectorAll("#pst-page-toc-nav a[href^='#']")];
  const sections = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let due = false;
  const mark = () => {
    due = false;
    const read = sections.findLastIndex((section) => section && section.getBoundingClientRect().top < innerHeight / 4);
    links.forEach((link, index) => [link, link.parentElement].forEach((part) => part.classList.toggle("active", index === read)));
  };
  addEventListener("scroll", () => {
    if (!due) requestAnimationFrame(mark);
    due = true;
  }, { passive: true });
})();
