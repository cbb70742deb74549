// Keys and dragging on the desk of a page. Both press the buttons that are there.
import { say } from "./shell.js";

const form = document.getElementById("act");
const rows = () => [...document.querySelectorAll(".rows > .story")];
const controlOf = key => document.querySelector(`[data-focus="${CSS.escape(key)}"]`);

// A post leads back to a row; focus goes on to the button that was pressed, wherever its story is now.
const place = "desk-page-focus";
document.addEventListener("submit", event => {
  const key = event.submitter?.dataset.focus;
  if (key) {
    sessionStorage.setItem(place, JSON.stringify({ path: location.pathname, key }));
  }
});
const left = JSON.parse(sessionStorage.getItem(place) ?? "null");
sessionStorage.removeItem(place);
const fragment = decodeURIComponent(location.hash.slice(1));
if (left?.path === location.pathname) {
  // The browser would move focus to where the address leads, after this.
  history.replaceState(null, "", location.pathname + location.search);
  const control = controlOf(left.key);
  (control && !control.disabled ? control : control?.closest(".story") ?? document.getElementById(fragment))?.focus();
} else if (fragment) {
  document.getElementById(fragment)?.focus();
}

// Keys
const working = document.getElementById("keys-on");
const areKeysOn = () => {
  try {
    return localStorage.getItem("desk-keys") !== "off";
  } catch {
    return true;
  }
};
working.checked = areKeysOn();
working.disabled = false;
working.addEventListener("change", () => {
  localStorage.setItem("desk-keys", working.checked ? "on" : "off");
  say(working.checked ? "Keys work again." : "Keys are off.");
});

const current = () => document.activeElement?.closest(".rows > .story") ?? document.querySelector(".rows > .story.chosen");
const step = by => {
  const all = rows();
  const at = all.indexOf(current());
  all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
};
const press = key => {
  const control = current()?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (control && !control.disabled) {
    control.click();
    control.closest("details.ask")?.querySelector("button")?.focus();
  } else if (!current()) {
    say("Choose a row first, with j or k.");
  }
};
const anywhere = key => document.querySelector(`[data-key="${CSS.escape(key)}"]`);

document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.isComposing || !areKeysOn() || event.target.closest("input, select, textarea, [contenteditable]")) {
    return;
  }
  const { key } = event;
  const act =
    event.ctrlKey && key === "Enter" ? () => anywhere("review")?.click()
    : event.altKey && key === "ArrowUp" ? () => press("up")
    : event.altKey && key === "ArrowDown" ? () => press("down")
    : event.ctrlKey || event.altKey || event.metaKey ? null
    : key === "j" ? () => step(1)
    : key === "k" ? () => step(-1)
    : "pbsw+-".includes(key) ? () => press(key)
    : key === "u" ? () => anywhere("u").click()
    : key === "/" ? () => anywhere("/").focus()
    : key === "?" ? () => { anywhere("?").click(); anywhere("?").focus(); }
    : null;
  if (act) {
    event.preventDefault();
    act();
  }
});

// Dragging, by the handle
let dragged = null;
const over = row => {
  document.querySelector(".story.over")?.classList.remove("over");
  row?.classList.add("over");
};
document.addEventListener("dragstart", event => {
  const story = event.target.closest?.(".handle")?.closest(".story");
  if (story) {
    dragged = story;
    story.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", story.dataset.story);
    event.dataTransfer.setDragImage(story, 12, 12);
  }
});
document.addEventListener("dragover", event => {
  const row = dragged && event.target.closest("#rows > .story");
  over(row);
  if (row) {
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
  }
});
document.addEventListener("drop", event => {
  const row = dragged && event.target.closest("#rows > .story");
  if (row) {
    event.preventDefault();
    const button = document.createElement("button");
    button.name = "do";
    button.value = `pin|${row.dataset.slot}|${dragged.dataset.story}`;
    button.dataset.focus = `pin-${dragged.dataset.story}`;
    button.hidden = true;
    form.append(button);
    form.requestSubmit(button);
  }
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  over(null);
});
