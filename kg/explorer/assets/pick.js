// Finds what lies under a point: a grid over the places of the nodes, built in typed arrays.

const NODES_IN_CELL = 6; // nodes that a cell holds on average

/**
 * Builds the grid over `count` nodes of `members`, at `x`, `y`. `near(px, py, reach, visit)` calls `visit(i)` for
 * every node of the cells within reach, in no order.
 */
export const makeGrid = (members, count, x, y) => {
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
export const distanceToLine = (px, py, ax, ay, bx, by) => {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + along * dx - px, ay + along * dy - py);
};
