// Names in the picture: which are shown, and where they stand so that none lies on another.
import { cut } from "./dom.js";
import { FONT } from "./theme.js";

const BOX_TALL = 22; // height of a cell of the grid of boxes, in pixels
const BOX_WIDE = 64; // its width
const NAMES_AT_ONCE = 640; // names at once

/**
 * Makes a grid of boxes over a picture. `free` says whether a box would touch none of those that were put; `crowd`
 * counts those that it would touch.
 */
const makeBoxes = () => {
  let [columns, rows] = [1, 1];
  let heads = new Int32Array(1);
  let [next, held] = [new Int32Array(4096), new Int32Array(4096)]; // chains: the box of a link, the link after it
  let [links, count] = [0, 0];
  let sides = new Float32Array(4 * 1024);
  let seen = new Int32Array(1024);
  let turn = 0;
  const grown = (array, size) => {
    if (array.length >= size) return array;
    const larger = new array.constructor(Math.max(size, array.length * 2));
    larger.set(array);
    return larger;
  };
  const column = (x) => Math.max(0, Math.min(columns - 1, Math.floor(x / BOX_WIDE)));
  const row = (y) => Math.max(0, Math.min(rows - 1, Math.floor(y / BOX_TALL)));
  const crowd = (x0, y0, x1, y1, enough) => {
    turn += 1;
    let found = 0;
    const [left, right, bottom] = [column(x0), column(x1), row(y1)];
    for (let r = row(y0); r <= bottom; r += 1) {
      for (let c = left; c <= right; c += 1) {
        for (let at = heads[r * columns + c]; at >= 0; at = next[at]) {
          const b = held[at];
          if (seen[b] === turn) continue;
          seen[b] = turn;
          if (sides[4 * b] < x1 && sides[4 * b + 2] > x0 && sides[4 * b + 1] < y1 && sides[4 * b + 3] > y0) {
            found += 1;
            if (found >= enough) return found;
          }
        }
      }
    }
    return found;
  };
  return {
    clear: (width, height) => {
      [columns, rows] = [Math.ceil(width / BOX_WIDE) + 1, Math.ceil(height / BOX_TALL) + 1];
      if (heads.length < columns * rows) heads = new Int32Array(columns * rows);
      heads.fill(-1);
      [links, count] = [0, 0];
    },
    put: (x0, y0, x1, y1) => {
      sides = grown(sides, 4 * count + 4);
      if (seen.length <= count) { seen = grown(seen, count + 1); seen.fill(0); turn = 0; }
      sides[4 * count] = x0;
      sides[4 * count + 1] = y0;
      sides[4 * count + 2] = x1;
      sides[4 * count + 3] = y1;
      const [left, right, bottom] = [column(x0), column(x1), row(y1)];
      for (let r = row(y0); r <= bottom; r += 1) {
        for (let c = left; c <= right; c += 1) {
          next = grown(next, links + 1);
          held = grown(held, links + 1);
          held[links] = count;
          next[links] = heads[r * columns + c];
          heads[r * columns + c] = links;
          links += 1;
        }
      }
      count += 1;
    },
    crowd,
    free: (x0, y0, x1, y1) => crowd(x0, y0, x1, y1, 1) === 0,
  };
};

const NAME_SIZES = [11, 11.5, 12.5, 13]; // by importance; the last for what is chosen

/** Returns the font of a name of this rank; 3 is that of what is chosen or under the pointer. */
export const labelFont = (rank) => `${rank === 3 ? 600 : 500} ${NAME_SIZES[rank]}px ${FONT}`;

/** Returns the text of a name as it is drawn. */
export const labelText = (text, rank) => cut(text, [26, 30, 30, 54][rank]);

/**
 * Makes the placing of names. `place(ask)` fills `names`: for each the node, rank, middle and top in pixels relative to
 * the node, and width. What is asked first gets its place first.
 */
