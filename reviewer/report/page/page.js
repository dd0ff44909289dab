"use strict";
// Filters findings, and unpacks sections of a long page when the reader comes near them.
const NAMES = ["severity", "category", "rule", "state"];
const NEAR = "1500px 0px"; // above and below the window
const form = document.getElementById("filters");
const kinds = JSON.parse(document.querySelector("main").dataset.kinds).map((values) =>
  Object.fromEntries(NAMES.map((name, place) => [name, values[place]])),
);
let count = 0;
const sections = [...document.querySelectorAll("section.document")].map((section) => {
  const found = section.dataset.kinds.split(" ").filter(Boolean);
  count += found.length;
  return { section, found, end: count }; // the findings of the page are numbered from 0
});
let passing = kinds.map(() => true); // by kind

function apply() {
  const wanted = Object.fromEntries(new FormData(form));
  const asked = NAMES.filter((name) => wanted[name]);
  passing = kinds.map((kind) => asked.every((name) => kind[name] === wanted[name]));
  let total = 0;
  for (const { section, found } of sections) {
    const here = found.filter((kind) => passing[kind]).length;
    section.hidden = Boolean(wanted.file) && section.dataset.file !== wanted.file;
    section.classList.toggle("empty", here === 0);
    if (!section.hidden) total += here;
    filter(section);
  }
  document.body.classList.toggle("only", Boolean(wanted.only));
  document.getElementById("count").value = total.toLocaleString("en") + (total === 1 ? " finding" : " findings");
}

function filter(section) {
  const gone = new Set();
  for (const row of section.querySelectorAll(".row")) {
    let inRow = 0;
    for (const card of row.querySelectorAll(".card")) {
      card.hidden = !passing[card.dataset.kind];
      if (card.hidden) gone.add(card.id.slice(1));
      else inRow += 1;
    }
    row.classList.toggle("bare", inRow === 0);
  }
  for (const mark of section.querySelectorAll("a.mark")) {
    const shown = mark.dataset.cards.split(" ").filter((card) => !gone.has(card));
    mark.classList.toggle("off", shown.length === 0);
    if (shown.length) mark.setAttribute("href", "#f" + shown[0]);
    else mark.removeAttribute("href");
  }
}

async function unpack(section) {
  const packed = section.dataset.packed;
  if (!packed) return;
  near.unobserve(section);
  const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
  let rows = "<p class='rest'>This browser cannot unpack what stands here; take one from 2023 or later.</p>";
  if ("DecompressionStream" in window) {
    rows = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  }
  if (!section.dataset.packed) return; // asked for twice
  section.removeAttribute("data-packed");
  section.insertAdjacentHTML("beforeend", rows);
  filter(section);
}

// What a link leads to may be packed, or pushed away when what stands before it is unpacked
async function reveal() {
  const id = location.hash.slice(1);
  const number = /^[fm](\d+)$/.exec(id)?.[1];
  const place = sections.findIndex(({ section, end }) => (number ? Number(number) < end : section.id === id));
  if (place < 0) return;
  const around = sections.slice(Math.max(0, place - 2), place + 3);
  if (!around.some(({ section }) => section.dataset.packed)) return;
  await Promise.all(around.map(({ section }) => unpack(section)));
  location.replace(location.hash); // goes there, now that it is there
}

const near = new IntersectionObserver(
  (seen) => seen.filter((one) => one.isIntersecting).forEach((one) => unpack(one.target)),
  { rootMargin: NEAR },
);
form.hidden = false;
form.addEventListener("change", apply);
form.addEventListener("reset", () => setTimeout(apply));
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", reveal);
apply();
document.querySelectorAll("[data-packed]").forEach((section) => near.observe(section));
reveal();
