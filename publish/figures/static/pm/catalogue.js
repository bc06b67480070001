/* The list of figures: a filter, and pictures that load when they come near the screen. Without script it is a plain list. */
(() => {
  "use strict";
  const items = [...document.querySelectorAll(".pm-catalogue > li")];
  if (!items.length) return;
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      target.append(Object.assign(document.createElement("img"), { src: target.dataset.src, alt: "" }));
    }
  }, { rootMargin: "100px 0px" });
  for (const picture of document.querySelectorAll(".pm-picture")) near.observe(picture);

  const bar = document.createElement("form");
  bar.className = "pm-filter";
  bar.setAttribute("role", "search");
  bar.setAttribute("aria-label", "Filter the figures");
  const field = Object.assign(document.createElement("input"), { type: "search" });
  const label = document.createElement("label");
  label.append("Words ", field);
  const chapter = document.createElement("select");
  const sections = [...new Set(items.map((item) => item.closest("section")))];
  chapter.append(new Option("all", ""), ...sections.map((section) => new Option(section.querySelector("h2").firstChild.textContent, section.id)));
  const choice = document.createElement("label");
  choice.append("Chapter ", chapter);
  const go = Object.assign(document.createElement("button"), { type: "submit", textContent: "Filter" });
  const count = document.createElement("output");
  count.setAttribute("aria-label", "Figures shown");
  bar.append(label, choice, go, count);
  sections[0].before(bar);
  const apply = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const text = (item.querySelector("a").textContent + " " + item.dataset.words).toLowerCase();
      item.hidden = !words.every((word) => text.includes(word)) || (chapter.value && item.closest("section").id !== chapter.value);
      shown += !item.hidden;
    }
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    count.textContent = `${shown} of ${items.length} figures`;
  };
  bar.addEventListener("input", apply);
  bar.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  apply();
})();
