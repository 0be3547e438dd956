// Small comforts only: every task can be finished without this file.
"use strict";

// A print button is shown only where it can work.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// An error summary takes the focus, so that a screen reader begins with it.
document.querySelector(".problems")?.focus();

// The menu of sections closes with Escape or a click elsewhere.
const drops = document.querySelectorAll("details.drop");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const drop of drops) {
    if (!drop.open) continue;
    drop.open = false;
    drop.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const drop of drops) if (!drop.contains(event.target)) drop.open = false;
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
