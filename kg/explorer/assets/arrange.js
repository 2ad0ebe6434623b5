// Where nodes stand in pictures that are made here: the timeline, authors beside topics, and small neighbourhoods.
import { shortened } from "./dom.js";
import { strengths } from "./networks.js";
import { near, reached } from "./walk.js";

const SPACE = 10; // between two discs, in world units
const MOST_LANES = 12;
const YEAR_GAP = 70;
const LANE_GAPS = [30, 70]; // between lanes: as high as they are, within these bounds
const WIDE = 2.4; // how much wider than high a timeline is at most
const MOST_SHAPE = 100; // and a block of nodes in it
const LANE_NAME = 40; // letters of the name of a lane
const SWEEPS = 24;

/** Returns how wide the window is, compared with its height; a window that is not shown yet has neither. */
const windowShape = () => (innerWidth / innerHeight) || WIDE;

const placesFor = (n) => ({ x: new Float32Array(n).fill(NaN), y: new Float32Array(n).fill(NaN) });

// ---------------------------------------------------------------- timeline

/** Deals discs out to rows, the largest first, so that each row begins with one that is well known. */
const shelves = (nodes, radii, shape) => {
  const size = (i) => 2 * radii[i] + SPACE;
  let [total, area] = [0, 0];
  for (const i of nodes) { total += size(i); area += size(i) ** 2; }
  const count = Math.min(nodes.length, Math.max(1, Math.round(total / Math.sqrt(area * shape))));
  const rows = Array.from({ length: count }, () => ({ nodes: [], width: 0, height: 0 }));
  for (const [at, i] of nodes.entries()) {
    const row = rows[at % count];
    row.nodes.push(i);
    row.width += size(i);
    row.height = Math.max(row.height, size(i));
  }
  return { rows, width: rows.reduce((most, row) => Math.max(most, row.width), 0) };
};

/** Sets the rows of a cell around its middle, the first ones in the middle, then by turns below and above. */
const setRows = ({ rows }, x, y, radii, places) => {
  let [above, below] = [y - (rows[0]?.height ?? 0) / 2, y - (rows[0]?.height ?? 0) / 2];
  for (const [at, row] of rows.entries()) {
    const up = at % 2 === 0 && at > 0;
    if (up) above -= row.height;
    let left = x - row.width / 2;
    const middle = (up ? above : below) + row.height / 2;
    for (const i of row.nodes) {
      const size = 2 * radii[i] + SPACE;
      places.x[i] = left + size / 2;
      places.y[i] = middle;
      left += size;
    }
    if (!up) below += row.height;
  }
};

/** Returns where the rows of a cell begin and end above and below its middle. */
const extent = ({ rows }) => {
  let [above, below] = [(rows[0]?.height ?? 0) / 2, (rows[0]?.height ?? 0) / 2];
  for (const [at, row] of rows.entries()) if (at > 0) { if (at % 2 === 0) above += row.height; else below += row.height; }
  return { above, below };
};

/** Chooses the lanes: the largest communities, those with older nodes first, and one for all the others. */
const lanesOf = (data, members, map) => {
  const [counts, years, dated] = [new Map(), new Map(), new Map()];
  for (const i of members) {
    const c = map.community[i];
    counts.set(c, (counts.get(c) ?? 0) + 1);
    if (data.year[i]) { years.set(c, (years.get(c) ?? 0) + data.year[i]); dated.set(c, (dated.get(c) ?? 0) + 1); }
  }
  const mean = (c) => (years.get(c) ?? 0) / Math.max(dated.get(c) ?? 0, 1);
  const named = Array.from(counts.keys()).filter((c) => c !== data.NOBODY);
  const largest = named.sort((a, b) => counts.get(b) - counts.get(a) || a - b).slice(0, MOST_LANES);
  const chosen = largest.sort((a, b) => mean(a) - mean(b) || a - b);
  const lane = new Map(chosen.map((c, at) => [c, at]));
  const labels = chosen.map((c) => shortened(map.communities[c]?.label ?? "", LANE_NAME));
  return { laneOf: (i) => lane.get(map.community[i]) ?? chosen.length, labels: [...labels, "Others"], chosen };
};

/**
 * Lays papers and things out by year: a column for each year, as wide as it needs, and a lane for each large community. What
 * has no year stands in a column before the first.
 */
