// Answering a questionnaire: survey-core shows the questions, the rest of the page is ours.
// The words come from the page (#rd-words), as do the questionnaire and the answers so far.

import { Outbox, difference, merged, patched, same } from "./respondent-outbox.js";
import { Pages } from "./respondent-pages.js";
import { Saver } from "./respondent-saving.js";
import { Telling, disputesShow, questionOf } from "./respondent-telling.js";

const NARROW = 600; // as --sd-mobile-width in survey-core.css
const byId = (id) => document.getElementById(id);
const words = byId("rd-words").dataset;
const told = toldIn(document);
const token = document.querySelector("#rd-token [name=csrfmiddlewaretoken]").value;
const telling = new Telling(words);
const outbox = new Outbox(byId("rd-fill").dataset.key);
const survey = modelOf(told);
const computed = new Set([
  ...survey.calculatedValues.map((one) => one.name),
  ...survey.getAllQuestions().filter((one) => one.getType() === "expression").map((one) => one.name),
]);
let disputed = {};
let refused = {};
let seconds = 0;
let finishing = false;
let spoken = false;

// What a page of ours tells; null when it is another page, because this one is finished or shut.
function toldIn(page) {
  const parts = ["definition", "answers", "begin"].map((name) => page.getElementById(`rd-${name}`));
  if (parts.some((part) => !part)) return null;
  const [definition, answers, begin] = parts.map((part) => JSON.parse(part.textContent));
  return { definition, answers, ...begin };
}

function modelOf({ definition, role }) {
  Survey.surveyLocalization.defaultLocale = "nl"; // texts without a language are Dutch
  Survey.settings.titleTags.question = "h3";
  Survey.settings.titleTags.panel = "h3";
  const made = new Survey.Model(definition);
  made.locale = document.documentElement.lang;
  made.showNavigationButtons = false;
  made.showProgressBar = false;
  made.showTitle = false;
  made.showPageTitles = false;
  made.showTOC = false;
  made.showTimer = false;
  made.autoFocusFirstQuestion = false;
  made.autoFocusFirstError = false;
  made.textUpdateMode = "onTyping";
  made.checkErrorsMode = "onNextPage";
  made.widthMode = "responsive";
  made.setVariable("role", role);
  return made;
}

function asked(answers) {
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !computed.has(name)));
}

// The answers as they stand here, without what is computed and without what was refused.
function now() {
  const answers = asked(survey.data);
  for (const [name, value] of Object.entries(refused)) {
    if (!same(answers[name], value)) delete refused[name];
    else if (name in saver.confirmed) answers[name] = saver.confirmed[name];
    else delete answers[name];
  }
  return answers;
}

function keep() {
  const own = saver.changes();
  const before = Object.fromEntries(Object.keys(own).map((name) => [name, saver.confirmed[name] ?? null]));
  const sent = saver.sent ? saver.sent.patch : null;
  outbox.write({ own, before, sent, disputed, seconds, page: survey.currentPageNo });
  if (!outbox.works && telling.offline) telling.away(false);
}

// Puts answers in the questionnaire without touching those that are the same.
function show(answers) {
  for (const [name, value] of Object.entries(difference(survey.data, answers))) {
    if (computed.has(name)) continue;
    if (name.endsWith("-Comment")) survey.setComment(name.slice(0, -"-Comment".length), value ?? "");
    else survey.setValue(name, value ?? undefined);
  }
}

function heard(state, about) {
  if (state === "waiting" || state === "saving") telling.saving();
  else if (state === "saved") {
    telling.saved(spoken);
    spoken = false;
  } else if (state === "offline") telling.away(outbox.works);
  else if (state === "elsewhere") elsewhere();
  else if (state === "refused") {
    refused[about.name] = about.value;
    const question = questionOf(survey, about.name);
    if (question) pages.errorsFrom([{ question: question.name, text: words.refused }]);
  } else if (state === "closed") telling.banner(words.closed, "warning");
  else telling.banner(words.stale, "warning");
}

// Another tab or device went on: take what is there, keep what is ours, ask where both changed.
async function elsewhere() {
  telling.line(words.saving);
  let newest;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    newest = toldIn(page);
    if (!newest) return location.reload(); // finished or closed there: that page says so
  } catch {
    telling.away(outbox.works);
    setTimeout(elsewhere, 5000);
    return;
  }
  const own = saver.changes();
  const sent = saver.sent && saver.sent.patch;
  together(merged({ before: saver.confirmed, sent, theirs: newest.answers, own }), newest);
  if (telling.offline) telling.offline = false;
  telling.banner(Object.keys(disputed).length ? words.elsewhereAsks : words.elsewhere, "info");
  saver.resume(asked(newest.answers), newest.sequence);
}

function together({ keep: kept, disputed: asked }, { answers }) {
  disputed = { ...disputed, ...asked };
  show(patched(answers, kept));
  disputesShow(survey, disputed, words, settle);
}

function settle(name, own) {
  const value = disputed[name];
  delete disputed[name];
  if (own) show(patched(survey.data, { [name]: value }));
  disputesShow(survey, disputed, words, settle);
  saver.changed();
  byId("rd-heading").focus();
}

