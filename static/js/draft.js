// Keeps what is typed into a proposing form, about a record or about the sales of an event: on the server while there is
// a connection, else in this browser.
'use strict';

const EVERY = 4000; // at most so many milliseconds of typing are not on the server

const form = document.querySelector('form[data-draft]');
const line = document.getElementById('simpanan');
const store = kept.textName(location.pathname);
let dirty = false;
let busy = false;
let leaving = false;

function typed() {
  const data = new FormData(form);
  data.delete('csrfmiddlewaretoken');
  data.delete('berkas');
  return new URLSearchParams(data).toString();
}

function say(text, state) {
  line.textContent = text;
  line.dataset.state = state;
}

function keepHere() {
  try {
    localStorage.setItem(store, JSON.stringify({ at: Date.now(), text: typed() }));
  } catch {
    say(line.dataset.full, 'offline');
  }
}

function forget() {
  localStorage.removeItem(store);
}

async function keepOnServer() {
  if (!dirty || busy || leaving) return;
  busy = true;
  dirty = false;
  const data = new FormData(form);
  data.delete('berkas');
  try {
    const answer = await fetch(new URL(form.dataset.draft, location.origin + location.pathname), {
      method: 'POST', body: data, redirect: 'manual', headers: { Accept: 'application/json', ...kept.whose },
    });
    await read(answer);
  } catch {
    dirty = true;
    say(line.dataset.local, 'offline');
  } finally {
    busy = false;
  }
}

async function read(answer) {
  if (answer.type === 'opaqueredirect' || [401, 403].includes(answer.status)) { // the session ended, or is somebody else's
    dirty = true;
    say(line.dataset.session, 'offline');
    return;
  }
  if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
  const told = await answer.json();
  if (told.usulan) form.elements.usulan.value = told.usulan;
  say(told.pesan, answer.ok ? 'saved' : 'offline');
  if (!dirty && answer.ok) forget();
  if (told.usulan) files.settle();
}

// --- what the last visit could not bring to the server ---

function restore() {
  const waiting = outbox.waitingFor(location.pathname);
  const typedHere = JSON.parse(localStorage.getItem(store) ?? 'null');
  if (waiting) goOnWith(waiting);
  const left = [waiting, typedHere].filter(Boolean).sort((one, other) => other.at - one.at)[0];
  if (!left) return;
  if (left.at < Number(form.dataset.saved || 0) * 1000) {
    forget();
    return;
  }
  const values = new URLSearchParams(left.text);
  for (const control of form.elements) {
    // The versions go with the text: what changed meanwhile is not taken for something that was typed.
    if (!control.name || ['file', 'submit'].includes(control.type) || (control.type === 'hidden' && !/(^|-)versi$/.test(control.name))) continue;
    if (['checkbox', 'radio'].includes(control.type)) control.checked = values.getAll(control.name).includes(control.value);
    else if (values.has(control.name)) control.value = values.get(control.name);
  }
  dirty = true;
  say(line.dataset.restored, 'offline');
  keepOnServer();
}

/** The same key again takes the place of what waits, so that mending it never makes a second submission. */
function goOnWith(waiting) {
  outbox.mend(waiting);
  form.elements.kunci.value = waiting.key;
  if (form.elements.berkas && !form.elements.usulan.value) files.rekey(waiting.files ?? waiting.key);
}

// --- amounts in words ---

const ONES = ['', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan', 'sepuluh', 'sebelas'];
const SCALES = ['', 'ribu', 'juta', 'miliar', 'triliun', 'kuadriliun'];

function belowThousand(number) {
  const hundreds = Math.floor(number / 100);
  const rest = number % 100;
  const words = [hundreds === 1 ? 'seratus' : hundreds ? `${ONES[hundreds]} ratus` : ''];
  if (rest < 12) words.push(ONES[rest]);
  else if (rest < 20) words.push(`${ONES[rest - 10]} belas`);
  else words.push(`${ONES[Math.floor(rest / 10)]} puluh`, ONES[rest % 10]);
  return words.filter(Boolean).join(' ');
}

function inWords(text) {
  const digits = text.replace(/^\s*rp\.?|[\s.,]/gi, '');
  if (!/^\d{1,18}$/.test(digits)) return '';
  if (/^0+$/.test(digits)) return 'nol rupiah';
  const groups = digits.padStart(18, '0').match(/\d{3}/g).map(Number).reverse();
  const parts = groups.map((group, power) => {
    if (!group) return '';
    return group === 1 && SCALES[power] === 'ribu' ? 'seribu' : `${belowThousand(group)} ${SCALES[power]}`.trim();
  });
  return `${parts.reverse().filter(Boolean).join(' ')} rupiah`;
}

form.addEventListener('input', (event) => {
  dirty = true;
  keepHere();
  const words = event.target.closest('.field')?.querySelector('[data-words]');
  if (words) words.textContent = inWords(event.target.value);
});
form.addEventListener('change', keepOnServer);
// --- sending: through the outbox, so that a lost connection loses nothing and a repeated attempt doubles nothing ---

async function send(event) {
  leaving = true;
  const left = form.elements.berkas?.files.length; // what this browser cannot keep goes with the form
  if (event.submitter?.value !== 'ajukan' || (left && navigator.onLine)) {
    if (left) forget();
    return; // the browser sends it
  }
  event.preventDefault();
  const item = {
    key: form.elements.kunci.value,
    url: new URL(form.dataset.send, location.origin + location.pathname).href,
    page: location.pathname,
    title: form.dataset.title,
    text: typed(),
    files: form.elements.berkas?.dataset.key,
    at: Date.now(),
  };
  if (!outbox.put(item)) return;
  const told = await outbox.send(item);
  if (told?.nomor) {
    forget();
    outbox.remove(item.key);
    location.assign(told.alamat);
  } else if (told) { // the page itself shows what must be mended, each at its field
    outbox.remove(item.key);
    sendPlainly();
  } else {
    leaving = false;
    if (left) outbox.say('filesLeft');
    document.getElementById('kotak').scrollIntoView();
  }
}

function sendPlainly() {
  const deed = document.createElement('input');
  Object.assign(deed, { type: 'hidden', name: 'perbuatan', value: 'ajukan' });
  form.append(deed);
  form.submit();
}

form.addEventListener('submit', send);
window.addEventListener('pageshow', () => { leaving = false; });
window.addEventListener('online', keepOnServer);
setInterval(keepOnServer, EVERY);
restore();
