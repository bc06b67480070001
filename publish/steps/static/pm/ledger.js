/* The ledger of claims: filter by words and verdict, order by column. Without script it is a plain table. */
(() => {
  "use strict";
  const table = document.getElementById("ledger");
  if (!table) return;
  const rows = [...table.tBodies[0].rows];
  const bar = document.createElement("form");
  bar.className = "pm-filter";
  bar.setAttribute("role", "search");
  bar.setAttribute("aria-label", "Filter the claims");
  const field = (label, control) => {
    const wrap = document.createElement("label");
    wrap.append(label + " ", control);
    bar.append(wrap);
    return control;
  };
  const words = field("Words", Object.assign(document.createElement("input"), { type: "search" }));
  // A verdict is the text of its cell; the chapter is the first link of the last cell.
  const told = (row, column) => (column === 5 ? row.cells[5].querySelector("a") : row.cells[column]).textContent;
  const choice = (label, column) => {
    const select = document.createElement("select");
    const values = [...new Set(rows.map((row) => told(row, column)))].sort();
    select.append(new Option("all", ""), ...values.map((value) => new Option(value, value)));
    return field(label, select);
  };
  const head = (column) => table.tHead.rows[0].cells[column].textContent;
  const then = choice(head(3), 3), now = choice(head(4), 4), chapter = choice("Chapter", 5);
  const submit = Object.assign(document.createElement("button"), { type: "submit", textContent: "Filter" });
  const count = document.createElement("output");
  count.setAttribute("aria-label", "Claims shown");
  bar.append(submit, count);
  table.parentElement.before(bar);

  const apply = () => {
    const wanted = words.value.toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits = row.textContent.toLowerCase().includes(wanted) &&
        [[then, 3], [now, 4], [chapter, 5]].every(([select, column]) => !select.value || told(row, column) === select.value);
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = shown + " of " + rows.length + " claims";
  };
  bar.addEventListener("input", apply);
  bar.addEventListener("submit", (event) => { event.preventDefault(); apply(); });

  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = (row) => row.cells[column].textContent;
      const ordered = [...rows].sort((a, b) => key(a).localeCompare(key(b), "en", { numeric: true }) * (up ? 1 : -1));
      table.tBodies[0].append(...ordered);
    });
  });
  apply();

  const target = location.hash.startsWith("#claim-") && document.getElementById(location.hash.slice(1));
  if (target) target.querySelector("details")?.setAttribute("open", "");
})();
