// The card of a step beside its mark: what the list says of it. Without scripts a mark leads to the list.
const GAP = 14; // pixels between a mark and its card
let shownFor = null;

const card = () => document.getElementById("wheel-card");
const markAt = (target) => target.closest?.(".wheel-whole a.mark") ?? null;
const itemOf = (mark) => document.getElementById(mark.getAttribute("href").slice(1));

function show(mark) {
  const item = itemOf(mark);
  if (!item || !card()) return;
  const body = item.querySelector(".step-body").cloneNode(true);
  const state = item.querySelector(".step-end").cloneNode(true);
  for (const link of body.querySelectorAll("[autofocus]")) link.removeAttribute("autofocus");
  card().replaceChildren(body, state);
  card().hidden = false;
  const figure = card().parentElement.getBoundingClientRect();
  const shape = mark.querySelector(".mark-shape").getBoundingClientRect();
  const { width, height } = card().getBoundingClientRect();
  const left = Math.min(shape.left - figure.left, figure.width - width);
  const below = shape.bottom + GAP + height < window.innerHeight;
  card().style.left = `${Math.max(0, left)}px`;
  card().style.top = `${below ? shape.bottom - figure.top + GAP : shape.top - figure.top - GAP - height}px`;
  shownFor = mark;
}

function hide() {
  if (card()) card().hidden = true;
  shownFor = null;
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const mark = markAt(event.target);
    if (mark) show(mark);
  });
}
document.addEventListener("pointerout", (event) => {
  const to = event.relatedTarget;
  if (shownFor && markAt(event.target) && !card().contains(to) && document.activeElement !== shownFor) hide();
});
document.addEventListener("focusout", (event) => {
  if (markAt(event.target) && !card()?.contains(event.relatedTarget)) hide();
});
document.addEventListener("pointerdown", (event) => {
  if (shownFor && !markAt(event.target) && !card()?.contains(event.target)) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
// A touch shows the card, whose link leads on; a mouse and a keyboard have the card already and go where it leads.
document.addEventListener("click", (event) => {
  const mark = markAt(event.target);
  const link = mark && itemOf(mark)?.querySelector(".step-body > a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (event.pointerType === "touch") show(mark);
  else link.click();
});
