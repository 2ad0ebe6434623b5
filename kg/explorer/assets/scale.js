// What follows from the scale: how large nodes are, how strong lines are, and how much is drawn while the picture moves.
import { MOST_LINKS, MOST_NODES } from "./detail.js";
import { theme } from "./theme.js";

const FEW_NODES = 1500; // up to so many, all is drawn while the picture moves too
const SCREEN = 1e6; // square pixels of a picture on a usual screen
const MOST_RADIUS = 42; // pixels
const LONG = 110; // pixels of a link
const PAUSE = 400; // milliseconds after which a frame says nothing of how quick this machine is

/** Returns a view: where one looks, and how it is drawn. `drawing.js` gives it its colours, `measure` all else. */
export const makeView = () => ({
  x: 0, y: 0, k: 1, t: 1, ratio: 1, width: 1, height: 1, // t: how far nodes are on their way
  nodes: 0, links: 0, fade: 0, // how many are drawn, and how far what is not chosen fades
  crowded: 0, // 0 where each node has room, 1 where only the map of communities can be read
  soft: 1, least: 1, most: MOST_RADIUS, // of radii in pixels
  ground: [0, 0, 0], line: [0, 0, 0], lineAlpha: 0.2, quiet: LONG, // longer links than this are fainter
  strong: [0, 0, 0], strongAlpha: 0.5, strongWide: 1.25,
});

/** Makes what measures a view: `measure(moving)`; `pace(now, moving)` finds how much this machine draws in time. */
export const makeScale = ({ view, camera, detail, focus, framing }) => {
  let [share, mean, last] = [0.3, 20, 0];
  const few = (moving) => moving && detail.size > FEW_NODES;
  const pace = (now, moving) => {
    if (moving && now - last < PAUSE) {
      mean += (now - last - mean) * 0.25;
      if (mean > 25) share = Math.max(0.05, share * 0.88);
      else if (mean < 18.5) share = Math.min(1, share * 1.04);
    }
    last = now;
  };
  const measure = (moving) => {
    const { x, y, k, width, height } = camera;
    Object.assign(view, { x, y, k, width, height });
    const seen = Math.min(MOST_NODES, detail.size * Math.min(1, (framing.fitted / k) ** 2)) * (SCREEN / Math.max(1, width * height));
    view.soft = k * Math.min(1, (1.1 / k) ** 0.55);
    view.crowded = Math.max(0, Math.min(1, Math.log2(Math.max(1, seen) / 2500) / 3)); // 0 at 2,500 nodes on such a screen, 1 at 20,000
    view.least = Math.max(1 - 0.3 * view.crowded, Math.min(2.5, k * 6.6)); // nodes stand some 20 units apart
    view.fade = focus.strong ? 0.82 : 0.42 * view.crowded; // many dots are quieter dots: the map with its names leads
    const crowd = (Math.max(1, detail.links) / 400) * (SCREEN / (width * height)); // on a phone, lines lie closer
    const quiet = Math.max(0.06, Math.min(0.28, 0.28 / crowd ** 0.55)) * (theme.contrast ? 2 : 1);
    view.quiet = detail.columns ? 0 : LONG;
    view.lineAlpha = focus.strong ? quiet * 0.25 : quiet;
    view.strongAlpha = Math.max(0.03, Math.min(0.45, 6 / (focus.links + 1) ** 0.62)); // a hub is no black star
    view.strongWide = focus.links > 200 ? 0.8 : 1.25;
    view.nodes = few(moving) ? Math.max(1500, Math.round(MOST_NODES * share)) : detail.count;
    view.links = few(moving) ? Math.max(200, Math.round(MOST_LINKS * share)) : detail.links;
  };
  return { few, pace, measure };
};
