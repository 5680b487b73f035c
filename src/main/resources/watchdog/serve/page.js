// Keeps the page current, shows the facts of a day under the pointer and by keyboard, and filters. Without it the page is
// complete, but as of when it was loaded.
'use strict';

const EVERY = 2000;
const PATIENCE = 5000;
const NEAR = 8; // of a mark, in pixels
const CLOSE = 3; // to the time at which something was so

const at = id => document.getElementById(id);

// ---- times: the page says when something was or will be, this says how long that is ----

let ahead = 0; // of this clock, the one of the host, in milliseconds

function inWords(seconds) {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 2 * 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

function sayHowLong(root) {
  for (const time of root.querySelectorAll('time[data-as]')) {
    const seconds = (Date.now() + ahead - Date.parse(time.dateTime)) / 1000;
    const words = time.dataset.as === 'for'
      ? `for ${inWords(Math.max(0, seconds))}`
      : seconds < 0 ? `in ${inWords(-seconds)}` : 'now';
    if (time.textContent !== words) time.textContent = words;
  }
}

// ---- keeping current: what has changed is changed in place, so that focus, selection and what is open stay ----

const OWN = new Set(['open', 'hidden']); // attributes that the reader has set, not watchdog

function change(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !OWN.has(name)) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !OWN.has(name)) old.removeAttribute(name);
  }
  for (const child of [...old.children]) {
    if (child.id && !fresh.ownerDocument.getElementById(child.id)) child.remove();
  }
  fresh.childNodes.forEach((wanted, i) => {
    let own = old.childNodes[i];
    if (wanted.id && own?.id !== wanted.id) {
      own = at(wanted.id) ?? document.importNode(wanted, true);
      old.insertBefore(own, old.childNodes[i] ?? null);
    } else if (own?.nodeName !== wanted.nodeName || (own.id ?? '') !== (wanted.id ?? '')) {
      own = old.insertBefore(document.importNode(wanted, true), own ?? null);
    }
    if (wanted.nodeType === Node.TEXT_NODE) {
      if (own.data !== wanted.data) own.data = wanted.data;
    } else {
      change(own, wanted);
    }
  });
  while (old.childNodes.length > fresh.childNodes.length) old.lastChild.remove();
}

function take(fresh) {
  enhance(fresh);
  const focused = document.activeElement;
  document.title = fresh.title;
  for (const id of ['headline', 'unseen', 'rows', 'engine', 'about']) change(at(id), fresh.getElementById(id));
  if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
  filter();
}

function enhance(root) {
  sayHowLong(root);
  for (const day of root.querySelectorAll('.day')) day.setAttribute('tabindex', '0');
}

let tag = '';
let lastHeard = Date.now();

async function ask() {
  try {
    const answer = await fetch('./', {
      cache: 'no-store',
      headers: tag ? { 'If-None-Match': tag } : {},
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 200) {
      take(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      tag = answer.headers.get('ETag') ?? '';
    } else if (answer.status !== 304) {
      throw new Error(`status ${answer.status}`);
    }
    const date = Date.parse(answer.headers.get('Date') ?? '');
    if (Math.abs(date - Date.now()) > 2000) ahead = date - Date.now();
    lastHeard = Date.now();
    say('', 'Up to date');
  } catch (problem) {
    const when = new Date(lastHeard + ahead).toISOString().slice(11, 19);
    say('lost', `Lost touch with watchdog: what is below was so at ${when} UTC. Trying again.`);
  }
}

function say(how, words) {
  const touch = at('touch');
  document.body.classList.toggle('out-of-touch', how === 'lost');
  touch.className = how;
  if (touch.textContent !== words) touch.textContent = words;
}

async function goOn() {
  if (!document.hidden) await ask();
  setTimeout(goOn, EVERY);
}

// ---- the filter ----

function filter() {
  const words = at('filter').value.toLowerCase().split(/\s+/);
  const rows = [...at('rows').rows];
  for (const row of rows) {
    const text = [...row.cells].slice(0, 3).map(cell => cell.textContent.toLowerCase()).join(' ');
    row.hidden = !words.every(word => text.includes(word));
  }
  const shown = rows.filter(row => !row.hidden).length;
  at('shown').textContent = shown < rows.length ? `${shown} of ${rows.length} shown` : '';
}

// ---- the facts of a day: under the pointer, and by the arrow keys ----

const tip = at('tip');
let chosen = -1;

/** The facts in the order of their marks, which is that of time. */
const facts = day => [...day.closest('td').querySelectorAll('li')].reverse();

const marksOf = day => day.querySelectorAll('use[x]');

function show(day, items, x) {
  tip.hidden = items.length === 0;
  tip.firstElementChild.replaceChildren(...items);
  // At the edge it would be narrower than it can be.
  tip.style.left = '0';
  const line = day.getBoundingClientRect();
  const box = tip.getBoundingClientRect();
  const below = line.bottom + 6;
  tip.style.left = `${Math.max(8, Math.min(x - box.width / 2, document.documentElement.clientWidth - box.width - 8))}px`;
  tip.style.top = `${below + box.height < innerHeight ? below : Math.max(0, line.top - box.height - 6)}px`;
}

function place(part, line) {
  return line.left + parseFloat(part.getAttribute('x')) / 100 * line.width;
}

function item(text) {
  const li = document.createElement('li');
  li.textContent = text;
  return li;
}

function choose(day, which) {
  const all = facts(day);
  chosen = Math.max(0, Math.min(which, all.length - 1));
  const marks = marksOf(day);
  const line = day.getBoundingClientRect();
  if (all.length === 0) return show(day, [item('no facts')], line.right);
  const count = item(`${chosen + 1} of ${all.length}`);
  show(day, [all[chosen].cloneNode(true), count], place(marks[chosen], line));
}

function hide() {
  tip.hidden = true;
}

document.addEventListener('focusin', event => {
  if (event.target.matches('.day:focus-visible')) choose(event.target, Infinity);
});
document.addEventListener('focusout', hide);
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') return hide();
  if (!event.target.matches('.day')) return;
  const to = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: Infinity }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  choose(event.target, to);
});

function point(event) {
  if (event.target === tip || tip.contains(event.target)) return;
  const day = event.target.closest?.('.day');
  if (!day) {
    if (!document.activeElement.matches('.day:focus-visible')) hide();
    return;
  }
  const line = day.getBoundingClientRect();
  const all = facts(day);
  const near = [...marksOf(day)]
    .flatMap((mark, i) => Math.abs(place(mark, line) - event.clientX) <= NEAR ? [all[i]] : []);
  const spans = [...day.querySelectorAll('rect[data-text]')].filter(span => {
    const [from, to] = [place(span, line), place(span, line) + parseFloat(span.getAttribute('width')) / 100 * line.width];
    return from <= event.clientX + CLOSE && to >= event.clientX - CLOSE;
  });
  const most = 8;
  const items = near.slice(-most).map(fact => fact.cloneNode(true));
  if (near.length > most) items.unshift(item(`${near.length - most} more before`));
  show(day, [...spans.slice(-3).map(span => item(span.dataset.text)), ...items], event.clientX);
}
document.addEventListener('pointermove', point);
document.addEventListener('pointerdown', point);

// ---- begin ----

for (const id of ['filtering', 'keys']) at(id).hidden = false;
at('filter').addEventListener('input', filter);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) ask();
});
enhance(document);
filter();
setInterval(() => sayHowLong(document), 1000);
goOn();
