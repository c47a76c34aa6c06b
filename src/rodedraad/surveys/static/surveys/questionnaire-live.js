// How a question will look with what is typed now: the server makes the question of the fields, so
// that there is one truth, and nothing is kept.

const WAIT = 400;
const form = document.getElementById("sv-question");
const place = document.getElementById("sv-live");
const refused = document.getElementById("sv-refused");
let asked = 0;
let timer = 0;

function shown(definition) {
  const survey = new Survey.Model(definition);
  survey.locale = document.documentElement.lang;
  survey.widthMode = "responsive";
  place.replaceChildren();
  const inside = document.createElement("div");
  place.append(inside);
  surveyMend(survey, inside);
  survey.render(inside);
  place.survey = survey;
}

async function ask() {
  const mine = ++asked;
  let said;
  try {
    const answer = await fetch(form.dataset.try, { method: "POST", body: new FormData(form) });
    if (!answer.ok) return;
    said = await answer.json();
  } catch {
    return;
  }
  if (mine !== asked) return;
  refused.textContent = said.refused || "";
  if (said.definition) shown(said.definition);
}

shown(JSON.parse(document.getElementById("sv-definition").textContent));
form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});
// What was typed before this script was there told nobody.
if ([...form.elements].some((one) => "defaultValue" in one && one.value !== one.defaultValue)) ask();
