// What survey-core says to respondents, in a browser and on the server, whose answers are checked by
// the same survey-core (surveys/engine/worker.py). The Dutch stands in the place of that of the
// package, in plain words, so every text that survey-core has is here; a test says so.

// A pattern without a text of its own has an empty error.
Survey.RegexValidator.prototype.getDefaultErrorText = function said() {
  return this.getLocalizationString("invalidInputError");
};

// Limits in words: survey-core writes a date as "Mon Jan 01 2024" in the time zone of who reads.
{
  const MOMENT = /^(?:(\d{4})-(\d\d)(?:-(\d\d))?)?[T ]?(\d\d:\d\d(?::\d\d)?)?$/;
  const WEEK = /^(\d{4})-W(\d\d)$/;
  const IN_TIME = new Set(["date", "datetime-local", "month", "time", "week"]);
  const BY_TIME = {
    nl: { minError: "Dit moet {0} of later zijn.", maxError: "Dit moet {0} of eerder zijn." },
    en: { minError: "This must be {0} or later.", maxError: "This must be {0} or earlier." },
  };
  const languageOf = (owner) =>
    (owner.getLocale() || Survey.surveyLocalization.defaultLocale).startsWith("nl") ? "nl" : "en";
  const number = (value, language) =>
    language === "nl" ? String(value).replace(/^(-?\d+)\.(\d+)$/, "$1,$2") : String(value);

  const moment = (text, language) => {
    const week = WEEK.exec(text);
    if (week) return `week ${Number(week[2])} ${language === "nl" ? "van" : "of"} ${week[1]}`;
    const [found, year, month, day, time] = MOMENT.exec(text) || [];
    const at = new Date(`${year || 2000}-${month || "01"}-${day || "01"}T00:00:00Z`);
    if (!found || isNaN(at)) return text;
    const told = { year: "numeric", month: "long", timeZone: "UTC", ...(day && { day: "numeric" }) };
    const date = year && at.toLocaleDateString(language === "nl" ? "nl-NL" : "en-GB", told);
    return [date, time && (language === "nl" ? `${time} uur` : time)].filter(Boolean).join(", ");
  };

  Survey.QuestionTextModel.prototype.getMinMaxErrorText = function said(errorText, value) {
    if (value === undefined || value === null || value === "") return errorText;
    const language = languageOf(this);
    if (!IN_TIME.has(this.inputType)) return errorText.replace("{0}", () => number(value, language));
    const written = [this.renderedMin, this.renderedMax].find((one) => one && +this.getCalculatedMinMax(one) === +value);
    const usual = ["minError", "maxError"].find((one) => errorText === this.getLocalizationString(one));
    return (usual ? BY_TIME[language][usual] : errorText)
      .replace("{0}", () => moment(String(written || value), language));
  };
  Survey.QuestionTextModel.prototype.getStepErrorText = function said() {
    return this.stepErrorText.replace("{0}", () => number(this.renderedStep, languageOf(this)));
  };

  const between = Survey.NumericValidator.prototype.getDefaultErrorText;
  Survey.NumericValidator.prototype.getDefaultErrorText = function said(name) {
    const told = (value) => ({ value: value === null ? null : number(value, languageOf(this)) });
    const inWords = Object.create(this, { minValue: told(this.minValue), maxValue: told(this.maxValue) });
    return between.call(inWords, name);
  };
}

