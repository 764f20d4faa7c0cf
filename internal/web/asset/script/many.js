"use strict";
// All on the page, ticked and unticked with one box. Without it the server does
// the same with the box alone.
(() => {
  const boxes = (form) => [...form.querySelectorAll("input[name=lamp]")];
  document.addEventListener("change", (e) => {
    const form = e.target.closest?.("form[data-many]");
    if (!form) return;
    const all = form.querySelector("[data-all]");
    if (e.target === all) {
      for (const box of boxes(form)) box.checked = all.checked;
    } else if (e.target.name === "lamp") {
      all.checked = boxes(form).every((box) => box.checked);
    }
  });
})();
