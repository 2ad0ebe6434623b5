// The picture: canvases, camera, the loop that draws, and what a pointer or key does to it.
//
// Three canvases lie on one another: the map (regions), nodes and links (WebGL, or Canvas 2D), and names with what
// stands out, which also takes pointer and keys. Each is drawn again only where something on it has changed.
import { makeCamera } from "./camera.js";
import { makeCanvas, radiusAt } from "./canvas.js";
import { makeWebgl } from "./webgl.js";
import { DENSE, makeDetail, MOST_LINKS, MOST_NODES } from "./detail.js";
import { makeFocus } from "./focus.js";
import { mountGestures } from "./gestures.js";
import { makeNameLayer } from "./names.js";
import { distanceToLine, makeGrid } from "./pick.js";
import { makeOverlay } from "./overlay.js";
import { makePrinter } from "./print.js";
import { makeRegions } from "./regions.js";
import { makeRoom } from "./room.js";
import { onTheme, readTheme, rgbOf, shade, theme } from "./theme.js";
import { capital, counted, grouped, say, whenIdle } from "./dom.js";

const SETTLE = 150; // milliseconds after the hand stops until all is drawn
const MORPH = 420; // milliseconds that nodes take from one arrangement to the next
const REACH = 8; // pixels around a node that count as the node
const EDGE_REACH = 5;
const FEW_NODES = 1500; // up to so many, all is drawn while the picture moves too
const GRIP = 4.5; // pixels of radius from which a node can be dragged
const MARGIN = 0.3; // of the picture, on each side, is chosen beyond what is seen
const PADDING = 34;
const SCREEN = 1e6; // square pixels of a picture on a usual screen
const MOST_RADIUS = 42; // pixels
const NOTHING = Object.freeze({ node: -1, edge: -1, selected: [], path: null });

const layer = (holder) => {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  Object.assign(canvas.style, {
    position: "absolute", inset: "0", width: "100%", height: "100%", pointerEvents: "none",
  });
  holder.append(canvas);
  return canvas;
};

