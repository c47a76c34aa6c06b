// What the server asks of survey-core: the guard of a definition, and whether answers fit it.
// Runs in an engine without a page (see worker.py); nothing of it goes to a browser.

globalThis.queueMicrotask = globalThis.queueMicrotask || ((work) => { Promise.resolve().then(work); });

const LONGEST_TEXT = 20000;
const LONGEST_LINE = 2000;
const LONGEST_FILE = 1500000;
const MOST_ROWS = 200;
const WITHOUT_VALUE = new Set(["html", "image", "expression", "empty", "nonvalue"]);
const PATTERNS = {
  date: "^\\d{4}-\\d{2}-\\d{2}$",
  "datetime-local": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?$",
  time: "^\\d{2}:\\d{2}(:\\d{2})?$",
  month: "^\\d{4}-\\d{2}$",
  week: "^\\d{4}-W\\d{2}$",
  color: "^#[0-9a-fA-F]{6}$",
};

const keyOf = (question) => question.valueName || question.name;
const words = (most) => ({ type: "string", maxLength: most });
const oneOf = (values) => ({ enum: values });

function longest(question, other) {
  const own = question.maxLength;
  const most = own >= 0 ? own : question.survey && question.survey.maxTextLength;
  return most > 0 ? most : other;
}

function number(question) {
  const rule = { type: "number" };
  const limit = (value) => (typeof value === "number" || (value !== "" && isFinite(value) && value !== null));
  if (limit(question.min)) rule.minimum = Number(question.min);
  if (limit(question.max)) rule.maximum = Number(question.max);
  return rule;
}

function ofText(question) {
  const kind = question.inputType;
  if (kind === "number" || kind === "range") return number(question);
  const rule = words(longest(question, LONGEST_LINE));
  if (PATTERNS[kind]) rule.pattern = PATTERNS[kind];
  return rule;
}

function choicesOf(question) {
  const from = question.choicesFromQuestion;
  const source = from && question.survey && question.survey.getQuestionByName(from);
  const items = source ? choicesOf(source) : question.choices.map((item) => item.value);
  const special = [];
  if (question.showNoneItem) special.push(question.noneItem.value);
  if (question.showRefuseItem) special.push(question.refuseItem.value);
  if (question.showDontKnowItem) special.push(question.dontKnowItem.value);
  if (question.showOtherItem) special.push(question.otherItem.value);
  return items.concat(special.filter((value) => !items.includes(value)));
}

function columnsChoices(question) {
  // A cell without choices of its own has those of its table.
  const own = choicesOf(question);
  const table = question.data && question.data.matrix ? question.data.matrix : question.matrixOf;
  return own.length || !table ? own : table.choices.map((item) => item.value);
}

function several(question, values) {
  const rule = { type: "array", items: oneOf(values), uniqueItems: true };
  if (question.maxSelectedChoices > 0) rule.maxItems = question.maxSelectedChoices;
  return rule;
}

function ofRanking(question) {
  const values = choicesOf(question);
  const rule = several(question, values);
  const routed = question.choicesVisibleIf || question.choices.some((item) => item.visibleIf);
  if (!question.selectToRankEnabled && !routed) { rule.minItems = values.length; }
  return rule;
}

function ofRating(question) {
  const own = question.rateValues.map((item) => item.value);
  if (own.length) return oneOf(own);
  const values = [];
  for (let value = question.rateMin; value <= question.rateMax; value += question.rateStep || 1) values.push(value);
  return oneOf(values);
}

function ofMatrix(question) {
  const values = question.columns.map((item) => item.value);
  const cell = question.cellType === "checkbox" ? several(question, values) : oneOf(values);
  if (!question.rows.length) return cell;
  return closed(question.rows.map((row) => [String(row.value), cell]));
}

function closed(entries) {
  return { type: "object", properties: Object.fromEntries(entries), additionalProperties: false };
}

function cells(matrix) {
  const entries = [];
  for (const column of matrix.columns) {
    const question = column.templateQuestion;
    question.matrixOf = matrix;
    entries.push(...entriesOf(question, column.name));
  }
  return closed(entries);
}

function rows(rule, most) {
  return { type: "array", items: rule, maxItems: most > 0 && most < MOST_ROWS ? most : MOST_ROWS };
}

function ofSlider(question) {
  const one = { type: "number", minimum: question.min, maximum: question.max };
  if (question.sliderType !== "range") return one;
  return { type: "array", items: one, minItems: 2, maxItems: 2 };
}

function ofFile(question) {
  const one = {
    type: "object",
    properties: {
      name: words(200), type: words(100),
      content: { type: "string", maxLength: LONGEST_FILE, pattern: "^data:[a-z0-9.+/-]+;base64,[A-Za-z0-9+/]*={0,2}$" },
    },
    required: ["name", "type", "content"],
    additionalProperties: false,
  };
  return { type: "array", items: one, maxItems: question.allowMultiple ? question.maxFiles || 10 : 1 };
}

