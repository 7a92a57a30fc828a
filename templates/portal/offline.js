// Keeps the forms that an officer opened, so that what waits in the browser is opened and mended without a connection too.
// The network comes first: a kept page is shown only where there is none. It goes with its owner's signing out.
'use strict';

const OWN = `formulir:${new URL(location.href).searchParams.get('milik')}`;
const FORM = /\/(ubah|laporan\/\d+\/q\d|kegiatan\/[0-9a-f-]{36})\/$/;
const MOST = 60; // pages and their parts; the oldest go first

async function keep(request, answer) {
  const cache = await caches.open(OWN);
  await cache.put(request, answer);
  const names = await cache.keys();
  await Promise.all(names.slice(0, Math.max(0, names.length - MOST)).map((name) => cache.delete(name)));
}

async function fetched(request, isKept) {
  try {
    const answer = await fetch(request);
    if (isKept && answer.ok) await keep(request.url.split(/[?#]/)[0], answer.clone());
    return answer;
  } catch (error) {
    const known = await caches.match(request.url.split(/[?#]/)[0], { cacheName: OWN });
    if (known) return known;
    throw error;
  }
}

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  const others = async () => (await caches.keys()).filter((name) => name.startsWith('formulir:') && name !== OWN);
  event.waitUntil(others().then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fetched(request, FORM.test(url.pathname)));
  else if (['script', 'style'].includes(request.destination)) event.respondWith(fetched(request, true));
});
