// Which key of the text does what? They work only while the text has the focus.

import { bare, pieces, selected, select, textBox } from "./places.js";

const WAYS = {
  ArrowRight: ["forward", "word"],
  ArrowLeft: ["backward", "word"],
  ArrowDown: ["forward", "line"],
  ArrowUp: ["backward", "line"],
};

// Move one edge of what is selected; the other stays.
export function edgeMoved(edge, way, step) {
  const now = selected();
  if (!now || !select(now.start, now.end, edge)) return;
  const selection = document.getSelection();
  selection.modify("extend", way, step);
  let words = bare();
  if (step === "word" && words && words.start === now.start && words.end === now.end) {
    selection.modify("extend", way, step);
    words = bare();
  }
  if (!selected() || (step === "word" && !words)) select(now.start, now.end, edge);
  else if (step === "word") select(words.start, words.end, edge);
}

// Extend what is selected by a word, without the blanks at its edges. Some systems end a word
// with the blank after it, so that a step can bring no more than that blank: then one further.
function wordTaken(way) {
  const selection = document.getSelection();
  selection.modify("extend", way, "word");
  if (selected() && !bare()) selection.modify("extend", way, "word");
  const words = bare();
  if (words) select(words.start, words.end, way === "forward" ? "end" : "start");
}

// An arrow selects the next word, the one before, or one on the line beside; Shift moves the end
// of what is selected, with Alt its beginning, with Ctrl by a character.
function arrowed(event, [direction, step]) {
  const selection = document.getSelection();
  if (!selection.rangeCount || !textBox().contains(selection.anchorNode)) {
    const first = pieces()[0];
    if (!first) return;
    selection.collapse(first.firstChild, 0);
    wordTaken("forward");
  } else if (event.shiftKey) {
    const by = event.ctrlKey && step === "word" ? "character" : step;
    if (selection.isCollapsed && by === "word") wordTaken(direction);
    else if (selection.isCollapsed) selection.modify("extend", direction, by);
    else edgeMoved(event.altKey ? "start" : "end", direction, by);
  } else {
    if (direction === "forward") selection.collapseToEnd();
    else selection.collapseToStart();
    if (step === "line" || direction === "backward") selection.modify("move", direction, step);
    wordTaken("forward");
  }
}

// Go to the next or previous coding of this part: its reference in the text gets the focus.
function jumped(back) {
  const all = [...textBox().querySelectorAll(".cod-ref")];
  if (!all.length) return;
  const now = all.indexOf(document.activeElement);
  const next = now < 0 ? (back ? all.length - 1 : 0) : now + (back ? -1 : 1);
  all[(next + all.length) % all.length].focus();
}

function pressed(selector) {
  const button = document.querySelector(selector);
  if (button) button.click();
}

const LETTERS = {
  c: () => document.getElementById("cod-code")?.focus(),
  n: () => jumped(false),
  p: () => jumped(true),
  z: () => pressed('#cod-turn button[value="undo"]'),
  y: () => pressed('#cod-turn button[value="redo"]'),
};

export function keyed(event) {
  if (event.metaKey || !event.target.closest("#cod-text")) return;
  const way = WAYS[event.key];
  if (way && (!event.altKey || event.shiftKey)) {
    event.preventDefault();
    arrowed(event, way);
    return;
  }
  if (event.ctrlKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (LETTERS[key]) {
    event.preventDefault();
    LETTERS[key]();
  } else if (/^[1-9]$/.test(key)) {
    const chip = document.querySelectorAll("#cod-recent .cod-chip")[Number(key) - 1];
    if (!chip) return;
    event.preventDefault();
    chip.click();
  }
}
