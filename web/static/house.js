// What the pages do better with scripts: safe double clicks, focus and spoken results after swaps, drafts, the menu.
import { offerDrafts, watchDrafts } from "./drafts.js";

// Only pages that renew a part of themselves need htmx.
if (document.querySelector("[hx-get], [hx-post]")) {
  const htmx = document.createElement("script");
  htmx.src = new URL("./vendor/htmx/htmx.min.js", import.meta.url);
  document.head.append(htmx);
}

const announcer = document.getElementById("announcer");

/** Say a result aloud; the same words twice are said twice. */
function announce(words) {
  announcer.textContent = "";
  window.setTimeout(() => { announcer.textContent = words; }, 50);
}

/** One press is enough: a form on its way is not sent again. The button stays focusable, so the focus is not lost. */
function guardAgainstDoubleSubmit() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.onItsWay) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.onItsWay = "yes";
    for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  }, { capture: true });
  const release = () => {
    for (const form of document.querySelectorAll("form[data-on-its-way]")) {
      delete form.dataset.onItsWay;
      for (const button of form.querySelectorAll("button[type=submit]")) {
        button.removeAttribute("aria-disabled");
        button.removeAttribute("aria-busy");
      }
    }
  };
  window.addEventListener("pageshow", release);
  document.addEventListener("htmx:finally:request", release);
}

/** The element in the new content that stands for the one that had the focus. */
function counterpart(element) {
  if (!element) return null;
  if (element.id) return document.getElementById(element.id);
  if (element.href) return document.querySelector(`a[href="${CSS.escape(element.getAttribute("href"))}"]`);
  return null;
}

/** After a swap: the focus goes to what asks for it, else stays where it was; the result is said aloud. */
function tendSwaps() {
  let focused = null;
  document.addEventListener("htmx:before:swap", () => { focused = document.activeElement; });
  document.addEventListener("htmx:after:swap", () => {
    const asking = document.querySelector("main [autofocus]:not([data-focused])");
    if (asking) {
      asking.dataset.focused = "yes";
      asking.focus();
    } else if (focused && !focused.isConnected) {
      counterpart(focused)?.focus({ preventScroll: true });
    }
    const spoken = document.querySelector("main [data-announce]");
    if (spoken) announce(spoken.textContent);
    offerDrafts(announce);
  });
  for (const asking of document.querySelectorAll("main [autofocus]")) asking.dataset.focused = "yes";
}

/** The menu closes with Escape and when the person goes elsewhere on the page. */
function tendMenus() {
  document.addEventListener("keydown", (event) => {
    const open = document.querySelector("details.menu[open]");
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    const open = document.querySelector("details.menu[open]");
    if (open && !open.contains(event.target)) open.open = false;
  });
}

/** Boxes that search suggest while one types, and Ctrl+K or ⌘K opens the quick menu: loaded when first used. */
function offerSearch() {
  const load = () => import("./search.js");
  document.addEventListener("focusin", async ({ target }) => {
    if (target.matches("input[data-suggest]")) (await load()).suggest(target);
  });
  document.addEventListener("keydown", async (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (!document.body.dataset.person) return;
    event.preventDefault();
    (await load()).openQuickMenu();
  });
}

/** Buttons that print the page are shown only where scripts can do it. */
function offerPrinting() {
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** A margin of paper tells the day: no style sheet knows it, and no style may stand in the page. */
function datePaper() {
  const sheet = new CSSStyleSheet();
  const said = JSON.stringify(document.body.dataset.printed);
  sheet.replaceSync(`@page { @bottom-left { content: ${said}; font: 8.5pt Inter, sans-serif; } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Who is signed in has the shared files at hand on this device; signing out takes them away again. */
function standReady() {
  if (!document.body.dataset.person || !("serviceWorker" in navigator)) return;
  window.addEventListener("load", () => { navigator.serviceWorker.register("/service-worker.js").catch(() => {}); });
}

guardAgainstDoubleSubmit();
datePaper();
tendSwaps();
tendMenus();
offerPrinting();
offerSearch();
standReady();
watchDrafts();
offerDrafts(announce);
