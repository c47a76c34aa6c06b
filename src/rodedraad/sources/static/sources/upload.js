// Sends chosen files one at a time and tells how far it is. Without it the form sends them at once.
const form = document.querySelector("[data-upload]");
const outcome = document.querySelector("[data-upload-outcome]");

async function send(event) {
  const input = form.querySelector('input[type="file"]');
  const files = [...input.files];
  if (files.length === 0) return;
  event.preventDefault();
  const button = form.querySelector('button[type="submit"]');
  const list = outcome.querySelector("[data-upload-list]");
  const status = outcome.querySelector("[data-upload-status]");
  const bar = outcome.querySelector("[data-upload-progress]");
  button.disabled = true;
  list.replaceChildren();
  bar.max = files.length;
  bar.hidden = outcome.hidden = false;
  outcome.scrollIntoView();
  let failed = false;
  for (const [at, file] of files.entries()) {
    tell(status, bar, at, files.length, list);
    failed = !(await sent(file, input.name, list));
    if (failed) break;
  }
  tell(status, bar, files.length, files.length, list);
  if (failed) status.textContent = status.dataset.failed;
  bar.hidden = true;
  button.disabled = false;
  if (!failed) input.value = "";
}

async function sent(file, name, list) {
  const data = new FormData(form);
  data.delete(name);
  data.append(name, file);
  data.append("part", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    if (!answer.ok && answer.status !== 400) return false;
    list.insertAdjacentHTML("beforeend", await answer.text());
    return true;
  } catch {
    return false;
  }
}

function tell(status, bar, done, total, list) {
  bar.value = done;
  const added = list.querySelectorAll('[data-state="added"]').length;
  status.textContent = status.dataset.words
    .replace("{done}", done)
    .replace("{total}", total)
    .replace("{added}", added);
}

if (form) form.addEventListener("submit", send);
