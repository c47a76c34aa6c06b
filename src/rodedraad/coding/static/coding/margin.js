// Each line in the margin is as long as the passage it stands for. Without this script it is as
// long as its paragraph.

import { pageRange } from "./places.js";

export function linesPlaced() {
  for (const paragraph of document.querySelectorAll(".cod-paragraph")) {
    const box = paragraph.querySelector(".cod-lines");
    if (!box) continue;
    const words = paragraph.querySelector("p");
    const frame = box.getBoundingClientRect();
    const whole = words.getBoundingClientRect();
    const own = [...words.querySelectorAll("[data-start]")];
    if (!own.length || !frame.height) continue;
    const first = Number(own[0].dataset.start);
    const tail = own[own.length - 1];
    const last = Number(tail.dataset.start) + [...tail.textContent].length;
    for (const line of box.children) {
      const start = Math.max(first, Number(line.dataset.start));
      const end = Math.min(last, Number(line.dataset.end));
      const range = end > start ? pageRange(start, end) : null;
      const covers = range ? range.getBoundingClientRect() : whole;
      line.style.marginBlockStart = `${Math.max(0, covers.top - frame.top)}px`;
      line.style.blockSize = `${Math.max(10, covers.height)}px`;
    }
  }
}
