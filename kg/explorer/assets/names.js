// Which names the picture shows: of what is chosen first, then of communities, then of nodes by importance.
import { radiusAt } from "./canvas.js";
import { theme } from "./theme.js";
import { labelFont, labelText, makeLabels, writeText } from "./labels.js";
import { LEAST_TITLE } from "./regions.js";
import { scalesOf } from "./scales.js";

const AREA = 15000; // square pixels for a name when the whole map is seen
const FEW = 6; // nodes for each name that has room, up to which all are tried
const DOTS = 1000; // nodes that names keep off, four times as many in a timeline
const SHIFTS = 8; // places above and below its own that are tried for one
const ASIDE = [0, -0.5, 0.5, -1, 1]; // and places beside it, in halves of its width
const COAST = 0.1; // of the width of a land, within which the middle of no name stands
const OWN = 0.6; // of a name, which stays on its own land where one lies beside the next
const NEIGHBOURS = 30; // names at most around what is chosen, twice as many from near by
const LARGE = 1.8; // pixels of radius from which a node is kept off
const HUB = 5.5; // and from which it counts twice
const LED = 8; // and from which a leading one among many is named, over as many as
const OVER = 8; // others
const COVERED = 4; // nodes that the names of the others among the foremost may cover
const EFFORT = 5; // names tried for each that has room

/**
 * Makes the names. `layout(ask)` places them for a camera; `draw(ctx, ask)` writes them where they now belong, without
 * placing anew; `list(ask)` tells text and box of each.
 */
