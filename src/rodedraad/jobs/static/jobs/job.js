// Asks how far a job is for as long as it is to be done; shows the page anew when it ended.
const SECONDS = 1;
const place = document.querySelector("[data-job-progress]");

async function look() {
  const answer = await fetch(place.dataset.jobProgress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const job = await answer.json();
  if (!job.is_open || job.state !== place.dataset.jobState) {
    window.location.reload();
    return;
  }
  show(job);
  window.setTimeout(look, SECONDS * 1000);
}

function show(job) {
  write("[data-job-words]", job.state_words);
  write("[data-job-steps]", job.progress_words);
  const bar = place.querySelector("progress");
  if (bar && job.total > 0) {
    bar.max = job.total;
    bar.value = job.done;
  }
}

function write(selector, words) {
  const element = place.querySelector(selector);
  if (element && element.textContent !== words) element.textContent = words;
}

if (place) window.setTimeout(look, SECONDS * 1000);
