// Moves the anchors of a calibration on its plot: the number fields stay what is sent.
const STEP = 0.01;
const FULL_ODDS = Math.log(0.95 / 0.05);
const language = document.documentElement.lang || "nl";

const shown = (value) =>
  value.toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const bounded = (value) => Math.min(1, Math.max(0, Math.round(value / STEP) * STEP));

function membership(score, [out, crossover, full], crisp) {
  if (crisp) return score >= crossover ? 1 : 0;
  const rising = out < crossover && crossover < full;
  if (!rising && !(out > crossover && crossover > full)) return null;
  const above = rising ? score >= crossover : score <= crossover;
  const steps = (score - crossover) / (above ? full - crossover : crossover - out);
  const value = 1 / (1 + Math.exp(-steps * FULL_ODDS));
  return value < 1e-4 ? 0 : value > 1 - 1e-4 ? 1 : value;
}

function refresh(set) {
  const fields = [...set.querySelectorAll(".qca-anchor")].map((anchor) => field(anchor));
  const values = fields.map((each) => Number(each.value));
  const crisp = set.querySelector("select[data-method]")?.value === "crisp";
  let inside = 0;
  const cells = set.querySelectorAll("[data-score]");
  for (const cell of cells) {
    const value = membership(Number(cell.dataset.score), values, crisp);
    inside += value !== null && value > 0.5;
    cell.textContent = value === null ? "–" : shown(value);
  }
  const told = set.querySelector("[data-inside]");
  if (told) told.textContent = `${inside} / ${cells.length}`;
}

function field(anchor) {
  return document.getElementById(anchor.dataset.field);
}

function place(anchor) {
  const svg = anchor.ownerSVGElement;
  const value = Number(field(anchor).value);
  if (!Number.isFinite(value)) return;
  const x = Number(svg.dataset.left) + Number(svg.dataset.width) * Math.min(1, Math.max(0, value));
  anchor.setAttribute("transform", `translate(${x} 0)`);
  anchor.setAttribute("aria-valuenow", String(value));
  anchor.setAttribute("aria-valuetext", shown(value));
}

function move(anchor, value) {
  field(anchor).value = bounded(value).toFixed(2);
  place(anchor);
  refresh(anchor.closest("[data-qca-set]"));
}

function score_at(anchor, event) {
  const svg = anchor.ownerSVGElement;
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(
    svg.getScreenCTM().inverse(),
  );
  return (point.x - Number(svg.dataset.left)) / Number(svg.dataset.width);
}

function enliven(anchor) {
  anchor.setAttribute("role", "slider");
  anchor.setAttribute("tabindex", "0");
  anchor.setAttribute("aria-label", anchor.dataset.name);
  anchor.setAttribute("aria-valuemin", "0");
  anchor.setAttribute("aria-valuemax", "1");
  place(anchor);
  anchor.addEventListener("pointerdown", (event) => {
    anchor.setPointerCapture(event.pointerId);
    anchor.focus();
    event.preventDefault();
  });
  anchor.addEventListener("pointermove", (event) => {
    if (anchor.hasPointerCapture(event.pointerId)) move(anchor, score_at(anchor, event));
  });
  anchor.addEventListener("keydown", (event) => {
    const now = Number(field(anchor).value);
    const to = {
      ArrowLeft: now - STEP, ArrowDown: now - STEP, ArrowRight: now + STEP, ArrowUp: now + STEP,
      PageDown: now - 10 * STEP, PageUp: now + 10 * STEP, Home: 0, End: 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(anchor, to);
  });
  field(anchor).addEventListener("input", () => {
    place(anchor);
    refresh(anchor.closest("[data-qca-set]"));
  });
}

for (const set of document.querySelectorAll("[data-qca-set]")) {
  const anchors = set.querySelectorAll(".qca-anchor");
  if (!anchors.length) continue;
  anchors[0].ownerSVGElement.setAttribute("role", "group");
  anchors[0].ownerSVGElement.removeAttribute("tabindex");
  anchors.forEach(enliven);
  set.querySelector("select[data-method]")?.addEventListener("change", () => refresh(set));
  set.querySelector("[data-moving]")?.removeAttribute("hidden");
}
