// Sends what changed to the server: one save at a time, in order, again until it is confirmed.

import { difference, patched } from "./respondent-outbox.js";

const PAUSE = 800;
const LONGEST_WAIT = 30000;
// A browser takes no larger request along when the page is left.
const MOST_KEPT_ALIVE = 60000;
const PATIENCE = 20000;

export class Saver {
  // `now()` gives the answers as they stand; `tell(state, about)` hears how it goes:
  // waiting, saving, saved, offline, refused, elsewhere, closed, stale.
  constructor({ address, token, confirmed, sequence, page, now, tell, keep }) {
    Object.assign(this, { address, token, confirmed, sequence, page, now, tell, keep });
    this.sent = null;
    this.failures = 0;
    this.stopped = false;
    this.waiters = [];
  }

  changes() {
    return difference(this.confirmed, this.now());
  }

  get settled() {
    return !this.sent && Object.keys(this.changes()).length === 0;
  }

  // Something changed: keep it here at once, send it when typing pauses.
  changed() {
    this.keep();
    if (this.stopped) return;
    this.tell("waiting");
    clearTimeout(this.timer);
    if (!this.sent && this.failures === 0) this.timer = setTimeout(() => this.send(), PAUSE);
  }

  // Resolves when everything is confirmed, with true; with false when that cannot be here.
  everything() {
    if (this.settled) return Promise.resolve(true);
    const done = new Promise((resolve) => this.waiters.push(resolve));
    this.failures = 0;
    this.send();
    return done;
  }

  // Also when the page is left: the browser finishes it after the page is gone.
  send() {
    clearTimeout(this.timer);
    if (this.stopped || this.busy) return;
    if (!this.sent) {
      const patch = this.changes();
      if (Object.keys(patch).length === 0) return this.rest();
      this.sent = { sequence: this.sequence + 1, patch, page: this.page() };
      this.keep();
    }
    this.tell("saving");
    this.busy = true;
    this.post().finally(() => {
      this.busy = false;
      if (this.again !== undefined) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.send(), this.again);
        this.again = undefined;
      }
    });
  }

  async post() {
    const body = JSON.stringify(this.sent);
    let answer;
    try {
      answer = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body,
        keepalive: body.length < MOST_KEPT_ALIVE,
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return this.later();
    }
    if (answer.ok) return this.confirm();
    const about = await answer.json().catch(() => ({}));
    if (answer.status === 409) return this.stop("elsewhere", about);
    if (answer.status === 410) return this.stop("closed", about);
    if (answer.status === 422) return this.refuse(about);
    if ([400, 401, 403, 404].includes(answer.status)) return this.stop("stale", about);
    return this.later();
  }

  confirm() {
    this.confirmed = patched(this.confirmed, this.sent.patch);
    this.sequence = this.sent.sequence;
    this.sent = null;
    this.failures = 0;
    this.keep();
    if (this.settled) return this.rest();
    this.again = PAUSE / 4;
  }

  rest() {
    this.tell("saved");
    for (const resolve of this.waiters.splice(0)) resolve(true);
  }

  later() {
    this.failures += 1;
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** (this.failures - 1));
    this.again = wait * (0.7 + 0.6 * Math.random());
    this.tell("offline");
  }

  // The connection is back, or someone asks: do not wait for the pause to end.
  retry() {
    if (this.stopped || (this.failures === 0 && this.settled)) return;
    this.send();
  }

  stop(why, about) {
    this.stopped = true;
    this.tell(why, about);
    if (why !== "elsewhere") for (const resolve of this.waiters.splice(0)) resolve(false);
  }

  // One answer does not fit: the others go on without it.
  refuse(about) {
    const name = String(about.where || "").split("/")[0];
    const patch = this.sent.patch;
    this.sent = null;
    this.keep();
    if (!(name in patch)) return this.stop("stale", about);
    this.tell("refused", { name, value: patch[name] });
    this.again = PAUSE / 4;
  }

  // After another device went on: what the server has now is where we go on from.
  resume(confirmed, sequence) {
    Object.assign(this, { confirmed, sequence, sent: null, stopped: false, failures: 0 });
    this.keep();
    this.send();
  }
}
