// With which keys does a person work through differences, and which other passage do they select?

import { selected, words } from "../coding/places.js";

const form = document.getElementById("cod-form");

function target(key) {
  if (key === "j") return document.querySelector("a[rel=next]");
  if (key === "k") return document.querySelector("a[rel=prev]");
  return /^[0-9u]$/.test(key) ? document.querySelector(`button[data-key="${key}"]`) : null;
}

// What is selected in the text goes into the form for another range.
function noted() {
  const found = document.getElementById("cod-text") ? selected() : null;
  if (!found || !form?.elements.start) return;
  form.elements.start.value = found.start;
  form.elements.end.value = found.end;
  form.elements.quote.value = words(found.start, found.end);
  document.getElementById("cod-selected").textContent = `“${form.elements.quote.value}”`;
}

document.addEventListener("selectionchange", noted);
form?.addEventListener("input", (event) => {
  if (["start", "end"].includes(event.target.name)) form.elements.quote.value = "";
});
// Only when nothing is being typed.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  const found = target(event.key);
  const other = event.key === "c" ? document.getElementById("cod-code") : null;
  if (!found && !other) return;
  event.preventDefault();
  if (found) found.click();
  else other.focus();
});
