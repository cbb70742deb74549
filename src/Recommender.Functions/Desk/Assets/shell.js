// What every page of the desk is enhanced with. None of it is needed: each page works as the server sent it.

// Screen readers say a live region when it changes, not when it comes with the page: what was just done is put in again.
// Its height is held meanwhile, or everything below would jump for a frame, and a click at that moment would be lost.
const said = document.getElementById("said");
const put = text => {
  said.style.minBlockSize = `${said.getBoundingClientRect().height}px`;
  said.textContent = "";
  requestAnimationFrame(() => {
    said.textContent = text;
    said.style.minBlockSize = "";
  });
};
if (said?.textContent) {
  setTimeout(() => put(said.textContent), 150);
}

/** Says something to screen readers and shows it above the page. */
export function say(text, isProblem = false) {
  if (said) {
    said.className = isProblem ? "said problem" : "said done";
    put(text);
  }
}

// After a post the same page comes again: focus goes back to where it was, unless the address says where to.
const place = "desk-focus";
document.addEventListener("submit", event => {
  const control = event.submitter;
  const key = control?.dataset.focus ?? control?.id ?? "";
  if (key) {
    sessionStorage.setItem(place, JSON.stringify({ path: location.pathname, key }));
  }
});
const left = JSON.parse(sessionStorage.getItem(place) ?? "null");
sessionStorage.removeItem(place);
if (left?.path === location.pathname && !location.hash) {
  (document.getElementById(left.key) ?? document.querySelector(`[data-focus="${CSS.escape(left.key)}"]`))?.focus();
}

// Menus close when one leaves them.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", event => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});
document.addEventListener("keydown", event => {
  if (event.key === "Escape") {
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});
