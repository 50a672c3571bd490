// Keeps the queue and the case fresh: asks now and then what changed, and renews only what tells, never what is typed.
const PAUSE = 20_000;
const LONGEST_PAUSE = 300_000;
let pause = PAUSE;

/** What was unfolded stays unfolded. */
function keepUnfolded(before, after) {
  const folds = after.querySelectorAll("details");
  before.querySelectorAll("details").forEach((fold, index) => { if (folds[index]) folds[index].open = fold.open; });
}

/** Put the answer's parts in their places. A live region keeps its element, or nobody would hear it. */
function renew(answer) {
  for (const part of answer.querySelectorAll("[data-part]")) {
    const place = document.getElementById(part.id);
    if (!place || place.contains(document.activeElement)) continue;
    if (place.getAttribute("role") === "status") {
      place.replaceChildren(...part.childNodes);
    } else if (place.innerHTML !== part.innerHTML) {
      keepUnfolded(place, part);
      place.replaceWith(part);
    }
  }
}

/** Ask what changed. 204: nothing did. Redirected: the session is over, and the next press of a button will tell. */
async function ask(watch) {
  const response = await fetch(watch.dataset.watch, { headers: { "HX-Request-Type": "partial" } });
  if (response.redirected) return false;
  if (response.status === 204) return true;
  if (!response.ok) throw new Error(response.statusText);
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!watch.isConnected) return true;
  renew(answer);
  const next = answer.querySelector("[data-watch-next]");
  if (next) watch.dataset.watch = next.dataset.watchNext;
  return true;
}

async function look() {
  const watch = document.querySelector("[data-watch]");
  let goOn = true;
  if (watch && !document.hidden) {
    try {
      goOn = await ask(watch);
      pause = PAUSE;
    } catch {
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }
  if (goOn) window.setTimeout(look, pause);
}

/** Choosing many: all of the page at once, and how many are chosen. Without a script each box still works. */
function count(form) {
  const boxes = [...form.querySelectorAll('input[name="case_id"]')];
  const chosen = boxes.filter((box) => box.checked).length;
  const all = form.querySelector("[data-all]");
  all.closest("label").hidden = false;
  all.checked = chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
  const told = form.querySelector("[data-chosen]");
  told.textContent = chosen ? `${told.dataset.words} ${chosen}` : "";
}

function countIn(place) {
  const form = place.querySelector(".queue-form");
  if (form) count(form);
}

document.addEventListener("change", ({ target }) => {
  const form = target.closest(".queue-form");
  if (!form) return;
  if (target.matches("[data-all]")) {
    form.querySelectorAll('input[name="case_id"]').forEach((box) => { box.checked = target.checked; });
  }
  count(form);
});
document.addEventListener("htmx:after:swap", () => countIn(document));
countIn(document);

/** What a list can be narrowed to is asked for when the filters are unfolded, not by a press of its own. */
document.addEventListener("toggle", ({ target }) => {
  if (target.open && target.matches(".queue-filters")) target.querySelector("[data-unfold]")?.click();
}, { capture: true });

window.setTimeout(look, PAUSE);