export const timelineOf = (data, members, map, radii) => {
  const { laneOf, labels, chosen } = lanesOf(data, members, map);
  const years = Array.from(new Set(Array.from(members, (i) => data.year[i]))).sort((a, b) => a - b);
  const column = new Map(years.map((year, at) => [year, at]));
  const cells = labels.map(() => years.map(() => []));
  for (const i of members) cells[laneOf(i)][column.get(data.year[i])].push(i); // ascending: the best-known first
  // Wider and lower blocks of nodes make the whole picture wider and lower: they get the shape that makes it fit a screen.
  const wide = Math.max(0.5, Math.min(WIDE, windowShape()));
  let [shape, packed, widths, reaches, gap] = [2, [], [], [], 0];
  for (let round = 0; round < 5; round += 1) {
    packed = cells.map((lane) => lane.map((nodes) => shelves(nodes, radii, shape)));
    widths = years.map((_, at) => packed.reduce((most, lane) => Math.max(most, lane[at].width), 60));
    reaches = packed.map((lane) => {
      const all = lane.map(extent);
      return { above: Math.max(...all.map((each) => each.above)), below: Math.max(...all.map((each) => each.below)) };
    });
    const heights = reaches.map(({ above, below }) => above + below).filter(Boolean);
    const rows = heights.reduce((sum, high) => sum + high, 0);
    gap = Math.max(LANE_GAPS[0], Math.min(LANE_GAPS[1], rows / heights.length));
    const across = widths.reduce((sum, width) => sum + width + YEAR_GAP, 0);
    shape = Math.max(0.5, Math.min(MOST_SHAPE, (shape * wide * (rows + heights.length * gap)) / across));
  }
  const places = placesFor(data.n);
  const [axis, lanes] = [[], []];
  let x = 0;
  const middles = widths.map((width) => { const middle = x + width / 2; x += width + YEAR_GAP; return middle; });
  let y = 0;
  packed.forEach((lane, at) => {
    const { above, below } = reaches[at];
    if (!above && !below) return;
    const left = Math.min(...lane.map(({ rows, width }, each) => (rows.length ? middles[each] - width / 2 : Infinity)));
    const high = above + below + gap;
    lanes.push({ y: y + above, top: y, bottom: y + above + below, left, high, label: labels[at], community: chosen[at] ?? data.NOBODY });
    lane.forEach((cell, each) => setRows(cell, middles[each], y + above, radii, places));
    y += high;
  });
  years.forEach((year, at) => axis.push({ x: middles[at], label: year ? String(year) : "no year" }));
  // On the left there is room for the names of the lanes, and above for the tools.
  const box = [-0.16 * x, -0.05 * y, Math.max(1.03 * x - YEAR_GAP, 1), Math.max(y - gap, 1)];
  return { ...places, community: map.community, communities: map.communities, regions: [], box, axis, lanes };
};

// ---------------------------------------------------------------- two columns

/** Orders both sides so that few links cross: each by the mean place of its links, by turns (K. Sugiyama et al., 1981). */
const swept = (left, right, links) => {
  const order = { left: left.slice(), right: right.slice() };
  const place = new Map();
  const settle = (side) => side.forEach((i, at) => place.set(i, (at + 0.5) / side.length));
  settle(order.left);
  settle(order.right);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const name = sweep % 2 ? "left" : "right";
    const mean = new Map(order[name].map((i) => {
      const ties = links.get(i) ?? [];
      const weight = ties.reduce((sum, tie) => sum + tie.weight, 0);
      return [i, weight ? ties.reduce((sum, tie) => sum + tie.weight * place.get(tie.node), 0) / weight : place.get(i)];
    }));
    order[name].sort((a, b) => mean.get(a) - mean.get(b) || place.get(a) - place.get(b));
    settle(order[name]);
  }
  return order;
};

/** Lays two sides out as columns, authors left and things right, so that few of their links cross. */
export const columnsOf = (data, left, right, net, map, radii) => {
  const links = new Map();
  const add = (from, to, weight) => links.set(from, [...(links.get(from) ?? []), { node: to, weight }]);
  strengths(net).forEach((strength, l) => {
    add(net.from[l], net.to[l], strength);
    add(net.to[l], net.from[l], strength);
  });
  const together = (a, b) => map.community[a] - map.community[b] || a - b;
  const order = swept(left.slice().sort(together), right.slice().sort(together), links);
  const places = placesFor(data.n);
  const size = (i) => 2 * radii[i] + SPACE;
  const tall = (side) => side.reduce((sum, i) => sum + size(i), 0);
  const high = Math.max(tall(order.left), tall(order.right), 200);
  // On each side there is to be room for names.
  const across = Math.round(high * Math.max(0.3, Math.min(0.75, 0.6 * windowShape())));
  const stack = (side, x) => {
    const extra = side.length ? (high - tall(side)) / side.length : 0;
    let y = 0;
    for (const i of side) { places.x[i] = x; places.y[i] = y + (size(i) + extra) / 2; y += size(i) + extra; }
  };
  stack(order.left, 0);
  stack(order.right, across);
  const axis = [{ x: 0, label: "Authors" }, { x: across, label: "What they work on" }];
  return {
    ...places, community: map.community, communities: map.communities, regions: [],
    box: [-across * 0.25, -SPACE, across * 1.25, high + SPACE], axis,
  };
};