Survey.setupLocale({ localeCode: "nl", nativeName: "Nederlands", englishName: "Dutch", strings: {
  pagePrevText: "Vorige",
  pageNextText: "Volgende",
  completeText: "Insturen",
  previewText: "Bekijken",
  editText: "Aanpassen",
  startSurveyText: "Beginnen",
  commentText: "Schrijf hier uw toelichting",
  otherItemText: "Iets anders, namelijk:",
  noneItemText: "Geen van deze",
  refuseItemText: "Dat wil ik niet zeggen",
  dontKnowItemText: "Weet ik niet",
  selectAllItemText: "Alles aanvinken",
  deselectAllItemText: "Alle vinkjes weghalen",
  progressText: "Pagina {0} van {1}",
  indexText: "{0} van {1}",
  panelDynamicProgressText: "{0} van {1}",
  panelDynamicTabTextFormat: "Deel {panelIndex}",
  questionsProgressText: "{0} van de {1} vragen beantwoord",
  emptySurvey: "Er zijn hier geen vragen voor u.",
  completingSurvey: "Bedankt voor het invullen.",
  completingSurveyBefore: "U heeft deze vragenlijst al ingevuld.",
  loadingSurvey: "De vragenlijst wordt geladen…",
  placeholder: "Kies…",
  ratingOptionsCaption: "Kies…",
  buttongroupOptionsCaption: "Kies…",
  value: "antwoord",
  requiredError: "Beantwoord deze vraag.",
  requiredErrorInPanel: "Beantwoord hier minstens één vraag.",
  requiredInAllRowsError: "Geef een antwoord in elke rij.",
  eachRowUniqueError: "Geef in elke rij een ander antwoord.",
  numericError: "Vul een getal in.",
  minError: "Dit moet {0} of meer zijn.",
  maxError: "Dit mag {0} of minder zijn.",
  stepError: "Alleen stappen van {0} zijn mogelijk.",
  invalidInputError: "Dit klopt niet. Kijk nog eens wat u heeft ingevuld.",
  textNoDigitsAllow: "Gebruik hier geen cijfers.",
  incompletePatternError: "Dit is nog niet compleet. Vul het verder in.",
  textMinLength: "Schrijf minstens {0} tekens.",
  textMaxLength: "Schrijf niet meer dan {0} tekens.",
  textMinMaxLength: "Schrijf {0} tot en met {1} tekens.",
  minRowCountError: "Vul minstens {0} rijen in.",
  minSelectError: "Kies er minstens {0}.",
  maxSelectError: "Kies er niet meer dan {0}.",
  numericMinMax: "Vul een getal in van {1} tot en met {2}.",
  numericMin: "Vul een getal in vanaf {1}.",
  numericMax: "Vul een getal in tot en met {1}.",
  invalidEmail: "Vul een e-mailadres in, zoals naam@voorbeeld.nl.",
  invalidExpression: "Dit past niet bij uw andere antwoorden. Kijk het nog eens na.",
  urlRequestError: "De antwoorden waaruit u kunt kiezen, zijn niet geladen ({0}). {1}",
  urlGetChoicesError: "Er zijn geen antwoorden waaruit u kunt kiezen.",
  exceedMaxSize: "Het bestand mag niet groter zijn dan {0}.",
  fileSizeUnits: "bytes, kB, MB, GB, TB",
  exceedMaxFiles: "U kunt niet meer dan {0} bestanden kiezen.",
  noUploadFilesHandler: "U kunt hier geen bestanden versturen.",
  otherRequiredError: "Schrijf op wat u bedoelt.",
  uploadingFile: "Uw bestand wordt nog verstuurd. Wacht even en probeer het dan opnieuw.",
  loadingFile: "Bezig met laden…",
  chooseFile: "Kies een bestand…",
  noFileChosen: "Nog geen bestand gekozen",
  filePlaceholder: "Sleep een bestand hierheen, of kies het met de knop.",
  confirmDelete: "Wilt u dit verwijderen?",
  keyDuplicationError: "Dit heeft u al ingevuld. Vul iets anders in.",
  addColumn: "Kolom toevoegen",
  addRow: "Rij toevoegen",
  removeRow: "Verwijderen",
  noRowsText: "Er zijn nog geen rijen.",
  rowIndexTemplateTitle: "Rij {rowIndex}",
  rowNameTemplateTitle: "{rowTitle}",
  addPanel: "Nog één toevoegen",
  removePanel: "Verwijderen",
  showDetails: "Meer laten zien",
  hideDetails: "Minder laten zien",
  choices_Item: "keuze",
  choices_Choice: "Keuze",
  matrix_column: "Kolom",
  matrix_row: "Rij",
  multipletext_itemname: "tekst",
  savingData: "Uw antwoorden worden bewaard…",
  savingDataError: "Uw antwoorden zijn niet bewaard. Probeer het opnieuw.",
  savingDataSuccess: "Uw antwoorden zijn bewaard.",
  saveAgainButton: "Opnieuw proberen",
  timerMin: "min",
  timerSec: "sec",
  timerSpentAll: "U bent {0} bezig met deze pagina en {1} in totaal.",
  timerSpentPage: "U bent {0} bezig met deze pagina.",
  timerSpentSurvey: "U bent in totaal {0} bezig.",
  timerLimitAll: "U heeft {0} van de {1} voor deze pagina gebruikt, en {2} van de {3} in totaal.",
  timerLimitPage: "U heeft {0} van de {1} voor deze pagina gebruikt.",
  timerLimitSurvey: "U heeft in totaal {0} van de {1} gebruikt.",
  clearCaption: "Leegmaken",
  selectCaption: "Kiezen",
  signaturePlaceHolder: "Zet hier uw handtekening",
  signaturePlaceHolderReadOnly: "Geen handtekening",
  chooseFileCaption: "Bestand kiezen",
  takePhotoCaption: "Foto maken",
  photoPlaceholder: "Maak een foto met de knop hieronder.",
  fileOrPhotoPlaceholder: "Sleep een bestand hierheen, kies er een, of maak een foto.",
  replaceFileCaption: "Ander bestand kiezen",
  removeFileCaption: "Dit bestand verwijderen",
  booleanCheckedLabel: "Ja",
  booleanUncheckedLabel: "Nee",
  confirmRemoveFile: "Wilt u dit bestand verwijderen: {0}?",
  confirmRemoveAllFiles: "Wilt u alle bestanden verwijderen?",
  questionTitlePatternText: "Vraag",
  modalCancelButtonText: "Annuleren",
  modalApplyButtonText: "Gebruiken",
  filterStringPlaceholder: "Typ om te zoeken…",
  emptyMessage: "Niets gevonden",
  loadingPage: "Bezig met laden…",
  loadingData: "Bezig met laden…",
  noEntriesText: "Er staat nog niets.\nVoeg iets toe met de knop hieronder.",
  noEntriesReadonlyText: "Er staat niets.",
  tabTitlePlaceholder: "Nieuw deel",
  more: "Meer",
  tagboxDoneButtonCaption: "Klaar",
  selectToRankEmptyRankedAreaText: "U heeft alles gekozen.", // survey-core shows these two crosswise
  selectToRankEmptyUnrankedAreaText: "Hier komt wat u kiest.",
  ok: "OK",
  cancel: "Annuleren",
  createCustomItem: "‘{0}’ toevoegen…",
  toc: "Inhoud",
  progressbar: "Hoe ver u bent",
} });
