// Pickers: a text field that takes a code becomes a combobox that finds by name, pinyin or code (WAI-ARIA APG 1.2,
// editable combobox with list autocomplete). What is sent is the same with and without this file.
"use strict";

const WAIT = 150;

for (const box of document.querySelectorAll("[data-picker]")) pick(box);

function pick(box) {
  const shown = box.querySelector("input");
  const sent = Object.assign(document.createElement("input"), { type: "hidden", name: shown.name, value: shown.value });
  const list = make("ul", { role: "listbox", id: `${shown.id}-list`, "aria-label": label(shown) });
  const said = make("p", { class: "picker-said", role: "status" });
  const picked = document.getElementById(`${shown.id}-picked`);
  let options = [], active = -1, timer = 0, asked = 0;

  shown.removeAttribute("name");
  if (shown.dataset.label) shown.value = shown.dataset.label;
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) shown.setAttribute(name, value);
  list.hidden = true;
  box.append(sent, list, said);

  shown.addEventListener("input", () => {
    sent.value = shown.value.trim();
    if (picked) picked.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  shown.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return look();
      if (!event.altKey) move(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "ArrowUp") close();
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      take(options[active]);
    } else if (event.key === "Escape") {
      if (open) close();
      else if (shown.value) { shown.value = sent.value = ""; if (picked) picked.hidden = true; }
    }
  });
  shown.addEventListener("blur", () => {
    clearTimeout(timer);
    asked += 1;
    const same = options.filter((each) => [each.value, each.label].includes(shown.value.trim()));
    if (!list.hidden && same.length === 1 && sent.value !== same[0].value) take(same[0]);
    close();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) take(options[[...list.children].indexOf(row)]);
  });

  async function look() {
    const mine = ++asked;
    const words = sent.value && shown.value !== shown.dataset.label ? shown.value.trim() : "";
    const answer = await fetch(`${box.dataset.picker}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (mine !== asked || !answer?.ok) return;
    const found = await answer.json();
    if (mine === asked) show(found);
  }
  function show(found) {
    options = found.choices;
    list.replaceChildren(...options.map((each, place) => {
      const row = make("li", { role: "option", id: `${list.id}-${place}`, "aria-selected": "false" });
      row.append(make("span", {}, each.label), make("span", { class: "meta" }, each.note));
      return row;
    }));
    active = -1;
    list.hidden = !options.length;
    shown.setAttribute("aria-expanded", String(!list.hidden));
    shown.removeAttribute("aria-activedescendant");
    said.textContent = !options.length ? box.dataset.none
      : `${options.length} ${box.dataset.found}${found.more ? ` · ${box.dataset.more}` : ""}`;
  }
  function move(step) {
    active = (active + step + options.length) % options.length;
    [...list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === active)));
    list.children[active].scrollIntoView({ block: "nearest" });
    shown.setAttribute("aria-activedescendant", list.children[active].id);
  }
  function take(choice) {
    sent.value = choice.value;
    shown.value = shown.dataset.label = choice.label;
    if (picked) {
      picked.replaceChildren(make("strong", {}, choice.label), " ", make("span", { class: "meta" }, choice.note));
      picked.hidden = false;
    }
    close();
  }
  function close() {
    list.hidden = true;
    active = -1;
    said.textContent = "";
    shown.setAttribute("aria-expanded", "false");
    shown.removeAttribute("aria-activedescendant");
  }
}

function make(name, attributes, text = "") {
  const found = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
  if (text) found.textContent = text;
  return found;
}

function label(field) {
  return document.querySelector(`label[for="${field.id}"]`)?.textContent.trim() ?? "";
}
