// What SurveyJS 2.5.38 tells wrongly to who uses a screen reader, mended in one place for the
// editor, the preview and the page of respondents. Load it after survey-js-ui and call
// surveyMend(survey, place) before rendering. One entry mends one fault; for each there is a test
// in tests/browser/test_survey_mends.py that fails without it.

const MAY_BE_REQUIRED = "input, select, textarea, [role=radiogroup], [role=combobox], [role=listbox], [role=textbox]";

// Before it is drawn: takes the survey.
const OF_SURVEY = {
  // The field for "other" has no name of its own when its question has a title.
  otherNamed() {
    const made = Survey.QuestionSelectBase.prototype;
    const before = made.getOtherTextAreaOptions;
    if (before.mended) return;
    made.getOtherTextAreaOptions = function options(item) {
      const told = before.call(this, item);
      const said = told.ariaLabel;
      told.ariaLabel = () => said() || `${this.processedTitle} ${item?.text || ""}`.trim();
      return told;
    };
    made.getOtherTextAreaOptions.mended = true;
  },
  // A rating turns into a list without a name where its buttons do not fit in one line.
  ratingAsButtons(survey) {
    for (const question of survey.getAllQuestions(false, false, true)) {
      if (question.getType() === "rating") question.displayMode = "buttons";
    }
  },
};

// Each time something is drawn: takes the place on the page, and the survey.
const OF_PAGE = {
  // Questions in the default language say that they are English, so Dutch is read out as English.
  languageTold(place, survey) {
    const root = place.querySelector(".sd-root-modern");
    if (root) root.lang = survey.locale || Survey.surveyLocalization.defaultLocale;
  },
  // "Required" is said of groups and pictures, which cannot be.
  requiredWhereItMay(place) {
    for (const part of place.querySelectorAll("[aria-required]")) {
      if (!part.matches(MAY_BE_REQUIRED)) part.removeAttribute("aria-required");
    }
  },
  // A name on a part without a role is not read; one that only repeats the text can go.
  namedGroups(place) {
    for (const part of place.querySelectorAll("div[aria-label]:not([role])")) {
      if (part.textContent.trim() === part.getAttribute("aria-label")) part.removeAttribute("aria-label");
      else part.role = "group";
    }
  },
  // The name stands on the label, where it is not allowed, and not on the field.
  fieldsNamed(place) {
    for (const part of place.querySelectorAll("label[aria-label]")) {
      part.control?.setAttribute("aria-label", part.getAttribute("aria-label"));
      part.removeAttribute("aria-label");
    }
  },
  // A table that does not fit hides its last columns: it becomes a list, as on a telephone.
  tablesWhole(place, survey) {
    for (const table of place.querySelectorAll(".sd-question:not(.sd-question--mobile) .sd-table")) {
      if (table.getBoundingClientRect().right <= table.closest(".sd-question").getBoundingClientRect().right) continue;
      const question = survey.getQuestionByName(table.closest("[data-name]")?.dataset.name);
      if (question) question.displayMode = "list";
    }
  },
  // What is put in order is no control to a screen reader, and moves only by dragging or arrows.
  orderWithButtons(place, survey) {
    const words = document.getElementById("sv-mend-words").dataset;
    for (const item of place.querySelectorAll(".sv-ranking-item[tabindex]")) {
      const text = item.querySelector(".sv-ranking-item__text").textContent;
      const content = item.querySelector(".sv-ranking-item__content");
      const question = survey.getQuestionByName(item.closest("[data-name]")?.dataset.name);
      const number = question?.isValueEmpty(question.value) ? -1 : question?.rankingChoices.findIndex((one) => one.text === text);
      item.role = question?.selectToRankEnabled ? "button" : "group";
      if (question?.selectToRankEnabled) continue; // a click or the space bar chooses it
      item.ariaLabel = number < 0 ? text : words.place.replace("{text}", text).replace("{number}", number + 1);
      if (content.querySelector(".sv-moves")) continue;
      content.append(moves(item, text, words));
    }
  },
};

function moves(item, text, words) {
  const both = document.createElement("span");
  both.className = "sv-moves";
  for (const [key, sign, word] of [["ArrowUp", "↑", words.up], ["ArrowDown", "↓", words.down]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.ariaLabel = word.replace("{text}", text);
    button.addEventListener("pointerdown", (event) => event.stopPropagation());
    button.addEventListener("keydown", (event) => event.stopPropagation());
    button.addEventListener("click", () => item.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
    both.append(button);
  }
  return both;
}

globalThis.surveyMend = (survey, place) => {
  for (const mend of Object.values(OF_SURVEY)) mend(survey);
  const drawn = () => Object.values(OF_PAGE).forEach((mend) => mend(place, survey));
  new MutationObserver(drawn).observe(place, { childList: true, subtree: true });
  survey.onValueChanged.add(() => setTimeout(drawn));
  addEventListener("resize", drawn);
};
