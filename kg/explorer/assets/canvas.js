// Draws nodes and links with Canvas 2D: where there is no WebGL 2, and for pictures that are saved.
import { channels } from "./theme.js";

const DOT = 1.5; // pixels: discs of a smaller radius look like squares, which are drawn much sooner

/** Returns the radius in pixels of a node: far away nodes keep a visible size, near ones do not grow without bound. */
export const radiusAt = ({ soft, least, most }, radius) => (
  Math.min(Math.max(radius * soft, least * (0.75 + radius / 14)), most)
);

/** Pixels of radius from which a node has a rim. */
export const RIMMED = 2.2;
const LEAST_QUIET = 0.22; // of its strength is left to the longest link

/** Returns how strong a link is drawn that is so many pixels long: those longer than `quiet` are fainter, if it is not 0. */
export const strengthAt = (quiet, long) => (quiet > 0 ? Math.max(LEAST_QUIET, Math.min(1, quiet / Math.max(long, 0.001))) : 1);

/** Adds a disc, or a rounded square for a paper, to the path of a context. */
export const traceNode = (ctx, x, y, r, square) => {
  if (!square) {
    ctx.moveTo(x + r, y);
    ctx.arc(x, y, r, 0, 2 * Math.PI);
  } else if (r < 2 || !ctx.roundRect) ctx.rect(x - 0.89 * r, y - 0.89 * r, 1.78 * r, 1.78 * r);
  else ctx.roundRect(x - 0.89 * r, y - 0.89 * r, 1.78 * r, 1.78 * r, 0.4 * r);
};

/** Makes a renderer on a canvas, with the interface of `makeWebgl`. */
export const makeCanvas = (canvas) => {
  const ctx = canvas.getContext("2d");
  const held = {
    radius: null, looks: null, four: null, hexes: [],
    order: null, ordered: 0, top: null, tops: 0, all: null, focus: null,
  };
  const at = { x: 0, y: 0 };
  const put = (view, i) => {
    const { four } = held;
    const x = four[4 * i] + (four[4 * i + 2] - four[4 * i]) * view.t;
    const y = four[4 * i + 1] + (four[4 * i + 3] - four[4 * i + 1]) * view.t;
    at.x = (x - view.x) * view.k + view.width / 2;
    at.y = (y - view.y) * view.k + view.height / 2;
  };
  const drawNodes = (view, list, from, to, fade) => {
    const ground = `rgb(${view.ground.join(" ")})`;
    const fills = held.hexes.map((hex) => `rgb(${channels(hex).map((v, c) => v + (view.ground[c] - v) * fade).join(" ")})`);
    ctx.strokeStyle = ground;
    ctx.lineWidth = 1;
    for (let slot = from; slot < to; slot += 1) {
      const i = list[slot];
      put(view, i);
      const r = radiusAt(view, held.radius[i]);
      if (at.x < -r || at.y < -r || at.x > view.width + r || at.y > view.height + r) continue;
      ctx.fillStyle = fills[held.looks[2 * i]];
      if (r < DOT) { ctx.fillRect(at.x - 0.89 * r, at.y - 0.89 * r, 1.78 * r, 1.78 * r); continue; }
      ctx.beginPath();
      traceNode(ctx, at.x, at.y, r, held.looks[2 * i + 1]);
      ctx.fill();
      if (r > RIMMED) ctx.stroke();
    }
  };
  const drawLinks = (view, set, count, colour, alpha, wide, quiet) => {
    if (!set) return;
    ctx.strokeStyle = `rgb(${colour.join(" ")})`;
    for (let l = Math.min(count, set.count) - 1; l >= 0; l -= 1) {
      put(view, set.ends[2 * l]);
      const { x, y } = at;
      put(view, set.ends[2 * l + 1]);
      ctx.globalAlpha = alpha * strengthAt(quiet, Math.hypot(at.x - x, at.y - y));
      ctx.lineWidth = wide * set.weights[l];
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(at.x, at.y);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
  };
  return {
    kind: "canvas",
    start: () => {},
    nodes: (radius, looks) => { held.radius = radius; held.looks = looks; },
    places: (four) => { held.four = four; },
    place: () => {},
    palette: (hexes) => { held.hexes = hexes; },
    order: (list, count) => { held.order = list; held.ordered = count; },
    focus: (list, count) => { held.top = list; held.tops = count; },
    links: (set, ends, weights, count) => { held[set] = { ends, weights, count }; },
    draw: (view) => {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, canvas.width, canvas.height);
      ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
      drawLinks(view, held.all, view.links, view.line, view.lineAlpha, 1, view.quiet);
      if (held.order) drawNodes(view, held.order, Math.max(0, held.ordered - view.nodes), held.ordered, view.fade);
      drawLinks(view, held.focus, Infinity, view.strong, view.strongAlpha, view.strongWide, 0);
      if (held.top) drawNodes(view, held.top, 0, held.tops, 0);
    },
  };
};
