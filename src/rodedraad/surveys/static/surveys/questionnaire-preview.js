// A whole questionnaire as people get it. The definition, the role and the language are in the
// page; what is filled in stays in the page.

const place = document.getElementById("sv-preview");
const told = JSON.parse(document.getElementById("sv-told").textContent);
const survey = new Survey.Model(told.definition);

survey.locale = told.language;
survey.setVariable("role", told.role);
survey.showCompletePage = true;
survey.widthMode = "responsive"; // as on the page of respondents
surveyMend(survey, place);
survey.render(place);
place.survey = survey;
