// The picture as a file: PNG in any size, or SVG; both hold what is seen now.
import { makeCanvas, radiusAt } from "./canvas.js";
import { addScales, scalesOf } from "./scales.js";
import { FONT, shade, theme } from "./theme.js";

const SVG_SPACE = "http://www.w3.org/2000/svg";
const short = (value) => String(Math.round(value * 100) / 100);
const pair = (x, y) => `${short(x)} ${short(y)}`;

/** Makes what saves the picture: `picture(scale)` a promise of a PNG, `svg()` the text of an SVG file. */
export const makePrinter = (parts) => {
  const { data, scene, camera, view, regions, names, detail, focus, four, looks, refresh } = parts;
  const nearness = () => refresh().near;

  const picture = (scale = 2) => {
    const ratio = Math.max(0.5, Math.min(8, scale));
    const [sheet, nodes] = [document.createElement("canvas"), document.createElement("canvas")];
    for (const each of [sheet, nodes]) {
      each.width = Math.round(camera.width * ratio);
      each.height = Math.round(camera.height * ratio);
    }
    const ctx = sheet.getContext("2d");
    ctx.fillStyle = theme.ground;
    ctx.fillRect(0, 0, sheet.width, sheet.height);
    regions.draw(ctx, camera, nearness(), ratio);
    const renderer = makeCanvas(nodes);
    renderer.nodes(scene.radii, looks);
    renderer.palette(scene.palette.map(shade));
    renderer.places(four);
    renderer.order(detail.nodes, detail.count);
    renderer.links("all", detail.ends, detail.weights, detail.links);
    renderer.links("focus", focus.ends, focus.weights, focus.links);
    renderer.focus(focus.nodes, focus.count);
    renderer.draw({ ...view, ratio, t: 1, nodes: detail.count, links: detail.links });
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(nodes, 0, 0);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    names.draw(ctx, refresh());
    return new Promise((done, failed) => {
      const take = (blob) => (blob ? done(blob) : failed(new Error("The picture is too large for this browser")));
      sheet.toBlob(take, "image/png");
    });
  };

  const svg = () => {
    const file = document.implementation.createDocument(SVG_SPACE, "svg", null);
    const root = file.documentElement;
    const set = (element, facts) => {
      for (const [name, value] of Object.entries(facts)) {
        if (value !== undefined) element.setAttribute(name, typeof value === "number" ? short(value) : value);
      }
    };
    const add = (parent, tag, facts, text = null) => {
      const element = file.createElementNS(SVG_SPACE, tag);
      set(element, facts);
      if (text !== null) element.textContent = cleaned(text);
      parent.append(element);
      return element;
    };
    const px = (i) => camera.pixelX(four[4 * i + 2]);
    const py = (i) => camera.pixelY(four[4 * i + 3]);
    const { width, height } = camera;
    const family = FONT.replaceAll('"', "'");
    set(root, { width, height, viewBox: `0 0 ${pair(width, height)}`, "font-family": family });
    add(root, "title", {}, `${data.title} · ${scene.view.label}`);
    add(root, "rect", { width, height, fill: theme.ground });

    const land = add(root, "g", { id: "regions", "fill-rule": "evenodd" });
    for (const { rings, hue } of regions.shapes) {
      const path = rings.map((ring) => {
        const points = [];
        for (let at = 0; at < ring.length; at += 2) {
          points.push(pair(camera.pixelX(ring[at]), camera.pixelY(ring[at + 1])));
        }
        return `M${points.join("L")}Z`;
      }).join("");
      add(land, "path", { d: path, fill: shade(hue), "fill-opacity": 0.1, stroke: shade(hue), "stroke-opacity": 0.32 });
    }
    const curves = add(root, "g", { id: "bundles", fill: "none", stroke: theme.ink, "stroke-linecap": "round" });
    regions.eachBundle(camera, nearness(), (ax, ay, mx, my, bx, by, wide, alpha) => {
      const d = `M${pair(ax, ay)}Q${pair(mx, my)} ${pair(bx, by)}`;
      add(curves, "path", { d, "stroke-width": wide, "stroke-opacity": alpha });
    });

    if (scene.axis.length) addScales(add, root, scalesOf(scene, camera, 0), camera);
    const lines = (id, set, count, alpha) => {
      const group = add(root, "g", { id, stroke: theme.ink, "stroke-opacity": alpha });
      for (let l = 0; l < count; l += 1) {
        const [a, b] = [set.ends[2 * l], set.ends[2 * l + 1]];
        add(group, "line", { x1: px(a), y1: py(a), x2: px(b), y2: py(b), "stroke-width": set.weights[l] });
      }
    };
    const shapes = (id, list, count, opacity) => {
      const group = add(root, "g", { id, stroke: theme.ground, opacity });
      for (let at = 0; at < count; at += 1) {
        const i = list[at];
        const [x, y, r] = [px(i), py(i), radiusAt(view, scene.radii[i])];
        if (x < -r || y < -r || x > width + r || y > height + r) continue;
        const fill = shade(scene.palette[looks[2 * i]]);
        const s = 0.89 * r;
        const shape = looks[2 * i + 1]
          ? add(group, "rect", { x: x - s, y: y - s, width: 2 * s, height: 2 * s, rx: 0.4 * r, fill })
          : add(group, "circle", { cx: x, cy: y, r, fill });
        add(shape, "title", {}, data.labels[i]);
      }
    };
    lines("links", detail, detail.links, view.lineAlpha);
    shapes("nodes", detail.nodes, detail.count, 1 - view.fade);
    lines("chosen-links", focus, focus.links, view.strongAlpha);
    shapes("chosen", focus.nodes, focus.count, 1);

    const texts = add(root, "g", {
      id: "names", "text-anchor": "middle", "paint-order": "stroke", stroke: theme.ground, "stroke-width": 3.5,
      "stroke-linejoin": "round",
    });
    const write = (text, x, top, style, weight, alpha) => add(texts, "text", {
      x, y: top + style.size * 0.92, "font-size": style.size, "font-weight": weight, fill: style.ink, opacity: alpha,
      "letter-spacing": style.spacing,
    }, text);
    names.each(
      refresh(),
      (i, rank, x, top) => write(names.textOf(i, rank), x, top, names.styleOf(rank), rank >= 2 ? "600" : "500", 1),
      (text, x, top, _, style, alpha) => write(text, x, top, style, "600", alpha),
    );
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
  };
  return { picture, svg };
};

/** Takes out what no XML may hold. */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const cleaned = (text) => (text.toWellFormed?.() ?? text).replace(NOT_XML, "\ufffd");
