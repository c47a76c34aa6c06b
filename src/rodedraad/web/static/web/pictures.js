// Leaves a picture in the order of the tab key only while it scrolls; without scripts it stays there.
const watched = new ResizeObserver((entries) => {
  for (const { target } of entries) fit(target.closest("[data-scrolls]"));
});

function fit(picture) {
  const scrolls = picture.scrollWidth > picture.clientWidth;
  const told = { tabindex: "0", role: "group", "aria-label": picture.dataset.scrolls };
  for (const [name, value] of Object.entries(told)) {
    if (scrolls) picture.setAttribute(name, value);
    else picture.removeAttribute(name);
  }
}

for (const picture of document.querySelectorAll("[data-scrolls]")) {
  watched.observe(picture);
  for (const inside of picture.children) watched.observe(inside);
}
