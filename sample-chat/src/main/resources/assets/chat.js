'use strict';

// Reads the messages of a room by the best way there is (WebSocket, server-sent events, long polling), and goes on from the last one when a connection
// is lost. Whatever others wrote becomes text by textContent, never markup.

const MAX_SHOWN = 500;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;
const WAIT_SECONDS = 25;
const POLLS_BEFORE_A_BETTER_WAY = 4;

const room = new URLSearchParams(location.search).get('room') || '';
const messagesUrl = room ? `/rooms/${encodeURIComponent(room)}/messages` : '/messages';
const socketUrl = room ? `/ws/${encodeURIComponent(room)}` : '/ws';

const page = Object.fromEntries(
    ['title', 'status', 'messages', 'form', 'user', 'text', 'problem'].map(id => [id, document.getElementById(id)]));

// ---- what is remembered: the name, and which messages are one's own

const memory = {
  get(key, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // it is forgotten when the page is closed, then
    }
  },
};

const own = new Set(memory.get('chat.own', []));

function remember(id) {
  own.add(id);
  memory.set('chat.own', [...own].slice(-MAX_SHOWN));
}

// ---- showing

const shown = new Map(); // id → element
const timeOfToday = new Intl.DateTimeFormat(undefined, {timeStyle: 'short'});
const timeOfOtherDays = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'short'});

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function timeOf(instant) {
  const time = new Date(instant);
  const today = time.toDateString() === new Date().toDateString();
  const made = element('time', (today ? timeOfToday : timeOfOtherDays).format(time));
  made.dateTime = instant;
  made.title = time.toString();
  return made;
}

function mark(id) {
  const item = shown.get(id);
  if (item && !item.classList.contains('own')) {
    item.classList.add('own');
    item.querySelector('b').append(' (you)');
  }
}

function append(item) {
  const list = page.messages;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  list.append(item);
  while (list.children.length > MAX_SHOWN) {
    shown.delete(list.firstElementChild.dataset.id);
    list.firstElementChild.remove();
  }
  if (atEnd) {
    list.scrollTop = list.scrollHeight;
  }
}

function show(message) {
  if (shown.has(message.id)) {
    return; // after a reset, what is kept comes again
  }
  const item = document.createElement('li');
  item.dataset.id = message.id;
  item.append(element('b', message.user), ' ', timeOf(message.time), element('p', message.text));
  shown.set(message.id, item);
  append(item);
  if (own.has(message.id)) {
    mark(message.id);
  }
}

/** What comes next isn't what came after the last one: the server has begun anew, or we were away for too long. */
function showGap() {
  const last = page.messages.lastElementChild;
  if (last && last.className !== 'gap') {
    const gap = element('li', 'The connection was lost for long, or the server has started anew: messages may be missing here.');
    gap.className = 'gap';
    append(gap);
  }
}

// ---- receiving

let last = ''; // the id to go on from

const reader = {
  message(message) {
    show(message);
    last = message.id;
  },
  reset(id) {
    showGap();
    last = id;
  },
  /** A line or frame: a message, or that something is missing. */
  value(value) {
    if (value.event === 'reset') {
      this.reset(value.id);
    } else if (value.id) {
      this.message(value);
    }
  },
};

function since() {
  return `since=${encodeURIComponent(last)}`;
}

// Each way is started with what to call when it is open and when it is lost, and gives back how to end it.

function bySocket(opened, lost) {
  const url = new URL(`${socketUrl}?${since()}`, location);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  socket.onopen = opened;
  socket.onmessage = event => reader.value(JSON.parse(event.data));
  socket.onclose = lost;
  return () => {
    socket.onclose = null;
    socket.close();
  };
}

function byEvents(opened, lost) {
  const events = new EventSource(`${messagesUrl}?${since()}`);
  events.onopen = opened;
  events.onmessage = event => reader.message(JSON.parse(event.data));
  events.addEventListener('reset', event => reader.reset(event.lastEventId));
  events.onerror = () => {
    events.close();
    lost();
  };
  return () => events.close();
}

