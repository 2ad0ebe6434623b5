// Which names the picture shows: of what is chosen first, then of communities, then of nodes by importance.
import { radiusAt } from "./canvas.js";
import { theme } from "./theme.js";
import { labelFont, labelText, makeLabels, writeText } from "./labels.js";

const AREA = 15000; // square pixels for a name when the whole map is seen
const DOTS = 700; // nodes that names keep off
const LEAST_TITLE = 11; // size of the smallest name of a community
const NEIGHBOURS = 30; // names at most around what is chosen, twice as many from near by
const LARGE = 3.5; // pixels of radius from which a node is kept off

/**
 * Makes the names. `layout(ask)` places them for a camera; `draw(ctx, ask)` writes them where they now belong, without
 * placing anew; `list(ask)` tells text and box of each.
 */
export const makeNameLayer = (data, regions) => {
  const labels = makeLabels(data.labels);
  const pen = document.createElement("canvas").getContext("2d");
  const { names } = labels;
  const titles = []; // { name, x, y (world), dy, size, alpha, wide, half, tall }
  let titleCount = 0;
  const widths = new Map(); // of the lines of titles, as parts of their size
  let [styles, styleKey] = [[], ""];

  const titleWidths = (name, size) => {
    if (!widths.has(name.text)) {
      const style = regions.titleStyle(name, LEAST_TITLE);
      pen.font = style.font;
      if ("letterSpacing" in pen) pen.letterSpacing = style.spacing;
      widths.set(name.text, name.lines.map((line) => pen.measureText(line).width / LEAST_TITLE));
    }
    const wide = widths.get(name.text).map((each) => each * size);
    return { wide, most: Math.max(...wide) };
  };
  /**
   * Puts the name of a community on its land where it covers the fewest nodes, smaller where it is too wide; what is wider than
   * the land waits.
   */
  const putTitle = (k) => (name, x, y, size, alpha, px) => {
    let at = titleWidths(name, size);
    let drawn = size;
    if (at.most > 1.25 * px && size > LEAST_TITLE) { drawn = LEAST_TITLE; at = titleWidths(name, drawn); }
    if (at.most > 2.2 * px) return;
    const half = at.most / 2;
    const tall = name.lines.length * drawn * 1.25;
    let [shift, least] = [NaN, Infinity];
    for (const each of [0, -0.7, 0.7, -1.4, 1.4]) {
      const top = y + each * tall - tall / 2;
      if (Math.abs(each) > 1 && Math.abs(each * tall) > (name.tall * k) / 2) continue; // that would be beside its land
      if (!labels.free(x - half - 4, top - 2, x + half + 4, top + tall + 4)) continue;
      const crowd = labels.crowd(x - half, top, x + half, top + tall, least) + Math.abs(each) / 2;
      if (crowd < least) [shift, least] = [each * tall, crowd];
    }
    if (Number.isNaN(shift)) return;
    const top = y + shift - tall / 2;
    labels.keepOff(x - half - 4, top - 2, x + half + 4, top + tall + 4);
    const slot = (titles[titleCount] ??= {});
    const { wide } = at;
    const { x: wx, y: wy } = name;
    Object.assign(slot, { name, size: drawn, alpha, wide, half, tall, x: wx, y: wy, dy: shift - tall / 2 });
    titleCount += 1;
  };

  /** `ask` is what the stage knows of the picture; `few` is true while it moves. */
  const layout = (ask) => {
    const { camera, view, detail, focus, state, hover, x, y } = ask;
    const { width, height } = camera;
    labels.start(width, height, ask.left, width - ask.right, height - ask.bottom - (ask.axis.length ? 26 : 0));
    titleCount = 0;
    const put = putTitle(camera.k);
    for (const [x0, y0, x1, y1] of ask.covered) labels.keepOff(x0, y0, x1, y1);
    for (const lane of ask.lanes) {
      const middle = camera.pixelY(lane.y);
      labels.keepOff(8, middle - 13, 20 + 6.7 * lane.label.length, middle + 5);
    }
    const px = (i) => camera.pixelX(x[i]);
    const py = (i) => camera.pixelY(y[i]);
    // Two columns have their names on the outside.
    const between = ask.axis.length === 2 && !ask.lanes.length ? (ask.axis[0].x + ask.axis[1].x) / 2 : NaN;
    const side = (i) => (x[i] < between ? -1 : x[i] > between ? 1 : 0);
    const effort = 1.5 + 4 * ask.near; // names tried for each that has room: over the whole map only the leading
    const radius = (i) => radiusAt(view, ask.radii[i]);
    const inside = (at, size) => at > -20 && at < size + 20;
    const seen = (i) => i >= 0 && ask.shown[i] && inside(px(i), width) && inside(py(i), height);
    if (seen(state.node)) {
      const r = radius(state.node) + 6;
      labels.keepOff(px(state.node) - r, py(state.node) - r, px(state.node) + r, py(state.node) + r);
    }
    const [list, count] = focus.strong ? [focus.nodes, focus.count] : [detail.nodes, detail.count];
    let dots = 0;
    for (let at = count - 1; at >= 0 && dots < DOTS; at -= 1) {
      const i = list[at];
      if (!seen(i)) continue;
      const r = radius(i);
      if (r >= LARGE) { labels.dot(px(i), py(i), r); dots += 1; }
    }
    const strong = (i) => { if (seen(i)) labels.place(i, px(i), py(i), radius(i), 3, 200, side(i)); };
    strong(state.node);
    if (hover !== state.node) strong(hover);
    if (ask.walk !== hover && ask.walk !== state.node) strong(ask.walk);
    const ends = state.edge >= 0 ? [data.source[state.edge], data.target[state.edge]] : state.pair ?? [];
    for (const i of ends) strong(i);
    for (const i of ask.path ?? []) if (i !== state.node && i !== hover) strong(i);
    const kept = new Set([state.node, hover, ask.walk, ...(ask.path ?? []), ...ends]);
    const also = (i) => {
      if (kept.has(i) || !seen(i)) return;
      kept.add(i);
      labels.place(i, px(i), py(i), radius(i), 2, 6);
    };
    for (const [i] of state.pinned) also(i);
    for (const i of state.selected.slice(-40)) also(i);
    if (!focus.strong) regions.titles(camera, put);
    const room = Math.round((width * height) / AREA) * Math.max(1, camera.k / ask.fitted) ** 0.6;
    const most = focus.strong ? NEIGHBOURS * (1 + ask.near) : Math.min(420, room * (1 - 0.8 * view.crowded));
    const limit = Math.min(most, ask.few ? room / 2 : room);
    let [placed, tried] = [0, 0];
    for (let at = count - 1; at >= 0 && placed < limit && tried < effort * limit; at -= 1) {
      const i = list[at];
      if (kept.has(i) || !seen(i)) continue;
      tried += 1;
      const r = radius(i);
      const rank = r > 11 || i < ask.leading ? 2 : r > 5 ? 1 : 0;
      if (labels.place(i, px(i), py(i), r, rank, focus.strong ? 3 : rank, side(i))) placed += 1;
    }
    const quiet = (name, tx, ty, size, alpha, wide) => put(name, tx, ty, size, alpha * 0.35, wide);
    if (focus.strong) regions.titles(camera, quiet);
  };

  const restyle = () => {
    const key = `${theme.ink} ${theme.ground}`;
    if (key === styleKey) return;
    styleKey = key;
    const { ink, ground: halo } = theme;
    styles = [0, 1, 2, 3].map((rank) => ({ font: labelFont(rank), size: labels.sizeOf(rank), ink, halo }));
  };
  /** Calls `name(i, rank, x, top, width)` and `title(line, x, top, width, style, alpha)`. */
  const each = (ask, name, title) => {
    for (let at = 0; at < titleCount; at += 1) {
      const it = titles[at];
      const [cx, top] = [ask.camera.pixelX(it.x), ask.camera.pixelY(it.y) + it.dy];
      const style = regions.titleStyle(it.name, it.size);
      for (let line = 0; line < it.name.lines.length; line += 1) {
        title(it.name.lines[line], cx, top + line * it.size * 1.25, it.wide[line], style, it.alpha);
      }
    }
    for (let at = 0; at < names.count; at += 1) {
      const i = names.node[at];
      const [x, top] = [ask.camera.pixelX(ask.x[i]) + names.dx[at], ask.camera.pixelY(ask.y[i]) + names.dy[at]];
      name(i, names.rank[at], x, top, names.width[at]);
    }
  };
  const textOf = (i, rank) => labelText(data.labels[i], rank);
  const draw = (ctx, ask) => {
    restyle();
    each(ask, (i, rank, x, top, width) => writeText(ctx, textOf(i, rank), x - width / 2, top, styles[rank]),
      (text, x, top, width, style, alpha) => {
        ctx.globalAlpha = alpha;
        writeText(ctx, text, x - width / 2, top, style);
        ctx.globalAlpha = 1;
      });
  };
  const list = (ask) => {
    restyle();
    const found = [];
    for (let at = 0; at < titleCount; at += 1) {
      const it = titles[at];
      const [cx, top] = [ask.camera.pixelX(it.x), ask.camera.pixelY(it.y) + it.dy];
      const box = [cx - it.half, top, cx + it.half, top + it.tall];
      found.push({ community: it.name.community, text: it.name.lines.join(" "), box });
    }
    each(ask, (i, rank, x, top, width) => {
      const box = [x - width / 2, top, x + width / 2, top + labels.sizeOf(rank) + 2];
      found.push({ node: i, text: textOf(i, rank), box });
    }, () => {});
    return found;
  };
  return {
    layout, draw, list, each, textOf, styleOf: (rank) => styles[rank],
    get count() { return names.count + titleCount; },
  };
};
