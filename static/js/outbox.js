// What is sent without a connection waits in this browser and is sent when the network returns. Each item carries the key
// of its form, by which the server knows a repeated one; an item that must be mended never holds up the others.
// tests/portal/outbox.py speaks the same protocol.
'use strict';

const outbox = (() => {
  const box = document.getElementById('kotak');
  const line = box.querySelector('[role="status"]');
  const store = kept.names.items;
  const AGAIN = 30000; // milliseconds until the next attempt
  const read = kept.items;
  let busy = false;
  let open; // the key of what is being mended on this page: it goes when it is sent anew, not in its old words meanwhile

  function write(items) {
    localStorage.setItem(store, JSON.stringify(items));
    show();
  }

  function change(key, changes) {
    write(read().map((item) => (item.key === key ? { ...item, ...changes } : item)));
  }

  /** Keep an item; the same key again takes the place of what waited. False where the browser has no room for it. */
  function put(item) {
    try {
      write([...read().filter((one) => one.key !== item.key), { ...item, state: 'waiting', problems: [] }]);
      if (item.key === open) open = undefined;
      return true;
    } catch {
      say('full');
      return false;
    }
  }

  function remove(key) {
    write(read().filter((item) => item.key !== key));
  }

  /** One attempt: what the server said, or nothing where it could not be asked. */
  async function post(item) {
    const body = new URLSearchParams(item.text);
    body.set('csrfmiddlewaretoken', document.querySelector('[name="csrfmiddlewaretoken"]').value);
    const answer = await fetch(item.url, { method: 'POST', body, redirect: 'manual', headers: { Accept: 'application/json', ...kept.whose } });
    if (answer.type === 'opaqueredirect' || answer.status === 401) { // the session ended, or is somebody else's
      say('session');
      return null;
    }
    if (answer.status >= 500) return null;
    if (answer.ok || answer.status === 422) return answer.json();
    return { galat: [line.dataset.refused] };
  }

  async function send(item) {
    change(item.key, { state: 'sending' });
    let told = null;
    try {
      told = await post(item);
    } catch {
      told = null; // cut off: whether it arrived is not known, so it is sent again, and the server knows its key
    }
    if (told?.nomor) {
      change(item.key, { state: 'received', number: told.nomor, address: told.alamat });
      kept.forgetText(item.page, item.at);
      files.bind(item.files);
    } else if (told) change(item.key, { state: 'mend', problems: told.galat });
    else change(item.key, { state: 'waiting' });
    if (told) files.settle(); // those of this item find their submission now
    return told;
  }

  async function flush() {
    if (busy) return;
    busy = true;
    try {
      for (const item of read()) {
        if (item.key !== open && ['waiting', 'sending'].includes(item.state)) await send(item);
      }
    } finally {
      busy = false;
    }
  }

  function show() {
    box.querySelector('[data-items]').replaceChildren(...read().map(shown));
    reveal();
  }

  /** The box stands on the page while it holds something or has something to say. */
  function reveal() {
    box.hidden = !box.querySelector('li') && !line.textContent;
  }

  function say(name) {
    line.textContent = line.dataset[name];
    reveal();
  }

  /** Throw an item away, and its files with it unless the server has it. */
  function discard(item) {
    remove(item.key);
    if (item.state !== 'received') files.discard(item.files);
  }

  function shown(item) {
    const row = box.querySelector('template').content.cloneNode(true);
    const part = (name) => row.querySelector(`[data-part="${name}"]`);
    part('title').textContent = item.title;
    part('state').textContent = item.number ? `${line.dataset.received} ${item.number}` : line.dataset[item.state];
    part('problem').textContent = item.problems.join(' ');
    part('open').href = item.address ?? item.page;
    part('remove').addEventListener('click', () => discard(item));
    part('send').hidden = item.state === 'received';
    part('send').addEventListener('click', () => send(item));
    return row;
  }

  kept.keepPages(box.dataset.offline);
  window.addEventListener('online', flush);
  window.addEventListener('storage', show); // another tab wrote
  // What was received has been told once; the next page need not say it again.
  if (read().some((item) => item.state === 'received')) write(read().filter((item) => item.state !== 'received'));
  show();
  document.addEventListener('DOMContentLoaded', flush); // when the other scripts are there too
  setInterval(() => navigator.onLine && flush(), AGAIN);
  /** What waits for this page, to go on with it under the same key. */
  const waitingFor = (page) => read().find((item) => item.page === page && item.state !== 'received');
  const mend = (item) => { open = item.key; };
  return { put, remove, send, say, reveal, waitingFor, mend };
})();
