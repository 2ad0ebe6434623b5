// Search while typing: all names and aliases, without accents, ranked, by mouse and by keyboard.
import { $, counted, dot, grouped, make, plain, say, whenIdle } from "./dom.js";
import { visit } from "./visit.js";

const BLOCK = 4096; // nodes whose names are folded at once
const SLICE = 12; // milliseconds before others may run
const SHOWN = 50; // results shown
const RANKS = 8; // exact, prefix, word prefix, substring; of the name, then of another name
const [NEWLINE, TAB] = ["\n", "\t"];

/** Gives way to what else waits: a timer would wait longer. */
const pause = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); done(); };
  port2.postMessage(null);
});

const isWord = (code) => (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;

/** 0 the name is it, 1 it begins so, 2 a word of it does, 3 it is inside; -1: not all words are there. */
const rankOf = (name, whole, tokens) => {
  if (name === whole) return 0;
  let words = true;
  for (const token of tokens) {
    let at = name.indexOf(token);
    if (at < 0) return -1;
    while (at > 0 && isWord(name.charCodeAt(at - 1))) at = name.indexOf(token, at + 1);
    if (at < 0) words = false;
  }
  if (name.startsWith(whole)) return 1;
  return words ? 2 : 3;
};

/** The best rank among a name and its aliases (a line with tabs), aliases after names; -1: no match. */
const rankOfLine = (line, whole, tokens) => {
  if (!line.includes(TAB)) return rankOf(line, whole, tokens);
  let best = -1;
  line.split(TAB).forEach((name, at) => {
    const found = rankOf(name, whole, tokens);
    const rank = found < 0 ? -1 : found * 2 + (at ? 1 : 0);
    if (rank >= 0 && (best < 0 || rank < best)) best = rank;
  });
  return best;
};

/**
 * Makes the index of names: one text of folded lines for some thousand nodes each, folded while nothing else is to do.
 * `search(text, stale)` resolves to `{best, total, all}`: numbers of nodes, best first, at most 50; how many match;
 * and all of them where `everything` asks for it. It gives way every some milliseconds and ends early when `stale()`.
 */
const makeNames = ({ data }) => {
  const blocks = new Array(Math.ceil(data.n / BLOCK));

  const fold = (b) => {
    const rows = [];
    for (let i = b * BLOCK; i < Math.min(data.n, (b + 1) * BLOCK); i += 1) {
      rows.push(data.aliases[i] ? `${data.labels[i]}${TAB}${data.aliases[i]}` : data.labels[i]);
    }
    const text = `${plain(rows.join(NEWLINE))}${NEWLINE}`;
    const starts = new Uint32Array(rows.length + 1);
    for (let at = 0, row = 1; row <= rows.length; row += 1) { at = text.indexOf(NEWLINE, at) + 1; starts[row] = at; }
    blocks[b] = { text, starts };
    return blocks[b];
  };

  const look = (b, whole, tokens, found, everything) => {
    const { text, starts } = blocks[b] ?? fold(b);
    const longest = tokens.reduce((a, token) => (token.length > a.length ? token : a));
    let row = 0;
    for (let at = text.indexOf(longest); at >= 0; at = text.indexOf(longest, starts[row + 1])) {
      while (starts[row + 1] <= at) row += 1;
      const line = text.slice(starts[row], starts[row + 1] - 1);
      const aliased = line.includes(TAB);
      const rank = rankOfLine(line, whole, tokens);
      if (rank < 0) continue;
      const bucket = found.buckets[aliased ? rank : rank * 2];
      if (bucket.length < SHOWN) bucket.push(b * BLOCK + row);
      if (everything) found.all.push(b * BLOCK + row);
      found.total += 1;
    }
  };

  const search = async (text, stale = () => false, everything = false) => {
    const whole = plain(text.trim()).replace(/\s+/g, " ");
    const found = { buckets: Array.from({ length: RANKS }, () => []), all: [], total: 0 };
    const tokens = whole.split(" ").filter(Boolean);
    let began = performance.now();
    for (let b = 0; tokens.length && b < blocks.length; b += 1) {
      look(b, whole, tokens, found, everything);
      if (performance.now() - began < SLICE) continue;
      await pause();
      if (stale()) return null;
      began = performance.now();
    }
    return { best: found.buckets.flat().slice(0, SHOWN), total: found.total, all: found.all, tokens };
  };

  const prepare = (b = 0) => {
    if (b >= blocks.length) return;
    const run = (deadline) => {
      do {
        if (!blocks[b]) fold(b);
        b += 1;
      } while (b < blocks.length && deadline && deadline.timeRemaining() > SLICE);
      prepare(b);
    };
    whenIdle(run);
  };
  return { search, prepare };
};

/** Returns a name in pieces, with what was typed marked. */
const markTyped = (name, tokens) => {
  const letters = Array.from(name.slice(0, 300));
  const places = []; // of each folded letter, its place in the name
  let folded = "";
  letters.forEach((letter, at) => {
    const bare = plain(letter);
    folded += bare;
    for (let k = 0; k < bare.length; k += 1) places.push(at);
  });
  const hit = new Uint8Array(letters.length);
  for (const token of tokens) {
    const at = folded.indexOf(token);
    if (at >= 0) for (let k = at; k < at + token.length; k += 1) hit[places[k]] = 1;
  }
  const pieces = [];
  for (let from = 0, to = 1; from < letters.length; from = to, to += 1) {
    while (to < letters.length && hit[to] === hit[from]) to += 1;
    const words = letters.slice(from, to).join("");
    pieces.push(hit[from] ? make("b", {}, words) : words);
  }
  return pieces;
};

let names = null;

/** Returns the index of names of the page; it is made when it is first asked for. */
export const namesOf = (app) => { names ??= makeNames(app); return names; };

const hitRow = (app, i, tokens, id, on) => {
  const { data, scene } = app;
  const kind = data.kinds[data.kind[i]];
  const matches = (name) => { const bare = plain(name); return tokens.every((token) => bare.includes(token)); };
  const alias = matches(data.labels[i]) ? null : data.aliases[i].split(TAB).find(matches);
  const size = kind.name === "paper" ? data.year[i] || null : counted(data.papers[i], "paper", "papers");
  const facts = [kind.label, size, scene.shown[i] ? null : "hidden"];
  return make("li", { role: "option", id, "aria-selected": "false", class: scene.shown[i] ? null : "hidden-now", on },
    dot(kind), make("span", { class: "name" }, ...markTyped(data.labels[i], alias ? [] : tokens),
      ...(alias ? [make("small", { class: "alias" }, " also ", ...markTyped(alias, tokens))] : [])),
    make("small", {}, facts.filter(Boolean).join(" · ")));
};

/** Returns what Escape does in a field that is empty again after each choice: it empties it, or leaves it. */
export const emptying = (input, leave) => () => {
  if (input.value) input.value = ""; else leave();
  return true;
};

/**
 * Lets a field find nodes while one types, those that `allowed(i)` lets pass: `take(i)` gets the chosen one.
 *
 * Escape runs `cancel(busy)`, which is told whether a list was open or on its way, and says whether that was all.
 */
export const nodeCombobox = (app, { input, list, take, cancel, allowed = null }) => {
  let hits = [];
  let active = -1;
  let asked = 0;
  let [waiting, entered] = [false, false]; // a search is under way; Enter was pressed meanwhile
  const open = (is) => { list.hidden = !is; input.setAttribute("aria-expanded", String(is)); };
  const mark = (at) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const row = at < 0 ? null : list.children[at];
    if (!row) { input.removeAttribute("aria-activedescendant"); return; }
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", row.id);
  };
  /** Tells, to assistive software too, that the list is older than what is typed. */
  const wait = (is) => { waiting = is; list.setAttribute("aria-busy", String(is)); };
  const shut = () => {
    [hits, asked] = [[], asked + 1];
    wait(false);
    open(false);
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (at) => {
    const i = hits[at];
    if (i === undefined) return;
    shut();
    input.value = "";
    take(i);
  };
  const noted = { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" };
  const note = (words) => make("li", noted, words);
  const search = async () => {
    if (!input.value.trim()) { shut(); return; }
    asked += 1;
    const mine = asked;
    entered = false;
    wait(true);
    const found = await namesOf(app).search(input.value, () => mine !== asked, allowed !== null);
    if (!found || mine !== asked) return;
    wait(false);
    const fitting = allowed && Array.from(new Set([...found.best, ...found.all])).filter(allowed);
    const total = fitting ? fitting.length : found.total;
    hits = (fitting ?? found.best).slice(0, SHOWN);
    if (entered && hits.length) { choose(0); return; }
    const rows = hits.map((i, at) => hitRow(app, i, found.tokens, `${list.id}-${at}`, {
      pointerdown: (event) => event.preventDefault(),
      click: () => choose(at),
      pointermove: () => { if (active !== at) mark(at); },
    }));
    const more = total - hits.length;
    if (!hits.length) rows.push(note("No such name"));
    else if (more > 0) rows.push(note(`${grouped(more)} more: type more of the name`));
    list.replaceChildren(...rows);
    list.scrollTop = 0;
    open(true);
    active = -1;
    mark(hits.length ? 0 : -1);
    say(total ? counted(total, "result", "results") : "No such name");
  };
  const keys = {
    ArrowDown: () => mark((active + 1) % hits.length),
    ArrowUp: () => mark((active - 1 + hits.length) % hits.length),
    Home: () => mark(0),
    End: () => mark(hits.length - 1),
  };
  input.addEventListener("input", search);
  input.addEventListener("blur", shut);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!list.hidden && hits.length && event.key in keys && !event.shiftKey) {
      event.preventDefault();
      keys[event.key]();
    } else if (event.key === "ArrowDown") {
      search();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (waiting) entered = true; else choose(Math.max(0, active));
    } else if (event.key === "Escape") {
      const busy = waiting || !list.hidden;
      shut();
      if (!cancel(busy)) return;
      event.preventDefault();
      event.stopPropagation();
    }
  });
};

/** Makes the search in the header: `/` goes there, Enter chooses a node and frames it. */
export const mountSearch = (app) => {
  const [input, list] = [$("search"), $("found")];
  const take = (i) => {
    visit(app, i, { look: true });
    $("about").querySelector("h2")?.focus({ preventScroll: true });
  };
  nodeCombobox(app, { input, list, take, cancel: emptying(input, () => app.stage.canvas.focus({ preventScroll: true })) });
  input.addEventListener("focus", () => { if (input.value) input.dispatchEvent(new Event("input")); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  // After the first picture: names are folded while nothing else is to do.
  requestAnimationFrame(() => requestAnimationFrame(() => namesOf(app).prepare()));
};