export const makeLabels = (texts) => {
  const ctx = document.createElement("canvas").getContext("2d");
  const widths = new Float32Array(2 * texts.length); // at rank 0 and 1
  const strong = new Map();
  const boxes = makeBoxes();
  const dots = makeBoxes();
  const names = {
    count: 0, node: new Int32Array(NAMES_AT_ONCE), rank: new Uint8Array(NAMES_AT_ONCE),
    dx: new Float32Array(NAMES_AT_ONCE), dy: new Float32Array(NAMES_AT_ONCE), width: new Float32Array(NAMES_AT_ONCE),
  };
  const widthOf = (i, rank) => {
    if (rank >= 2) {
      const key = i * 4 + rank;
      if (!strong.has(key)) {
        ctx.font = labelFont(rank);
        strong.set(key, ctx.measureText(labelText(texts[i], rank)).width);
      }
      return strong.get(key);
    }
    if (!widths[2 * i + rank]) {
      ctx.font = labelFont(rank);
      widths[2 * i + rank] = ctx.measureText(labelText(texts[i], rank)).width + 0.01;
    }
    return widths[2 * i + rank];
  };

  /** Starts anew for a picture of this size; `low` to `high` and down to `bottom` nothing else covers it. */
  const start = (width, height, low, high, bottom) => {
    boxes.clear(width, height);
    dots.clear(width, height);
    names.count = 0;
    Object.assign(bounds, { low: low + 2, high: high - 2, top: 2, bottom: bottom - 2 });
  };
  const bounds = { low: 0, high: 0, top: 0, bottom: 0 };

  const inside = (x0, y0, x1, y1) => x0 >= bounds.low && x1 <= bounds.high && y0 >= bounds.top && y1 <= bounds.bottom;

  /** Keeps names off a box, or (a dot) rather off it. */
  const keepOff = (x0, y0, x1, y1) => boxes.put(x0, y0, x1, y1);
  const dot = (x, y, r) => dots.put(x - r + 1, y - r + 1, x + r - 1, y + r - 1);

  const found = { x: 0, top: 0, cost: 0, below: 0 };
  const tryAt = (middle, top, half, size, tolerance) => {
    const [x0, y0, x1, y1] = [middle - half - 4, top - 1, middle + half + 4, top + size + found.below];
    if (!inside(x0, y0, x1, y1) || !boxes.free(x0, y0, x1, y1)) return false;
    const cost = dots.crowd(x0 + 3, y0 + 2, x1 - 3, y1 - 2, Math.min(found.cost, tolerance + 1));
    if (cost >= found.cost || cost > tolerance) return false;
    found.x = middle;
    found.top = top;
    found.cost = cost;
    return cost === 0;
  };
  /**
   * Places the name of a node whose disc is at (x, y); `tolerance` says how many dots it may cover, `side` (-1 left,
   * 1 right) where to put it.
   */
  const place = (i, x, y, r, rank, tolerance, side = 0) => {
    if (names.count >= NAMES_AT_ONCE || !texts[i]) return false;
    const half = widthOf(i, rank) / 2;
    const size = NAME_SIZES[rank];
    found.cost = Infinity;
    found.below = side ? 1 : 4; // names in a column stand closer
    const gap = r + (rank === 3 ? 8 : 3);
    const within = Math.max(bounds.low + half + 5, Math.min(bounds.high - half - 5, x));
    const centre = rank === 3 || Math.abs(within - x) < half ? within : x;
    const at = (middle, top) => tryAt(middle, top, half, size, tolerance);
    const beside = y - size / 2 - 2;
    const right = () => at(x + gap + half + 2, beside);
    const left = () => at(x - gap - half - 2, beside);
    // Under the node, above it, to its right, to its left; or only to the side that is asked for.
    if (side) (side > 0 ? right : left)();
    else if (!at(centre, y + gap) && !at(centre, y - gap - size - 2) && !right()) left();
    if (found.cost === Infinity) return false;
    boxes.put(found.x - half - 4, found.top - 1, found.x + half + 4, found.top + size + found.below);
    const k = names.count;
    names.node[k] = i;
    names.rank[k] = rank;
    names.dx[k] = found.x - x;
    names.dy[k] = found.top - y;
    names.width[k] = 2 * half;
    names.count += 1;
    return true;
  };
  return { names, start, keepOff, dot, place, inside, free: boxes.free, crowd: dots.crowd, sizeOf: (rank) => NAME_SIZES[rank] };
};

/** Writes a text with its halo; (x, y) is its left and top. */
export const writeText = (ctx, text, x, y, style) => {
  ctx.font = style.font;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  if ("letterSpacing" in ctx) ctx.letterSpacing = style.spacing || "0px";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = style.halo;
  ctx.strokeText(text, x, y + style.size * 0.92);
  ctx.fillStyle = style.ink;
  ctx.fillText(text, x, y + style.size * 0.92);
  if ("letterSpacing" in ctx) ctx.letterSpacing = "0px";
};
