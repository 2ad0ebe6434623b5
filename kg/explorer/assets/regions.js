// The map under the nodes: regions of communities and their names, bundles of links between them, years and lanes.
import { wrapped } from "./dom.js";
import { against } from "./looks.js";
import { scaleShapes, scalesOf } from "./scales.js";
import { paint } from "./shapes.js";
import { FONT, shade, theme } from "./theme.js";

const BUNDLES = 60; // pairs of communities that are tied by a curve
const LETTERS = 24; // in a line of a community's name
const NARROW = 12; // in a line of one for which there is little room
const LEAST_NODES = 8; // of a community that has a name
const LEAST_LAND = 40; // pixels of the side of a land that has a name
export const LEAST_TITLE = 11; // size of the smallest of these names
const READABLE = 4.5; // contrast of these names with the ground, as WCAG asks of text

const smooth = (low, high, value) => {
  const t = Math.max(0, Math.min(1, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
};

/** Returns the first topic of the name of a community, its other topics, and its people. */
const partsOf = (text) => {
  const [topics, ...people] = text.split(" · ");
  const [first, ...more] = topics.split(", ");
  return { topics, first, more, people };
};

/**
 * Returns ways to write a name: in two lines, broken where a part ends; and in narrow lines what it begins with, or its people
 * where others begin alike.
 */
const formsOf = (text, alike) => {
  const { topics, first, more, people } = partsOf(text);
  const halves = people.length ? [topics, people.join(" · ")] : [`${first},`, more.join(", ")];
  const whole = halves.every((half) => half && half.length <= LETTERS + 6) ? halves : wrapped(text, LETTERS, 2);
  return [whole, wrapped(alike && people.length ? people[0] : first, NARROW, 3)];
};

/** Returns the strongest pairs of communities as `[one, other, links]`, by links between their nodes. */
const bundlesOf = (scene) => {
  const { community, communities, links, linkVisible } = scene;
  const size = communities.length;
  if (size < 2 || size > 2000) return [];
  const sums = new Float32Array(size * size);
  for (let l = 0; l < links.from.length; l += 1) {
    const a = community[links.from[l]];
    const b = community[links.to[l]];
    if (a !== b && a < size && b < size && linkVisible[l]) sums[a < b ? a * size + b : b * size + a] += 1;
  }
  const found = [];
  for (let at = 0; at < sums.length; at += 1) if (sums[at]) found.push([Math.floor(at / size), at % size, sums[at]]);
  return found.sort((p, q) => q[2] - p[2]).slice(0, BUNDLES);
};

/** Makes the map. `set` takes a scene; `draw` draws it under the nodes; `titles` lists the names to be seen. */
export const makeRegions = () => {
  let regions = []; // { community, path, hue, x, y, side }
  let bundles = [];
  let names = []; // { community, text, forms, x, y, side, hue }
  let scene = null;

  // Where hues mean something else, regions are grey.
  const hueOf = (scene, c) => scene.hues[(scene.grouped ? null : scene.communities[c]?.colour) ?? scene.hues.length - 1];
  const set = (shown, dense) => {
    scene = shown;
    regions = scene.regions.map((region) => {
      const path = new Path2D();
      const { rings } = region;
      let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
      for (const ring of rings) {
        path.moveTo(ring[0], ring[1]);
        for (let at = 0; at < ring.length; at += 2) {
          if (at) path.lineTo(ring[at], ring[at + 1]);
          x0 = Math.min(x0, ring[at]);
          x1 = Math.max(x1, ring[at]);
          y0 = Math.min(y0, ring[at + 1]);
          y1 = Math.max(y1, ring[at + 1]);
        }
        path.closePath();
      }
      const { community, anchor } = region;
      const side = Math.sqrt((x1 - x0) * (y1 - y0));
      return { community, path, rings, hue: hueOf(scene, community), side, box: [x0, y0, x1, y1], anchor };
    });
    bundles = dense ? bundlesOf(scene) : [];
    const most = bundles.length ? bundles[0][2] : 1;
    const anchor = (c) => scene.communities[c].anchor;
    bundles = bundles.map(([a, b, count]) => ({ a: anchor(a), b: anchor(b), share: Math.sqrt(count / most) }));
    names = scene.ownPicture || scene.axis.length ? [] : namesOf(scene);
  };
  const namesOf = (scene) => {
    const shownIn = new Uint32Array(scene.communities.length);
    for (const i of scene.view.net.members) {
      if (scene.shown[i] && scene.community[i] < shownIn.length) shownIn[scene.community[i]] += 1;
    }
    const sides = new Map(regions.map((region) => [region.community, region]));
    const begin = scene.communities.map(({ label, nodes }, c) => (shownIn[c] && nodes >= LEAST_NODES ? partsOf(label).first : ""));
    const times = new Map();
    for (const first of begin) times.set(first, (times.get(first) ?? 0) + 1);
    return scene.communities.map((each, c) => {
      const region = sides.get(c);
      const [x, y] = region?.anchor ?? each.anchor;
      const [left, top, right, bottom] = region?.box ?? [x, y, x, y];
      return {
        community: c, forms: formsOf(each.label, times.get(begin[c]) > 1), text: each.label, x, y, hue: hueOf(scene, c), nodes: each.nodes,
        side: region?.side ?? 30 * Math.sqrt(each.nodes), shown: shownIn[c], left, top, right, bottom,
      };
    }).filter((each) => begin[each.community]).sort((p, q) => q.nodes - p.nodes).slice(0, 80);
  };

  /** Calls `each(ax, ay, middleX, middleY, bx, by, width, alpha)` for the bundles of links between communities. */
  const eachBundle = (camera, near, each) => {
    const alpha = (theme.contrast ? 0.3 : 0.08) * (1 - near);
    if (alpha < 0.005) return;
    for (const { a, b, share } of bundles) {
      const [ax, ay, bx, by] = [camera.pixelX(a[0]), camera.pixelY(a[1]), camera.pixelX(b[0]), camera.pixelY(b[1])];
      each(ax, ay, (ax + bx) / 2 + (by - ay) * 0.14, (ay + by) / 2 - (bx - ax) * 0.14, bx, by, 1 + 3 * share, alpha);
    }
  };

  /** Draws regions and bundles; `near` goes from 0 (the whole map) to 1 (from near by), `bottom` is covered by something. */
  const draw = (ctx, camera, near, ratio, bottom = 0) => {
    const { k } = camera;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (scene.axis.length) paint(ctx, scaleShapes(scalesOf(scene, camera, bottom), camera));
    const [left, top] = [camera.width / 2 - camera.x * k, camera.height / 2 - camera.y * k];
    ctx.setTransform(ratio * k, 0, 0, ratio * k, ratio * left, ratio * top);
    for (const { path, hue } of regions) {
      ctx.fillStyle = shade(hue);
      ctx.globalAlpha = (theme.dark ? 0.13 : 0.1) * (1 - 0.4 * near);
      ctx.fill(path, "evenodd");
      ctx.globalAlpha = theme.contrast ? 0.9 : 0.32;
      ctx.strokeStyle = shade(hue);
      ctx.lineWidth = 1 / k;
      ctx.stroke(path);
    }
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.strokeStyle = theme.ink;
    ctx.lineCap = "round";
    eachBundle(camera, near, (ax, ay, mx, my, bx, by, wide, alpha) => {
      ctx.globalAlpha = alpha;
      ctx.lineWidth = wide;
      ctx.beginPath();
      ctx.moveTo(ax, ay);
      ctx.quadraticCurveTo(mx, my, bx, by);
      ctx.stroke();
    });
    ctx.globalAlpha = 1;
  };

  // Few sizes: letters in each are made anew.
  const titleSize = (px) => Math.max(LEAST_TITLE, Math.min(23, LEAST_TITLE + 3 * Math.round((px * 0.045 - 4) / 3)));
  /** Calls `each(title, size, alpha, px)` for the names of communities in the picture, the largest first. */
  const titles = (camera, each) => {
    const least = Math.min(camera.width, camera.height);
    for (const name of names) {
      const px = name.side * camera.k;
      const alpha = px < LEAST_LAND ? 0 : 1 - smooth(least, 2 * least, px);
      if (alpha < 0.3) continue;
      const [x, y] = [camera.pixelX(name.x), camera.pixelY(name.y)];
      const seen = x > -100 && y > -40 && x < camera.width + 100 && y < camera.height + 40;
      if (seen) each(name, titleSize(px), alpha, px);
    }
  };
  const inks = new Map();
  /** Returns how the name of a community is written. */
  const titleStyle = (name, size) => {
    const key = `${shade(name.hue)} ${theme.ink} ${size}`;
    if (!inks.has(key)) {
      const ink = against(shade(name.hue), theme.ground, theme.ink, READABLE);
      const spacing = `${(size * 0.06).toFixed(2)}px`;
      inks.set(key, { font: `600 ${size}px ${FONT}`, size, ink, halo: theme.ground, spacing });
    }
    return inks.get(key);
  };
  return { set, draw, eachBundle, titles, titleStyle, get shapes() { return regions; } };
};
