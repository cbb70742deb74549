// The note of a review is kept while it is written.
const form = document.querySelector("form[data-note]");
const kept = document.getElementById("note-kept");
let waiting = 0;

form?.elements.note.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const response = await fetch(form.dataset.note, { method: "POST", body: new FormData(form) }).catch(() => null);
    kept.textContent = response?.ok ? "The note is kept with the draft." : "The note could not be kept; it is sent when you publish.";
  }, 600);
});
