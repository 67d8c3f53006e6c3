// Ctrl and Enter send a form from a field of several lines. Without this file the button does.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.closest("form[data-send]");
  if (!form || !event.target.matches("textarea")) return;
  event.preventDefault();
  form.requestSubmit();
});
