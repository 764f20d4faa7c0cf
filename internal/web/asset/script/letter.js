"use strict";
// A draft that was changed is what is copied, and what the mail opens with.
(() => {
  const ready = (root) => { for (const b of root.querySelectorAll("[data-copy][hidden]")) b.hidden = false; };
  const draft = (e) => e.target.closest?.("[data-draft-of]");
  if (navigator.clipboard) {
    ready(document);
    new MutationObserver(() => ready(document)).observe(document.body, { childList: true, subtree: true });
  }
  document.addEventListener("click", async (e) => {
    const button = e.target.closest("[data-copy]");
    if (!button) return;
    const words = button.textContent;
    await navigator.clipboard.writeText(draft(e).querySelector("[data-body]").value);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
  document.addEventListener("input", (e) => {
    const all = draft(e), link = all?.querySelector("[data-mailto]");
    if (!link) return;
    const text = all.querySelector("[data-body]").value.replace(/\r?\n/g, "\r\n");
    const subject = all.querySelector("[data-subject]")?.value ?? "";
    link.href = `mailto:${encodeURIComponent(all.dataset.draftOf)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
  });
})();
