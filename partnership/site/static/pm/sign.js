/* What a page needs only once somebody uses it waits for the reader's first sign: window.pmSign. */
(() => {
  "use strict";
  const signs = ["pointermove", "pointerdown", "touchstart", "keydown", "scroll", "focusin"];
  window.pmSign = new Promise((resolve) => {
    const seen = () => {
      signs.forEach((sign) => removeEventListener(sign, seen));
      resolve();
    };
    signs.forEach((sign) => addEventListener(sign, seen, { passive: true }));
  });

  /* Rules for pointing, focus and what scripts add; until now for print only. */
  window.pmSign.then(() => { document.getElementById("pm-whole").media = "all"; });

  /* Bootstrap: tooltips of buttons, the menu of downloads, the mark in the page's contents. */
  const address = document.currentScript.src.replace(/pm\/[^/]*$/, "scripts/bootstrap.js");
  let early; // a menu that was asked for before Bootstrap came
  const ask = (event) => { early = event.target.closest("[data-bs-toggle=dropdown]"); };
  addEventListener("click", ask);
  window.pmSign.then(() => {
    const tag = document.createElement("script");
    tag.src = address;
    tag.onload = () => {
      removeEventListener("click", ask);
      window.bootstrap.ScrollSpy.getOrCreateInstance(document.body);
      if (early) early.click();
    };
    document.head.append(tag);
  });
})();