// ---------------------------------------------------------------- neighbourhoods

const ROUNDS = 110;

/** Returns how far apart linked nodes stand: a small neighbourhood leaves room for names. */
const reachFor = (count) => (count <= 40 ? 120 : count <= 120 ? 80 : 52);

/**
 * Lets nodes settle: linked ones pull together, all push apart (T. Fruchterman and E. Reingold, Software: Practice and
 * Experience 21, 1129, 1991), leaves of one kind keep together; then discs that cover each other are pushed apart.
 */
const relax = ({ x, y, r, free, from, to, group }, reach, wider) => {
  const count = x.length;
  const [dx, dy] = [new Float64Array(count), new Float64Array(count)];
  const groups = new Map();
  for (let a = 0; a < count; a += 1) if (group[a] >= 0) groups.set(group[a], [...(groups.get(group[a]) ?? []), a]);
  for (let round = 0; round < ROUNDS; round += 1) {
    dx.fill(0);
    dy.fill(0);
    const heat = reach * 1.2 * (1 - round / ROUNDS) ** 1.5 + 0.5;
    for (let a = 0; a < count; a += 1) {
      for (let b = a + 1; b < count; b += 1) {
        let [across, down] = [x[a] - x[b], y[a] - y[b]];
        const far = across * across + down * down;
        if (far < 1e-4) { across = 0.1 * (1 + (a % 7)); down = 0.1 * (1 + (b % 5)); }
        const push = (reach * reach) / Math.max(far, 25);
        dx[a] += across * push; dy[a] += down * push;
        dx[b] -= across * push; dy[b] -= down * push;
      }
    }
    for (let l = 0; l < from.length; l += 1) {
      const [a, b] = [from[l], to[l]];
      const [across, down] = [x[a] - x[b], y[a] - y[b]];
      const far = Math.sqrt(across * across + down * down) || 1;
      const pull = Math.max(far - r[a] - r[b], 0) / reach;
      dx[a] -= across * pull; dy[a] -= down * pull;
      dx[b] += across * pull; dy[b] += down * pull;
    }
    for (const all of groups.values()) {
      let [mx, my] = [0, 0];
      for (const a of all) { mx += x[a] / all.length; my += y[a] / all.length; }
      for (const a of all) { dx[a] += (mx - x[a]) * 0.4; dy[a] += (my - y[a]) * 0.4; }
    }
    for (let a = 0; a < count; a += 1) {
      dx[a] -= x[a] * 0.05;
      dy[a] -= y[a] * 0.05;
      const far = Math.sqrt(dx[a] * dx[a] + dy[a] * dy[a]) || 1;
      const step = (Math.min(far, heat) / far) * free[a];
      x[a] += dx[a] * step;
      y[a] += dy[a] * step;
    }
  }
  for (let a = 0; a < count; a += 1) x[a] *= wider;
  clearApart(x, y, r, free);
  for (let a = 0; a < count; a += 1) x[a] /= wider;
};

/** Pushes discs apart that cover each other; those that are free move. */
const clearApart = (x, y, r, free) => {
  const count = x.length;
  for (let round = 0; round < 200; round += 1) {
    let touched = false;
    for (let a = 0; a < count; a += 1) {
      for (let b = a + 1; b < count; b += 1) {
        const least = r[a] + r[b] + SPACE;
        let [across, down] = [x[a] - x[b], y[a] - y[b]];
        if (Math.abs(across) >= least || Math.abs(down) >= least) continue;
        let far = Math.sqrt(across * across + down * down);
        if (far >= least - 0.5) continue;
        if (far < 1e-3) { across = 1; down = 0.3 * ((a + b) % 3); far = Math.sqrt(1 + down * down); }
        // What may not move at all does not; of two that hardly may, both do.
        const share = free[a] + free[b] > 0 ? free[a] / (free[a] + free[b]) : 0;
        const push = (least - far) / far;
        x[a] += across * push * share; y[a] += down * push * share;
        x[b] -= across * push * (1 - share); y[b] -= down * push * (1 - share);
        touched = true;
      }
    }
    if (!touched) return;
  }
};

/** Returns the links among some nodes, as places in their list, and how many each has. */
const linksAmong = (net, nodes) => {
  const at = new Map(nodes.map((i, place) => [i, place]));
  const [from, to] = [[], []];
  const count = new Uint32Array(nodes.length);
  for (const [a, i] of nodes.entries()) {
    for (let k = net.first[i]; k < net.first[i + 1]; k += 1) {
      const l = net.link[k];
      const j = net.from[l] === i ? net.to[l] : net.from[l];
      const b = at.get(j);
      if (b !== undefined && b > a) { from.push(a); to.push(b); count[a] += 1; count[b] += 1; }
    }
  }
  return { from, to, count };
};

