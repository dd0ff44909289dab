"use strict";
// Filters findings; without scripts the page shows them all.
const NAMES = ["severity", "category", "rule", "state"];
const form = document.getElementById("filters");
const marks = new Map(); // the number of a finding -> its places in the text
for (const mark of document.querySelectorAll("a.mark")) {
  mark.cards = mark.dataset.cards.split(" ");
  for (const number of mark.cards) marks.set(number, [...(marks.get(number) ?? []), mark]);
}
const documents = [...document.querySelectorAll("section.document")].map((section) => ({
  section,
  rows: [...section.querySelectorAll(".row")].map((row) => ({ row, cards: [...row.querySelectorAll(".card")] })),
}));

function apply() {
  const wanted = Object.fromEntries(new FormData(form));
  const asked = NAMES.filter((name) => wanted[name]);
  const gone = new Set();
  let total = 0;
  for (const { section, rows } of documents) {
    section.hidden = Boolean(wanted.file) && section.dataset.file !== wanted.file;
    let here = 0;
    for (const { row, cards } of rows) {
      let inRow = 0;
      for (const card of cards) {
        card.hidden = asked.some((name) => card.dataset[name] !== wanted[name]);
        if (card.hidden) gone.add(card.id.slice(1));
        else inRow += 1;
      }
      row.classList.toggle("bare", inRow === 0);
      here += inRow;
    }
    section.classList.toggle("empty", here === 0);
    if (!section.hidden) total += here;
  }
  for (const places of marks.values()) {
    for (const mark of places) {
      const shown = mark.cards.filter((card) => !gone.has(card));
      mark.classList.toggle("off", shown.length === 0);
      if (shown.length) mark.setAttribute("href", "#f" + shown[0]);
      else mark.removeAttribute("href");
    }
  }
  document.body.classList.toggle("only", Boolean(wanted.only));
  document.body.classList.toggle("filtered", asked.length > 0);
  document.getElementById("count").value = total.toLocaleString("en") + (total === 1 ? " finding" : " findings");
}

form.hidden = false;
form.addEventListener("change", apply);
form.addEventListener("reset", () => setTimeout(apply));
form.addEventListener("submit", (event) => event.preventDefault());
apply();
