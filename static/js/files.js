// Photos and documents, each on its own way to the server: shrunk, kept in this browser, sent in pieces in the background,
// continued where a cut connection stopped, attached as soon as their submission is there. Nothing waits for them.
// tests/portal/pieces.py speaks the same protocol (portal/views/uploads.py).
'use strict';

const files = (() => {
  const PIECE = 128 * 1024; // bytes in one request
  const AGAIN = 15000; // milliseconds until the next attempt
  const box = document.getElementById('kotak');
  const words = box.querySelector('[role="status"]').dataset;
  const input = document.querySelector('input[data-key]');
  const list = document.getElementById('berkas-daftar');
  const all = new Map(); // the files of this user by id, and those that this page has seen attached or refused
  const rows = new Map(); // of the lists, by the id of the file
  let taking = 0;
  let taken = Promise.resolve();
  let busy = false;
  let asked = false; // for another round after this one

  class Ended extends Error {} // the session is over, or somebody else's

  // --- choosing ---

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  const isKnown = (print) => [...all.values()].some((one) => one.key === input.dataset.key && one.print === print && one.state !== 'refused');

  /** Take the chosen files over from the input; what this browser cannot keep stays there and goes with the form. */
  async function take(chosen) {
    const left = new DataTransfer();
    for (const file of chosen) {
      const print = `${file.name} ${file.size} ${file.lastModified}`;
      if (isKnown(print)) continue;
      const one = { id: newId(), key: input.dataset.key, page: location.pathname, title: document.querySelector('h1').textContent.trim(), name: file.name, print, state: 'preparing' };
      all.set(one.id, one);
      show();
      one.blob = await photos.shrunk(file);
      try {
        await kept.putFile({ ...one, state: 'waiting' });
        one.state = 'waiting';
      } catch {
        all.delete(one.id);
        left.items.add(file);
      }
      show();
    }
    if (left.files.length) {
      input.files = left.files;
      outbox.say('filesFull');
    }
    flush();
  }

  // --- sending ---

  const metadata = (values) => Object.entries(values).map(([name, value]) => `${name} ${btoa(String.fromCharCode(...new TextEncoder().encode(value)))}`).join(',');

  async function ask(method, file, headers = {}, body = undefined) {
    const token = document.querySelector('[name="csrfmiddlewaretoken"]').value;
    const answer = await fetch(`${box.dataset.uploads}${file.id}/`, { method, body, redirect: 'manual', headers: { 'X-CSRFToken': token, ...kept.whose, ...headers } });
    if (answer.type === 'opaqueredirect' || [401, 403].includes(answer.status)) throw new Ended();
    if (answer.status >= 500) throw new Error(String(answer.status));
    return answer;
  }

  const offsetOf = (answer) => Number(answer.headers.get('Upload-Offset') ?? 0);

  function patch(file, offset) {
    return ask('PATCH', file, {
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Offset': String(offset),
      'Upload-Length': String(file.blob.size),
      'Upload-Metadata': metadata({ filename: file.name, kunci: file.key }),
    }, file.blob.slice(offset, offset + PIECE));
  }

  /** Bring the rest of one file; throws where the connection fails, and the next attempt goes on from there. */
  async function send(file) {
    let offset = file.begun ? offsetOf(await ask('HEAD', file)) : 0;
    await change(file, { begun: true, state: file.state === 'arrived' ? 'arrived' : 'sending' });
    for (;;) {
      file.share = Math.floor((100 * offset) / (file.blob.size || 1));
      show();
      const answer = await patch(file, offset);
      if (!all.has(file.id)) return ask('DELETE', file); // taken back while the piece was on its way
      if (answer.status === 200) {
        const told = await answer.json();
        return change(file, { state: told.terlampir ? 'attached' : 'arrived' });
      }
      if (![204, 409].includes(answer.status)) return refuse(file, answer);
      offset = offsetOf(answer);
    }
  }

  async function refuse(file, answer) {
    const told = await answer.json().catch(() => ({}));
    return change(file, { state: 'refused', why: told.galat ?? words.refused });
  }

  async function change(file, changes) {
    Object.assign(file, changes);
    if (file.state === 'attached') await kept.dropFile(file.id);
    else if (all.has(file.id)) await kept.putFile(file).catch(() => {});
    show();
  }

  /** What another tab has brought to its end, or taken back, is no longer ours to send. */
  async function forgetGone(states) {
    const there = new Set((await kept.files()).map((file) => file.id));
    for (const file of all.values()) if (states.includes(file.state) && !there.has(file.id)) all.delete(file.id);
  }

  async function sendAll(states) {
    await forgetGone(states);
    for (const file of [...all.values()]) {
      if (states.includes(file.state)) await send(file);
    }
  }

  /** One round through what waits; after a draft was saved also through what has arrived, to hear that it is attached. */
  async function flush(states = ['waiting']) {
    if (busy) {
      asked ||= states.includes('arrived');
      return;
    }
    busy = true;
    try {
      await sendAll(states);
    } catch (stopped) {
      for (const file of all.values()) if (file.state === 'sending') file.state = 'waiting';
      if (stopped instanceof Ended) outbox.say('session');
    } finally {
      busy = false;
      show();
    }
    if (asked) {
      asked = false;
      flush(['waiting', 'arrived']);
    }
  }

  const settle = () => flush(['waiting', 'arrived']);

  // --- taking back ---

  async function remove(file) {
    if (file.begun && file.state !== 'refused') {
      try {
        const answer = await ask('DELETE', file);
        if (answer.status === 422) return change(file, { why: (await answer.json()).galat });
      } catch {
        if (['arrived', 'attached'].includes(file.state)) return outbox.say('later'); // the server would keep it
      }
    }
    all.delete(file.id);
    await kept.dropFile(file.id);
    return show();
  }

  /** The files of an item that is thrown away. */
  function discard(key) {
    return Promise.all([...all.values()].filter((file) => file.key === key && file.state !== 'attached').map(remove));
  }

  // --- telling ---

  function stateOf(file) {
    if (file.state === 'sending') return `${words.uploading} ${file.share ?? 0}%`;
    return words[`file${file.state[0].toUpperCase()}${file.state.slice(1)}`];
  }

  function newRow(file) {
    const row = box.querySelector('template').content.cloneNode(true).firstElementChild;
    row.querySelectorAll('[data-part="open"], [data-part="send"]').forEach((part) => part.remove());
    const button = row.querySelector('[data-part="remove"]');
    button.setAttribute('aria-label', `${words.fileRemove} ${file.name}`);
    button.textContent = words.fileRemove;
    button.addEventListener('click', () => remove(file));
    rows.set(file.id, row);
    return row;
  }

  /** The file's row, told anew but the same element, so that the focus stays where it is. */
  function rowOf(file) {
    const row = rows.get(file.id) ?? newRow(file);
    const tell = (part, text) => { row.querySelector(`[data-part="${part}"]`).textContent = text; };
    row.dataset.state = file.state;
    tell('title', isHere(file) ? file.name : `${file.title}, ${file.name}`);
    tell('state', stateOf(file));
    tell('problem', file.why ?? '');
    return row;
  }

  function place(target, found) {
    const wanted = found.map(rowOf);
    const isSame = wanted.length === target.children.length && wanted.every((row, at) => row === target.children[at]);
    if (!isSame) target.replaceChildren(...wanted);
  }

  const isHere = (file) => Boolean(list) && file.key === input.dataset.key;

  function show() {
    const shown = [...all.values()];
    if (list) place(list, shown.filter(isHere));
    place(box.querySelector('[data-files]'), shown.filter((file) => !isHere(file) && file.state !== 'attached'));
    outbox.reveal();
  }

  // --- what the last visit left ---

  /** Files that were chosen on this page under a key that died with its tab belong to the page as it is now. */
  function rekey(key) {
    const waiting = kept.items().map((item) => item.files);
    input.dataset.key = key;
    for (const file of all.values()) {
      const isLeft = file.page === location.pathname && !file.isBound && !waiting.includes(file.key);
      if (isLeft && file.key !== key) change(file, { key });
    }
    show();
  }

  /** The submission of these files was received: they are its own, whatever is written on that page next. */
  async function bind(key) {
    await ready;
    for (const file of all.values()) if (file.key === key) change(file, { isBound: true });
  }

  const ready = new Promise((resolve) => { document.addEventListener('DOMContentLoaded', resolve); }).then(kept.files).then((found) => {
    for (const file of found) all.set(file.id, { ...file, state: file.state === 'sending' ? 'waiting' : file.state });
    if (input) rekey(input.dataset.key);
    settle();
  });

  input?.addEventListener('change', () => {
    const chosen = [...input.files];
    input.value = '';
    taking += 1;
    taken = taken.then(() => ready).then(() => take(chosen)).finally(() => { taking -= 1; });
  });

  /** A form that is sent while its files are still being taken over waits that moment. */
  input?.form.addEventListener('submit', async (event) => {
    if (!taking) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await taken;
    input.form.requestSubmit(event.submitter);
  });

  window.addEventListener('online', settle);
  setInterval(() => navigator.onLine && flush(), AGAIN);
  return { settle, discard, bind, rekey: (key) => ready.then(() => rekey(key)) };
})();
