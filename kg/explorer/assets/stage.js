// The picture: its canvases, the loop that draws, and what it offers to the rest of the page.
//
// Three canvases lie on one another: the map (regions), nodes and links (WebGL, or Canvas 2D), and names with what
// stands out, which also takes pointer and keys. Each is drawn again only where something on it has changed.
import { makeCamera } from "./camera.js";
import { DENSE, makeDetail } from "./detail.js";
import { makeDrawing } from "./drawing.js";
import { makeFocus } from "./focus.js";
import { makeFraming } from "./framing.js";
import { makeHand } from "./hand.js";
import { makeNameLayer } from "./names.js";
import { makeOverlay } from "./overlay.js";
import { makePick } from "./pick.js";
import { makePrinter } from "./print.js";
import { makeRegions } from "./regions.js";
import { makeRoom } from "./room.js";
import { makeScale, makeView } from "./scale.js";
import { onRoom } from "./sheet.js";
import { onTheme, readTheme, theme } from "./theme.js";
import { capital, counted, grouped } from "./dom.js";

const SEEN = 300; // milliseconds until the first picture is seen, which the start of WebGL would hold up
const SETTLE = 150; // milliseconds after the hand stops until all is drawn
const LEADING = 12; // nodes whose names are always among the first

const layer = (holder) => {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  Object.assign(canvas.style, {
    position: "absolute", inset: "0", width: "100%", height: "100%", pointerEvents: "none",
  });
  holder.append(canvas);
  return canvas;
};

/** Makes the layer that takes pointer and keys. */
const liveLayer = (holder) => {
  const canvas = layer(holder);
  canvas.removeAttribute("aria-hidden");
  canvas.dataset.kgGraph = "";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "graph");
  canvas.setAttribute("aria-describedby", "keys");
  Object.assign(canvas.style, { pointerEvents: "auto", touchAction: "none", minWidth: "200px", minHeight: "200px" });
  return canvas;
};

