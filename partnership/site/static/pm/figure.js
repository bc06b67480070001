/* The drawing first; a live chart takes its place when the figure nears the screen. */
(() => {
  "use strict";
  const figures = [...document.querySelectorAll(".pm-chart")];
  if (!figures.length || !("IntersectionObserver" in window)) return;
  const here = document.currentScript.src.replace(/figure\.js.*$/, "");

  let library;
  const load = () => (library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = here + "vega.js";
    script.onload = () => resolve(window.vegaEmbed);
    script.onerror = () => reject(new Error("the chart script did not load"));
    document.head.append(script);
  }));

  const isObject = (value) => value && typeof value === "object" && !Array.isArray(value);
  const merge = (base, change) => {
    const merged = { ...base };
    for (const [key, value] of Object.entries(change))
      merged[key] = isObject(merged[key]) && isObject(value) ? merge(merged[key], value) : value;
    return merged;
  };

  const drawing = (figure) => [...figure.querySelectorAll(".pm-drawing")].find((part) => part.getClientRects().length);

  async function enliven(figure) {
    try {
      const embed = await load();
      const shown = drawing(figure) ?? figure.querySelector(".pm-wide");
      const small = shown.classList.contains("pm-narrow");
      const wide = JSON.parse(figure.querySelector(".pm-spec").textContent);
      const spec = small ? merge(wide, JSON.parse(figure.dataset.narrow)) : wide;
      const box = document.createElement("div");
      box.className = "pm-live";
      box.hidden = true;
      figure.append(box);
      const { view } = await embed(box, spec, {
        mode: "vega-lite", renderer: "svg", ast: true, actions: false, defaultStyle: false,
        tooltip: { disableDefaultStyle: true },
      });
      const svg = box.querySelector("svg");
      for (const mark of svg.querySelectorAll("[role], [aria-label], [aria-roledescription]"))
        ["role", "aria-label", "aria-roledescription"].forEach((name) => mark.removeAttribute(name));
      svg.setAttribute("role", "img"); // one label for the whole picture
      svg.setAttribute("aria-label", figure.dataset.label);
      box.hidden = false;
      figure.dataset.live = small ? "narrow" : "wide";
      figure.view = view;
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
  figures.forEach((figure) => near.observe(figure));

  /* A figure whose container has crossed the width where the drawing changes goes back to the drawing, then live again. */
  const sized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const live = target.dataset.live;
      if (live !== "narrow" && live !== "wide") continue;
      const wanted = target.clientWidth < 640 ? "narrow" : "wide";
      if (live === wanted) continue;
      target.querySelector(".pm-live").remove();
      delete target.dataset.live;
      enliven(target);
    }
  });
  figures.forEach((figure) => sized.observe(figure));
})();
