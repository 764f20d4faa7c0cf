"use strict";
// What somebody opened among the filters stays open when the filters are put anew.
document.addEventListener("htmx:oobBeforeSwap", (e) => {
  const open = e.detail.target.querySelector?.("details[open][id]");
  const now = open && e.detail.fragment.querySelector("#" + open.id);
  if (now) now.open = true;
});