function ofImageMap(question) {
  const values = question.areas.map((area) => area.value);
  if (!question.multiSelect) return oneOf(values);
  const rule = { type: "array", items: oneOf(values), uniqueItems: true };
  if (question.maxSelectedAreas > 0) rule.maxItems = question.maxSelectedAreas;
  return rule;
}

const RULES = {
  text: ofText,
  textbase: (question) => words(longest(question, LONGEST_TEXT)),
  comment: (question) => words(longest(question, LONGEST_TEXT)),
  boolean: (question) => oneOf([question.getValueTrue(), question.getValueFalse()]),
  rating: ofRating,
  radiogroup: (question) => oneOf(columnsChoices(question)),
  dropdown: (question) => oneOf(columnsChoices(question)),
  buttongroup: (question) => oneOf(columnsChoices(question)),
  checkbox: (question) => several(question, columnsChoices(question)),
  tagbox: (question) => several(question, columnsChoices(question)),
  imagepicker: (question) => question.multiSelect ? several(question, choicesOf(question)) : oneOf(choicesOf(question)),
  ranking: ofRanking,
  matrix: ofMatrix,
  matrixdropdown: (question) => {
    const row = cells(question);
    return closed(question.rows.map((one) => [String(one.value), row]));
  },
  matrixdynamic: (question) => rows(cells(question), question.maxRowCount),
  paneldynamic: (question) => {
    const entries = question.template.questions.flatMap((one) => entriesOf(one, keyOf(one)));
    return rows(closed(entries), question.maxPanelCount);
  },
  multipletext: (question) => closed(question.items.map((item) => [item.name, ofText(item.editor)])),
  slider: ofSlider,
  file: ofFile,
  signaturepad: () => ({ type: "string", maxLength: LONGEST_FILE, pattern: "^data:image/(png|jpeg|svg\\+xml);base64,[A-Za-z0-9+/]*={0,2}$" }),
  imagemap: ofImageMap,
};

function entriesOf(question, name) {
  const type = question.getType();
  if (WITHOUT_VALUE.has(type)) return [];
  if (!RULES[type]) throw new Error(`no rule for questions of type ${type}`);
  const entries = [[name, RULES[type](question)]];
  if (question.showOtherItem || question.showCommentArea || question.hasComment || question.hasOther) {
    entries.push([name + Survey.settings.commentSuffix, words(longest(question, LONGEST_TEXT))]);
  }
  return entries;
}

function model(definition, language) {
  const made = new Survey.Model(JSON.parse(definition));
  if (language) made.locale = language;
  return made;
}

function guard(definition) {
  const survey = model(definition);
  const properties = {};
  for (const question of survey.getAllQuestions(false)) {
    for (const [name, rule] of entriesOf(question, keyOf(question))) {
      properties[name] = properties[name] ? { anyOf: [properties[name], rule] } : rule;
    }
  }
  survey.dispose();
  return JSON.stringify({ type: "object", properties, additionalProperties: false });
}

function ordered(value) {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, ordered(value[key])]));
}

const same = (one, other) => JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));

function filled(question) {
  return question.defaultValue !== undefined || question.defaultValueExpression || question.setValueExpression
    || question.defaultRowValue || question.defaultPanelValue || question.getType() === "expression";
}

function check(definition, given, language, variables) {
  const survey = model(definition, language);
  for (const [name, value] of Object.entries(JSON.parse(variables))) survey.setVariable(name, value);
  const answers = JSON.parse(given);
  survey.data = JSON.parse(given);
  const errors = [];
  for (const page of survey.visiblePages) {
    if (page.validate(true, false)) continue;
    for (const question of page.questions.filter((one) => one.isVisible)) {
      for (const one of [question, ...question.getNestedQuestions(true)]) {
        for (const error of one.errors) {
          errors.push({ question: question.name, inside: one === question ? "" : one.name, text: error.getText().slice(0, 300), kind: error.getErrorType() });
        }
      }
    }
  }
  survey.clearIncorrectValues(true);
  const rewritten = [];
  for (const question of survey.getAllQuestions(true)) {
    const name = keyOf(question);
    const now = survey.getValue(name);
    if (same(now, answers[name]) || filled(question)) continue;
    const type = question.getType();
    if (answers[name] === undefined) { survey.clearValue(name); rewritten.push(name); continue; }
    if (type === "matrix" || type === "matrixdropdown" || type === "matrixdynamic" || type === "paneldynamic") continue;
    if (!WITHOUT_VALUE.has(type)) rewritten.push(name);
  }
  const rows = (question) => (question.getType() === "matrix" ? question.visibleRows : []);
  const shown = survey.getAllQuestions(true).flatMap((question) => [
    keyOf(question), ...rows(question).map((row) => `${keyOf(question)}/${row.name}`),
  ]);
  survey.doComplete();
  const result = JSON.stringify({ errors, rewritten, shown, data: survey.data });
  survey.dispose();
  return result;
}

globalThis.RodeDraad = { guard, check };
