// Years and lanes of a timeline, and the heads of two columns: where their lines and names stand in the picture.
import { cut, shortened, wrapped } from "./dom.js";
import { theme } from "./theme.js";

const LETTER = 6.7; // pixels of a letter
const LEAST_LETTERS = 8; // in a line of the name of a lane
const LINE = 15; // pixels between lines of names of lanes
const LEFT = 14; // pixels on their left
const FOOT = 10; // pixels under the years
const BAND = 0.35; // how strong the ground of every other lane is

/** Returns the lines of the name of a lane in the room before its first node: two where one is too short and there is room. */
const linesOf = ({ label, left, high }, camera) => {
  const letters = Math.floor((camera.pixelX(left) - LEFT) / LETTER);
  if (letters < LEAST_LETTERS) return [label]; // where the reader looks at later years, it lies on them
  const short = shortened(label, letters);
  if (!short.endsWith("…") || high * camera.k < 2 * LINE) return [short];
  return wrapped(label, letters, 2).map((line) => cut(line, letters));
};

/**
 * Returns what is seen of the scales of a scene: `bands` as top and bottom, `rules` as x, and `texts` as `{ text, x, y, anchor,
 * box }`, none on another; `bottom` pixels of the picture are covered by something.
 */
export const scalesOf = ({ axis, lanes }, camera, bottom) => {
  const { width, height } = camera;
  const found = { bands: [], rules: [], texts: [] };
  lanes.forEach(({ top, bottom: end }, at) => {
    const band = [camera.pixelY(top), camera.pixelY(end)];
    if (at % 2 && band[1] > 0 && band[0] < height) found.bands.push(band);
  });
  let free = -Infinity;
  for (const { x, label } of axis) {
    const px = camera.pixelX(x);
    if (px < -60 || px > width + 60) continue;
    found.rules.push(Math.round(px) + 0.5);
    const half = (label.length * LETTER) / 2;
    if (px - half < free) continue;
    free = px + half + 10;
    const middle = px < 0 || px > width ? px : Math.max(half + 6, Math.min(width - half - 6, px));
    const y = height - bottom - FOOT;
    found.texts.push({ text: label, x: middle, y, anchor: "middle", box: [middle - half, y - LINE, middle + half, y + 4] });
  }
  free = 0;
  for (const lane of lanes) {
    const lines = linesOf(lane, camera);
    const first = camera.pixelY(lane.y) - (lines.length - 1) * (LINE / 2);
    const last = first + (lines.length - 1) * LINE;
    if (first < free + LINE * 0.9 || last > height - bottom - 24 || !lane.label) continue;
    free = last;
    for (const [at, text] of lines.entries()) {
      const y = first + at * LINE;
      found.texts.push({ text, x: LEFT, y, anchor: "start", box: [LEFT - 6, y - 13, LEFT + 6 + text.length * LETTER, y + 5] });
    }
  }
  return found;
};

/** Returns scales as shapes that lie under the nodes. */
export const scaleShapes = ({ bands, rules, texts }, { width, height }) => [
  ...bands.map(([top, end]) => ["rect", { x: 0, y: top, width, height: end - top, fill: theme.faint, "fill-opacity": BAND }]),
  ...rules.map((x) => ["line", { x1: x, y1: 0, x2: x, y2: height, stroke: theme.faint }]),
  ...texts.map(({ text, x, y, anchor }) => ["text", {
    x, y, "font-size": 12, "font-weight": 500, "text-anchor": anchor, fill: theme.soft, stroke: theme.ground, "stroke-width": 3,
    "paint-order": "stroke",
  }, text]),
];
