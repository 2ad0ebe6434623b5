// Where one looks: the middle of the picture in world units, and how many pixels a unit takes.
import { theme } from "./theme.js";

const FASTEST = 380; // milliseconds that a flight takes

const eased = (t) => (t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2);

/**
 * Makes a camera. `limits` says `{least, most, x0, y0, x1, y1}`: how far one can zoom, and where the middle may be.
 *
 * `go` jumps, `fly` moves there in steps (at once where the system asks for no motion); `step(now)` is called by the
 * loop that draws and says whether the flight goes on.
 */
export const makeCamera = () => {
  const limits = { least: 1e-4, most: 8, x0: -1e9, y0: -1e9, x1: 1e9, y1: 1e9 };
  const camera = { x: 0, y: 0, k: 1, width: 1, height: 1, limits };
  const within = (value, low, high) => Math.max(low, Math.min(high, value));
  let flight = null;

  camera.go = (x, y, k) => {
    const { least, most, x0, y0, x1, y1 } = camera.limits;
    camera.k = within(k, least, most);
    camera.x = within(x, x0, x1);
    camera.y = within(y, y0, y1);
  };
  camera.stop = () => { flight = null; };
  camera.fly = (x, y, k) => {
    if (theme.calm || document.hidden) { flight = null; camera.go(x, y, k); return; }
    flight = { from: [camera.x, camera.y, Math.log(camera.k)], to: [x, y, Math.log(k)], start: 0 };
  };
  camera.step = (now) => {
    if (!flight) return false;
    flight.start ||= now;
    const t = Math.min(1, (now - flight.start) / FASTEST);
    const share = eased(t);
    const { from, to } = flight;
    const k = Math.exp(from[2] + (to[2] - from[2]) * share);
    // What is nearer moves faster: the way goes by the scale, so that the target stays in the picture.
    const far = Math.exp(to[2]) - Math.exp(from[2]);
    const way = Math.abs(to[2] - from[2]) < 1e-3 ? share : ((k - Math.exp(from[2])) / far) * (Math.exp(to[2]) / k);
    camera.go(from[0] + (to[0] - from[0]) * way, from[1] + (to[1] - from[1]) * way, k);
    if (t === 1) flight = null;
    return flight !== null;
  };
  /** Pixels to world units. */
  camera.worldX = (px) => (px - camera.width / 2) / camera.k + camera.x;
  camera.worldY = (py) => (py - camera.height / 2) / camera.k + camera.y;
  camera.pixelX = (x) => (x - camera.x) * camera.k + camera.width / 2;
  camera.pixelY = (y) => (y - camera.y) * camera.k + camera.height / 2;
  /** Zooms so that what lies under this pixel stays there. */
  camera.zoomAt = (px, py, factor) => {
    const [x, y] = [camera.worldX(px), camera.worldY(py)];
    const k = within(camera.k * factor, camera.limits.least, camera.limits.most);
    camera.go(x - (px - camera.width / 2) / k, y - (py - camera.height / 2) / k, k);
  };
  camera.pan = (dx, dy) => camera.go(camera.x - dx / camera.k, camera.y - dy / camera.k, camera.k);
  return camera;
};
