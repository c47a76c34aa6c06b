// Turning pages: our own buttons, the heading that gets the focus, progress, and the list of errors.

const byId = (id) => document.getElementById(id);

export class Pages {
  constructor(survey, words, { turned, finish }) {
    Object.assign(this, { survey, words, finish });
    this.title = document.title;
    byId("rd-back").addEventListener("click", () => this.back());
    byId("rd-next").addEventListener("click", () => this.next());
    survey.onCurrentPageChanged.add(() => {
      this.show(true);
      turned();
    });
    survey.onPageVisibleChanged.add(() => this.show(false));
    // Back on a telephone turns a page; it does not leave the questionnaire.
    history.replaceState({ page: survey.currentPageNo }, "");
    addEventListener("popstate", (event) => {
      if (event.state && event.state.page < survey.visiblePageCount) {
        this.fromHistory = true;
        survey.currentPageNo = event.state.page;
        this.fromHistory = false;
      }
    });
  }

  get isLast() {
    return this.survey.isLastPage;
  }

  show(moved) {
    const { survey, words } = this;
    const page = survey.currentPage;
    if (!page) return;
    const number = survey.currentPageNo + 1;
    const count = survey.visiblePageCount;
    const where = words.page.replace("{number}", number).replace("{count}", count);
    const named = page.title ? `${where}: ${page.locTitle.renderedHtml}` : where;
    byId("rd-heading").textContent = named;
    byId("rd-intro").textContent = page.description ? page.locDescription.renderedHtml : "";
    byId("rd-intro").hidden = !page.description;
    byId("rd-progress").max = count;
    byId("rd-progress").value = number;
    byId("rd-back").hidden = survey.isFirstPage;
    byId("rd-next").textContent = this.isLast ? words.finish : words.next;
    document.title = `${named} – ${this.title}`;
    if (!moved) return;
    if (!this.fromHistory) history.pushState({ page: survey.currentPageNo }, "");
    this.errorsHide();
    scrollTo(0, 0);
    byId("rd-heading").focus();
  }

  back() {
    // The page before may be left unfinished: errors are asked when going on.
    this.survey.prevPage();
  }

  next() {
    const { survey } = this;
    const page = survey.currentPage;
    if (!page.validate(true, false)) return this.errorsShow(this.errorsOf(page));
    this.errorsHide();
    if (this.isLast) return this.finish();
    survey.nextPage();
  }

  // The first page that still has errors is shown with them; false when there is one.
  allRight() {
    for (const page of this.survey.visiblePages) {
      if (page.validate(true, false)) continue;
      this.survey.currentPage = page;
      this.errorsShow(this.errorsOf(page));
      return false;
    }
    return true;
  }

  errorsOf(page) {
    const found = [];
    for (const question of page.questions.filter((one) => one.isVisible)) {
      const all = [question, ...question.getNestedQuestions(true)];
      const texts = new Set(all.flatMap((one) => one.errors.map((error) => error.getText())));
      for (const text of texts) found.push({ question, text });
    }
    return found;
  }

  // Errors that the server found: [{ question, text }], by name.
  errorsFrom(told) {
    const found = [];
    for (const { question: name, text } of told) {
      const question = this.survey.getQuestionByName(name) || this.survey.getQuestionByValueName(name);
      if (!question) continue;
      if (!question.errors.some((error) => error.getText() === text)) question.addError(text);
      found.push({ question, text });
    }
    if (found.length) {
      this.survey.currentPage = found[0].question.page;
      const here = found.filter((one) => one.question.page === this.survey.currentPage);
      this.errorsShow(here);
    }
    return found.length > 0;
  }

  // What was mended leaves the list.
  errorsMended() {
    if (byId("rd-errors").hidden) return;
    const left = this.listed.filter(({ question, text }) => this.errorsOf(question.page)
      .some((one) => one.question === question && one.text === text));
    if (left.length === 0) this.errorsHide();
    else if (left.length < this.listed.length) this.errorsList(left);
  }

  errorsList(found) {
    this.listed = found;
    byId("rd-errors-list").replaceChildren(...found.map(({ question, text }) => {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${question.id}`;
      link.textContent = `${question.locTitle.textOrHtml.replace(/<[^>]*>/g, "")} – ${text}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        question.focus(true);
      });
      line.append(link);
      return line;
    }));
  }

  errorsShow(found) {
    const box = byId("rd-errors");
    this.errorsList(found);
    box.hidden = false;
    document.title = `${this.words.error} ${document.title.replace(`${this.words.error} `, "")}`;
    box.focus();
    box.scrollIntoView({ block: "start" });
  }

  errorsHide() {
    byId("rd-errors").hidden = true;
    document.title = document.title.replace(`${this.words.error} `, "");
  }
}
