// Keeps what a person types in forms marked data-draft="name" until it has been sent; what waits is offered, not poured in.
// The keys name the person: what one wrote is dropped as soon as another is seen in the same browser.
const PREFIX = "kumppani.draft.";
const SENT = "kumppani.sent";
const LAST = "kumppani.last";
const DAYS = 14;
const DAY = 24 * 60 * 60 * 1000;
const WAIT = 300;
const TEXTS = "textarea, input:is([type=text], [type=email], [type=search])";

const person = document.body.dataset.person;
/** Drafts that wait for their writer's decision, by form. */
const waiting = new Map();

const keyOf = (form) => `${PREFIX}${person}.${form.dataset.draft}`;
const isText = (field) => field.matches(TEXTS);

/** Fields a person fills in: not the hidden ones, not files, not secrets. */
function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !["hidden", "file", "password", "submit", "button"].includes(field.type));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Storage may be full or forbidden: then the page simply has no drafts. */
function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch { /* nothing is kept */ }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch { /* nothing was kept */ }
}

/** Forget what is kept, but for the drafts of the person who is here. */
function forgetAllBut(own) {
  let keys = [];
  try {
    keys = Object.keys(localStorage);
  } catch { /* nothing was kept */ }
  for (const key of keys) {
    if (key.startsWith(PREFIX) && !(own && key.startsWith(`${PREFIX}${own}.`))) forget(key);
  }
  try {
    const last = sessionStorage.getItem(LAST);
    if (last && !(own && JSON.parse(JSON.parse(last).sent)[0] === own)) sessionStorage.removeItem(LAST);
  } catch { /* nothing was kept */ }
}

/** A text that waits and one that was begun since: neither is lost. */
function joined(before, since) {
  return before && since && before !== since ? `${before}\n\n${since}` : since || before;
}

function save(form) {
  const before = waiting.get(form)?.values ?? {};
  const values = {};
  for (const field of fieldsOf(form)) {
    if (field.type === "radio" && !field.checked) continue;
    const value = field.type === "checkbox" ? field.checked : field.value;
    values[field.name] = isText(field) ? joined(before[field.name] ?? "", value) : value;
  }
  write(keyOf(form), { at: Date.now(), values, key: form.elements.namedItem("form_key")?.value });
}

/** Say whether a draft holds a text that the form does not. */
function tells(form, draft) {
  return fieldsOf(form).some((field) => isText(field) && draft.values[field.name] && draft.values[field.name] !== field.value);
}

/** Put a draft into its form. A kind that is chosen, by the address or by the person, stays; the text goes along. */
function fill(form, draft) {
  const asked = form.querySelector("input[name=kind]:checked")?.value;
  for (const field of fieldsOf(form)) {
    const value = draft.values[field.name];
    if (value === undefined || (field.name === "kind" && asked)) continue;
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") field.checked = value;
    else field.value = isText(field) ? joined(value, field.value) : value;
  }
  // The same idempotency key: a form that did arrive, though no answer came back, is not made twice.
  const key = form.elements.namedItem("form_key");
  if (key && draft.key && (!asked || asked === draft.values.kind)) key.value = draft.key;
}

/** Another kind of matter is another form: it must not pass for the one before. */
function takeFreshKey(form) {
  const key = form.elements.namedItem("form_key");
  if (key) key.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Offer the first draft that waits; the bar stands over the page, so that nothing in it moves. */
function offer(say) {
  const bar = document.getElementById("draft-offer");
  const [form, draft] = [...waiting].find(([each]) => each.isConnected) ?? [];
  bar.hidden = !form;
  if (!form) return;
  say(bar.querySelector("p").textContent);
  const decide = (goOn) => {
    waiting.delete(form);
    const field = fieldsOf(form).find(isText);
    if (goOn) {
      fill(form, draft);
      field?.dispatchEvent(new Event("input", { bubbles: true })); // what the words give away is looked up again
    } else {
      forget(keyOf(form));
    }
    if (field?.checkVisibility()) field.focus();
    else document.getElementById("main").focus({ preventScroll: true });
    offer(say);
  };
  bar.querySelector("[value=go-on]").onclick = () => decide(true);
  bar.querySelector("[value=drop]").onclick = () => decide(false);
}

/** Look for drafts of the forms on the page, but for those that the server already filled with what was typed. */
export function offerDrafts(say) {
  if (!person) return;
  for (const form of document.querySelectorAll("form[data-draft]:not([data-looked-up])")) {
    form.dataset.lookedUp = "yes";
    const draft = read(keyOf(form));
    if (!draft || Date.now() - draft.at > DAYS * DAY || form.querySelector("[aria-invalid=true]")) continue;
    if (tells(form, draft)) waiting.set(form, draft);
  }
  if ([...waiting.keys()].some((form) => form.isConnected)) offer(say);
}

/** Save while typing; forget once the page after a sent form is another one than the form's own. */
export function watchDrafts() {
  if (person) forgetAllBut(person);
  const timers = new Map();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.draft) return;
    if (event.target.name === "kind") takeFreshKey(form);
    window.clearTimeout(timers.get(form));
    timers.set(form, window.setTimeout(() => save(form), WAIT));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    window.clearTimeout(timers.get(form));
    // The answer clears the storage too, in browsers that know how.
    if (form.getAttribute("action") === "/sign-out") forgetAllBut(null);
    if (!form.dataset.draft) return;
    passForTheSame(form, event.submitter);
    save(form);
    write(SENT, { name: form.dataset.draft, person });
  }, { capture: true });
  if (person) forgetSent();
}

/** Say whether the page was come back to, with what the browser put into its fields again. */
const cameBack = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward";

/** What was sent from the page that one came back to, and is sent again as it is, passes for the one form that it was. */
function passForTheSame(form, button) {
  const key = form.elements.namedItem("form_key");
  if (!key) return;
  const values = fieldsOf(form).map((field) => [field.name, field.type === "radio" || field.type === "checkbox" ? field.checked : field.value]);
  const sent = JSON.stringify([person, button?.formAction || form.action, values]);
  try {
    const last = JSON.parse(sessionStorage.getItem(LAST));
    if (cameBack() && last?.sent === sent) key.value = last.key;
    sessionStorage.setItem(LAST, JSON.stringify({ sent, key: key.value }));
  } catch { /* nothing is kept */ }
}

/** A success leads to a page with a notice and without the form; anything else keeps the draft. */
function forgetSent() {
  const sent = read(SENT);
  if (!sent) return;
  const failed = document.querySelector("form.kept, .failure, form.people, [aria-invalid=true], .ds-error-summary");
  if (failed) return;
  forget(SENT);
  const again = document.querySelector(`form[data-draft="${CSS.escape(sent.name)}"]`);
  if (!again || document.querySelector(".notice[data-color=success]")) forget(`${PREFIX}${sent.person}.${sent.name}`);
}
