// Keys of the queue and the case: j and k from row to row, r to the answer, / to the search, ? for the list of them.
// A person can switch them off (WCAG 2.1.4); what is typed in a field is never taken for one.
const KEPT = "kumppani-shortcuts";
const dialog = document.getElementById("shortcuts");
const choice = dialog.querySelector("[data-shortcuts-on]");

/** Without a place to keep the choice, keys are on: it can be switched off for this page. */
function read() {
  try { return window.localStorage.getItem(KEPT) !== "off"; } catch { return true; }
}

function keep(on) {
  try { window.localStorage.setItem(KEPT, on ? "on" : "off"); } catch { /* it holds for this page */ }
}

function links() {
  return [...document.querySelectorAll(".case-row .case-subject a")];
}

/** The row that has the focus, in its link or its box; -1 when none has. */
function place() {
  const row = document.activeElement?.closest(".case-row");
  return links().findIndex((link) => link.closest(".case-row") === row);
}

function step(by) {
  const rows = links();
  const from = place();
  const to = from < 0 ? 0 : Math.min(Math.max(from + by, 0), rows.length - 1);
  rows[to]?.focus();
}

function answer() {
  const box = document.querySelector(".reply textarea");
  const link = links()[place()];
  if (box) box.focus();
  else if (link) window.location.assign(`${link.href}#field-body`);
}

function search() {
  const field = document.querySelector("#queue input[type=search]") ?? document.querySelector("input[type=search]");
  const fold = field?.closest("details");
  if (fold) fold.open = true;
  field?.focus();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  r: answer,
  "/": search,
  "?": () => dialog.showModal(),
};

function isTyping(element) {
  return element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const act = KEYS[event.key];
  if (!act || !choice.checked || dialog.open || isTyping(event.target)) return;
  event.preventDefault();
  act();
});

const close = dialog.querySelector("[data-closes]");
close.hidden = false;
close.addEventListener("click", () => dialog.close());
choice.checked = read();
choice.addEventListener("change", () => keep(choice.checked));
for (const button of document.querySelectorAll("[data-shortcuts]")) {
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
}
