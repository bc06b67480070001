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

  /* The theme's script and Bootstrap: search, light and dark, menus, tooltips, the mark in the page's contents; numbers. */
  const ours = "button, [data-bs-toggle], .pm-number a";
  let early; // what was asked for before they came
  const ask = (event) => {
    const asked = event.target.closest(ours);
    if (!asked || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    early = asked;
  };
  const load = (address) => new Promise((resolve) => {
    const tag = document.createElement("script");
    tag.src = address;
    tag.async = false;
    tag.onload = tag.onerror = resolve;
    document.head.append(tag);
  });
  const keys = (event) => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    early = document.querySelector(".search-button__button");
  };
  addEventListener("click", ask, true);
  addEventListener("keydown", keys);
  window.pmSign
    .then(() => Promise.all([own.src.replace(/pm\/[^/]*$/, "scripts/bootstrap.js"), ...(own.dataset.rest ? [own.dataset.rest] : [])].map(load)))
    .then(() => {
      removeEventListener("click", ask, true);
      removeEventListener("keydown", keys);
      if (window.bootstrap) window.bootstrap.ScrollSpy.getOrCreateInstance(document.body);
      if (early) early.click();
    });
})();
