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

export const counted = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Cuts a text to so many characters. */
export const cut = (text, length) => {
  const letters = Array.from(text);
  return letters.length > length ? `${letters.slice(0, length - 1).join("").trimEnd()}…` : text;
};

/** Lower case without accents, for comparing what people type. */
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Says something to a screen reader. */
export const say = (text) => { $("live").textContent = text; };
