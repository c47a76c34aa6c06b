// How does a person go through the places with the keyboard? Every step is a form of the page: it
// is sent without leaving, and the page that comes back takes the place of this one.

const WAYS = { ArrowDown: 1, ArrowUp: -1 };
const main = () => document.querySelector("main");
const items = () => [...document.querySelectorAll("[data-deid-item]")];
const open = (item) => item.dataset.deidOpen === "1";
const current = () => document.activeElement?.closest("[data-deid-item]");

// One place can be reached with Tab, the arrows go from there.
function reach(item) {
  for (const one of items()) one.tabIndex = one === item ? 0 : -1;
}

function go(item) {
  if (!item) return;
  reach(item);
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  document.querySelector(`[data-deid-mark="${item.dataset.deidItem}"]`)?.scrollIntoView({ block: "nearest" });
}

// After a decision: the next open place after this one, else the place itself.
function goOn(key) {
  const all = items();
  const at = all.findIndex((item) => item.dataset.deidItem === key);
  go(all.slice(at + 1).find(open) ?? all.find(open) ?? all[at] ?? all[0]);
}

async function send(form, button) {
  const data = new FormData(form, button);
  const key = form.closest("[data-deid-item]")?.dataset.deidItem;
  const action = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const answer = await fetch(action, { method: "POST", body: data });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = document.querySelector("[data-deid-list]")?.scrollTop ?? 0;
  const { scrollX, scrollY } = window;
  main().replaceWith(document.adoptNode(page.querySelector("main")));
  document.title = page.title;
  window.scrollTo(scrollX, scrollY);
  document.querySelector("[data-deid-list]")?.scrollTo(0, list);
  reach(items().find(open) ?? items()[0]);
  if (key && answer.ok) goOn(key);
  else main().querySelector("h1")?.scrollIntoView({ block: "nearest" });
}

// Asking for long work, and making the text, lead to another page or to the top: sent as ever.
const STAYS = /\/anonimiseren\/(plek|soort|toevoegen|zelfde|terug)\//;

document.addEventListener("submit", (event) => {
  const action = event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : event.target.action;
  if (!STAYS.test(action)) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.matches("input, textarea, select")) return;
  const item = current();
  const way = WAYS[event.key];
  if (item && way) {
    event.preventDefault();
    const all = items();
    go(all[all.indexOf(item) + way]);
  } else if (item && event.key === "c") {
    event.preventDefault();
    const more = item.querySelector("[data-deid-change]");
    more.open = true;
    more.querySelector("input").focus();
  } else if (item && (event.key === "a" || event.key === "r")) {
    event.preventDefault();
    item.querySelector(`[data-deid-key="${event.key}"]`)?.click();
  }
});

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const text = document.querySelector("[data-deid-text]");
  const words = document.querySelector("[data-deid-words]");
  if (!text || !words || !selection.rangeCount || selection.isCollapsed) return;
  if (!text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return;
  const said = document.createElement("div");
  said.append(selection.getRangeAt(0).cloneContents());
  said.querySelectorAll(".deid-stead").forEach((one) => one.remove());
  const chosen = said.textContent.trim();
  if (chosen && chosen.length <= words.maxLength) words.value = chosen;
});

const asked = items().find((item) => `#${item.id}` === window.location.hash);
reach(asked ?? items().find(open) ?? items()[0]);
if (asked) go(asked);
