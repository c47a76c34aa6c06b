// Questions are put elsewhere by dragging; with the keyboard the buttons Up and Down do the same.

const form = document.getElementById("sv-editor");
const FAR_ENOUGH = 8;
let held = null;

function here(event) {
  const at = document.elementFromPoint(event.clientX, event.clientY);
  const page = at?.closest(".sv-page");
  if (!page) return null;
  const before = at.closest(".sv-question");
  return { page, before };
}

function unmark() {
  form.querySelector(".sv-question--here")?.classList.remove("sv-question--here");
}

form.addEventListener("pointerdown", (event) => {
  const question = event.target.closest(".sv-question");
  if (!question || event.pointerType === "touch" || event.button !== 0) return;
  if (event.target.closest("a, button, code")) return;
  held = { question, x: event.clientX, y: event.clientY, moves: false };
});

document.addEventListener("pointermove", (event) => {
  if (!held) return;
  if (!held.moves && Math.hypot(event.clientX - held.x, event.clientY - held.y) < FAR_ENOUGH) return;
  held.moves = true;
  held.question.classList.add("sv-question--held");
  event.preventDefault();
  unmark();
  here(event)?.before?.classList.add("sv-question--here");
});

document.addEventListener("pointerup", (event) => {
  const was = held;
  held = null;
  unmark();
  was?.question.classList.remove("sv-question--held");
  const there = was?.moves ? here(event) : null;
  if (!there || there.before === was.question) return;
  const others = [...there.page.querySelectorAll(".sv-question")].filter((one) => one !== was.question);
  const at = there.before ? others.indexOf(there.before) : others.length;
  form.elements.plaats.value = JSON.stringify({ naam: was.question.dataset.name, pagina: there.page.dataset.page, op: at });
  const button = document.createElement("button");
  button.name = "doe";
  button.value = "zet";
  button.hidden = true;
  form.append(button);
  form.requestSubmit(button);
});
