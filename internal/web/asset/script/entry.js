"use strict";
// What is written down is sent without leaving the page, and the page shows what
// the server made of it: a line with Undo, or what it refused beside the form.
// Nothing is shown as kept before the server has said so. Without this script
// the same forms do the same with a page of their own.
(() => {
  const cards = () => [...document.querySelectorAll("main [data-item]")];

  const said = document.createElement("p");
  said.className = "hidden";
  said.setAttribute("role", "status");
  said.setAttribute("aria-live", "polite");
  document.body.append(said);

  // Where the eye goes on: to what was refused, to the card one was at or the one
  // that took its place, else to what was done.
  const goOn = (place) => {
    const refused = document.querySelector("main .refused:not([hidden])");
    if (refused) {
      refused.focus();
      refused.scrollIntoView({ block: "nearest" });
      return;
    }
    const all = cards();
    const same = all.findIndex((card) => card.dataset.customer === place.customer);
    const next = all[same >= 0 ? same : Math.min(place.at, all.length - 1)];
    const link = place.at >= 0 && next?.querySelector("[data-open]");
    (link || document.getElementById("did"))?.focus();
  };

  const unsent = (form) => {
    const words = document.getElementById("unsent");
    if (!words) return;
    form.prepend(words);
    words.hidden = false;
    words.focus();
  };

  const send = async (form, button) => {
    const body = new FormData(form, button);
    const card = form.closest("[data-item]");
    const place = { at: card ? cards().indexOf(card) : -1, customer: card?.dataset.customer };
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body), headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = page.querySelector("main");
      if (!main) throw new Error("no page");
      if (answer.redirected) history.replaceState(null, "", answer.url);
      document.querySelector("main").replaceWith(document.adoptNode(main));
      document.title = page.title;
      said.textContent = document.querySelector("#did p, main .refused:not([hidden]), main .wrong")?.textContent.replace(/\s+/g, " ").trim() ?? "";
      goOn(place);
    } catch {
      delete form.dataset.sent; // so that it can be pressed again
      form.removeAttribute("aria-busy");
      unsent(form);
    }
  };

  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (!form.matches("[data-here]")) return;
    e.preventDefault();
    if (!form.dataset.sent) send(form, e.submitter);
  });

  // An opened form begins in its first field.
  document.addEventListener("toggle", (e) => {
    if (!e.target.open || !e.target.matches(".acts details, .write details, .settle details")) return;
    for (const other of e.target.parentElement.querySelectorAll(":scope > details[open]")) if (other !== e.target) other.open = false;
    e.target.querySelector("input:not([type=hidden]), textarea, select, button")?.focus();
  }, true);
})();
