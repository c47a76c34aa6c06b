// Sends chosen or dropped files in pieces, and goes on where a file was after the connection broke
// or the page was loaded anew. Then it sends the form. Without it the form brings the files itself.
const form = document.querySelector("[data-upload]");
const TRIES = [1, 2, 4, 8, 15, 30];
const SAID_EVERY = 1500;
let chosen = [];
let sending = null;

function start() {
  const words = form.dataset;
  const part = (name) => form.querySelector(`[data-upload-${name}]`);
  const inputs = [...form.querySelectorAll('input[type="file"]')];
  const zone = part("drop");
  part("folder").hidden = zone.hidden = false;
  for (const input of inputs) {
    input.addEventListener("change", () => {
      add([...input.files].map((file) => [file.webkitRelativePath || file.name, file]));
      input.value = "";
    });
  }
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("src-drop--over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("src-drop--over"));
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("src-drop--over");
    add(await dropped(event.dataTransfer));
  });
  form.addEventListener("submit", (event) => {
    if (!sending && chosen.length === 0) return;
    event.preventDefault();
    if (!sending) sendAll();
  });
  part("stop").addEventListener("click", () => {
    if (sending) sending.abort();
  });
  window.addEventListener("beforeunload", (event) => {
    if (sending) event.preventDefault();
  });

  function add(pairs) {
    const known = new Set(chosen.map((one) => one.key));
    for (const [name, file] of pairs) {
      const key = `${name}\n${file.size}\n${file.lastModified}`;
      if (known.has(key) || name.split("/").some((word) => word.startsWith("."))) continue;
      known.add(key);
      chosen.push({ key, name, file, row: row(name), sent: 0, state: "waits" });
    }
    told();
  }

  function row(name) {
    const item = part("row").content.firstElementChild.cloneNode(true);
    item.querySelector("[data-name]").textContent = name;
    item.querySelector("button").setAttribute("aria-label", `${words.leaveOut}: ${name}`);
    item.querySelector("button").addEventListener("click", () => {
      const one = chosen.find((each) => each.row === item);
      chosen = chosen.filter((each) => each !== one);
      item.remove();
      if (one.stop) one.stop.abort();
      if (one.remove) post(one.remove, new FormData()).catch(() => {});
      told();
    });
    part("list").append(item);
    return item;
  }

  async function sendAll() {
    sending = new AbortController();
    part("stop").hidden = false;
    part("button").disabled = true;
    part("outcome").scrollIntoView({ block: "nearest" });
    try {
      for (const one of [...chosen]) {
        if (one.state !== "whole" && chosen.includes(one)) await sendOne(one);
      }
      sending = null;
      const whole = chosen.some((one) => one.state === "whole");
      if (whole && chosen.every((one) => one.state !== "refused")) form.submit();
      else told(true, whole ? words.someRefused : words.noneTaken);
    } catch {
      const stopped = sending.signal.aborted;
      sending = null;
      told(true, stopped ? words.stopped : words.failed);
    }
    part("stop").hidden = true;
    part("button").disabled = false;
    chosen = chosen.filter((one) => one.state !== "refused" && one.state !== "whole");
  }

  async function sendOne(one) {
    one.stop = new AbortController();
    const signal = AbortSignal.any([sending.signal, one.stop.signal]);
    try {
      const data = new FormData();
      data.set("name", one.name);
      data.set("size", one.file.size);
      data.set("modified", one.file.lastModified);
      const begun = await patiently(() => post(words.begin, data, {}, signal), signal);
      if (begun.refused) {
        one.state = "refused";
        one.row.outerHTML = begun.refused;
        return;
      }
      one.remove = begun.remove;
      one.sent = begun.offset;
      while (one.sent < one.file.size) {
        told();
        const bytes = one.file.slice(one.sent, one.sent + begun.piece);
        const headers = { "Upload-Offset": String(one.sent), ...(await digest(bytes)) };
        const type = "application/octet-stream";
        const answer = await patiently(
          () => post(begun.address, bytes, { "Content-Type": type, ...headers }, signal),
          signal,
        );
        one.sent = answer.offset;
      }
      one.state = "whole";
    } catch (fault) {
      if (!one.stop.signal.aborted) throw fault;
    }
    told();
  }

  // Tries again after a second, two, four ... when there is no answer; a page that is open for
  // hours must outlive a train tunnel.
  async function patiently(ask, signal) {
    for (const seconds of TRIES) {
      try {
        return await ask();
      } catch (fault) {
        if (signal.aborted || fault.final) throw fault;
        told(true, words.again);
        await new Promise((resolve) => {
          window.setTimeout(resolve, seconds * 1000);
          signal.addEventListener("abort", resolve, { once: true });
          window.addEventListener("online", resolve, { once: true });
        });
      }
    }
    return ask();
  }

  async function post(address, body, headers = {}, signal = undefined) {
    const token = form.querySelector('[name="csrfmiddlewaretoken"]').value;
    const answer = await fetch(address, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token, Accept: "application/json", ...headers },
      signal,
    });
    if (answer.ok || answer.status === 409) {
      const json = (answer.headers.get("Content-Type") || "").includes("json");
      return json ? answer.json() : {};
    }
    const fault = new Error(String(answer.status));
    fault.final = answer.status < 500 && answer.status !== 429;
    throw fault;
  }

  let saidAt = 0;

  function told(now = false, sentence = "") {
    const all = chosen.filter((one) => one.state !== "refused");
    const bytes = all.reduce((sum, one) => sum + one.file.size, 0);
    const sent = all.reduce((sum, one) => sum + one.sent, 0);
    const whole = all.filter((one) => one.state === "whole").length;
    const bar = part("progress");
    bar.max = Math.max(bytes, 1);
    bar.value = sent;
    bar.hidden = !sending;
    part("outcome").hidden = part("list").childElementCount === 0;
    for (const one of all) {
      one.row.querySelector("[data-how-far]").textContent = howFar(one);
    }
    if (!now && sending && Date.now() - saidAt < SAID_EVERY) return;
    saidAt = Date.now();
    const line = sending ? words.words : words.chosen;
    const plain = line
      .replace("{done}", whole)
      .replace("{total}", all.length)
      .replace("{percent}", Math.floor((100 * sent) / Math.max(bytes, 1)));
    part("status").textContent = sentence || (all.length ? plain : "");
  }

  function howFar(one) {
    if (one.state === "whole") return words.whole;
    if (one.sent === 0) return words.waits;
    return `${Math.floor((100 * one.sent) / Math.max(one.file.size, 1))}%`;
  }
}

async function digest(bytes) {
  if (!window.crypto?.subtle) return {}; // only on https and on this machine
  const hash = await crypto.subtle.digest("SHA-256", await bytes.arrayBuffer());
  const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0"));
  return { "Piece-Sha256": hex.join("") };
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files].map((file) => [file.name, file]);
  return (await Promise.all(entries.map(under))).flat();
}

async function under(entry) {
  if (entry.isFile) {
    const file = await new Promise((found, failed) => entry.file(found, failed));
    return [[entry.fullPath.replace(/^\//, ""), file]];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, failed) => reader.readEntries(resolve, failed));
    if (some.length === 0) return (await Promise.all(found.map(under))).flat();
    found.push(...some);
  }
}

if (form) start();
