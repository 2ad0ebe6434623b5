// Passages: the sentence that says so with the mention highlighted, and where in which file it stands.
import { make } from "./dom.js";

const place = ({ document: file, line }) => `${file ?? ""}${line === null || line === undefined ? "" : `:${line}`}`;

/** Tells whether the page holds the sentence of a passage: before and after the quote, even if both are empty. */
export const isKept = ({ before, after }) => typeof before === "string" && typeof after === "string";

/** Makes a passage: the sentence with the mention marked, then file, line, field, characters, rule and score. */
export const passageFigure = (passage, ...above) => {
  const { field, start, end, before, quote, after, by, score } = passage;
  const words = quote === null || quote === undefined
    ? make("p", { class: "quiet" }, "The sentence is not kept in this page.")
    : make("blockquote", { class: "evidence", "data-evidence": "" }, before, make("mark", {}, quote), after);
  const rest = [
    field,
    Number.isFinite(start) && Number.isFinite(end) ? `characters ${start}–${end}` : null,
    by,
    Number.isFinite(score) ? `score ${score.toFixed(2)}` : null,
  ].filter(Boolean).join(" · ");
  return make("figure", {}, ...above, words,
    make("figcaption", {}, make("code", {}, place(passage)), rest ? ` · ${rest}` : ""));
};

/** Tells whether a passage brings a sentence and not only the name itself. */
export const isSentence = ({ before, after }) => Boolean(before?.trim() || after?.trim());

/** Finds where a passage's quote stands in a text: by its sentence, by what is near it, else by the word itself. */
const locate = (text, { before, quote, after }) => {
  if (!quote) return -1;
  const tries = [[before ?? "", after ?? ""], [(before ?? "").slice(-24), ""], ["", (after ?? "").slice(0, 24)]];
  for (const [left, right] of tries) {
    if (!left && !right) continue;
    const at = text.indexOf(left + quote + right);
    if (at >= 0) return at + left.length;
  }
  const letter = /[\p{L}\p{N}]/u;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (!letter.test(text[at - 1] ?? " ") && !letter.test(text[at + quote.length] ?? " ")) return at;
  }
  return -1;
};

/**
 * Returns the spans of a text that passages quote: `[{start, end, node}]` in order, without overlap (the longer wins).
 * `told` holds `{passage, node}`.
 */
export const mentionSpans = (text, told) => {
  const found = [];
  for (const { passage, node } of told) {
    const start = locate(text, passage);
    if (start >= 0) found.push({ start, end: start + passage.quote.length, node });
  }
  found.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start || a.node - b.node);
  const kept = [];
  const free = (span) => kept.every((other) => span.end <= other.start || span.start >= other.end);
  for (const span of found) if (free(span)) kept.push(span);
  return kept.sort((a, b) => a.start - b.start);
};

/**
 * Returns what passages tell of a text that the page does not hold: their sentences, each once, in the order of the
 * file; what is left out between them is told by dots.
 */
export const textOf = (told) => {
  const sentences = new Map();
  for (const { passage } of told) {
    if (!isKept(passage) || !passage.quote) continue;
    const words = (passage.before + passage.quote + passage.after).trim();
    const at = (passage.start ?? Infinity) - passage.before.length;
    if (!(sentences.get(words) <= at)) sentences.set(words, at);
  }
  return [...sentences].sort(([, p], [, q]) => (p === q ? 0 : p - q)).map(([words]) => words).join(" … ");
};

/** Returns a text in pieces, its spans made by `mention(words, node)`. */
export const withMentions = (text, spans, mention) => {
  const pieces = [];
  let at = 0;
  for (const { start, end, node } of spans) {
    if (start > at) pieces.push(text.slice(at, start));
    pieces.push(mention(text.slice(start, end), node));
    at = end;
  }
  if (at < text.length) pieces.push(text.slice(at));
  return pieces;
};
