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

// Links with a key of their own are followed by it, unless the reader has turned keys off or is writing.
const keys = document.querySelector("[data-keys]");
if (keys) {
  const wanted = keys.querySelector("input");
  wanted.checked = localStorage.getItem("keys") !== "off";
  keys.hidden = false;
  wanted.addEventListener("change", () => localStorage.setItem("keys", wanted.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (!wanted.checked || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`)?.click();
  });
}

// Headings in Chinese break between words, never inside one.
if (document.documentElement.lang === "zh-CN" && globalThis.Intl?.Segmenter) {
  const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
  for (const heading of document.querySelectorAll("main h1, main h2")) {
    if (heading.children.length || heading.textContent.length < 8) continue;
    const words = [...segmenter.segment(heading.textContent)].map((each) => each.segment);
    heading.replaceChildren(...words.flatMap((word) => [word, document.createElement("wbr")]).slice(0, -1));
    heading.classList.add("worded");
  }
}