const saver = new Saver({
  address: told.addresses.save,
  token,
  confirmed: asked(told.answers),
  sequence: told.sequence,
  page: () => survey.currentPageNo,
  now,
  keep,
  tell: heard,
});

async function finish() {
  if (finishing || !pages.allRight()) return;
  if (Object.keys(disputed).length) {
    telling.banner(words.elsewhereAsks, "info");
    byId("rd-disputed").focus();
    return;
  }
  finishing = true;
  byId("rd-next").setAttribute("aria-disabled", "true");
  telling.line(words.sending);
  telling.say(words.sending);
  const state = (await saver.everything()) ? await handedIn() : { state: "stopped" };
  finishing = false;
  byId("rd-next").removeAttribute("aria-disabled");
  if (state.state === "stopped") return; // the banner says why
  if (state.state === "errors" || state.state === "started") {
    telling.line(words.notSent);
    if (!pages.errorsFrom(state.errors || [])) telling.banner(words.notSent, "warning");
  } else if (state.state === "stale") heard("stale");
  else {
    outbox.clear();
    saver.stopped = true;
    location.assign(told.addresses.fill);
  }
}

// Hands in, and asks how it stands until the server has looked at it; through bad connections too.
async function handedIn() {
  const pause = (wait) => new Promise((resolve) => setTimeout(resolve, wait));
  let received = false;
  for (let round = 0; ; round += 1) {
    try {
      const answer = received ? await fetch(told.addresses.state) : await fetch(told.addresses.finish, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ sequence: saver.sequence, seconds: Math.round(seconds) }),
      });
      if (answer.status === 409) {
        await elsewhere();
        return { state: "errors", errors: [] };
      }
      if (answer.status === 410 || answer.redirected) return { state: "complete" }; // its page says how
      if ([401, 403, 404].includes(answer.status)) return { state: "stale" };
      if (answer.ok) {
        const state = await answer.json();
        received = true;
        if (telling.offline) telling.saved(false);
        if (state.state !== "received") return state;
      }
    } catch {
      telling.away(outbox.works);
    }
    await pause(Math.min(5000, 250 * 1.3 ** round));
  }
}

// What an earlier page on this device left comes back first.
function begin() {
  let { answers } = told;
  let page = told.page;
  for (const left of outbox.taken()) {
    const found = merged({ before: left.before || {}, sent: left.sent, theirs: told.answers, own: left.own || {} });
    answers = patched(answers, found.keep);
    disputed = { ...disputed, ...left.disputed, ...found.disputed };
    page = Math.max(page, left.page || 0);
    seconds = Math.max(seconds, left.seconds || 0);
  }
  survey.data = answers;
  survey.currentPageNo = Math.min(page, Math.max(0, survey.visiblePageCount - 1));
}

begin();
const pages = new Pages(survey, words, {
  turned: () => {
    spoken = true;
    saver.send();
  },
  finish,
});
survey.onValueChanged.add(() => {
  saver.changed();
  setTimeout(() => pages.errorsMended());
});
byId("rd-survey").survey = survey; // as on the pages of the editor, for who looks in the console
surveyMend(survey, byId("rd-survey"));
if (byId("main").clientWidth < NARROW) survey.setIsMobile(); // else it is drawn wide first, then again
survey.onCompleting.add((_survey, options) => {
  options.allow = false; // handing in is ours, also when a rule of the questionnaire ends it
  finish();
});
survey.render(byId("rd-survey"));
pages.show(false);
keep();
if (outbox.works) outbox.takeOver();
disputesShow(survey, disputed, words, settle);
if (Object.keys(disputed).length) telling.banner(words.elsewhereAsks, "info");
if (!outbox.works) telling.banner(words.full, "warning");
if (saver.settled) telling.line(told.sequence ? words.restored : words.begin);
else saver.send();
byId("rd-fill").hidden = false;
requestAnimationFrame(() => setTimeout(() => performance.mark("rd-usable"))); // once it is drawn

addEventListener("online", () => saver.retry());
addEventListener("offline", () => telling.away(outbox.works));
addEventListener("pagehide", () => saver.send());
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
addEventListener("beforeunload", (event) => {
  if (!outbox.works && !saver.settled && !saver.stopped) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saver.send();
});
setInterval(() => {
  if (document.visibilityState === "visible" && document.hasFocus()) seconds += 1;
}, 1000);

byId("rd-copy")?.addEventListener("click", async () => {
  const code = byId("rd-code");
  try {
    await navigator.clipboard.writeText(code.textContent.trim());
    telling.say(words.copied);
    byId("rd-copy").textContent = words.copied;
  } catch {
    getSelection().selectAllChildren(code);
  }
});
byId("rd-print")?.addEventListener("click", () => {
  document.body.classList.add("rd-code-only"); // on paper: the title, the address and the code
  addEventListener("afterprint", () => document.body.classList.remove("rd-code-only"), { once: true });
  print();
});
byId("rd-withdraw")?.addEventListener("submit", () => {
  saver.stopped = true;
  outbox.clear();
});
byId("rd-language")?.addEventListener("submit", (event) => {
  if (saver.settled) return;
  event.preventDefault();
  if (telling.offline) return telling.banner(words.noSwitch, "warning");
  saver.everything().then(() => event.target.submit());
});
