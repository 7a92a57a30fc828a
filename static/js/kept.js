// What this browser keeps for its user until the server has it: typed texts and waiting items in localStorage, files in
// IndexedDB. Every name carries the owner, so that somebody else on the same device meets nothing of it.
'use strict';

const kept = (() => {
  const { owner } = document.currentScript.dataset;
  const names = { items: `kotak:${owner}`, texts: `konsep:${owner}:` };
  let opened;

  const textName = (page) => names.texts + page;
  const items = () => JSON.parse(localStorage.getItem(names.items) ?? '[]');
  const textNames = () => Object.keys(localStorage).filter((name) => name.startsWith(names.texts));

  /** Forget what was typed on a page up to that moment: the server has it. */
  function forgetText(page, until) {
    const text = JSON.parse(localStorage.getItem(textName(page)) ?? 'null');
    if (text && text.at <= until) localStorage.removeItem(textName(page));
  }

  function open() {
    opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open('registri', 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore('berkas', { keyPath: 'id' });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    return opened;
  }

  async function ask(mode, deed) {
    const deal = (await open()).transaction('berkas', mode);
    const asked = deed(deal.objectStore('berkas'));
    return new Promise((resolve, reject) => {
      deal.oncomplete = () => resolve(asked.result);
      deal.onerror = deal.onabort = () => reject(deal.error);
    });
  }

  /** The user's files; none where the browser keeps no files. */
  async function files() {
    try {
      return (await ask('readonly', (store) => store.getAll())).filter((file) => file.owner === owner);
    } catch {
      return [];
    }
  }

  const putFile = (file) => ask('readwrite', (store) => store.put({ ...file, owner }));
  const dropFile = (id) => ask('readwrite', (store) => store.delete(id)).catch(() => {});

  /** How many submissions and files of the user are on this device only. */
  async function unsent() {
    const waiting = items().filter((item) => item.state !== 'received');
    const pages = new Set(waiting.map((item) => textName(item.page)));
    const texts = textNames().filter((name) => !pages.has(name));
    return { sendings: waiting.length + texts.length, files: (await files()).length };
  }

  async function forgetAll() {
    [names.items, ...textNames()].forEach((name) => localStorage.removeItem(name));
    await Promise.all((await files()).map((file) => dropFile(file.id)));
  }

  /** The forms that templates/portal/offline.js keeps; there are none where the browser knows no such thing. */
  const forgetPages = async () => { await globalThis.caches?.delete(`formulir:${owner}`); };
  const keepPages = (script) => navigator.serviceWorker?.register(`${script}?milik=${owner}`).catch(() => {});

  /** Goes with whatever a page sends by itself: the server refuses it in the name of somebody else. */
  const whose = { 'X-Owner': owner };

  return { whose, names, textName, items, forgetText, files, putFile, dropFile, unsent, forgetAll, forgetPages, keepPages };
})();
