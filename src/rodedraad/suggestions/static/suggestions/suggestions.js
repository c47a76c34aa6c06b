// With the keyboard through the suggestions. The keys work only while one of them has the focus.

const list = document.getElementById("sug-list");

if (list) {
  list.addEventListener("keydown", (event) => {
    const item = event.target.closest("#sug-list > li");
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    const beside = { ArrowDown: item.nextElementSibling, ArrowUp: item.previousElementSibling };
    if (event.key in beside) {
      event.preventDefault();
      beside[event.key]?.focus();
      return;
    }
    const button = item.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
