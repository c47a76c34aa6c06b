// Three things of SurveyJS 2.5.38 that a screen reader stumbles over, mended. Load it after
// survey-js-ui; call surveyMend(survey) before rendering.

// The field for "other" has no name of its own when its question has a title.
const optionsMade = Survey.QuestionSelectBase.prototype.getOtherTextAreaOptions;
Survey.QuestionSelectBase.prototype.getOtherTextAreaOptions = function options(item) {
  const made = optionsMade.call(this, item);
  const said = made.ariaLabel;
  made.ariaLabel = () => said() || `${this.processedTitle} ${item?.text || ""}`.trim();
  return made;
};

// A required ranking says aria-required on a group, which cannot have it; a rating turns into a
// list, without a name of its own, where its buttons do not fit in one line.
globalThis.surveyMend = (survey) => {
  for (const question of survey.getAllQuestions(false)) {
    if (question.getType() === "rating") question.displayMode = "buttons";
  }
  survey.onAfterRenderQuestion.add((_sender, { question, htmlElement }) => {
    if (question.getType() === "ranking") htmlElement.removeAttribute("aria-required");
  });
};
