// Which text goes to the clipboard: buttons with data-copy appear and copy the element they name.
for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.firstChild;
  const before = label.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    label.textContent = button.dataset.done;
    setTimeout(() => { label.textContent = before; }, 2000);
  });
}
