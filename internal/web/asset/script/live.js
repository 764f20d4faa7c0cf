"use strict";
// What others do appears on the page while it is open. The server says that
// something changed and never what was written; the parts that are concerned,
// [data-live], are asked for again and put in place of the old ones.
//
//   data-live="customer:ID"  part about a customer      data-live="task:ID"  work under way
//   data-live="lamps"        list that any lamp can change
//
// A part needs an id. One in which somebody types is left alone until they ask.
(() => {
  const line = document.getElementById("live");
  if (!line || !window.EventSource) return;
  const said = line.querySelector("p");
  const showButton = line.querySelector("[data-show]");
  const parts = () => [...document.querySelectorAll("[data-live][id]")];
  const onWork = () => document.querySelector('[data-live^="task:"]')?.dataset.live.slice(5) || "";

  // The line: what happened, for a while; what waits for a yes, until it is given.
  let hide, waiting = false;
  const say = (text, { stays = false, show = null } = {}) => {
    if (waiting && !show) return;
    clearTimeout(hide);
    waiting = !!show;
    said.textContent = text;
    showButton.hidden = !show;
    showButton.onclick = show && (() => { close(); show(); });
    line.hidden = false;
    if (!stays && !show) hide = setTimeout(close, 8000);
  };
  const close = () => { waiting = false; line.hidden = true; said.textContent = ""; };
  line.querySelector("[data-close]").onclick = close;

  // A part as the server last wrote it, to tell whether it says anything new.
  const written = new Map(parts().map((part) => [part.id, part.outerHTML]));

  const touched = (field) =>
    field.type !== "hidden" &&
    (field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
      : field.options ? [...field.options].some((o) => o.selected !== o.defaultSelected) && field.selectedIndex > 0
      : field.value !== field.defaultValue);
  const busy = (part) =>
    part.contains(document.activeElement) || [...part.querySelectorAll("input, select, textarea")].some(touched);

  const put = (old, now, mark) => {
    const open = [...old.querySelectorAll("details")].map((d) => [d.open, d.querySelector("summary")?.textContent]);
    written.set(now.id, now.outerHTML);
    for (const [i, d] of [...now.querySelectorAll("details")].entries()) {
      if (open[i] && open[i][1] === d.querySelector("summary")?.textContent) d.open = open[i][0];
    }
    old.replaceWith(now);
    window.htmx?.process(now);
    now.dispatchEvent(new CustomEvent("behold:put", { bubbles: true }));
    if (mark) now.classList.add("just");
  };

  // refresh asks for the page again and puts in what is new of the wanted parts,
  // and gives those that somebody is busy in. One is asked after the other: an
  // answer that was on its way for longer would put an older state back.
  let asked = Promise.resolve();
  const refresh = (wants, how = {}) => (asked = asked.catch(() => {}).then(() => ask(wants, how)));
  const ask = async (wants, { mark = false, force = false }) => {
    const concerned = parts().filter(wants);
    if (concerned.length === 0) return { put: [], kept: [] };
    const answer = await fetch(location.pathname + location.search, { headers: { "Behold-Live": "1" }, credentials: "same-origin" });
    if (answer.redirected && new URL(answer.url).pathname !== location.pathname || answer.status === 401) {
      say(line.dataset.signedOut, { stays: true });
      return { put: [], kept: [] };
    }
    if (!answer.ok && answer.status !== 422) return { put: [], kept: [] };
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const done = { put: [], kept: [] };
    for (const { id } of concerned) {
      const old = document.getElementById(id), now = page.getElementById(id); // old may have been swapped meanwhile
      if (!old || !now || now.outerHTML === written.get(id)) continue;
      const places = old.tagName === "NAV"; // its figures are nothing to speak of
      if (!force && busy(old)) {
        if (!places) done.kept.push(old.id);
      } else {
        put(old, now, mark && !places);
        if (!places) done.put.push(old.id);
      }
    }
    return done;
  };
  const nameIn = (part) => part.querySelector("[data-open]")?.textContent || document.querySelector("main h1")?.textContent || "";

  // Changes that come close together are looked up together.
  let soon, together = [];
  const concerns = (c) => (part) => {
    const about = part.dataset.live;
    if (about.startsWith("task:")) return false;
    return !c.customer || about === "lamps" || about === "customer:" + c.customer;
  };
  const changed = (c) => {
    together.push(c);
    clearTimeout(soon);
    const nearby = parts().some((part) => part.tagName !== "NAV" && concerns(c)(part));
    soon = setTimeout(settle, nearby ? 150 + (c.customer ? 0 : 850 * Math.random()) : 4000 + 4000 * Math.random());
  };
  const settle = async () => {
    const all = together;
    together = [];
    const wants = (part) => all.some((c) => concerns(c)(part));
    const last = all[all.length - 1];
    const mine = all.every((c) => c.mine) || Date.now() - sent < 3000;
    let done;
    try { done = await refresh(wants, { mark: !mine }); } catch { return; } // offline: the next connection asks for all
    const about = all.length === 1 && last.customer && nameOf(last.customer);
    const says = [about, last.says].filter(Boolean).join(": ") + ", " + line.dataset.just + ".";
    if (done.kept.length > 0 && Date.now() - sent >= 3000) { // what this window wrote itself it has on the page already
      say(says + " " + line.dataset.typed, { show: () => refresh((part) => done.kept.includes(part.id), { force: true, mark: true }) });
    } else if (done.put.length > 0 && !mine) say(says);
  };
  const nameOf = (customer) => {
    const part = parts().find((p) => p.dataset.live === "customer:" + customer);
    if (part) return nameIn(part);
    const link = [...document.querySelectorAll("[data-open]")].find((a) => a.getAttribute("href") === "/customers/" + encodeURIComponent(customer));
    return link?.textContent;
  };

  // What this window sends itself is no news to whoever sits at it.
  let sent = 0;
  addEventListener("submit", (e) => { if (e.target.method === "post") sent = Date.now(); });
  addEventListener("htmx:beforeRequest", (e) => { if (e.detail.requestConfig?.verb !== "get") sent = Date.now(); });

  // Work under way moves its own bar; when it ends its part is asked for.
  const moved = (c) => {
    const part = parts().find((p) => p.dataset.live === "task:" + c.task);
    if (!part) return;
    if (c.ended) return void finished(part);
    const bar = part.querySelector("progress");
    const now = part.querySelector("[data-says]"), time = part.querySelector("[data-time]");
    if (now && now.textContent !== c.says) now.textContent = c.says;
    if (time) time.textContent = c.time || "";
    if (!bar) return;
    bar.setAttribute("aria-label", c.says);
    if (c.share) bar.value = c.share; else bar.removeAttribute("value");
  };
  const finished = async (part) => {
    try { await refresh((p) => p.id === part.id, { force: true }); } catch { return; }
    listen(); // for what the page shows now
  };

  // The stream: closed while the page is out of sight, since browsers give one
  // server six connections; after a gap everything is asked for again.
  let source, again, heardOf, wait = 0, missed = false, heard = 0, poll;
  const listen = () => {
    source?.close();
    clearTimeout(again);
    if (document.hidden) return;
    const task = heardOf = onWork();
    source = new EventSource("/live" + (task ? "?task=" + encodeURIComponent(task) : ""));
    source.addEventListener("beat", () => {
      heard = Date.now();
      clearInterval(poll);
      poll = 0;
      if (wait > 1) close();
      wait = 0;
      if (missed) refresh(() => true).catch(() => {});
      missed = false;
    });
    source.onmessage = (e) => {
      heard = Date.now();
      const c = JSON.parse(e.data);
      if (c.kind === "task") moved(c); else changed(c);
    };
    source.onerror = lost;
  };
  const lost = () => {
    source.close();
    missed = true;
    wait += 1;
    if (wait === 3) refresh(() => true).catch(() => say(line.dataset.offline, { stays: true })); // or signed out: that says so
    again = setTimeout(listen, Math.min(60, 2 ** wait) * 500 * (1 + Math.random()));
    if (!poll && onWork()) poll = setInterval(() => refresh((p) => p.dataset.live.startsWith("task:"), { force: true }).catch(() => {}), 2000);
  };
  setInterval(() => { if (!document.hidden && heard && Date.now() - heard > 65000) { heard = 0; lost(); } }, 10000);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { source?.close(); clearTimeout(again); missed = true; } else { wait = 0; listen(); }
  });
  addEventListener("pagehide", () => { source?.close(); clearTimeout(again); });
  addEventListener("pageshow", (e) => { if (e.persisted) { missed = true; listen(); } });
  // A part that htmx put in may show other work than the stream tells of.
  addEventListener("htmx:afterSettle", () => {
    if (onWork() === heardOf) return;
    missed = true;
    listen();
  });
  listen();
  // What changed while this page was on its way is asked for once.
  if (onWork()) missed = true;
})();