/** Makes the picture. */
export const makeStage = (app) => {
  const { data, store, scene } = app;
  const { n } = data;
  readTheme();
  const [x, y] = [new Float32Array(n), new Float32Array(n)]; // where nodes are now
  const there = (i) => i >= 0 && i < n && scene.shown[i] === 1 && !Number.isNaN(x[i]);
  const [camera, view, regions] = [makeCamera(), makeView(), makeRegions()];
  const [detail, focus] = [makeDetail(data), makeFocus(data)];
  const names = makeNameLayer(data, regions);
  const holder = document.getElementById("picture");
  const under = layer(holder);
  const drawing = makeDrawing({
    data, scene, view, detail, focus, x, y, layer: () => layer(holder), changed: () => redraw(),
  });
  const over = liveLayer(holder);
  const [underCtx, overCtx] = [under.getContext("2d"), over.getContext("2d")];
  const { insets, floats } = makeRoom(holder, over);

  const stale = { map: true, middle: true, names: true, over: true };
  const clock = { pending: false, quiet: 0, timer: 0, moving: false, started: false };
  const told = { nodes: 0, links: 0, labels: 0, all: 0 };
  const [drawnListeners, cameraListeners] = [[], []];
  const wake = () => {
    if (clock.pending) return;
    clock.pending = true;
    requestAnimationFrame(frame);
  };
  const redraw = () => {
    Object.assign(stale, { map: true, middle: true, names: true, over: true });
    wake();
  };
  const moves = () => { if (clock.started) clock.quiet = performance.now() + SETTLE; wake(); };
  const remark = () => { Object.assign(stale, { names: true, over: true }); wake(); };

  const framing = makeFraming({ camera, scene, regions, detail, x, y, there, insets, floats, moves });
  const scale = makeScale({ view, camera, detail, focus, framing });
  const choose = () => {
    detail.choose(camera, framing.near());
    drawing.giveDetail();
    stale.middle = true;
  };
  const ready = () => { if (!detail.known) choose(); };
  const pick = makePick({ camera, view, scene, store, detail, focus, x, y, ready });
  const hand = makeHand({
    app, canvas: over, camera, scene, detail, framing, pick, drawing, x, y, there, changed: remark,
    carried: () => { Object.assign(stale, { middle: true, names: true, over: true }); moves(); },
  });
  const drawOver = makeOverlay({ ctx: overCtx, camera, view, scene, store, looks: drawing.looks, x, y, there, names, hand });

  // ---------------------------------------------------------------- drawing

  const ask = { // what names are placed by
    camera, view, detail, focus, x, y, radii: scene.radii, shown: scene.shown, state: store.state,
    hover: -1, walk: -1, path: null,
    near: 0, fitted: 1, few: false, leading: LEADING, left: 0, right: 0, bottom: 0, covered: [], axis: [], lanes: [],
  };
  const asked = () => {
    const { path, axis, lanes } = scene;
    return Object.assign(ask, {
      state: store.state, hover: hand.hover, walk: hand.walk, path, axis, lanes,
      near: framing.near(), fitted: framing.fitted, few: scale.few(clock.moving),
      leading: detail.size > LEADING ? detail.members[LEADING - 1] + 1 : n,
    });
  };
  /** Looks what lies over the picture now. */
  const lookAround = () => {
    const { bottom } = ask;
    ({ left: ask.left, right: ask.right, bottom: ask.bottom } = insets());
    ask.covered = floats();
    if (ask.bottom !== bottom) stale.map = true;
  };
  const drawMap = () => {
    underCtx.setTransform(1, 0, 0, 1, 0, 0);
    underCtx.clearRect(0, 0, under.width, under.height);
    regions.draw(underCtx, camera, framing.near(), view.ratio, ask.bottom);
  };
  const tell = () => {
    const { drawn, all } = detail.inside(camera);
    Object.assign(told, { nodes: drawn, all, links: detail.links, labels: names.count });
    for (const run of drawnListeners) run(told);
  };
  const last = { x: NaN, y: NaN, k: NaN };
  const frame = (now) => {
    clock.pending = false;
    framing.settle();
    const flying = camera.step(now);
    if (flying) clock.quiet = now + SETTLE;
    if (drawing.step(now)) {
      stale.middle = true;
      if (view.t === 1) Object.assign(stale, { names: true, over: true });
    }
    const zoomed = camera.k !== last.k;
    const moved = zoomed || camera.x !== last.x || camera.y !== last.y;
    const settled = clock.moving && now >= clock.quiet;
    clock.moving = now < clock.quiet;
    scale.pace(now, clock.moving);
    if (!detail.known || settled || (moved && !detail.covers(camera))) choose();
    if (moved || settled) Object.assign(stale, { map: true, middle: true, over: true });
    scale.measure(clock.moving);
    if (!clock.moving && (stale.names || settled)) lookAround();
    if (stale.map) drawMap();
    if (stale.middle) drawing.draw();
    if (stale.names || zoomed || settled) { names.layout(asked()); stale.over = true; }
    if (stale.over) drawOver(asked());
    Object.assign(stale, { map: false, middle: false, names: false, over: false });
    if (moved) {
      Object.assign(last, { x: camera.x, y: camera.y, k: camera.k });
      for (const run of cameraListeners) run(camera);
    }
    if (flying || view.t < 1) wake();
    else if (clock.moving) {
      clearTimeout(clock.timer);
      clock.timer = setTimeout(wake, Math.max(0, clock.quiet - now) + 1);
    } else tell();
  };

  const resize = () => {
    const [w, h] = [holder.clientWidth, holder.clientHeight];
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    if (!w || !h || (w === camera.width && h === camera.height && ratio === view.ratio)) return;
    camera.width = w;
    camera.height = h;
    view.ratio = ratio;
    for (const each of [under, drawing.canvas, over]) {
      each.width = Math.round(w * ratio);
      each.height = Math.round(h * ratio);
    }
    detail.known = false;
    if (scene.turn() || !framing.touched) framing.fit(false);
    redraw();
  };

  // ---------------------------------------------------------------- what the scene says

  const update = (moved) => {
    const stands = moved.places || moved.view;
    if (stands) drawing.givePlaces(!theme.calm && view.t === 1 && clock.started);
    if (moved.shown || stands) {
      detail.set(scene, x, y);
      pick.forget();
    }
    if (moved.look) drawing.giveLooks();
    if (moved.shown || moved.look || stands) regions.set(scene, detail.size > DENSE);
    focus.update(scene, store.state, -1);
    drawing.giveFocus();
    hand.follow();
    const said = `${scene.view.label}: ${counted(scene.counts.nodes, "node", "nodes")}.`;
    over.setAttribute("aria-label", `${said} Arrow keys move, plus and minus zoom, brackets go through neighbours.`);
  };
  let { ego, view: viewName } = store.state;
  scene.on(() => {
    update(scene.changed);
    const fits = store.state.view !== viewName || store.state.ego !== ego;
    ({ ego, view: viewName } = store.state);
    if (fits) framing.fitSoon();
    redraw();
  });
  onTheme(() => { drawing.giveColours(); redraw(); });
  update({ view: true, places: true, shown: true, look: true });
  drawing.giveColours();

  const leftOut = () => {
    const { nodes, all, links } = told;
    const said = [];
    const part = (some, whole, what) => `${grouped(some)} of ${grouped(whole)} ${what} drawn`;
    if (nodes < all) said.push(part(nodes, all, "nodes"));
    if (links < detail.allLinks) {
      said.push(links ? part(links, detail.allLinks, "links") : "links drawn as bundles between communities");
    }
    return said.length ? `${capital(said.join(", "))}, the most important first` : "";
  };
  const printer = makePrinter({
    data, scene, store, camera, view, regions, names, detail, focus, four: drawing.four, looks: drawing.looks, refresh: asked, leftOut,
  });
  return {
    canvas: over, camera, drawn: told, fit: framing.fit, zoom: framing.zoom, pan: framing.pan,
    setCamera: framing.go,
    /** Measures the room for the picture, and draws the first one in the next frame. */
    start: () => {
      resize();
      wake();
      new ResizeObserver(resize).observe(holder);
      onRoom(framing.refit);
      requestAnimationFrame(() => {
        clock.started = true;
        performance.mark("kg:drawn");
        if (!/[#&]renderer=canvas\b/.test(location.hash)) setTimeout(drawing.speedUp, SEEN);
      });
    },
    get renderer() { return drawing.kind; },
    get touched() { return framing.touched; },
    /** Whether all is drawn and nothing moves. */
    get rests() { return !clock.pending && !clock.moving; },
    /** Where a node stands in the window; NaN for what is not drawn at this scale. */
    screen: (i) => {
      if (!there(i)) return [NaN, NaN];
      ready();
      const [px, py] = [camera.pixelX(x[i]), camera.pixelY(y[i])];
      const inside = px >= 0 && py >= 0 && px <= camera.width && py <= camera.height;
      if (inside && !detail.draws(i) && !focus.draws(i)) return [NaN, NaN];
      const box = over.getBoundingClientRect();
      return [box.left + px, box.top + py];
    },
    frame: (nodes) => framing.frame(Array.from(nodes)),
    /** Marks a node as one under the pointer is; -1 for none. */
    hover: hand.point,
    onCamera: (run) => { cameraListeners.push(run); },
    onDrawn: (run) => { drawnListeners.push(run); },
    /** Says in words what is left out of the picture for want of room; empty where nothing is. */
    get note() {
      const said = leftOut();
      return said && `${said}; zoom in for more.`;
    },
    labels: () => names.list(asked()),
    picture: printer.picture, svg: printer.svg,
  };
};
