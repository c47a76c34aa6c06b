// Shows another year without loading the whole page, and plays through the years.
// Without this script the same form asks for the page and everything works.

const form = document.querySelector("#land-form");
const slider = form.querySelector("#land-slider");
const number = form.querySelector("#land-number");
const choice = form.querySelector("#land-choice");
const before = form.querySelector("[name=vorig]");
const play = form.querySelector("#land-play");
const parts = ["#land-title", "#land-lead", "#land-picture", "#land-notes", "#land-table"];
const pause = 1200;
let asked = null;
let playing = null;

function address(year) {
  const query = new URLSearchParams({ jaar: year });
  if (choice.value) query.set("kleur", choice.value);
  return `${form.getAttribute("action") || location.pathname}?${query}`;
}

function showYear(year) {
  slider.value = year;
  number.value = year;
  before.value = year;
  for (const field of document.querySelectorAll("[data-year]")) field.value = year;
}

async function load(url) {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(url, { signal: asked.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) {
      document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
    }
    document.title = page.title;
    return true;
  } catch (fault) {
    if (fault.name !== "AbortError") location.assign(url);
    return false;
  }
}

async function go(year) {
  const url = address(year);
  showYear(year);
  if (await load(url)) history.pushState({ year }, "", url);
}

function stop() {
  clearTimeout(playing);
  playing = null;
  play.textContent = play.dataset.play;
}

async function step(year) {
  const url = address(year);
  showYear(year);
  const begun = Date.now();
  const shown = await load(url);
  if (!shown || playing === null) return;
  history.replaceState({ year }, "", url);
  if (year >= Number(slider.max)) stop();
  else playing = setTimeout(step, Math.max(0, pause - (Date.now() - begun)), year + 1);
}

slider.addEventListener("input", () => { number.value = slider.value; });
slider.addEventListener("change", () => { stop(); go(Number(slider.value)); });
choice.addEventListener("change", () => { stop(); go(Number(number.value)); });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  stop();
  go(Number(number.value));
});
play.addEventListener("click", () => {
  if (playing !== null) {
    stop();
    return;
  }
  play.textContent = play.dataset.stop;
  const shown = Number(number.value);
  playing = 0;
  step(shown >= Number(slider.max) || shown < Number(play.dataset.from) ? Number(play.dataset.from) : shown + 1);
});
addEventListener("popstate", () => location.reload());
play.hidden = false;
