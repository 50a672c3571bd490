// Keeps what is typed in forms marked data-draft="name" until the form has been sent and accepted.
const PREFIX = "kumppani.draft.";
const DAYS = 14;
const DAY = 24 * 60 * 60 * 1000;
const WAIT = 300;
const SENT = "kumppani.sent";

/** Fields a person fills in: not the hidden ones, not files, not secrets. */
function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !["hidden", "file", "password", "submit", "button"].includes(field.type));
}

function read(form) {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + form.dataset.draft));
    return draft && Date.now() - draft.at < DAYS * DAY ? draft : null;
  } catch {
    return null;
  }
}

/** Storage may be full or forbidden: then the page simply has no drafts. */
function write(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch { /* nothing is kept */ }
}

function save(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (field.type === "radio" ? field.checked : true) {
      values[field.name] = field.type === "checkbox" ? field.checked : field.value;
    }
  }
  const key = form.elements.namedItem("form_key")?.value;
  write(PREFIX + form.dataset.draft, JSON.stringify({ at: Date.now(), values, key }));
}

function isUntouched(field) {
  if (field.type === "radio" || field.type === "checkbox") return true;
  return field.value === "" || field.tagName === "SELECT";
}

function fill(form, draft) {
  let filled = false;
  for (const field of fieldsOf(form)) {
    const value = draft.values[field.name];
    if (value === undefined || !isUntouched(field)) continue;
    if (field.type === "radio") {
      field.checked = field.value === value;
    } else if (field.type === "checkbox") {
      field.checked = value;
    } else if (field.value !== value) {
      field.value = value;
      filled = filled || value !== "";
    }
  }
  // The same idempotency key: a form that did arrive, though no answer came back, is not made twice.
  const key = form.elements.namedItem("form_key");
  if (key && draft.key) key.value = draft.key;
  return filled;
}

/** Put drafts back into their forms, unless the server already filled them with what was typed. */
export function restoreDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]:not([data-restored])")) {
    form.dataset.restored = "yes";
    const draft = read(form);
    if (!draft || form.querySelector("[aria-invalid=true]")) continue;
    const filled = fill(form, draft);
    const told = form.querySelector("[data-draft-restored]");
    if (told && filled) told.hidden = false;
  }
}

/** Save while typing; forget once the page after a sent form is another one than the form's own. */
export function watchDrafts() {
  const timers = new Map();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.draft) return;
    window.clearTimeout(timers.get(form));
    timers.set(form, window.setTimeout(() => save(form), WAIT));
  });
  document.addEventListener("submit", (event) => {
    const name = event.target.dataset.draft;
    if (!name) return;
    save(event.target);
    write(SENT, JSON.stringify({ name, path: location.pathname }));
  }, { capture: true });
  forgetSent();
}

/** A success leads to a page with a notice and without the form; anything else keeps the draft. */
function forgetSent() {
  let sent = null;
  try {
    sent = JSON.parse(localStorage.getItem(SENT));
  } catch { /* nothing was sent */ }
  if (!sent) return;
  const failed = document.querySelector("form.kept, .failure, form.people, [aria-invalid=true], .ds-error-summary");
  if (failed) return;
  localStorage.removeItem(SENT);
  const again = document.querySelector(`form[data-draft="${CSS.escape(sent.name)}"]`);
  if (!again || document.querySelector(".notice[data-color=success]")) localStorage.removeItem(PREFIX + sent.name);
}
