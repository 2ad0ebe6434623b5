// What stands under a picture that is saved: its title, what colours, shapes and sizes mean, and what is shown of what.
import { capital, counted, grouped, shortened } from "./dom.js";
import { fontOf } from "./shapes.js";
import { shade, theme } from "./theme.js";
import { isPaper } from "./ties.js";

const EDGE = 16; // pixels at its sides
const LINE = 20; // pixels of a line
const SIZE = 12; // of its texts
const GAP = 14; // pixels between entries
const MARK = 14; // pixels of a dot and the space behind it
const NAMED = 12; // communities and groups; of kinds all
const LETTERS = 36; // of the name of one

/** Returns what a picture's colours, shapes and sizes mean as `{ text, fill, fills, square }`; not all are of one colour, or have one. */
const entriesOf = ({ data, scene, store }) => {
  const told = scene.legendOf();
  const tint = (each) => shade(scene.palette[each]);
  const paper = data.kinds.findIndex(({ name }) => name === "paper");
  const entry = ({ label, count, of, tint: own, value }) => (
    { text: `${shortened(capital(label), LETTERS)} ${grouped(count ?? of)}`, fill: tint(own), square: told.of === "kind" && value === paper }
  );
  const found = [];
  if (told.type === "scale") {
    found.push({ text: told.low.label }, { text: told.high.label, fills: told.tints.map(tint) });
    if (told.unknown) found.push(entry(told.unknown));
  } else {
    const seen = told.items.filter(({ count }) => count);
    const most = told.of === "kind" ? seen.length : NAMED;
    found.push(...seen.slice(0, most).map(entry));
    if (seen.length > most) found.push({ text: `and ${counted(seen.length - most, "more", "more")}` });
  }
  const papers = scene.colour !== "kind" && scene.view.net.members.some((i) => scene.shown[i] && isPaper(data, i));
  if (papers) found.push({ text: "Paper", fill: theme.soft, square: true });
  const size = scene.sizes.find(({ name }) => name === store.state.size);
  if (size && size.name !== "same") found.push({ text: `Larger: more ${size.label.toLowerCase()}` });
  return found;
};

/** Returns the caption of a picture: its `shapes` (see shapes.js), from 0 down to its `height`. */
export const captionOf = ({ data, scene, store, camera, leftOut }) => {
  const pen = document.createElement("canvas").getContext("2d");
  const right = camera.width - EDGE;
  const shapes = [];
  let [x, y] = [EDGE, 0];
  const wide = (text, weight) => {
    pen.font = fontOf(SIZE, weight);
    return pen.measureText(text).width;
  };
  const write = (text, weight, fill) => shapes.push(["text", { x, y, "font-size": SIZE, "font-weight": weight, fill }, text]);
  const start = () => { [x, y] = [EDGE, y + LINE]; };
  /** Writes words, in as many lines as they take. */
  const say = (words, weight, fill) => {
    let line = "";
    const put = () => { start(); write(line, weight, fill); };
    for (const word of words.split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (line && wide(longer, weight) > right - EDGE) { put(); line = word; } else line = longer;
    }
    put();
  };
  const mark = (fill, square) => shapes.push(square
    ? ["rect", { x: x + 0.5, y: y - 8.5, width: 8.5, height: 8.5, rx: 2, fill }] : ["circle", { cx: x + 5, cy: y - 4.3, r: 4.6, fill }]);

  say(`${data.title} · ${scene.view.label}`, 600, theme.ink);
  start();
  for (const { text, fill, fills, square } of entriesOf({ data, scene, store })) {
    const before = fills ? 6 * fills.length + 6 : fill ? MARK : 0;
    const room = before + wide(text, 400);
    if (x > EDGE && x + room > right) start();
    if (fills) fills.forEach((each, at) => shapes.push(["rect", { x: x + 6 * at, y: y - 9, width: 6, height: 9, fill: each }]));
    else if (fill) mark(fill, square);
    x += before;
    write(text, 400, theme.ink);
    x += room - before + GAP;
  }
  const rest = leftOut();
  say(`${scene.note}${rest && ` ${rest}.`}`, 400, theme.soft);
  const [width, height] = [camera.width, y + LINE / 2];
  // What reaches beyond the picture goes under it.
  shapes.unshift(["rect", { x: 0, y: 0, width, height, fill: theme.ground }], ["rect", { x: 0, y: 0, width, height: 1, fill: theme.faint }]);
  return { shapes, height };
};
