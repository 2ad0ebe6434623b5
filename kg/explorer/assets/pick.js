// Finds what lies under a point: a grid over the places of the nodes, built in typed arrays.
import { radiusAt } from "./canvas.js";

const NODES_IN_CELL = 6; // nodes that a cell holds on average
const REACH = 8; // pixels around a node that count as the node
const REACH_OF_FINGERS = 18;
const REACH_OF_LINKS = 5;
const GRIP = 4.5; // pixels of radius from which a node can be dragged

/**
 * Builds the grid over `count` nodes of `members`, at `x`, `y`. `near(px, py, reach, visit)` calls `visit(i)` for
 * every node of the cells within reach, in no order.
 */
const makeGrid = (members, count, x, y) => {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < count; at += 1) {
    const i = members[at];
    if (x[i] < x0) x0 = x[i];
    if (x[i] > x1) x1 = x[i];
    if (y[i] < y0) y0 = y[i];
    if (y[i] > y1) y1 = y[i];
  }
  const [w, h] = [(x1 - x0) || 1, (y1 - y0) || 1];
  const size = Math.max(Math.sqrt((w * h * NODES_IN_CELL) / Math.max(1, count)), w / 1000, h / 1000);
  const columns = count ? Math.floor((x1 - x0) / size) + 1 : 1;
  const rows = count ? Math.floor((y1 - y0) / size) + 1 : 1;
  const cellOf = (i) => Math.floor((y[i] - y0) / size) * columns + Math.floor((x[i] - x0) / size);
  const starts = new Uint32Array(columns * rows + 1);
  for (let at = 0; at < count; at += 1) starts[cellOf(members[at]) + 1] += 1;
  for (let cell = 0; cell < columns * rows; cell += 1) starts[cell + 1] += starts[cell];
  const next = starts.slice();
  const held = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) held[next[cellOf(members[at])]++] = members[at];

  const near = (px, py, reach, visit) => {
    const left = Math.max(0, Math.floor((px - reach - x0) / size));
    const right = Math.min(columns - 1, Math.floor((px + reach - x0) / size));
    const top = Math.max(0, Math.floor((py - reach - y0) / size));
    const bottom = Math.min(rows - 1, Math.floor((py + reach - y0) / size));
    for (let row = top; row <= bottom; row += 1) {
      if (right < left) break;
      const end = starts[row * columns + right + 1];
      for (let at = starts[row * columns + left]; at < end; at += 1) visit(held[at]);
    }
  };
  return { near };
};

/** Returns the distance of a point from the stretch between two others. */
const distanceToLine = (px, py, ax, ay, bx, by) => {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + along * dx - px, ay + along * dy - py);
};

/**
 * Makes what finds nodes and links in the picture, among those that are drawn; all places are pixels of the canvas. `ready()`
 * chooses these where that is still to be done; `forget()` says that nodes stand elsewhere.
 */
export const makePick = ({ camera, view, scene, store, detail, focus, x, y, ready }) => {
  let grid = null;
  const best = { i: -1, far: Infinity };
  const radius = (i) => radiusAt(view, scene.radii[i]);
  const farFrom = (i, px, py) => Math.hypot(camera.pixelX(x[i]) - px, camera.pixelY(y[i]) - py);
  return {
    forget: () => { grid = null; },
    nodeAt: (px, py, finger = false) => {
      if (view.t < 1) return -1;
      ready();
      grid ??= makeGrid(detail.members, detail.size, x, y);
      const reach = finger ? REACH_OF_FINGERS : REACH;
      best.i = -1;
      best.far = Infinity;
      grid.near(camera.worldX(px), camera.worldY(py), (view.most + reach) / camera.k, (i) => {
        if (!detail.draws(i) && !focus.draws(i)) return;
        const far = farFrom(i, px, py) - Math.max(3, radius(i));
        // On a disc is the topmost one, that is the one with the smallest number; else the nearest.
        const better = far <= 0 ? best.far > 0 || i < best.i : far < best.far && far <= reach;
        if (better) { best.i = i; best.far = far; }
      });
      return best.i;
    },
    linkAt: (px, py) => {
      const set = focus.strong ? focus : detail;
      let [found, least] = [-1, REACH_OF_LINKS];
      for (let l = 0; l < set.links; l += 1) {
        const [a, b] = [set.ends[2 * l], set.ends[2 * l + 1]];
        const [ax, ay, bx, by] = [camera.pixelX(x[a]), camera.pixelY(y[a]), camera.pixelX(x[b]), camera.pixelY(y[b])];
        const far = distanceToLine(px, py, ax, ay, bx, by);
        if (far < least) { found = set.link[l]; least = far; }
      }
      return found;
    },
    nodesIn: ([x0, y0, x1, y1]) => {
      const [left, top, right, bottom] = [camera.worldX(x0), camera.worldY(y0), camera.worldX(x1), camera.worldY(y1)];
      return Array.from(detail.members.subarray(0, detail.size)).filter(
        (i) => detail.draws(i) && x[i] >= left && x[i] <= right && y[i] >= top && y[i] <= bottom,
      );
    },
    /** A node is dragged where it is large enough to be meant; else the picture moves. */
    canCarry: (i, px, py) => (radius(i) >= GRIP || i === store.state.node) && farFrom(i, px, py) <= radius(i) + 2,
  };
};
