// What the page says about saving: a line that is always there, a banner when something is wrong,
// and a quiet region for screen readers that speaks only when the state changes.

const byId = (id) => document.getElementById(id);
const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

export class Telling {
  constructor(words) {
    this.words = words;
    this.offline = false;
  }

  line(text) {
    if (byId("rd-saved").textContent !== text) byId("rd-saved").textContent = text;
  }

  say(text) {
    byId("rd-said").textContent = text;
  }

  banner(text, kind) {
    const box = byId("rd-banner");
    box.hidden = !text;
    box.dataset.kind = kind || "";
    byId("rd-banner-text").textContent = text || "";
    clearTimeout(this.timer);
    if (text) this.say(text);
  }

  saving() {
    if (!this.offline) this.line(this.words.saving);
  }

  saved(spoken) {
    const text = this.words.saved.replace("{time}", clock());
    this.line(text);
    if (this.offline) {
      this.offline = false;
      this.banner(this.words.online, "good");
      this.timer = setTimeout(() => this.banner(""), 8000);
    } else if (spoken) {
      this.say(text);
    }
  }

  away(kept) {
    this.line(kept ? this.words.here : this.words.nowhere);
    const text = kept ? this.words.offline : this.words.full;
    if (!this.offline || byId("rd-banner-text").textContent !== text) this.banner(text, "warning");
    this.offline = true;
  }
}

// What stands differently here and elsewhere: both are shown, and the person says which one holds.
export function disputesShow(survey, disputed, words, settle) {
  const box = byId("rd-disputed");
  const names = Object.keys(disputed);
  box.hidden = names.length === 0;
  byId("rd-disputed-list").replaceChildren(...names.map((name) => {
    const question = questionOf(survey, name);
    const item = document.createElement("li");
    item.dataset.question = name;
    const title = document.createElement("p");
    title.className = "rd-disputed__question";
    title.textContent = question ? plain(question) : name;
    const theirs = survey.getValue(name);
    const choose = (text, value, own) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "utrecht-button rd-disputed__choice";
      button.textContent = `${text} ${shown(question, value) || words.nothing}`;
      button.addEventListener("click", () => settle(name, own));
      return button;
    };
    item.append(title, choose(words.own, disputed[name], true), choose(words.other, theirs, false));
    return item;
  }));
  return names.length > 0;
}

export function questionOf(survey, name) {
  const bare = name.replace(/-Comment$/, "");
  return survey.getQuestionByName(bare) || survey.getQuestionByValueName(bare);
}

function plain(question) {
  return question.locTitle.textOrHtml.replace(/<[^>]*>/g, "");
}

function shown(question, value) {
  if (value === null || value === undefined) return "";
  return flat(question && typeof value !== "string" ? question.getDisplayValue(true, value) : value);
}

function flat(value) {
  if (Array.isArray(value)) return value.map(flat).join(", ");
  if (value !== null && typeof value === "object") {
    return Object.entries(value).map(([key, one]) => `${key}: ${flat(one)}`).join("; ");
  }
  return String(value);
}
