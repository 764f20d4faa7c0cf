"use strict";
// What was typed and not sent comes back: after a reload, a closed window, the
// end of a session. It is kept in this browser, apart for every colleague, for a
// week at most; secrets and files never are.
(() => {
  const line = document.getElementById("live"), sent = "behold:sent";
  if (!line) { // the way in: what was sent has not arrived
    try { sessionStorage.removeItem(sent); } catch { /* nothing is kept here */ }
    return;
  }
  const begins = "behold:draft:";
  const mine = begins + (line.dataset.colleague || "") + ":";
  const week = 7 * 24 * 3600 * 1000;
  const kept = (() => { try { localStorage.getItem(mine); return localStorage; } catch { return null; } })();
  if (!kept) return;

  const fields = (form) => [...form.elements].filter((f) =>
    f.name && !f.disabled && /^(INPUT|SELECT|TEXTAREA)$/.test(f.tagName) && !/^(hidden|password|file|submit|button|reset|image)$/.test(f.type));
  const drafted = (form) =>
    form.method === "post" && form.dataset.draft !== "no" && !form.querySelector("[type=password], [type=file]") && fields(form).length > 0;
  const name = (form) => {
    const like = [...document.forms].filter((f) => f.getAttribute("action") === form.getAttribute("action"));
    return mine + form.getAttribute("action") + " " + (form.dataset.act || fields(form).map((f) => f.name).join(" ") + " " + like.indexOf(form));
  };
  const tick = (f) => f.type === "checkbox" || f.type === "radio";
  const is = (f) => (tick(f) ? f.checked : f.multiple ? [...f.selectedOptions].map((o) => o.value) : f.value);
  const was = (f) => (tick(f) ? f.defaultChecked
    : f.options ? (f.multiple ? [...f.options].filter((o) => o.defaultSelected).map((o) => o.value) : ([...f.options].find((o) => o.defaultSelected) || f.options[0])?.value)
    : f.defaultValue);
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  const read = (form) => { try { return JSON.parse(kept.getItem(name(form))); } catch { return null; } };
  const save = (form) => {
    if (!drafted(form) || gone.has(form)) return;
    const typed = fields(form).flatMap((f, i) => (same(is(f), was(f)) ? [] : [[i, f.name, is(f)]]));
    const text = JSON.stringify({ at: Date.now(), typed });
    try {
      if (typed.length === 0) kept.removeItem(name(form));
      else if (text.length < 50000) kept.setItem(name(form), text);
    } catch { /* full: then it is not kept */ }
  };
  const forget = (form) => kept.removeItem(name(form));

  // restore fills in what nobody has changed since, and says so.
  const restore = (form) => {
    const draft = drafted(form) && read(form);
    if (!draft) return;
    const all = fields(form);
    const back = draft.typed.filter(([i, n, value]) => all[i]?.name === n && same(is(all[i]), was(all[i])) && !same(is(all[i]), value));
    if (back.length === 0) return;
    for (const [i, , value] of back) {
      const f = all[i];
      if (tick(f)) f.checked = value;
      else if (f.multiple) for (const o of f.options) o.selected = value.includes(o.value);
      else f.value = value;
    }
    for (let at = form.closest("details"); at; at = at.parentElement?.closest("details")) at.open = true;
    tell(form);
  };
  const tell = (form) => {
    form.querySelector(":scope > .draft")?.remove();
    const p = document.createElement("p");
    const drop = document.createElement("button");
    p.className = "draft";
    p.setAttribute("role", "status");
    drop.type = "button";
    drop.className = "quiet";
    drop.textContent = line.dataset.discard;
    drop.onclick = () => { form.reset(); forget(form); p.remove(); };
    p.append(line.dataset.restored + " ", drop);
    form.prepend(p);
  };

  // What was sent is kept until a page says that it arrived: one that is neither
  // an error nor the sign-in.
  const gone = new WeakSet();
  const arrived = () => {
    const names = JSON.parse(sessionStorage.getItem(sent) || "[]");
    sessionStorage.removeItem(sent);
    const status = performance.getEntriesByType("navigation")[0]?.responseStatus || 200;
    if (status < 400 && !document.querySelector(".wrong")) for (const n of names) kept.removeItem(n);
  };

  let soon;
  document.addEventListener("input", (e) => {
    const form = e.target.form;
    if (!form) return;
    clearTimeout(soon);
    soon = setTimeout(() => save(form), 200);
  });
  addEventListener("pagehide", () => { for (const form of document.forms) if (fields(form).some((f) => !same(is(f), was(f)))) save(form); });
  document.addEventListener("submit", (e) => {
    const form = e.target;
    const action = form.getAttribute("action");
    const those = (begin) => Object.keys(kept).filter((key) => key.startsWith(begin));
    if (action === "/sign-out") return void those(mine).forEach((key) => kept.removeItem(key));
    if ("kept" in form.dataset) return send(those(mine + action + " ")); // it waited while its sender signed in
    if (!drafted(form)) return;
    clearTimeout(soon);
    gone.delete(form);
    save(form);
    gone.add(form);
    send([name(form)]);
  });
  const send = (names) => sessionStorage.setItem(sent, JSON.stringify([...JSON.parse(sessionStorage.getItem(sent) || "[]"), ...names]));
  document.addEventListener("htmx:afterRequest", (e) => {
    const form = e.target.closest?.("form");
    if (form && drafted(form) && e.detail.successful) forget(form);
  });
  document.addEventListener("behold:put", (e) => { for (const form of e.target.querySelectorAll("form")) restore(form); });

  for (const key of Object.keys(kept)) {
    if (!key.startsWith(begins)) continue;
    let at = 0;
    try { at = JSON.parse(kept.getItem(key)).at; } catch { /* not ours, or broken */ }
    if (!(Date.now() - at < week)) kept.removeItem(key);
  }
  arrived();
  for (const form of document.forms) restore(form);
})();