function byPolling(opened, lost, isBest) {
  const end = new AbortController();
  poll(opened, isBest, end.signal).catch(() => {}).then(() => end.signal.aborted || lost());
  return () => end.abort();
}

async function poll(opened, isBest, signal) {
  for (let polls = 0; isBest || polls < POLLS_BEFORE_A_BETTER_WAY; polls++) {
    const wait = polls === 0 ? 0 : WAIT_SECONDS;
    const response = await fetch(`${messagesUrl}?${since()}&wait=${wait}`, {
      headers: {Accept: 'application/json'},
      cache: 'no-store',
      signal,
    });
    if (!response.ok) {
      throw new Error(response.status);
    }
    const list = await response.json();
    opened();
    if (list.reset) {
      showGap();
    }
    list.messages.forEach(show);
    last = list.next;
  }
}

const ways = [
  'WebSocket' in window && bySocket,
  'EventSource' in window && byEvents,
  byPolling,
].filter(Boolean);

let way = 0;
let failures = 0;
let attempt = 0;
let end = () => {};
let timer;

/** Tries one way; the next one if it can't be opened, and the first again when it was open and is lost. */
function connect() {
  clearTimeout(timer);
  end();
  const mine = ++attempt;
  let wasOpen = false;
  const start = ways[way];
  end = start(
      () => {
        if (mine === attempt && !wasOpen) {
          wasOpen = true;
          failures = 0;
          page.status.textContent = 'Connected';
          page.status.dataset.way = start.name;
          page.messages.setAttribute('aria-busy', 'false');
        }
      },
      () => {
        if (mine !== attempt) {
          return;
        }
        end = () => {};
        way = wasOpen ? 0 : (way + 1) % ways.length;
        failures += wasOpen ? 0 : 1;
        if (!wasOpen || start !== byPolling) {
          page.status.textContent = 'Connecting …';
        }
        timer = setTimeout(connect, delay(wasOpen));
      },
      ways.length === 1);
}

/** At once after the first failure of each way, then longer and longer, and never all clients at the same moment. */
function delay(wasOpen) {
  const rounds = Math.floor(failures / ways.length);
  if (!wasOpen && rounds === 0) {
    return 0;
  }
  return Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** rounds) * (0.5 + Math.random() / 2);
}

function connectAnew() {
  way = 0;
  failures = 0;
  connect();
}

window.addEventListener('online', connectAnew);
window.addEventListener('pageshow', event => event.persisted && connectAnew());

// A phone that slept may have a connection that only looks alive.
let hiddenAt = 0;
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    hiddenAt = Date.now();
  } else if (hiddenAt && Date.now() - hiddenAt > 30000) {
    connectAnew();
  }
});

// ---- sending

async function send() {
  const text = page.text.value;
  if (!text.trim()) {
    page.text.focus();
    return;
  }
  memory.set('chat.user', page.user.value);
  try {
    const response = await fetch(messagesUrl, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', Accept: 'application/json'},
      body: JSON.stringify({user: page.user.value, text}),
    });
    const answer = await response.json();
    if (!response.ok) {
      page.problem.textContent = [answer.detail, ...(answer.errors || []).map(error => error.detail)].join(': ');
      return;
    }
    remember(answer.id);
    mark(answer.id);
    page.problem.textContent = '';
    if (page.text.value === text) {
      page.text.value = '';
    }
  } catch {
    page.problem.textContent = 'Not sent: there is no connection. Your message is still here, so try again in a moment.';
  }
}

let sending = Promise.resolve();

page.form.addEventListener('submit', event => {
  event.preventDefault();
  sending = sending.then(send);
});

page.text.addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    page.form.requestSubmit();
  }
});

// ---- the beginning

if (room) {
  page.title.textContent = `Chat: ${room}`;
  document.title = `${room} – Chat`;
}
page.user.value = memory.get('chat.user', '');
page.messages.setAttribute('aria-busy', 'true'); // what was said before isn't read out
(page.user.value ? page.text : page.user).focus();
connect();