export const makeNameLayer = (data, regions) => {
  const labels = makeLabels(data.labels);
  const pen = document.createElement("canvas").getContext("2d");
  const { names } = labels;
  let titles = []; // { name, lines, dx, dy, size, alpha, wide, half, tall }
  const widths = new Map(); // of the lines of titles, as parts of their size
  let [styles, styleKey] = [[], ""];

  /** Returns how wide lines are in this size. */
  const lineWidths = (name, lines, size) => {
    const key = lines.join("\n");
    if (!widths.has(key)) {
      const style = regions.titleStyle(name, LEAST_TITLE);
      pen.font = style.font;
      if ("letterSpacing" in pen) pen.letterSpacing = style.spacing;
      widths.set(key, lines.map((line) => pen.measureText(line).width / LEAST_TITLE));
    }
    return widths.get(key).map((each) => each * size);
  };
  /**
   * Returns how far from its place on its land, or at the coast, a name of this size covers the fewest nodes, as `[dx, dy]` in
   * pixels; null where there is no room. No name is cut by the edge of the picture.
   */
  const shiftFor = (name, { camera, view }, half, tall) => {
    const [x, y] = [camera.pixelX(name.x), camera.pixelY(name.y)];
    const over = tall * (0.3 - 0.8 * view.crowded); // where one land lies beside the next, names stay within their own
    const [above, below] = [y - camera.pixelY(name.top) + over, camera.pixelY(name.bottom) - y + over];
    const coast = (name.right - name.left) * COAST;
    const own = half * OWN * view.crowded;
    const [west, east] = [camera.pixelX(name.left + coast) + own, camera.pixelX(name.right - coast) - own];
    let [shift, least] = [null, Infinity];
    for (const across of ASIDE) {
      const aside = west < east ? Math.max(west, Math.min(east, x + across * half)) - x : 0;
      if (across && Math.abs(aside) < 4) continue;
      for (let step = 0; step < 2 * SHIFTS; step += 1) {
        const far = Math.ceil(step / 2) * 0.6;
        const down = (step % 2 ? -far : far) * tall;
        if (far > 0.6 && (-down > above || down > below)) continue; // that would be beside its land
        const [middle, top] = [x + aside, y + down - tall / 2];
        if (!labels.inside(middle - half, top, middle + half, top + tall)) continue;
        if (!labels.free(middle - half - 4, top - 2, middle + half + 4, top + tall + 4)) continue;
        const away = (far + Math.abs(across)) * (0.5 + view.crowded);
        const crowd = labels.crowd(middle - half, top, middle + half, top + tall, least) + away;
        if (crowd < least) [shift, least] = [[aside, down], crowd];
      }
    }
    return shift;
  };
  /** Puts the name of a community on its land: smaller or shorter where it is too wide; what finds no room even so waits. */
  const putTitle = (ask) => (name, size, alpha, px) => {
    const { camera } = ask;
    for (const [at, lines] of name.forms.entries()) {
      for (const drawn of at ? [LEAST_TITLE] : [size, LEAST_TITLE]) {
        const wide = lineWidths(name, lines, drawn);
        const half = Math.max(...wide) / 2;
        if (2 * half > (drawn > LEAST_TITLE ? 1.25 : at + 1 < name.forms.length ? 1.8 : 2.2) * px) continue;
        const tall = lines.length * drawn * 1.25;
        const shift = shiftFor(name, ask, half, tall);
        if (!shift) continue;
        const [dx, dy] = [shift[0], shift[1] - tall / 2];
        const [x, top] = [camera.pixelX(name.x) + dx, camera.pixelY(name.y) + dy];
        labels.keepOff(x - half - 4, top - 2, x + half + 4, top + tall + 4);
        titles.push({ name, lines, size: drawn, alpha, wide, half, tall, dx, dy });
        return;
      }
    }
  };
  /** Returns the middle and the top of the name of a community in pixels. */
  const standing = ({ name, dx, dy }, { camera }) => [camera.pixelX(name.x) + dx, camera.pixelY(name.y) + dy];

  /** `ask` is what the stage knows of the picture; `few` is true while it moves. */
  const layout = (ask) => {
    const { camera, view, detail, focus, state, hover, x, y } = ask;
    const { width, height } = camera;
    labels.start(width, height, ask.left, width - ask.right, height - ask.bottom - (ask.axis.length ? 26 : 0));
    titles = [];
    const put = putTitle(ask);
    for (const [x0, y0, x1, y1] of ask.covered) labels.keepOff(x0, y0, x1, y1);
    if (ask.axis.length) for (const { box } of scalesOf(ask, camera, ask.bottom).texts) labels.keepOff(...box);
    const px = (i) => camera.pixelX(x[i]);
    const py = (i) => camera.pixelY(y[i]);
    // Two columns have their names on the outside.
    const between = ask.axis.length === 2 && !ask.lanes.length ? (ask.axis[0].x + ask.axis[1].x) / 2 : NaN;
    const side = (i) => (x[i] < between ? -1 : x[i] > between ? 1 : 0);
    const radius = (i) => radiusAt(view, ask.radii[i]);
    const inside = (at, size) => at > -20 && at < size + 20;
    const seen = (i) => i >= 0 && ask.shown[i] && inside(px(i), width) && inside(py(i), height);
    if (seen(state.node)) {
      const r = radius(state.node) + 6;
      labels.keepOff(px(state.node) - r, py(state.node) - r, px(state.node) + r, py(state.node) + r);
    }
    const [list, count] = focus.strong ? [focus.nodes, focus.count] : [detail.nodes, detail.count];
    let dots = 0;
    for (let at = count - 1; at >= 0 && dots < (ask.axis.length ? 4 : 1) * DOTS; at -= 1) {
      const i = list[at];
      if (!seen(i)) continue;
      const r = radius(i);
      if (r < LARGE) continue;
      for (let times = r < HUB ? 1 : 2; times > 0; times -= 1) labels.dot(px(i), py(i), r);
      dots += 1;
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
    const all = between || (count < FEW * room && !focus.strong); // of few nodes, all that find room are named
    const limit = all ? Infinity : Math.min(most, ask.few ? room / 2 : room);
    let [placed, tried] = [0, 0];
    for (let at = count - 1; at >= 0 && placed < limit && tried < EFFORT * limit; at -= 1) {
      const i = list[at];
      if (kept.has(i) || !seen(i)) continue;
      tried += 1;
      const r = radius(i);
      const rank = r > 11 || i < ask.leading ? 2 : r > 5 ? 1 : 0;
      const led = r > LED && i < ask.leading;
      const foremost = all || tried > limit ? 0 : led ? OVER : ask.axis.length ? 0 : COVERED;
      const over = focus.strong ? 3 : foremost || (rank === 2 ? 2 : 0);
      if (labels.place(i, px(i), py(i), r, rank, over, side(i))) placed += 1;
    }
    const quiet = (name, size, alpha, px) => put(name, size, alpha * 0.35, px);
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
    for (const it of titles) {
      const [cx, top] = standing(it, ask);
      const style = regions.titleStyle(it.name, it.size);
      for (let line = 0; line < it.lines.length; line += 1) {
        title(it.lines[line], cx, top + line * it.size * 1.25, it.wide[line], style, it.alpha);
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
    for (const it of titles) {
      const [cx, top] = standing(it, ask);
      const box = [cx - it.half, top, cx + it.half, top + it.tall];
      found.push({ community: it.name.community, text: it.lines.join(" "), box });
    }
    each(ask, (i, rank, x, top, width) => {
      const box = [x - width / 2, top, x + width / 2, top + labels.sizeOf(rank) + 2];
      found.push({ node: i, text: textOf(i, rank), box });
    }, () => {});
    return found;
  };
  return {
    layout, draw, list, each, textOf, styleOf: (rank) => styles[rank],
    get count() { return names.count + titles.length; },
  };
};
