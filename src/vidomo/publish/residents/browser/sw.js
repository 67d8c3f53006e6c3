// Keeps the last pages for the hours without a network. A kept page says how old it is in large
// letters, and says nothing of an alert once it is older than five minutes.
"use strict";
const PAGES = "pages-1", FILES = "files-1";
const ALERT_MS = 5 * 60e3, WEEK_MS = 7 * 864e5, KEPT = 6, WAIT_MS = 12e3, RENEW_MS = 10 * 60e3;
const OURS = ["/app.js", "/app.webmanifest", "/icon.svg"];
const isPage = (path) => /^\/([a-z]{2}\/)?(place\/[^/]+\/?)?$/.test(path);
// The start page of a page's language: an installed copy opens there, so one is always kept.
const root = (path) => (path.match(/^\/[a-z]{2}\//) || ["/"])[0];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((files) => files.addAll(OURS)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== PAGES && name !== FILES) await caches.delete(name);
    await self.clients.claim();
    for (const client of await self.clients.matchAll({ type: "window" })) {
      const path = new URL(client.url).pathname;
      if (isPage(path)) for (const one of new Set([path, root(path)])) await fresh(one).catch(() => {});
    }
  })());
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (OURS.includes(url.pathname)) event.respondWith(file(event.request));
  else if (isPage(url.pathname) && !url.search) {
    const answer = page(url.pathname);
    event.respondWith(answer);
    event.waitUntil(answer.then(() => renew(url.pathname)).catch(() => {}));
  }
});

async function file(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(FILES)).put(request, answer.clone());
    return answer;
  } catch {
    return (await caches.match(request, { ignoreSearch: true })) || Response.error();
  }
}

async function fresh(path) {
  const answer = await fetch(path, { cache: "no-cache", signal: AbortSignal.timeout(WAIT_MS) });
  const pages = await caches.open(PAGES);
  if (answer.status === 404 || answer.status === 410) await pages.delete(path);
  if (!answer.ok || answer.redirected) return answer;
  const text = await answer.text();
  const head = { "content-type": "text/html; charset=utf-8", "x-kept": String(Date.now()) };
  for (const name of ["content-security-policy", "referrer-policy", "x-content-type-options"])
    if (answer.headers.get(name)) head[name] = answer.headers.get(name);
  await pages.put(path, new Response(text, { headers: head }));
  await tidy(pages);
  return new Response(text, { headers: head });
}

async function page(path) {
  try {
    const answer = await fresh(path);
    return answer.redirected ? Response.redirect(answer.url) : answer;
  } catch {
    const pages = await caches.open(PAGES), kept = await pages.match(path);
    if (kept && Date.now() - Number(kept.headers.get("x-kept")) < WEEK_MS) return aged(kept);
    if (path !== root(path) && (await pages.match(root(path)))) return Response.redirect(root(path));
    return Response.error();
  }
}

// Words that their source took back must not live on in a page that was kept before: with a
// network, all kept pages are asked after, the oldest first. Unchanged ones cost a few bytes.
async function renew(path) {
  const pages = await caches.open(PAGES), old = [];
  for (const request of await pages.keys()) {
    const at = Number((await pages.match(request)).headers.get("x-kept")), one = new URL(request.url).pathname;
    if (one !== path && Date.now() - at > RENEW_MS) old.push([at, one]);
  }
  for (const [, one] of old.sort((a, b) => a[0] - b[0])) await fresh(one);
}

async function aged(kept) {
  const at = Number(kept.headers.get("x-kept")), ms = Date.now() - at;
  let text = await kept.text();
  const lang = (text.match(/<html lang="(\w+)"/) || [])[1] || "uk";
  const steps = [[864e5, "day"], [36e5, "hour"], [6e4, "minute"], [1e3, "second"]];
  const [unit, name] = steps.find(([unit]) => ms >= unit) || steps[3];
  const age = new Intl.RelativeTimeFormat(lang, { numeric: "always" }).format(-Math.floor(ms / unit), name);
  text = text.replace("<body", `<body data-kept="${at}"`);
  text = text.replace(/<p id="off" role="status" hidden>([^<]*)<b>[^<]*<\/b>/, (_, said) => `<p id="off" role="status">${said}<b>${age}</b>`);
  if (ms >= ALERT_MS) {
    const spare = (text.match(/<template id="noalert">([\s\S]*?)<\/template>/) || [])[1];
    if (spare) text = text.replace(/<div id="alert"[\s\S]*?<\/div>/, () => spare.trim());
  }
  return new Response(text, { headers: kept.headers });
}

// The oldest go; those that stay are those that were opened last.
async function tidy(pages) {
  const all = [];
  for (const request of await pages.keys()) {
    const kept = await pages.match(request);
    all.push([Number(kept.headers.get("x-kept")), request]);
  }
  all.sort((a, b) => b[0] - a[0]);
  const isRoot = (path) => path === root(path);
  for (const [i, [at, request]] of all.entries())
    if (Date.now() - at > WEEK_MS || (i >= KEPT && !isRoot(new URL(request.url).pathname))) await pages.delete(request);
}
