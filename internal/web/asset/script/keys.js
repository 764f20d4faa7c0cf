"use strict";
// The keyboard: j and k walk through a list, Enter opens, / searches, ? helps.
// The pages do everything without it.
(() => {
  const items = () => [...document.querySelectorAll("[data-list] [data-item]")];
  const here = () => items().findIndex((item) => item.contains(document.activeElement));

  const walk = (step) => {
    const all = items();
    if (all.length === 0) return;
    const at = here();
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
    const link = all[next].querySelector("[data-open]");
    if (!link) return;
    link.focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "nearest" });
  };

  // What a card or a promise offers under a letter: a button is pressed, a form opened.
  const offer = (letter) => {
    const all = items();
    if (all.length === 0) return;
    const item = all[Math.max(0, here())];
    const at = item.querySelector(`[data-key="${letter}"]`);
    if (!at) return;
    const form = at.closest("details");
    if (form?.open) form.querySelector("input:not([type=hidden]), textarea, select, form button")?.focus();
    else at.click();
  };

  const keys = {
    d: () => offer("d"),
    c: () => offer("c"),
    p: () => offer("p"),
    s: () => offer("s"),
    u: () => document.querySelector("[data-undo]")?.click(),
    j: () => walk(1),
    k: () => walk(-1),
    "/": () => {}, // on its way up, below
    "?": () => location.assign("/help"),
  };

  // Escape closes the form one is in and leads back to what opened it.
  const leave = (field) => {
    const form = field.closest(".acts details, .write details, .settle details");
    field.blur();
    if (!form) return;
    form.open = false;
    form.querySelector("summary").focus();
  };

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    if (e.target.closest("input, select, textarea, [contenteditable]")) {
      if (e.key === "Escape") leave(e.target);
      return;
    }
    const act = keys[e.key];
    if (!act) return;
    e.preventDefault();
    act();
  });

  // On the way up, so that the stroke itself is not typed into the field.
  document.addEventListener("keyup", (e) => {
    if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, select, textarea")) return;
    const field = document.querySelector("[data-search]");
    if (field) field.select();
    else location.assign("/customers#q");
  });

  if (location.hash === "#q") document.querySelector("[data-search]")?.focus();

  // A form that changes something is sent once, however often its button is hit.
  document.addEventListener("submit", (e) => {
    if (e.target.method !== "post") return;
    if (e.target.dataset.sent) e.preventDefault();
    e.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // A file that is chosen or dropped says its name where it was asked for.
  document.addEventListener("change", (e) => {
    const form = e.target.closest(".drop");
    if (form) form.classList.toggle("chosen", e.target.files.length > 0);
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (e) => {
      const form = e.target.closest?.(".drop");
      if (form) form.classList.toggle("over", name === "dragover");
    });
  }
})();
