// A box that suggests while one types: a combobox with a list (ARIA APG), and the quick menu that is one in a dialog.

const PAUSE = 150; // of the typing, in milliseconds
const SUGGESTIONS = "/search/suggestions";
const QUICK = "/quick";

/** What the server says at an address, as elements; null when it says nothing of use. */
async function elements(address, wanted, signal) {
  try {
    const answer = await fetch(address, { headers: { "HX-Request-Type": "partial" }, signal });
    if (!answer.ok) return null;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    return holder.content.querySelector(wanted);
  } catch {
    return null; // left behind by further typing, or out of reach: the box still sends its form
  }
}

/** Make a box suggest, once. With `always` its list stands open and tells all ways while nothing is typed. */
export function suggest(box, { always = false } = {}) {
  if (box.getAttribute("role") === "combobox") return;
  const list = document.createElement("ul");
  const said = document.createElement("p");
  list.id = `${box.id}-suggestions`;
  list.className = always ? "suggestions" : "suggestions suggestions-below";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  said.className = "ds-sr-only";
  said.setAttribute("role", "status");
  box.closest("form").append(list, said);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) box.setAttribute(name, value);
  let waiting = 0;
  let asking = new AbortController();

  const choose = (option) => {
    list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };
  const forget = () => {
    window.clearTimeout(waiting);
    asking.abort();
  };
  const show = (open) => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) choose(null);
  };
  const close = () => {
    forget();
    show(false);
  };
  const ask = async () => {
    forget();
    if (!box.value.trim() && !always) return close();
    asking = new AbortController();
    const { signal } = asking;
    const found = await elements(`${SUGGESTIONS}?${new URLSearchParams({ q: box.value })}`, "#suggestions", signal);
    if (!found || signal.aborted) return;
    const options = [...found.querySelectorAll("[role=option]")];
    options.forEach((option, number) => { option.id = `${list.id}-${number}`; });
    choose(null);
    list.replaceChildren(...options);
    list.setAttribute("aria-label", found.querySelector("[role=listbox]").getAttribute("aria-label"));
    show(options.length > 0);
    said.textContent = found.dataset.count;
  };
  const move = (step) => {
    const options = [...list.children];
    const from = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (options.length) choose(options.at(from < 0 && step < 0 ? -1 : (from + step) % options.length));
  };

  box.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    const chosen = list.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask();
      else move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      window.location.assign(chosen.dataset.href);
    } else if (event.key === "Escape" && !list.hidden && !always) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) window.location.assign(option.dataset.href);
  });
  box.form.addEventListener("submit", () => { if (!always) close(); });
  if (always) ask();
  else box.addEventListener("blur", close);
}

/** Open the quick menu over the page; on its own page the box there is it. */
export async function openQuickMenu() {
  const here = document.getElementById("quick-q");
  if (here) return here.focus();
  const menu = await elements(QUICK, "#quick");
  if (!menu || document.getElementById("quick-q")) return;
  const dialog = document.createElement("dialog");
  const box = menu.querySelector("input");
  dialog.className = "quick-menu";
  dialog.setAttribute("aria-label", menu.querySelector("form").getAttribute("aria-label"));
  menu.querySelector(".rows").remove(); // the list of the box tells the same
  dialog.append(menu);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  // At the first press, as in any dialog; a search box would only empty itself.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  suggest(box, { always: true });
  box.focus();
}
