// A field in which one types a part of a name and chooses from what fits: the combobox of the
// ARIA Authoring Practices. Without this script the field has the list of the browser itself.

const SHOWN = 12;
const folded = (words) => words.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

// Names that begin with what was typed first, then those with a word that does, then the rest.
function fitting(names, typed) {
  const parts = folded(typed).split(/\s+/).filter(Boolean);
  const rank = ({ key }) => {
    const last = key.split(" › ").pop();
    if (last.startsWith(parts.join(" "))) return 0;
    return last.split(/\s+/).some((word) => word.startsWith(parts[0] ?? "")) ? 1 : 2;
  };
  const fits = names.filter(({ key }) => parts.every((part) => key.includes(part)));
  return parts.length ? fits.sort((a, b) => rank(a) - rank(b)) : fits;
}

export function combobox(input) {
  const source = document.getElementById(input.getAttribute("list"));
  if (!source) return;
  const names = [...source.options].map((one) => ({
    name: one.value,
    says: one.textContent === one.value ? "" : one.textContent,
    key: folded(one.value),
  }));
  const list = document.createElement("ul");
  list.id = `${input.id}-listbox`;
  list.className = "cod-options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.querySelector(`label[for="${input.id}"]`).textContent);
  list.hidden = true;
  input.removeAttribute("list");
  input.required = false; // it is emptied after each coding, and that is no fault
  input.setAttribute("aria-required", "true");
  input.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list.id,
  })) input.setAttribute(name, value);
  let at = -1;

  function shown(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) marked(-1);
  }
  function marked(next) {
    at = next;
    [...list.children].forEach((one, number) => {
      one.setAttribute("aria-selected", String(number === at));
    });
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }
  function filled(everything) {
    const found = fitting(names, everything ? "" : input.value).slice(0, SHOWN);
    list.replaceChildren(...found.map(({ name, says }, number) => {
      const one = document.createElement("li");
      one.id = `${list.id}-${number}`;
      one.setAttribute("role", "option");
      one.dataset.name = name;
      one.append(name);
      if (says) {
        const small = document.createElement("small");
        small.textContent = says;
        one.append(small);
      }
      return one;
    }));
    shown(found.length > 0);
  }
  function chosen(one) {
    input.value = one.dataset.name;
    shown(false);
  }

  input.addEventListener("input", () => {
    filled(false);
    if (!list.hidden && input.value.trim()) marked(0);
  });
  input.addEventListener("click", () => filled(true));
  input.addEventListener("blur", () => shown(false));
  list.addEventListener("mousedown", (event) => {
    const one = event.target.closest("[role=option]");
    event.preventDefault();
    if (one) chosen(one);
  });
  input.addEventListener("keydown", (event) => {
    const n = list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) filled(event.altKey || !input.value);
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (list.children.length) marked(at < 0 && step < 0 ? n - 1 : (at + step + n) % (n || 1));
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      chosen(list.children[at]); // and Enter goes on to send the form
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      shown(false);
    } else if (event.key === "Tab" && !list.hidden && at >= 0) {
      chosen(list.children[at]);
    }
  });
}
