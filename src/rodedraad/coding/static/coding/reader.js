// What a person does in the reader: select, code, change, and see what others do meanwhile.

import { combobox } from "./combobox.js";
import { dragMade } from "./drag.js";
import { handlesMade, handlesPlaced } from "./edges.js";
import { edgeMoved, keyed } from "./keys.js";
import { linesPlaced } from "./margin.js";
import { pageRange, select, selected, textBox, words } from "./places.js";
import { addressHere, pageOf, renewed, sent } from "./stay.js";

const SHOWN = 160;
const ASK_EVERY = 10_000;
const form = document.getElementById("cod-form");
const desk = () => document.getElementById("cod-desk");
const panel = () => document.getElementById("cod-panel");
const changing = () => document.getElementById("cod-change");

let last = null; // the selection that the forms were told of

// What is selected goes into the form with which one codes, and into that of an open coding.
function noted() {
  handlesPlaced();
  const found = selected();
  if (!found) return;
  last = found;
  const said = words(found.start, found.end);
  for (const one of [form, changing()]) {
    if (!one?.elements.start) continue;
    one.elements.start.value = found.start;
    one.elements.end.value = found.end;
    one.elements.quote.value = said;
  }
  if (!form) return;
  form.elements.whole.checked = false;
  const shown = document.getElementById("cod-selected");
  shown.textContent = `“${(said || document.getSelection().toString()).slice(0, SHOWN)}”`;
}

// The browser tells of a selection only later: what is sent is what is selected at that moment.
function caughtUp() {
  const now = selected();
  if (now && (now.start !== last?.start || now.end !== last.end)) noted();
}

// Numbers that are typed are not of the words selected before.
function typed(event) {
  const of = event.target.form;
  if (!of?.elements.quote || !["start", "end"].includes(event.target.name)) return;
  of.elements.quote.value = "";
}

function dressed() {
  linesPlaced();
  handlesPlaced();
}

// Send a form, and put focus and selection back where they were.
async function stayed(event) {
  const of = event.target;
  if (!of.matches("[data-stay]")) return;
  caughtUp();
  event.preventDefault();
  if (of.dataset.busy) return;
  if (of === form && !event.submitter?.value && !of.elements.code.value.trim()) {
    of.elements.code.focus();
    return;
  }
  of.dataset.busy = "1";
  const now = selected();
  const inText = textBox()?.contains(document.activeElement);
  const isCoding = of === form;
  const done = await sent(of, event.submitter);
  delete of.dataset.busy;
  if (!done) return;
  dressed();
  if (isCoding) form.elements.code.value = "";
  if (now && (isCoding || inText)) select(now.start, now.end);
  const focused = document.activeElement;
  if (isCoding || inText || !focused || focused === document.body) {
    textBox()?.focus({ preventScroll: true });
  }
}

// Open one coding beside the text, with its passage selected.
async function opened(link) {
  const answer = await fetch(link.href);
  const one = pageOf(await answer.text()).getElementById("cod-one");
  if (!answer.ok || !one) {
    location.assign(link.href);
    return;
  }
  one.querySelectorAll('input[name="back"]').forEach((back) => { back.value = addressHere(); });
  panel().replaceChildren(one);
  one.querySelectorAll("input[list]").forEach(combobox);
  const { start, end } = one.dataset;
  if (start) select(Number(start), Number(end));
  noted();
  one.querySelector("h2").focus();
  one.scrollIntoView({ block: "nearest" });
}

function closed() {
  const link = panel().querySelector("#cod-one");
  if (!link) return false;
  panel().replaceChildren();
  textBox().focus({ preventScroll: true });
  return true;
}

function clicked(event) {
  const link = event.target.closest("a.cod-open");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (link && plain) {
    event.preventDefault();
    opened(link);
  } else if (event.target.closest("a[data-close]") && panel()?.contains(event.target)) {
    event.preventDefault();
    closed();
  } else if (event.target.closest("[data-edge]")) {
    const { edge, way } = event.target.dataset;
    const { start, end } = changing().elements;
    if (!selected()) select(Number(start.value), Number(end.value));
    edgeMoved(edge, way, "word");
    noted();
  }
}

// Ask now and then whether what one may see changed; only while the page is looked at.
async function asked() {
  if (document.visibilityState !== "visible") return;
  const { stand, ask } = desk().dataset;
  try {
    const answer = await fetch(ask, {
      cache: "no-store", headers: { "If-None-Match": `"${stand}"` },
    });
    if (answer.status !== 200 || desk().dataset.stand !== stand) return;
    const busy = selected() || desk().contains(document.activeElement) || panel().children.length;
    if (busy) document.getElementById("cod-news").hidden = false;
    else if (await renewed()) dressed();
  } catch {
    // No connection now: asked again next time.
  }
}

// Where a person was in a text is kept in their own browser: the number of the paragraph only.
function resumed() {
  const { source, first } = desk().dataset;
  const key = `rodedraad-reader-${source}`;
  const before = localStorage.getItem(key);
  const isPlain = !location.search && !location.hash;
  if (isPlain && before && before !== first && Number(before) > 1) {
    const place = document.getElementById("cod-resume");
    place.querySelector("a").href = `?vanaf=${Number(before)}#text`;
    place.hidden = false;
    return;
  }
  localStorage.setItem(key, first);
}

// Show the place that the address asks for.
function shownPlace() {
  const place = new URLSearchParams(location.search).get("plek");
  const range = place ? pageRange(Number(place), Number(place) + 1) : null;
  range?.startContainer.parentElement.scrollIntoView({ block: "center" });
}

if (desk()) {
  document.documentElement.classList.add("cod-with-script");
  document.addEventListener("selectionchange", noted);
  document.addEventListener("input", typed);
  document.addEventListener("keydown", (event) => {
    const inText = event.target.closest("#cod-text");
    if (inText) noted();
    keyed(event);
    if (inText) caughtUp();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && closed()) event.preventDefault();
  });
  document.addEventListener("submit", stayed);
  document.addEventListener("click", clicked);
  document.getElementById("cod-news").addEventListener("click", async (event) => {
    if (!event.target.closest("button")) return;
    document.getElementById("cod-news").hidden = true;
    if (await renewed()) dressed();
    textBox()?.focus({ preventScroll: true });
  });
  addEventListener("resize", dressed);
  document.querySelectorAll("input[list]").forEach(combobox);
  handlesMade();
  dragMade();
  dressed();
  shownPlace();
  resumed();
  setInterval(asked, ASK_EVERY);
  document.addEventListener("visibilitychange", asked);
}
