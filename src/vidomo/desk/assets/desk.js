// Single keys of the desk. Everything works without this file; it only makes hands faster.
"use strict";
(() => {
  // The library beside this one notes the address of the page; the desk leaves nothing behind.
  try { sessionStorage.removeItem("htmx-current-path-for-history"); } catch { /* nothing is kept then */ }
  const OFF = "vidomo-keys-off";
  const dialog = document.getElementById("keys");
  const opener = document.getElementById("show-keys");
  const choice = document.getElementById("keys-on");
  if (!dialog || !opener || !choice) return;

  let isOn = true;
  try { isOn = localStorage.getItem(OFF) === null; } catch { /* storage is forbidden: keys stay on */ }
  const show = () => { document.documentElement.classList.toggle("keys-off", !isOn); choice.checked = isOn; };

  const isTyping = (target) => target.closest("input, select, textarea, [contenteditable], dialog[open]") !== null
    && !(target instanceof HTMLInputElement && ["checkbox", "radio", "submit", "button"].includes(target.type));
  const isSeen = (element) => element.getClientRects().length > 0;

  function list() {
    const rows = document.getElementById("keys-list");
    rows.replaceChildren();
    const named = [...document.querySelectorAll("[data-key]")].filter(isSeen)
      .map((element) => [element.dataset.key, element.dataset.keyName || element.textContent.trim()]);
    if (steps().length) named.push(["j k", dialog.dataset.steps]);
    for (const [letter, words] of named) {
      const term = document.createElement("dt");
      const key = document.createElement("kbd");
      key.textContent = letter;
      term.append(key);
      const told = document.createElement("dd");
      told.textContent = words;
      rows.append(term, told);
    }
    dialog.showModal();
  }

  // A key is known by its place on the keyboard too, so that it works with the Ukrainian layout on.
  const letterOf = (event) => event.code.startsWith("Key") ? event.code.slice(3).toLowerCase()
    : event.code.startsWith("Digit") ? event.code.slice(5) : event.key.toLowerCase();

  // J and K go from one thing of a list to the next and back.
  const steps = () => [...document.querySelectorAll("[data-step]")].filter(isSeen);
  function step(by) {
    const all = steps();
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
    if (next) next.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (isTyping(event.target)) {
      // Out of the field, so that single keys are keys again; what was typed stays.
      if (event.key === "Escape" && !event.target.closest("dialog[open]")) event.target.blur();
      return;
    }
    if (event.key === "?" || (event.shiftKey && event.code === "Slash")) { event.preventDefault(); list(); return; }
    if (!isOn || event.shiftKey) return;
    const letter = letterOf(event);
    if ((letter === "j" || letter === "k") && steps().length) {
      event.preventDefault();
      step(letter === "j" ? 1 : -1);
      return;
    }
    for (const element of document.querySelectorAll("[data-key]")) {
      if (element.dataset.key !== letter || !isSeen(element)) continue;
      event.preventDefault();
      if (element.matches("input, select, textarea, summary, [tabindex]")) element.focus();
      if (!element.matches("input, select, textarea")) element.click();
      return;
    }
  });
  opener.hidden = false;
  opener.addEventListener("click", list);
  choice.addEventListener("change", () => {
    isOn = choice.checked;
    try { if (isOn) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1"); } catch { /* only this page */ }
    show();
  });
  show();
})();
