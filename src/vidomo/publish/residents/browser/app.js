// Live, and honest about being cut off. The page is whole without this script.
"use strict";
(() => {
  const body = document.body, place = body.dataset.place;
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
  if (!place) return;
  const ALERT_MS = 5 * 60e3; // an alert state is not shown longer than this without contact
  const LOST_MS = 40e3; // two signs of life and a half
  const BEAT_MS = 40e3; // a tree of files is looked over at least this often
  const ASK_MS = 60e3; // how often a page without a live stream asks for itself
  let version = body.dataset.v, contact = body.dataset.kept ? Number(body.dataset.kept) : Date.now();
  let source = null, refused = 0, asking = false, lastAsked = Date.now();

  const touch = () => { contact = Date.now(); show(); };

  function age(ms) {
    const steps = [[864e5, "day"], [36e5, "hour"], [6e4, "minute"], [1e3, "second"]];
    const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
    const [unit, name] = steps.find(([unit]) => ms >= unit) || steps[3];
    return format.format(-Math.floor(ms / unit), name);
  }

  function show() {
    const bar = document.getElementById("off"), gone = Date.now() - contact;
    bar.hidden = gone < LOST_MS && navigator.onLine !== false;
    if (!bar.hidden) bar.querySelector("b").textContent = age(gone);
    const spare = document.getElementById("noalert"), alert = document.getElementById("alert");
    if (spare && alert && gone >= ALERT_MS) alert.replaceWith(spare.content.cloneNode(true));
  }

  function put(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    if (fresh.body.dataset.place !== place || fresh.body.dataset.kept) return false;
    const now = document.getElementById("main"), then = fresh.getElementById("main");
    const old = [...now.children], next = [...then.children];
    const busy = document.activeElement && document.activeElement.closest("form");
    if (old.length === next.length) {
      old.forEach((one, i) => {
        if (one.outerHTML !== next[i].outerHTML && !(busy && one.contains(busy))) one.replaceWith(next[i]);
      });
    } else {
      now.replaceChildren(...next);
    }
    if (fresh.body.dataset.v !== version) document.getElementById("said").textContent = document.getElementById("said").dataset.text;
    version = body.dataset.v = fresh.body.dataset.v;
    return true;
  }

  async function ask() {
    if (asking) return;
    asking = true;
    lastAsked = Date.now();
    try {
      const fixed = body.dataset.static && Number(await (await fetch("/beat.txt", { cache: "no-store" })).text()) * 1e3;
      const answer = await fetch(location.pathname, { cache: "no-cache", signal: AbortSignal.timeout(20e3) });
      if (answer.ok && put(await answer.text())) { touch(); if (fixed) contact = Math.min(contact, fixed + BEAT_MS); }
    } catch { /* the bar says so */ }
    asking = false;
    show();
  }

  function listen() {
    if (body.dataset.static || refused > 3 || (source && source.readyState !== 2)) return;
    const query = new URLSearchParams({ place, v: version, lang: document.documentElement.lang });
    source = new EventSource("/live?" + query);
    source.addEventListener("open", () => { refused = 0; });
    source.addEventListener("error", () => { if (source.readyState === 2) refused += 1; });
    source.addEventListener("beat", touch);
    source.addEventListener("change", (event) => {
      touch();
      if (event.data !== version) setTimeout(ask, Math.random() * 150);
    });
  }

  addEventListener("online", () => { ask(); listen(); });
  addEventListener("offline", show);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { ask(); listen(); } });
  setInterval(() => {
    show();
    if (Date.now() - lastAsked < ASK_MS * (0.8 + 0.4 * Math.random())) return;
    if (!source || source.readyState !== 1) { ask(); listen(); } else lastAsked = Date.now();
  }, 5e3);
  show();
  if (body.dataset.kept || body.dataset.static) ask();
  if ("EventSource" in window) listen();
})();
