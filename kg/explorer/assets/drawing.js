// What draws nodes and links, and what it is given: Canvas 2D for the first picture, then WebGL where there is one.
import { makeCanvas } from "./canvas.js";
import { makeWebgl } from "./webgl.js";
import { rgbOf, shade, theme } from "./theme.js";
import { whenIdle } from "./dom.js";

const MORPH = 420; // milliseconds that nodes take from one arrangement to the next
const LOST = 1500; // milliseconds that a lost context has to come back

/**
 * Makes what draws; `layer()` makes a canvas for it, `changed()` is called where all must be drawn again. Nodes stand at
 * `x`, `y`, which are those of the scene but for what is being dragged; `four` has x, y before and after of each, `looks` its
 * tint and shape.
 */
export const makeDrawing = ({ data, scene, view, detail, focus, x, y, layer, changed }) => {
  const { n } = data;
  const paper = data.kinds.findIndex((kind) => kind.name === "paper");
  const four = new Float32Array(4 * 1024 * Math.max(1, Math.ceil(n / 1024)));
  const looks = new Uint8Array(2 * n);
  let canvas = layer();
  // WebGL takes its time to start: the first picture does not wait for it.
  let renderer = makeCanvas(canvas);
  let [began, lost] = [0, 0];

  const giveLooks = () => {
    for (let i = 0; i < n; i += 1) {
      looks[2 * i] = scene.tints[i];
      looks[2 * i + 1] = data.kind[i] === paper ? 1 : 0;
    }
    renderer.nodes(scene.radii, looks);
    renderer.palette(scene.palette.map(shade));
  };
  /** Gives the places; nodes move there from where they stand, if `morph` and if any of them does move. */
  const givePlaces = (morph) => {
    let goes = false;
    for (let i = 0; i < n; i += 1) {
      const nx = scene.x[i];
      const ny = scene.y[i];
      const from = morph && !Number.isNaN(x[i]);
      four[4 * i] = from ? x[i] : nx;
      four[4 * i + 1] = from ? y[i] : ny;
      four[4 * i + 2] = nx;
      four[4 * i + 3] = ny;
      if (from && (x[i] !== nx || y[i] !== ny) && !Number.isNaN(nx)) goes = true;
      x[i] = nx;
      y[i] = ny;
    }
    renderer.places(four);
    view.t = goes ? 0 : 1;
    began = 0;
  };
  const giveColours = () => {
    view.ground = rgbOf(theme.ground);
    view.line = rgbOf(theme.ink);
    view.strong = rgbOf(theme.ink);
    renderer.palette(scene.palette.map(shade));
  };
  const giveFocus = () => {
    renderer.links("focus", focus.ends, focus.weights, focus.links);
    renderer.focus(focus.nodes, focus.count);
  };
  const giveDetail = () => {
    renderer.order(detail.nodes, detail.count);
    renderer.links("all", detail.ends, detail.weights, detail.links);
  };
  const giveAll = () => {
    giveLooks();
    renderer.places(four);
    giveColours();
    giveFocus();
    giveDetail();
    changed();
  };
  /** Draws with another renderer from now on, on a canvas of its own; `makeRenderer` may return null: then all stays. */
  const drawWith = (makeRenderer) => {
    const fresh = layer();
    Object.assign(fresh, { width: canvas.width, height: canvas.height });
    const made = makeRenderer(fresh);
    if (!made) { fresh.remove(); return; }
    canvas.replaceWith(fresh);
    [canvas, renderer] = [fresh, made];
    giveAll();
  };
  const speedUp = () => {
    drawWith(makeWebgl);
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      // Where the context does not come back, the picture is drawn without it.
      lost = setTimeout(() => drawWith(makeCanvas), LOST);
    });
    canvas.addEventListener("webglcontextrestored", () => {
      clearTimeout(lost);
      renderer.start();
      giveAll();
    });
  };
  return {
    four, looks, giveLooks, givePlaces, giveColours, giveFocus, giveDetail,
    draw: () => renderer.draw(view),
    /** Goes on with the motion to another arrangement; says whether that changes the picture. */
    step: (now) => {
      if (view.t >= 1) return false;
      began ||= now;
      view.t = Math.min(1, (now - began) / MORPH);
      return true;
    },
    /** Puts one node elsewhere at once. */
    put: (i, px, py) => {
      x[i] = px;
      y[i] = py;
      four.set([px, py, px, py], 4 * i);
      renderer.place(i, four);
    },
    speedUp: () => whenIdle(speedUp),
    get canvas() { return canvas; },
    get kind() { return renderer.kind; },
  };
};
