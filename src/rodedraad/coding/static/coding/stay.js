// Send a form without leaving the page: the answer is the same page as without this script, and
// the parts of it that changed take the place of those shown. Scroll and focus stay.

const PARTS = ["cod-notices", "cod-recent", "cod-turn", "cod-desk"];
const told = () => document.getElementById("cod-told");

function partsTaken(page) {
  for (const id of PARTS) {
    const now = document.getElementById(id);
    const next = page.getElementById(id);
    if (now && next) now.replaceWith(next);
  }
}

// What the page said happened, for who hears it.
function saidOf(page) {
  const words = page.querySelector(".rd-messages")?.textContent.trim().replace(/\s+/g, " ");
  if (words) document.getElementById("cod-said").textContent = words;
  return words;
}

function toldOf(page) {
  const box = told();
  const words = page?.querySelector("main")?.querySelectorAll("h1, p");
  const lines = [...(words ?? [])].map((one) => one.textContent.trim()).filter(Boolean);
  box.replaceChildren(...(lines.length ? lines : [box.dataset.failed]).map((line) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    return paragraph;
  }));
  box.scrollIntoView({ block: "nearest" });
}

export const pageOf = (html) => new DOMParser().parseFromString(html, "text/html");

// The address of the part that is shown, so that an answer shows the same part.
export function addressHere() {
  const first = document.getElementById("cod-desk").dataset.first;
  const marks = new URLSearchParams(location.search).get("suggesties") === "1";
  return `${location.pathname}?vanaf=${first || 1}${marks ? "&suggesties=1" : ""}`;
}

// Send the form; true when it was done and the parts were taken.
export async function sent(form, button) {
  const data = new FormData(form, button);
  if (data.has("back") || form.closest("#cod-panel") || button?.form?.id === "cod-take"
    || form.id === "cod-form") data.set("back", addressHere());
  try {
    const answer = await fetch(button?.getAttribute("formaction") || form.action, {
      method: "POST", body: data, headers: { "X-Requested-With": "fetch" },
    });
    const page = pageOf(await answer.text());
    if (!answer.ok || !page.getElementById("cod-desk")) {
      toldOf(answer.ok ? null : page);
      return false;
    }
    told().replaceChildren();
    partsTaken(page);
    saidOf(page);
    return true;
  } catch {
    toldOf(null);
    return false;
  }
}

// Get the part that is shown anew.
export async function renewed() {
  const answer = await fetch(addressHere());
  const page = pageOf(await answer.text());
  if (!answer.ok || !page.getElementById("cod-desk")) return false;
  partsTaken(page);
  return true;
}