/** Puts the nodes of each step from the centre on a ring: kinds side by side, and farther out beside what they are tied to. */
const rings = (data, view, ego, nodes, steps, radii, reach) => {
  const angle = new Map();
  const found = new Map();
  ego.nodes.filter((i) => nodes.includes(i)).forEach((i, at, all) => {
    const turn = (2 * Math.PI * at) / all.length;
    const far = all.length > 1 ? reach * Math.max(1, all.length / 3) : 0;
    angle.set(i, turn);
    found.set(i, [Math.cos(turn) * far, Math.sin(turn) * far]);
  });
  let far = found.size > 1 ? reach * Math.max(1, found.size / 3) : 0;
  for (let step = 1; step <= ego.depth; step += 1) {
    const ring = nodes.filter((i) => steps[i] === step);
    const towards = new Map(ring.map((i) => {
      let [x, y] = [0, 0];
      for (let k = view.net.first[i]; k < view.net.first[i + 1]; k += 1) {
        const l = view.net.link[k];
        const j = view.net.from[l] === i ? view.net.to[l] : view.net.from[l];
        if (steps[j] < step && angle.has(j)) { x += Math.cos(angle.get(j)); y += Math.sin(angle.get(j)); }
      }
      return [i, step === 1 && ego.nodes.length === 1 ? 0 : Math.atan2(y, x)];
    }));
    const alike = (a, b) => data.kind[a] - data.kind[b] || view.community[a] - view.community[b] || a - b;
    ring.sort((a, b) => towards.get(a) - towards.get(b) || alike(a, b));
    const around = ring.reduce((sum, i) => sum + 2 * radii[i] + SPACE, 0);
    far = Math.max(far + reach, around / (2 * Math.PI));
    ring.forEach((i, at) => {
      const turn = (2 * Math.PI * (at + 0.5)) / ring.length - Math.PI;
      angle.set(i, turn);
      found.set(i, [Math.cos(turn) * far, Math.sin(turn) * far]);
    });
  }
  return found;
};

/** Puts new nodes on an arc around the one that they came by, away from the middle, with room for each. */
const fan = (fresh, centre, radii, reach) => {
  const towards = Math.atan2(centre[1], centre[0] || 1e-9);
  const turns = Math.min(fresh.length * 0.5, Math.PI * 1.3);
  const far = Math.max(reach, fresh.reduce((sum, i) => sum + 2 * radii[i] + SPACE, 0) / turns);
  return fresh.map((_, at) => {
    const turn = towards + ((at + 0.5) / fresh.length - 0.5) * turns;
    return [centre[0] + Math.cos(turn) * far, centre[1] + Math.sin(turn) * far];
  });
};

/**
 * Lays a neighbourhood out as a picture of its own: the centre in the middle, the rest around it. What was expanded later
 * finds its place beside what stood there, which moves little; so the same steps give the same picture again.
 */
export const egoPlaces = (data, view, ego, radii) => {
  const { net } = view;
  const wider = windowShape() > 1 ? 1.35 : 0.8; // most screens are wider than high, and so are labels
  const steps = near(net, ego.nodes, ego.depth);
  let nodes = Array.from(net.members).filter((i) => reached(steps, i));
  const settle = (places, freedom) => {
    const { from, to, count } = linksAmong(net, nodes);
    const centred = new Set(ego.nodes.length === 1 ? ego.nodes : []);
    const parts = {
      x: Float64Array.from(nodes, (i) => places.get(i)[0]), y: Float64Array.from(nodes, (i) => places.get(i)[1]),
      r: Float64Array.from(nodes, (i) => radii[i]),
      free: Float64Array.from(nodes, (i) => (centred.has(i) ? 0 : freedom(i))),
      from, to, group: Int32Array.from(nodes, (i, at) => (count[at] <= 1 ? data.kind[i] : -1)),
    };
    relax(parts, reachFor(nodes.length), wider);
    return new Map(nodes.map((i, at) => [i, [parts.x[at], parts.y[at]]]));
  };
  let places = settle(rings(data, view, ego, nodes, steps, radii, reachFor(nodes.length)), () => 1);
  for (const i of ego.expanded) {
    if (!places.has(i)) continue;
    const around = near(net, [i], 1);
    const fresh = Array.from(net.members).filter((j) => reached(around, j) && !places.has(j));
    if (!fresh.length) continue;
    const before = new Set(nodes);
    fan(fresh, places.get(i), radii, reachFor(nodes.length)).forEach((place, at) => places.set(fresh[at], place));
    nodes = [...nodes, ...fresh].sort((a, b) => a - b);
    places = settle(places, (j) => (before.has(j) ? 0.02 : 1));
  }
  const found = placesFor(data.n);
  for (const [i, [x, y]] of places) { found.x[i] = x * wider; found.y[i] = y; }
  return found;
};
