// What was typed and not yet confirmed by the server, kept on this device for one response.
// Taken away when the answers are handed in or withdrawn.

const PREFIX = "rd-antwoord-";

// Every page that opens has an entry of its own, so that two tabs do not write over each other;
// a page that opens takes over what others of the same response left.
export class Outbox {
  constructor(key) {
    this.family = `${PREFIX}${key}.`;
    this.name = this.family + Math.random().toString(36).slice(2);
    this.works = true;
  }

  names() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(this.family));
    } catch {
      this.works = false;
      return [];
    }
  }

  // What is left of earlier pages, oldest first; it is ours from now on.
  taken() {
    const found = [];
    for (const name of this.names()) {
      try {
        found.push(JSON.parse(localStorage.getItem(name)));
      } catch {
        // Not written by us in full: nothing to be had from it.
      }
    }
    return found.filter(Boolean).sort((one, other) => one.at - other.at);
  }

  // Says whether it was written: storage can be full, or denied.
  write(content) {
    try {
      localStorage.setItem(this.name, JSON.stringify({ ...content, at: Date.now() }));
      this.works = true;
    } catch {
      this.works = false;
    }
    return this.works;
  }

  // What other pages left is now in ours.
  takeOver() {
    for (const name of this.names()) {
      if (name !== this.name) localStorage.removeItem(name);
    }
  }

  clear() {
    for (const name of this.names()) localStorage.removeItem(name);
  }
}

function ordered(value) {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, ordered(value[key])]));
}

export function same(one, other) {
  return JSON.stringify(ordered(one ?? null)) === JSON.stringify(ordered(other ?? null));
}

// The questions of `now` that stand differently in `before`; null where an answer was taken away.
export function difference(before, now) {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  const changed = [...names].filter((name) => !same(before[name], now[name]));
  return Object.fromEntries(changed.map((name) => [name, now[name] ?? null]));
}

export function patched(answers, patch) {
  const result = { ...answers };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = value;
  }
  return result;
}

// Three ways together: what we last knew of the server (and sent it since), what it has now, and
// what is here. What only one side changed is taken; what both changed differently is disputed.
export function merged({ before, sent, theirs, own }) {
  const keep = {};
  const disputed = {};
  for (const [name, value] of Object.entries(own)) {
    if (same(theirs[name], value)) continue;
    const known = same(theirs[name], before[name]) || (sent && name in sent && same(theirs[name], sent[name]));
    if (known) keep[name] = value;
    else disputed[name] = value;
  }
  return { keep, disputed };
}
