// A code that is dragged goes on what is selected, or else on the paragraph it is dropped on. With
// the keyboard the same goes by typing the code or pressing its number.

import { select, selected } from "./places.js";

const FAR_ENOUGH = 6;
let held = null;

function paragraphAt(event) {
  return document.elementFromPoint(event.clientX, event.clientY)?.closest(".cod-paragraph");
}

function ended() {
  held?.shadow?.remove();
  document.querySelector(".cod-drop")?.classList.remove("cod-drop");
  held = null;
}

function begun(event) {
  const chip = event.target.closest(".cod-chip");
  if (!chip || event.pointerType === "touch" || event.button !== 0) return;
  held = { chip, x: event.clientX, y: event.clientY, shadow: null };
}

function moved(event) {
  if (!held) return;
  if (!held.shadow) {
    if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < FAR_ENOUGH) return;
    held.shadow = document.createElement("span");
    held.shadow.className = "cod-shadow";
    held.shadow.setAttribute("aria-hidden", "true");
    held.shadow.textContent = held.chip.textContent;
    document.body.append(held.shadow);
  }
  event.preventDefault();
  held.shadow.style.insetInlineStart = `${event.clientX + 12}px`;
  held.shadow.style.insetBlockStart = `${event.clientY + 12}px`;
  document.querySelector(".cod-drop")?.classList.remove("cod-drop");
  paragraphAt(event)?.classList.add("cod-drop");
}

function dropped(event) {
  const paragraph = held?.shadow ? paragraphAt(event) : null;
  const chip = held?.chip;
  ended();
  if (!paragraph) return;
  const own = [...paragraph.querySelectorAll("p [data-start]")];
  const tail = own[own.length - 1];
  if (!selected() && tail) {
    const end = Number(tail.dataset.start) + [...tail.textContent].length;
    select(Number(own[0].dataset.start), end);
  }
  setTimeout(() => chip.click()); // after the click that ends the drag
}

export function dragMade() {
  document.addEventListener("pointerdown", begun);
  document.addEventListener("pointermove", moved);
  document.addEventListener("pointerup", dropped);
  document.addEventListener("pointercancel", ended);
  // What is selected in the text stays selected while a code is held.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".cod-chip")) event.preventDefault();
  });
}