/** Makes the picture. See the contract of the page for what it offers. */
export const makeStage = (app) => {
  const { data, store, scene, actions } = app;
  const holder = document.getElementById("picture");
  const under = layer(holder);
  let middle = layer(holder);
  const over = layer(holder);
  over.removeAttribute("aria-hidden");
  over.dataset.kgGraph = "";
  over.tabIndex = 0;
  over.setAttribute("role", "application");
  over.setAttribute("aria-roledescription", "graph");
  over.setAttribute("aria-describedby", "keys");
  Object.assign(over.style, { pointerEvents: "auto", touchAction: "none", minWidth: "200px", minHeight: "200px" });
  const { insets, floats } = makeRoom(holder, over);
  readTheme();

  const [underCtx, overCtx] = [under.getContext("2d"), over.getContext("2d")];
  const wantsCanvas = /[#&]renderer=canvas\b/.test(location.hash);
  // WebGL takes its time to start: the first picture does not wait for it.
  let renderer = makeCanvas(middle);
  const camera = makeCamera();
  const regions = makeRegions();
  const detail = makeDetail(data);
  const focus = makeFocus(data);
  const hand = { hover: -1, around: makeFocus(data), walk: -1, rectangle: null };
  const names = makeNameLayer(data, regions);
  const { n } = data;

  const x = new Float32Array(n);
  const y = new Float32Array(n);
  const four = new Float32Array(4 * 1024 * Math.max(1, Math.ceil(n / 1024))); // x, y before and after
  const looks = new Uint8Array(2 * n);
  const paper = data.kinds.findIndex((kind) => kind.name === "paper");
  let grid = null;
  let fitted = 1; // the scale at which the whole map is seen
  let touched = false; // by the reader: a new size of the window does not fit the map again
  const chosen = { x0: 0, y0: 0, x1: 0, y1: 0, k: 0, known: false }; // the box that detail was chosen for
  const stale = { map: true, links: true, middle: true, names: true, over: true };
  const clock = {
    pending: false, quiet: 0, timer: 0, morph: 0, moving: false, share: 0.3, mean: 20, last: 0, started: false, lost: 0,
  };
  const view = {
    x: 0, y: 0, k: 1, t: 1, ratio: 1, width: 1, height: 1, // where one looks; t: how far nodes are on their way
    nodes: 0, links: 0, fade: 0, // how many are drawn, and how far what is not chosen fades
    crowded: 0, // 0 where each node has room, 1 where only the map of communities can be read
    soft: 1, least: 1, most: MOST_RADIUS, // of radii in pixels
    ground: [0, 0, 0], line: [0, 0, 0], lineAlpha: 0.2, quiet: 110, // longer links than this are fainter
    strong: [0, 0, 0], strongAlpha: 0.5, strongWide: 1.25,
  };
  const ask = {
    camera, view, detail, focus, x, y, radii: scene.radii, shown: scene.shown, state: store.state,
    hover: -1, walk: -1, path: null,
    near: 0, fitted: 1, few: false, ratio: 1, leading: 12, left: 0, right: 0, bottom: 0, covered: [], axis: [], lanes: [],
  };
  const there = (i) => i >= 0 && i < n && scene.shown[i] === 1 && !Number.isNaN(x[i]);
  const told = { nodes: 0, links: 0, labels: 0, all: 0 };
  const drawnListeners = [];
  const cameraListeners = [];
  const drawOver = makeOverlay({ ctx: overCtx, camera, view, scene, store, looks, x, y, there, names, hand });

  // ---------------------------------------------------------------- what is given to the renderer

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
      const [nx, ny] = [scene.x[i], scene.y[i]];
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
    clock.morph = 0;
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
  const giveAll = () => {
    giveLooks();
    renderer.places(four);
    giveColours();
    giveFocus();
    chosen.known = false;
  };

  // ---------------------------------------------------------------- level of detail

  const near = () => Math.max(0, Math.min(1, Math.log2(camera.k / fitted) / 3));
  const chooseDetail = () => {
    const [w, h] = [camera.width / camera.k, camera.height / camera.k];
    chosen.x0 = camera.x - w * (0.5 + MARGIN);
    chosen.x1 = camera.x + w * (0.5 + MARGIN);
    chosen.y0 = camera.y - h * (0.5 + MARGIN);
    chosen.y1 = camera.y + h * (0.5 + MARGIN);
    chosen.k = camera.k;
    chosen.known = true;
    detail.choose(chosen.x0, chosen.y0, chosen.x1, chosen.y1, near());
    renderer.order(detail.nodes, detail.count);
    renderer.links("all", detail.ends, detail.weights, detail.links);
    stale.middle = true;
  };
  const coversView = () => {
    const [w, h] = [camera.width / camera.k / 2, camera.height / camera.k / 2];
    const { x0, y0, x1, y1, k } = chosen;
    return camera.x - w >= x0 && camera.x + w <= x1 && camera.y - h >= y0 && camera.y + h <= y1 && camera.k < k * 1.6;
  };
  /** Sizes and strengths that follow from the scale. */
  const measure = () => {
    const { k } = camera;
    const seen = Math.min(MOST_NODES, detail.size * Math.min(1, (fitted / k) ** 2));
    view.x = camera.x;
    view.y = camera.y;
    view.k = k;
    view.width = camera.width;
    view.height = camera.height;
    view.soft = k * Math.min(1, (1.1 / k) ** 0.55);
    const crowded = Math.max(0, Math.min(1, Math.log2(Math.max(1, seen) / 2500) / 3)); // 0 at 2,500 nodes, 1 at 20,000
    view.crowded = crowded;
    view.least = Math.max(1 - 0.3 * crowded, Math.min(2.5, k * 6.6)); // nodes stand some 20 units apart
    view.fade = focus.strong ? 0.82 : 0.42 * crowded; // many dots are quieter dots: the map with its names leads
    const crowd = (Math.max(1, detail.links) / 400) * (SCREEN / (camera.width * camera.height)); // on a phone, lines lie closer
    const quiet = Math.max(0.09, Math.min(0.28, 0.28 / crowd ** 0.38)) * (theme.contrast ? 2 : 1);
    view.lineAlpha = focus.strong ? quiet * 0.25 : quiet;
    view.strongAlpha = Math.max(0.03, Math.min(0.45, 6 / (focus.links + 1) ** 0.62)); // a hub is no black star
    view.strongWide = focus.links > 200 ? 0.8 : 1.25;
    const few = clock.moving && detail.size > FEW_NODES;
    view.nodes = few ? Math.max(1500, Math.round(MOST_NODES * clock.share)) : detail.count;
    view.links = few ? Math.max(200, Math.round(MOST_LINKS * clock.share)) : detail.links;
  };

  // ---------------------------------------------------------------- drawing

  const fillAsk = () => {
    ask.state = store.state;
    ask.hover = hand.hover;
    ask.walk = hand.walk;
    ask.path = scene.path;
    ask.axis = scene.axis;
    ask.lanes = scene.lanes;
    ask.near = near();
    ask.fitted = fitted;
    ask.few = clock.moving && detail.size > FEW_NODES;
    ask.ratio = view.ratio;
    ask.leading = detail.size > 12 ? detail.members[11] + 1 : n;
  };
  /** Looks what lies over the picture now. */
  const lookAround = () => {
    const { bottom } = ask;
    ({ left: ask.left, right: ask.right, bottom: ask.bottom } = insets());
    ask.covered = floats();
    if (ask.bottom !== bottom) stale.map = true;
  };
  const layoutNames = () => {
    fillAsk();
    names.layout(ask);
    stale.names = false;
  };
  const tell = () => {
    const [w, h] = [camera.width / camera.k / 2, camera.height / camera.k / 2];
    const inside = detail.inside(camera.x - w, camera.y - h, camera.x + w, camera.y + h);
    Object.assign(told, { nodes: inside.drawn, all: inside.all, links: detail.links, labels: names.count });
    for (const run of drawnListeners) run(told);
  };
  const drawMap = () => {
    underCtx.setTransform(1, 0, 0, 1, 0, 0);
    underCtx.clearRect(0, 0, under.width, under.height);
    regions.draw(underCtx, camera, near(), view.ratio, ask.bottom);
  };
  const morphing = (now) => {
    if (view.t >= 1) return false;
    clock.morph ||= now;
    view.t = Math.min(1, (now - clock.morph) / MORPH);
    stale.middle = true;
    if (view.t === 1) { stale.names = true; stale.over = true; }
    return view.t < 1;
  };

  /** While the picture moves, as much is drawn as this machine draws in time. */
  const pace = (now) => {
    if (clock.moving && now - clock.last < 400) {
      clock.mean += (now - clock.last - clock.mean) * 0.25;
      if (clock.mean > 25) clock.share = Math.max(0.05, clock.share * 0.88);
      else if (clock.mean < 18.5) clock.share = Math.min(1, clock.share * 1.04);
    }
    clock.last = now;
  };

  const last = { x: NaN, y: NaN, k: NaN };
  const frame = (now) => {
    clock.pending = false;
    const flying = camera.step(now);
    if (flying) clock.quiet = now + SETTLE;
    const changing = morphing(now);
    const moved = camera.x !== last.x || camera.y !== last.y || camera.k !== last.k;
    const zoomed = camera.k !== last.k;
    const before = clock.moving;
    clock.moving = now < clock.quiet;
    pace(now);
    const settled = before && !clock.moving;
    if (!chosen.known || settled || (moved && !coversView())) chooseDetail();
    if (moved || settled) { stale.map = true; stale.middle = true; stale.over = true; }
    measure();
    if (!clock.moving && (stale.names || settled)) lookAround();
    if (stale.map) drawMap();
    if (stale.middle) renderer.draw(view);
    if (stale.names || zoomed || settled) { layoutNames(); stale.over = true; }
    if (stale.over) { fillAsk(); drawOver(ask); }
    Object.assign(stale, { map: false, middle: false, over: false });
    if (moved) {
      last.x = camera.x;
      last.y = camera.y;
      last.k = camera.k;
      for (const run of cameraListeners) run(camera);
    }
    if (flying || changing) wake();
    else if (clock.moving) {
      clearTimeout(clock.timer);
      clock.timer = setTimeout(wake, Math.max(0, clock.quiet - now) + 1);
    } else tell();
  };
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

  // ---------------------------------------------------------------- camera

  /** Returns the camera that shows a box of the world in the room that panels leave. */
  const toShow = ([x0, y0, x1, y1], most) => {
    const room = insets();
    const w = Math.max(80, camera.width - room.left - room.right - 2 * PADDING);
    const h = Math.max(80, camera.height - room.top - room.bottom - 2 * PADDING);
    const k = Math.min(w / Math.max(1, x1 - x0), h / Math.max(1, y1 - y0), most);
    return [(x0 + x1) / 2 - (room.left - room.right) / 2 / k, (y0 + y1) / 2 - (room.top - room.bottom) / 2 / k, k];
  };
  /** Returns the box around nodes, without the outermost half percent of many. */
  const boxOf = (list, size) => {
    const inner = size > 400 ? Math.floor(size * 0.005) : 0;
    const [xs, ys] = [new Float32Array(size), new Float32Array(size)];
    let count = 0;
    for (let at = 0; at < size; at += 1) {
      const i = list[at];
      if (Number.isNaN(x[i])) continue;
      xs[count] = x[i];
      ys[count] = y[i];
      count += 1;
    }
    if (!count) return null;
    const [a, b] = [xs.subarray(0, count).sort(), ys.subarray(0, count).sort()];
    return [a[inner], b[inner], a[count - 1 - inner], b[count - 1 - inner]];
  };
  const wholeBox = () => {
    if (scene.axis.length) return scene.box; // with the room for names of lanes and columns
    const box = boxOf(detail.members, detail.size) ?? [-100, -100, 100, 100];
    for (const { rings } of scene.ownPicture ? [] : regions.shapes) {
      for (const ring of rings) {
        for (let at = 0; at < ring.length; at += 2) {
          if (ring[at] < box[0]) box[0] = ring[at];
          if (ring[at] > box[2]) box[2] = ring[at];
          if (ring[at + 1] < box[1]) box[1] = ring[at + 1];
          if (ring[at + 1] > box[3]) box[3] = ring[at + 1];
        }
      }
    }
    return box;
  };
  const setLimits = (box, k) => {
    fitted = k;
    const [w, h] = [box[2] - box[0], box[3] - box[1]];
    camera.limits = {
      least: k * 0.45, most: Math.max(6, k * 3),
      x0: box[0] - w * 0.5 - 200, x1: box[2] + w * 0.5 + 200, y0: box[1] - h * 0.5 - 200, y1: box[3] + h * 0.5 + 200,
    };
  };
  const lookAt = ([tx, ty, k], motion) => {
    if (motion) camera.fly(tx, ty, k);
    else { camera.stop(); camera.go(tx, ty, k); }
    moves();
  };
  const fit = (motion = true) => {
    const box = wholeBox();
    const to = toShow(box, 2.4);
    setLimits(box, to[2]);
    touched = false;
    lookAt(to, motion);
  };
  const frameNodes = (nodes) => {
    const standing = nodes.filter(there);
    if (!standing.length) return;
    const box = boxOf(standing, standing.length);
    touched = true;
    const one = standing.length === 1;
    lookAt(toShow(box, one ? Math.max(camera.k, Math.min(1.6, fitted * 6)) : 2.2), true);
  };
  const resize = () => {
    const [w, h] = [holder.clientWidth, holder.clientHeight];
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    if (!w || !h || (w === camera.width && h === camera.height && ratio === view.ratio)) return;
    camera.width = w;
    camera.height = h;
    view.ratio = ratio;
    for (const each of [under, middle, over]) {
      each.width = Math.round(w * ratio);
      each.height = Math.round(h * ratio);
    }
    chosen.known = false;
    if (!touched) fit(false);
    redraw();
  };

  // ---------------------------------------------------------------- what lies under a point

  const best = { i: -1, far: Infinity };
  const nodeAt = (px, py, finger = false) => {
    if (view.t < 1) return -1;
    if (!chosen.known) chooseDetail();
    grid ??= makeGrid(detail.members, detail.size, x, y);
    const reach = finger ? 18 : REACH;
    best.i = -1;
    best.far = Infinity;
    const { marked, turn } = detail;
    grid.near(camera.worldX(px), camera.worldY(py), (MOST_RADIUS + reach) / camera.k, (i) => {
      if (marked[i] !== turn && focus.marked[i] !== focus.turn) return;
      const r = Math.max(3, radiusAt(view, scene.radii[i]));
      const far = Math.hypot(camera.pixelX(x[i]) - px, camera.pixelY(y[i]) - py) - r;
      // On a disc is the topmost one, that is the one with the smallest number; else the nearest.
      const better = far <= 0 ? best.far > 0 || i < best.i : far < best.far && far <= reach;
      if (better) { best.i = i; best.far = far; }
    });
    return best.i;
  };
  const linkAt = (px, py) => {
    const set = focus.strong ? focus : detail;
    let [found, least] = [-1, EDGE_REACH];
    for (let l = 0; l < set.links; l += 1) {
      const [a, b] = [set.ends[2 * l], set.ends[2 * l + 1]];
      const [ax, ay, bx, by] = [camera.pixelX(x[a]), camera.pixelY(y[a]), camera.pixelX(x[b]), camera.pixelY(y[b])];
      const far = distanceToLine(px, py, ax, ay, bx, by);
      if (far < least) { found = set.link[l]; least = far; }
    }
    return found;
  };

  // ---------------------------------------------------------------- what a hand does

  const setHover = (i) => {
    if (i === hand.hover) return;
    hand.hover = i;
    hand.around.update(scene, NOTHING, hand.hover);
    over.style.cursor = i >= 0 ? "pointer" : "";
    stale.names = true;
    stale.over = true;
    wake();
  };
  const pan = (dx, dy) => { touched = true; camera.stop(); camera.pan(dx, dy); moves(); };
  const zoomAt = (px, py, factor) => { touched = true; camera.stop(); camera.zoomAt(px, py, factor); moves(); };
  const zoomTo = (px, py, factor) => {
    touched = true;
    const k = Math.max(camera.limits.least, Math.min(camera.limits.most, camera.k * factor));
    const [wx, wy] = [camera.worldX(px), camera.worldY(py)];
    lookAt([wx - (px - camera.width / 2) / k, wy - (py - camera.height / 2) / k, k], true);
  };
  /** A node is dragged where it is large enough to be meant; else the picture moves. */
  const canCarry = (i, px, py) => {
    const r = radiusAt(view, scene.radii[i]);
    const far = Math.hypot(camera.pixelX(x[i]) - px, camera.pixelY(y[i]) - py);
    return (r >= GRIP || i === store.state.node) && far <= r + 2;
  };
  const carry = (i, px, py) => {
    x[i] = camera.worldX(px);
    y[i] = camera.worldY(py);
    four.set([x[i], y[i], x[i], y[i]], 4 * i);
    renderer.place(i, four);
    Object.assign(stale, { middle: true, names: true, over: true });
    moves();
  };
  const gather = ([x0, y0, x1, y1]) => {
    const found = [];
    const [wx0, wy0, wx1, wy1] = [camera.worldX(x0), camera.worldY(y0), camera.worldX(x1), camera.worldY(y1)];
    for (let at = 0; at < detail.size; at += 1) {
      const i = detail.members[at];
      const drawn = detail.marked[i] === detail.turn;
      if (drawn && x[i] >= wx0 && x[i] <= wx1 && y[i] >= wy0 && y[i] <= wy1) found.push(i);
    }
    if (found.length) actions.select(found);
    else say("No node there");
  };
  /** Goes through the neighbours of the chosen node, or through the most important nodes of the picture. */
  const walk = (step) => {
    const { node } = store.state;
    const around = there(node) ? Array.from(new Set(scene.around(node).map((each) => each.node)))
      : Array.from(detail.members.subarray(0, Math.min(50, detail.size)));
    if (!around.length) { say("No neighbours are shown"); return; }
    const at = around.indexOf(hand.walk);
    const next = (at < 0 ? (step > 0 ? 0 : around.length - 1) : (at + step + around.length) % around.length);
    hand.walk = around[next];
    const [px, py] = [camera.pixelX(x[hand.walk]), camera.pixelY(y[hand.walk])];
    const room = insets();
    const [right, bottom] = [camera.width - room.right - 20, camera.height - room.bottom - 20];
    if (px < room.left + 20 || py < room.top + 20 || px > right || py > bottom) {
      touched = true;
      lookAt(toShow([x[hand.walk], y[hand.walk], x[hand.walk], y[hand.walk]], camera.k), true);
    }
    stale.names = true;
    stale.over = true;
    wake();
    const kind = data.kinds[data.kind[hand.walk]].label;
    say(`${data.labels[hand.walk]}, ${kind}, ${next + 1} of ${around.length}. Enter opens it.`);
  };
  const unfold = (i) => {
    const { ego, expanded } = store.state;
    if (expanded.includes(i) || (ego && ego.nodes.includes(i))) actions.collapse(i);
    else actions.expand(i);
  };
  const chooseEdgeAt = (px, py) => {
    const l = linkAt(px, py);
    if (l < 0) return false;
    const e = scene.links.edge[l];
    if (e !== scene.NOT_ONE_EDGE) { actions.chooseEdge(e); return true; }
    actions.choosePair(scene.links.from[l], scene.links.to[l]);
    return true;
  };
  const clear = () => {
    hand.walk = -1;
    const { node, edge, pair, path } = store.state;
    if (node >= 0 || edge >= 0 || pair || path) actions.clear();
    else { stale.names = true; stale.over = true; wake(); }
  };
  mountGestures(over, {
    nodeAt, chooseEdgeAt, pan, zoomAt, zoomTo, canCarry, carry, gather, walk, unfold, clear, hover: setHover,
    point: (px, py) => setHover(nodeAt(px, py)),
    still: () => camera.stop(),
    zoom: (factor) => zoomTo(camera.width / 2, camera.height / 2, factor),
    fit: () => fit(),
    drop: (i) => { actions.pin(i, x[i], y[i]); },
    rectangle: (box) => { hand.rectangle = box; stale.over = true; wake(); },
    open: () => { if (there(hand.walk)) { const i = hand.walk; hand.walk = -1; actions.choose(i); } },
  }, app);

  // ---------------------------------------------------------------- what the scene says

  const update = (moved) => {
    if (moved.places || moved.view) givePlaces(!theme.calm && view.t === 1 && clock.started);
    if (moved.shown || moved.places || moved.view) {
      detail.set(scene, x, y);
      grid = null;
      chosen.known = false;
    }
    if (moved.look) giveLooks();
    if (moved.view || moved.places || moved.shown || moved.look) regions.set(scene, detail.size > DENSE);
    focus.update(scene, store.state, -1);
    giveFocus();
    if (!there(hand.hover)) hand.hover = -1;
    if (hand.hover >= 0) hand.around.update(scene, NOTHING, hand.hover);
    if (!there(hand.walk)) hand.walk = -1;
    const said = `${scene.view.label}: ${counted(scene.counts.nodes, "node", "nodes")}.`;
    over.setAttribute("aria-label", `${said} Arrow keys move, plus and minus zoom, brackets go through neighbours.`);
  };
  let [egoBefore, viewBefore] = [null, null];
  scene.on(() => {
    update(scene.changed);
    const { ego, view: name } = store.state;
    const fits = name !== viewBefore || ego !== egoBefore;
    [egoBefore, viewBefore] = [ego, name];
    if (fits) fit();
    redraw();
  });
  onTheme(() => { giveColours(); redraw(); });

  /** Draws with another renderer from now on, on a canvas of its own; `makeRenderer` may return null: then all stays. */
  const drawWith = (makeRenderer) => {
    const canvas = layer(holder);
    Object.assign(canvas, { width: under.width, height: under.height });
    const made = makeRenderer(canvas);
    if (!made) { canvas.remove(); return; }
    middle.replaceWith(canvas);
    [middle, renderer] = [canvas, made];
    giveAll();
    redraw();
  };
  const speedUp = () => {
    drawWith(makeWebgl);
    middle.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      // Where the context does not come back, the picture is drawn without it.
      clock.lost = setTimeout(() => drawWith(makeCanvas), 1500);
    });
    middle.addEventListener("webglcontextrestored", () => {
      clearTimeout(clock.lost);
      renderer.start();
      giveAll();
      redraw();
    });
  };

  update({ view: true, places: true, shown: true, look: true });
  giveColours();
  [egoBefore, viewBefore] = [store.state.ego, store.state.view];

  const stage = {
    canvas: over, camera, fit, redraw, drawn: told,
    /** Measures the room for the picture, and draws the first one in the next frame. */
    start: () => {
      resize();
      wake();
      new ResizeObserver(resize).observe(holder);
      requestAnimationFrame(() => {
        clock.started = true;
        performance.mark("kg:drawn");
        if (!wantsCanvas) requestAnimationFrame(() => whenIdle(speedUp));
      });
    },
    get renderer() { return renderer.kind; },
    get touched() { return touched; },
    /** Where a node stands in the window; NaN for what is not drawn at this scale. */
    screen: (i) => {
      if (!there(i)) return [NaN, NaN];
      if (!chosen.known) chooseDetail();
      const [px, py] = [camera.pixelX(x[i]), camera.pixelY(y[i])];
      const inside = px >= 0 && py >= 0 && px <= camera.width && py <= camera.height;
      if (inside && detail.marked[i] !== detail.turn && focus.marked[i] !== focus.turn) return [NaN, NaN];
      const box = over.getBoundingClientRect();
      return [box.left + px, box.top + py];
    },
    frame: (nodes) => frameNodes(Array.from(nodes)),
    zoom: (factor) => zoomTo(camera.width / 2, camera.height / 2, factor),
    pan,
    /** Marks a node as one under the pointer is; -1 for none. */
    hover: setHover,
    setCamera: ({ x: cx, y: cy, k }) => { touched = true; camera.stop(); camera.go(cx, cy, k); moves(); },
    onCamera: (run) => { cameraListeners.push(run); },
    onDrawn: (run) => { drawnListeners.push(run); },
    /** Says in words what is left out of the picture for want of room; empty where nothing is. */
    get note() {
      const { nodes, all, links } = told;
      const said = [];
      const part = (some, whole, what) => `${grouped(some)} of ${grouped(whole)} ${what} drawn`;
      if (nodes < all) said.push(part(nodes, all, "nodes"));
      if (links < detail.allLinks) {
        said.push(links ? part(links, detail.allLinks, "links") : "links drawn as bundles between communities");
      }
      return said.length ? `${capital(said.join(", "))}, the most important first; zoom in for more.` : "";
    },
    labels: () => { fillAsk(); return names.list(ask); },
  };
  const refresh = () => { fillAsk(); return ask; };
  const printer = makePrinter({ data, scene, camera, view, regions, names, detail, focus, four, looks, refresh });
  stage.picture = printer.picture;
  stage.svg = printer.svg;
  return stage;
};
