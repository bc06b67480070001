/* Tables with a filter, such as the ledger of claims: by words and by columns, and ordered by column. Without script they are plain. */
(() => {
  "use strict";
  for (const table of document.querySelectorAll("table[data-filter]")) {
    const rows = [...table.tBodies[0].rows];
    const bar = document.createElement("form");
    bar.className = "pm-filter";
    bar.setAttribute("role", "search");
    bar.setAttribute("aria-label", "Filter the " + table.dataset.filter);
    const field = (label, control) => {
      const wrap = document.createElement("label");
      wrap.append(label + " ", control);
      bar.append(wrap);
      return control;
    };
    const words = field("Words", Object.assign(document.createElement("input"), { type: "search" }));
    // A column is told by the text of its cell; one with a name of its own by the first link there.
    const choices = table.dataset.choices.split(" ").filter(Boolean).map((each) => {
      const [column, label] = each.split("=");
      const told = ({ cells: { [column]: cell } }) => ((label && cell.querySelector("a")) || cell).textContent;
      const select = document.createElement("select");
      const values = [...new Set(rows.map(told))].sort();
      select.append(new Option("all", ""), ...values.map((value) => new Option(value, value)));
      return [field(label || table.tHead.rows[0].cells[column].textContent, select), told];
    });
    const submit = Object.assign(document.createElement("button"), { type: "submit", textContent: "Filter" });
    const count = document.createElement("output");
    count.setAttribute("aria-label", table.dataset.filter[0].toUpperCase() + table.dataset.filter.slice(1) + " shown");
    bar.append(submit, count);
    table.parentElement.before(bar);

    const apply = () => {
      const wanted = words.value.toLowerCase();
      let shown = 0;
      for (const row of rows) {
        const fits = row.textContent.toLowerCase().includes(wanted) &&
          choices.every(([select, told]) => !select.value || told(row) === select.value);
        row.hidden = !fits;
        shown += fits;
      }
      count.textContent = `${shown} of ${rows.length} ${table.dataset.filter}`;
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
  }

  const target = location.hash.startsWith("#claim-") && document.getElementById(location.hash.slice(1));
  if (target) target.querySelector("details")?.setAttribute("open", "");
})();
