// Which passage did a person select? The server counts characters (code points), the browser
// counts UTF-16 units: they are told apart here and nowhere else.

const text = document.getElementById("cod-text");
const form = document.getElementById("cod-form");
const SHOWN = 160;

// The position in the whole text of a place in the page; null when it is in none of the pieces.
function position(node, offset) {
  let piece = node.nodeType === Node.TEXT_NODE ? node.parentElement.closest("[data-start]") : null;
  if (piece) return Number(piece.dataset.start) + [...node.data.slice(0, offset)].length;
  // Between pieces: the first piece that begins there, or else the end of the last one before.
  const range = document.createRange();
  range.setStart(node, offset);
  for (piece of text.querySelectorAll("[data-start]")) {
    const place = range.comparePoint(piece, 0);
    if (place >= 0) return Number(piece.dataset.start);
  }
  return piece ? Number(piece.dataset.start) + [...piece.textContent].length : null;
}

function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const start = position(range.startContainer, range.startOffset);
  const end = position(range.endContainer, range.endOffset);
  return start !== null && end !== null && end > start ? { start, end } : null;
}

// The words from start to end when they lie in one paragraph: then the server compares them.
function words(start, end) {
  for (const paragraph of text.querySelectorAll("p")) {
    const pieces = [...paragraph.querySelectorAll("[data-start]")];
    if (!pieces.length) continue;
    const first = Number(pieces[0].dataset.start);
    const all = [...pieces.map((piece) => piece.textContent).join("")];
    if (start >= first && end <= first + all.length) {
      return all.slice(start - first, end - first).join("");
    }
  }
  return "";
}

function noted() {
  const found = selected();
  if (!found) return;
  const said = words(found.start, found.end);
  form.elements.start.value = found.start;
  form.elements.end.value = found.end;
  form.elements.quote.value = said;
  form.elements.whole.checked = false;
  const shown = document.getElementById("cod-selected");
  shown.textContent = `“${(said || document.getSelection().toString()).slice(0, SHOWN)}”`;
}

// Numbers that are typed are not of the words selected before.
function typed() {
  form.elements.quote.value = "";
}

const WAYS = {
  ArrowRight: ["forward", "word"],
  ArrowLeft: ["backward", "word"],
  ArrowDown: ["forward", "line"],
  ArrowUp: ["backward", "line"],
};

// An arrow selects the next word, the one before, or one on the line beside; Shift makes the
// selection longer or shorter, Ctrl does so by a character.
function moved(event) {
  const way = WAYS[event.key];
  if (!way || event.altKey || event.metaKey) return;
  event.preventDefault();
  const selection = document.getSelection();
  const [direction, step] = way;
  if (!selection.rangeCount || !text.contains(selection.anchorNode)) {
    selection.collapse(text.querySelector("[data-start]").firstChild, 0);
    selection.modify("extend", "forward", "word");
  } else if (event.shiftKey) {
    selection.modify("extend", direction, event.ctrlKey && step === "word" ? "character" : step);
  } else {
    if (direction === "forward") selection.collapseToEnd();
    else selection.collapseToStart();
    if (step === "line" || direction === "backward") selection.modify("move", direction, step);
    selection.modify("extend", "forward", "word");
  }
  noted();
}

if (text && form) {
  document.documentElement.classList.add("cod-with-script");
  document.addEventListener("selectionchange", noted);
  for (const name of ["start", "end"]) form.elements[name].addEventListener("input", typed);
  text.addEventListener("keydown", moved);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, button");
    if (event.key !== "c" || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    form.elements.code.focus();
  });
}
