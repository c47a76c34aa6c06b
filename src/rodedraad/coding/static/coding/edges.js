// Two handles on what is selected: drag one with the mouse or a pen, and that edge moves. With the
// keyboard the same goes with Shift and Alt + Shift; a touch screen has handles of its own.

import { pageRange, position, select, selected, textBox } from "./places.js";

const handles = {};
let dragging = null;

function pointAt(x, y) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found ? [found.offsetNode, found.offset] : null;
  }
  const range = document.caretRangeFromPoint(x, y);
  return range ? [range.startContainer, range.startOffset] : null;
}

function moved(event) {
  if (!dragging) return;
  const point = pointAt(event.clientX, event.clientY);
  if (!point || !textBox().contains(point[0])) return;
  const at = position(...point);
  const now = selected();
  if (at === null || !now) return;
  if (dragging === "start" && at < now.end) select(at, now.end, "start");
  if (dragging === "end" && at > now.start) select(now.start, at, "end");
}

function handle(edge) {
  const made = document.createElement("span");
  made.className = `cod-handle cod-handle-${edge} rd-no-print`;
  made.setAttribute("aria-hidden", "true");
  made.hidden = true;
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    dragging = edge;
    made.setPointerCapture(event.pointerId);
  });
  made.addEventListener("pointermove", moved);
  made.addEventListener("pointerup", () => { dragging = null; });
  made.addEventListener("mousedown", (event) => event.preventDefault());
  document.body.append(made);
  return made;
}

export function handlesMade() {
  if (!matchMedia("(pointer: fine)").matches) return;
  for (const edge of ["start", "end"]) handles[edge] = handle(edge);
}

export function handlesPlaced() {
  if (!handles.start) return;
  const now = selected();
  const range = now ? pageRange(now.start, now.end) : null;
  const boxes = range ? [...range.getClientRects()].filter((box) => box.width > 0) : [];
  for (const edge of ["start", "end"]) {
    const box = edge === "start" ? boxes[0] : boxes[boxes.length - 1];
    handles[edge].hidden = !box;
    if (!box) continue;
    const x = edge === "start" ? box.left : box.right;
    handles[edge].style.insetInlineStart = `${x + scrollX - 5}px`;
    handles[edge].style.insetBlockStart = `${box.top + scrollY - 4}px`;
    handles[edge].style.blockSize = `${box.height + 8}px`;
  }
}
