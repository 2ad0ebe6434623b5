// Where one looks: at the whole picture, at some nodes, or where the reader has moved it, in the room that panels leave.

const PADDING = 34; // pixels around the picture, fewer on a small screen
const NEAREST = 3.5; // scale of a picture of few nodes: they are to keep together
const LEADING = 3000; // nodes that no tool is to cover
const EDGE = 8; // pixels around a tool
const NEAR = 3; // doublings of the scale after which one looks from near by

/** Adds a box to another. */
const widen = (box, x, y) => {
  if (x < box[0]) box[0] = x;
  if (y < box[1]) box[1] = y;
  if (x > box[2]) box[2] = x;
  if (y > box[3]) box[3] = y;
};

/**
 * Makes what moves the camera; `moves()` is called where it does. `fitted` is the scale at which the whole picture is seen,
 * `touched` whether the reader has moved it: then a new size of the window does not fit it again.
 */
export const makeFraming = ({ camera, scene, regions, detail, x, y, there, insets, floats, moves }) => {
  const framing = { fitted: 1, touched: false };
  let due = false; // the whole picture is to be shown

  /** Returns the camera that shows a box of the world in the room that panels leave, and that is to be left besides. */
  const toShow = ([x0, y0, x1, y1], most, besides = {}) => {
    const room = insets();
    for (const side of Object.keys(besides)) room[side] = Math.max(room[side], besides[side]);
    const side = scene.axis.length ? camera.width : Math.min(camera.width, camera.height); // years stand below their nodes
    const free = 2 * Math.min(PADDING, 0.05 * side);
    const w = Math.max(80, camera.width - room.left - room.right - free);
    const h = Math.max(80, camera.height - room.top - room.bottom - free);
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
  /** Tells whether something over the picture would lie on one of the leading nodes. */
  const covers = ([tx, ty, k], [x0, y0, x1, y1]) => detail.members.subarray(0, Math.min(detail.size, LEADING)).some((i) => {
    const px = (x[i] - tx) * k + camera.width / 2;
    const py = (y[i] - ty) * k + camera.height / 2;
    return px > x0 - EDGE && px < x1 + EDGE && py > y0 - EDGE && py < y1 + EDGE;
  });
  /** Returns the camera that shows a box with no tool over a node: it yields to the side where that costs least. */
  const cleared = (box) => {
    const besides = {};
    for (let round = 0; ; round += 1) {
      const to = toShow(box, NEAREST, besides);
      const over = round < 4 && floats().find((each) => covers(to, each));
      if (!over) return to;
      const { width: w, height: h } = camera;
      const costs = { left: over[2] / w, top: over[3] / h, right: 1 - over[0] / w, bottom: 1 - over[1] / h };
      const [side] = Object.keys(costs).sort((a, b) => costs[a] - costs[b]);
      besides[side] = costs[side] * (side === "left" || side === "right" ? w : h);
    }
  };
  const wholeBox = () => {
    if (scene.axis.length) return scene.box; // with the room for names of lanes and columns
    const box = boxOf(detail.members, detail.size) ?? [-100, -100, 100, 100];
    for (const { rings } of scene.ownPicture ? [] : regions.shapes) {
      for (const ring of rings) for (let at = 0; at < ring.length; at += 2) widen(box, ring[at], ring[at + 1]);
    }
    return box;
  };
  const limit = ([x0, y0, x1, y1]) => {
    const k = framing.fitted;
    const [w, h] = [(x1 - x0) * 0.5 + 200, (y1 - y0) * 0.5 + 200];
    camera.limits = { least: Math.min(k, 2) * 0.45, most: Math.max(6, k * 3), x0: x0 - w, x1: x1 + w, y0: y0 - h, y1: y1 + h };
  };
  const lookAt = ([tx, ty, k], motion) => {
    due = false;
    if (motion) camera.fly(tx, ty, k);
    else { camera.stop(); camera.go(tx, ty, k); }
    moves();
  };
  const touch = () => { [framing.touched, due] = [true, false]; camera.stop(); };

  return Object.assign(framing, {
    /** How near one looks: 0 at the whole picture, 1 from near by. */
    near: () => Math.max(0, Math.min(1, Math.log2(camera.k / framing.fitted) / NEAR)),
    fit: (motion = true) => {
      const box = wholeBox();
      const to = cleared(box);
      framing.fitted = to[2];
      framing.touched = false;
      limit(box);
      lookAt(to, motion);
    },
    /** Shows the whole picture with the next frame, when all that lies over it is there; not if the camera moves till then. */
    fitSoon: () => { due = true; moves(); },
    settle: () => { if (due) framing.fit(); },
    /** Shows the whole picture in other room, unless the reader has moved it. */
    refit: () => { if (!framing.touched) framing.fitSoon(); },
    frame: (nodes) => {
      const standing = nodes.filter(there);
      if (!standing.length) return;
      framing.touched = true;
      const most = standing.length === 1 ? Math.max(camera.k, Math.min(1.6, framing.fitted * 6)) : 2.2;
      lookAt(toShow(boxOf(standing, standing.length), most), true);
    },
    /** Moves a node into the picture that is not within it. */
    reach: (i) => {
      const [px, py, room] = [camera.pixelX(x[i]), camera.pixelY(y[i]), insets()];
      const [right, bottom] = [camera.width - room.right - 20, camera.height - room.bottom - 20];
      if (px >= room.left + 20 && py >= room.top + 20 && px <= right && py <= bottom) return;
      framing.touched = true;
      lookAt(toShow([x[i], y[i], x[i], y[i]], camera.k), true);
    },
    pan: (dx, dy) => { touch(); camera.pan(dx, dy); moves(); },
    zoomAt: (px, py, factor) => { touch(); camera.zoomAt(px, py, factor); moves(); },
    zoomTo: (px, py, factor) => {
      framing.touched = true;
      const k = Math.max(camera.limits.least, Math.min(camera.limits.most, camera.k * factor));
      const [wx, wy] = [camera.worldX(px), camera.worldY(py)];
      lookAt([wx - (px - camera.width / 2) / k, wy - (py - camera.height / 2) / k, k], true);
    },
    zoom: (factor) => framing.zoomTo(camera.width / 2, camera.height / 2, factor),
    go: ({ x: cx, y: cy, k }) => { touch(); camera.go(cx, cy, k); moves(); },
  });
};
