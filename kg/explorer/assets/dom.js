// Small helpers for elements. Text enters the page as text nodes only; nothing is parsed as markup.

export const $ = (id) => document.getElementById(id);

/** Makes an element; `on: {click: run}` adds listeners, null and false leave an attribute out. */
export const make = (tag, facts = {}, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (name === "tint") element.style.color = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of inside) if (child !== null && child !== undefined && child !== "") element.append(child);
  return element;
};

/** Makes a button that runs something. */
export const button = (run, facts, ...inside) => make(
  "button", { type: "button", on: { click: run }, ...facts }, ...inside,
);

/** Writes a whole number with commas; quick from the first call on, where the tables of a language are read first. */
export const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

export const counted = (n, one, many) => `${grouped(n)} ${n === 1 ? one : many}`;
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Cuts a text to so many characters. */
export const cut = (text, length) => {
  const letters = Array.from(text);
  return letters.length > length ? `${letters.slice(0, length - 1).join("").trimEnd()}…` : text;
};

/** Shortens the name of a community to so many characters: by its last parts, and what is one part is cut. */
export const shortened = (name, length) => {
  const first = name.replace(/(?: · |, )[^·,]*$/, "");
  return name.length > length && first !== name ? shortened(first, length) : cut(name, length);
};

/** Breaks a text into lines of about so many letters between words, at most `most`. */
export const wrapped = (text, letters, most) => {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length + 1 > letters && lines.length < most) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.map((line) => cut(line, letters + 6));
};

/** Lower case without accents, for comparing what people type. */
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Says something to a screen reader. */
export const say = (text) => { $("live").textContent = text; };

/** Runs something while nothing else is to do; it is told how long that lasts, where the browser knows. */
export const whenIdle = (run) => { if (window.requestIdleCallback) requestIdleCallback(run); else setTimeout(run, 40); };

/** The colour of a kind as a dot; the style of the page makes it lighter in the dark. */
export const dot = (kind) => make("span", {
  class: kind.name === "paper" ? "dot page" : "dot", tint: kind.color, "aria-hidden": "true",
});

/** Returns the parts of a row that names a node: its dot, its name, and what it is. */
export const named = (data, i) => {
  const kind = data.kinds[data.kind[i]];
  return [dot(kind), make("span", {}, data.labels[i]), make("small", {}, kind.label)];
};

/** Returns a text as an address of the web, null if it is none: nothing else may become a link. */
export const webLink = (text) => {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch { return null; }
};

/** Quotes a text for a shell, where that is needed. */
export const quoted = (text) => (/^[\w./:@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/**
 * Puts a text on the clipboard, also where a page opened from a file may not: by a selection, then.
 * Returns whether that went well.
 */
export const toClipboard = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", { class: "spoken", "aria-hidden": "true" });
    field.value = text;
    const before = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus({ preventScroll: true });
    return done;
  }
};

/** Makes a button that copies a text; `what` names it for a screen reader. */
export const copier = (text, what) => {
  const press = async () => {
    await toClipboard(text);
    made.textContent = "Copied";
    say(`${capital(what)} copied`);
    setTimeout(() => { made.textContent = "Copy"; }, 1500);
  };
  const made = button(press, { class: "copy", "aria-label": `Copy ${what}` }, "Copy");
  return made;
};

/**
 * Makes a list that starts with some rows and grows by a button. `row(item)` makes an `li`.
 * Growing moves the focus to the first new row, so that a keyboard does not lose its place.
 */
export const growing = (items, row, { first = 12, step = 100, facts = {}, tag = "ul" } = {}) => {
  const list = make(tag, facts);
  const holder = make("div", {}, list);
  let shown = 0;
  const grow = (count) => {
    const fresh = items.slice(shown, shown + count).map(row);
    list.append(...fresh);
    shown += fresh.length;
    more.hidden = shown >= items.length;
    const [all, left] = [grouped(items.length), items.length - shown];
    more.textContent = left <= step ? `Show all ${all}` : `Show ${step} more of ${grouped(left)}`;
    return fresh[0];
  };
  const more = button(() => grow(step)?.querySelector("button, a")?.focus(), { class: "more" });
  grow(first);
  if (shown < items.length) holder.append(more);
  return holder;
};
