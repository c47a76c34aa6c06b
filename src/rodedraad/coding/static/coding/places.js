// Where in the text is a place on the page? The server counts characters (code points), the
// browser counts UTF-16 units: they are told apart here and nowhere else.

export const textBox = () => document.getElementById("cod-text");

// The position in the whole text of a place on the page; null when it is in none of the pieces.
export function position(node, offset) {
  let piece = node.nodeType === Node.TEXT_NODE ? node.parentElement.closest("[data-start]") : null;
  if (piece && piece.closest("p")) {
    return Number(piece.dataset.start) + [...node.data.slice(0, offset)].length;
  }
  // Between pieces: the first piece that begins there, or else the end of the last one before.
  const range = document.createRange();
  range.setStart(node, offset);
  for (piece of pieces()) {
    if (range.comparePoint(piece, 0) >= 0) return Number(piece.dataset.start);
  }
  return piece ? Number(piece.dataset.start) + [...piece.textContent].length : null;
}

export const pieces = () => [...textBox().querySelectorAll("p [data-start]")];

// The place on the page of a position in the text: [text node, offset], or null when not shown.
// A position between two pieces is the end of the first one (asEnd), or the beginning of the next.
export function placeOf(at, asEnd) {
  for (const piece of pieces()) {
    const node = piece.firstChild;
    if (!node) continue;
    const characters = [...node.data];
    const first = Number(piece.dataset.start);
    const last = first + characters.length;
    if (asEnd ? at > first && at <= last : at >= first && at < last) {
      return [node, characters.slice(0, at - first).join("").length];
    }
  }
  return null;
}

// The page's range of a range of the text, cut to what is shown; null when none of it is.
export function pageRange(start, end) {
  const all = pieces().filter((piece) => piece.firstChild);
  if (!all.length) return null;
  const low = Number(all[0].dataset.start);
  const tail = all[all.length - 1];
  const high = Number(tail.dataset.start) + [...tail.textContent].length;
  const from = placeOf(Math.max(start, low), false);
  const to = placeOf(Math.min(end, high), true);
  if (!from || !to || end <= low || start >= high) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

// What is selected in the text as {start, end}, or null.
export function selected() {
  const text = textBox();
  const selection = document.getSelection();
  if (!text || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const start = position(range.startContainer, range.startOffset);
  const end = position(range.endContainer, range.endOffset);
  return start !== null && end !== null && end > start ? { start, end } : null;
}

// What is selected without the blanks at its edges; null when there is nothing else.
export function bare() {
  const range = selected();
  if (!range) return null;
  let start = null;
  let end = null;
  for (const piece of pieces()) {
    const first = Number(piece.dataset.start);
    if (first >= range.end || first + piece.textContent.length <= range.start) continue;
    for (const [index, character] of [...piece.textContent].entries()) {
      const at = first + index;
      if (at < range.start || at >= range.end || !character.trim()) continue;
      start ??= at;
      end = at + 1;
    }
  }
  return start === null ? null : { start, end };
}

// Select a range of the text, with the edge that moves ("start" or "end") as the last one set.
export function select(start, end, moving = "end") {
  const range = pageRange(start, end);
  if (!range) return false;
  const ends = [range.startContainer, range.startOffset, range.endContainer, range.endOffset];
  const [a, b, c, d] = ends;
  const selection = document.getSelection();
  if (moving === "end") selection.setBaseAndExtent(a, b, c, d);
  else selection.setBaseAndExtent(c, d, a, b);
  return true;
}

// The words from start to end when they lie in one paragraph: then the server compares them.
export function words(start, end) {
  for (const paragraph of textBox().querySelectorAll("p")) {
    const inside = [...paragraph.querySelectorAll("[data-start]")];
    if (!inside.length) continue;
    const first = Number(inside[0].dataset.start);
    const all = [...inside.map((piece) => piece.textContent).join("")];
    if (start >= first && end <= first + all.length) {
      return all.slice(start - first, end - first).join("");
    }
  }
  return "";
}
