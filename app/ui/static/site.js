// Starts the NHS components and the few keys of the page. Everything works without it.
import { initAll } from "./vendor/nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

// What is folded on a phone stands open where there is room beside it.
if (window.matchMedia("(min-width: 60rem)").matches) {
  document.querySelectorAll("details[data-open-when-wide]").forEach((fold) => { fold.open = true; });
}

// "/" puts the cursor in the page's main box, unless somebody is already typing.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.querySelector("[data-main-box]");
  if (box) {
    event.preventDefault();
    box.focus();
  }
});

// Enter sends the box; Shift and Enter begin a new line.
document.addEventListener("keydown", (event) => {
  const box = event.target.closest("[data-main-box]");
  if (!box || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  box.form.requestSubmit(box.form.querySelector("[data-main-send]"));
});

// htmx notes the address of the page in the browser when it starts, to go back by. We do not use that, and addresses stay out of it.
document.addEventListener("DOMContentLoaded", () => sessionStorage.removeItem("htmx-current-path-for-history"));
