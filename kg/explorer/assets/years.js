// The years: a histogram of papers, two thumbs for the first and the last year, and a button that plays them.
import { button, grouped, make } from "./dom.js";
import { icon } from "./icons.js";

const STEP = 1000; // milliseconds a year is shown while playing

/** Returns the first and the last year of papers and how many papers each has, null where fewer than two are known. */
export const papersByYear = (data) => {
  const paper = data.kinds.findIndex(({ name }) => name === "paper");
  let [first, last] = [Infinity, -Infinity];
  for (let i = 0; i < data.n; i += 1) {
    if (data.kind[i] !== paper || !data.year[i]) continue;
    first = Math.min(first, data.year[i]);
    last = Math.max(last, data.year[i]);
  }
  if (first >= last) return null;
  const counts = new Uint32Array(last - first + 1);
  for (let i = 0; i < data.n; i += 1) {
    if (data.kind[i] === paper && data.year[i]) counts[data.year[i] - first] += 1;
  }
  return { first, last, counts };
};

/**
 * Makes the slider of years. `onYears([from, to], { quiet })` is told each choice, null for all years.
 *
 * Returns `{ element, show(years), pause() }`.
 */
export const makeYears = ({ first, last, counts }, onYears) => {
  let [from, to] = [first, last];
  let [timer, waiting] = [0, 0];

  const most = Math.max(...counts);
  const bars = Array.from(counts, (count, at) => {
    const bar = make("span", { title: `${first + at}: ${grouped(count)} papers` });
    bar.style.height = `${count ? Math.max(6, (count / most) * 100) : 0}%`;
    bar.style.left = `calc(8px + (100% - 16px) * ${at / (last - first)})`; // where the middle of a thumb would be
    return bar;
  });
  const histogram = make("div", { class: "bars", "aria-hidden": "true" }, ...bars);
  histogram.style.setProperty("--gaps", last - first);
  const thumb = (label) => make("input", { type: "range", min: first, max: last, step: 1, "aria-label": label });
  const [low, high] = [thumb("First year"), thumb("Last year")];
  const said = make("output", { "aria-live": "off" });
  const keep = make("input", { type: "checkbox" });
  const sign = make("span", {}, icon("play"));
  const verb = make("span", {}, "Play");
  const play = button(() => (timer ? pause() : start()), { class: "play" }, sign, verb);

  const paint = () => {
    low.value = from;
    high.value = to;
    for (const each of [low, high]) each.setAttribute("aria-valuetext", each.value);
    // Where both thumbs stand at the right end, the lower one must be the one on top.
    low.classList.toggle("above", from > (first + last) / 2);
    said.textContent = from === to ? String(from) : `${from} to ${to}`;
    bars.forEach((bar, at) => bar.classList.toggle("in", first + at >= from && first + at <= to));
  };
  const tell = (facts) => onYears(from === first && to === last && !timer ? null : [from, to], facts);
  const halt = () => {
    clearTimeout(timer);
    timer = 0;
    said.setAttribute("aria-live", "off");
    sign.replaceChildren(icon("play"));
    verb.textContent = "Play";
  };
  const pause = () => {
    if (!timer) return;
    halt();
    tell({ quiet: false }); // one step to undo for all that was played
  };
  const next = () => {
    if (to >= last) { pause(); return; }
    to += 1;
    if (!keep.checked) from += 1;
    timer = setTimeout(next, STEP);
    paint();
    tell({ quiet: true });
  };
  const start = () => {
    const wide = from === first && to === last ? 0 : to - from; // years of the window besides the first
    if (to >= last) [from, to] = [first, first + (keep.checked ? 0 : wide)];
    else if (keep.checked) from = first;
    timer = setTimeout(next, STEP);
    said.setAttribute("aria-live", "polite"); // each year is said; else the last one is, by the action
    sign.replaceChildren(icon("pause"));
    verb.textContent = "Pause";
    paint();
    tell({ quiet: true });
  };

  // While a thumb is dragged, one choice a frame is told; where it is let go is a step to undo.
  const moved = (thumbMoved) => {
    pause();
    const year = Number(thumbMoved.value);
    [from, to] = thumbMoved === low ? [year, Math.max(year, to)] : [Math.min(year, from), year];
    paint();
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      tell({ quiet: true });
    });
  };
  for (const each of [low, high]) {
    each.addEventListener("input", () => moved(each));
    each.addEventListener("change", () => { cancelAnimationFrame(waiting); waiting = 0; tell({ quiet: false }); });
  }

  const element = make(
    "fieldset", { class: "years" }, make("legend", {}, "Years", said),
    histogram, make("div", { class: "thumbs" }, low, high),
    make("div", { class: "edges", "aria-hidden": "true" }, make("span", {}, first), make("span", {}, last)),
    make("div", { class: "playing" }, play, make("label", {}, keep, " Keep the years before")),
  );
  paint();
  return {
    element, pause,
    show: (years) => {
      if (waiting) return;
      const [low, high] = years ?? [first, last];
      if (low === from && high === to) return;
      if (timer) halt(); // somebody else has chosen other years, as undo does
      [from, to] = [low, high];
      paint();
    },
  };
};
