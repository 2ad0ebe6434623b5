// The picture as a file: PNG in any size, or SVG; both hold what is seen now.
import { makeCanvas, radiusAt, RIMMED, strengthAt } from "./canvas.js";
import { captionOf } from "./caption.js";
import { scaleShapes, scalesOf } from "./scales.js";
import { paint } from "./shapes.js";
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
    const { shapes, height } = captionOf(parts);
    sheet.height = Math.round((camera.height + height) * ratio);
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
    ctx.translate(0, camera.height);
    paint(ctx, shapes);
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
    const add = (parent, tag, facts, text) => {
      const element = file.createElementNS(SVG_SPACE, tag);
      set(element, facts);
      if (text !== undefined) element.textContent = cleaned(text);
      parent.append(element);
      return element;
    };
    const px = (i) => camera.pixelX(four[4 * i + 2]);
    const py = (i) => camera.pixelY(four[4 * i + 3]);
    const { width, height } = camera;
    const family = FONT.replaceAll('"', "'");
    const caption = captionOf(parts);
    const tall = height + caption.height;
    set(root, { width, height: tall, viewBox: `0 0 ${pair(width, tall)}`, "font-family": family });
    add(root, "title", {}, `${data.title} · ${scene.view.label}`);
    add(root, "rect", { width, height: tall, fill: theme.ground });

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

    const addAll = (id, shapes) => {
      const group = add(root, "g", { id });
      for (const [tag, facts, text] of shapes) add(group, tag, facts, text);
      return group;
    };
    if (scene.axis.length) addAll("scales", scaleShapes(scalesOf(scene, camera, 0), camera));
    const lines = (id, set, count, alpha, wide, quiet) => {
      const group = add(root, "g", { id, stroke: theme.ink });
      for (let l = 0; l < count; l += 1) {
        const [a, b] = [set.ends[2 * l], set.ends[2 * l + 1]];
        const [x1, y1, x2, y2] = [px(a), py(a), px(b), py(b)];
        const strength = (alpha * strengthAt(quiet, Math.hypot(x2 - x1, y2 - y1))).toFixed(3);
        add(group, "line", { x1, y1, x2, y2, "stroke-width": wide * set.weights[l], "stroke-opacity": strength });
      }
    };
    const shapes = (id, list, count, opacity) => {
      const group = add(root, "g", { id, stroke: theme.ground, opacity });
      for (let at = 0; at < count; at += 1) {
        const i = list[at];
        const [x, y, r] = [px(i), py(i), radiusAt(view, scene.radii[i])];
        if (x < -r || y < -r || x > width + r || y > height + r) continue;
        const look = { fill: shade(scene.palette[looks[2 * i]]), stroke: r > RIMMED ? undefined : "none" };
        const s = 0.89 * r;
        const shape = looks[2 * i + 1]
          ? add(group, "rect", { x: x - s, y: y - s, width: 2 * s, height: 2 * s, rx: 0.4 * r, ...look })
          : add(group, "circle", { cx: x, cy: y, r, ...look });
        add(shape, "title", {}, data.labels[i]);
      }
    };
    lines("links", detail, detail.links, view.lineAlpha, 1, view.quiet);
    shapes("nodes", detail.nodes, detail.count, 1 - view.fade);
    lines("chosen-links", focus, focus.links, view.strongAlpha, view.strongWide, 0);
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
      (i, rank, x, top) => write(names.textOf(i, rank), x, top, names.styleOf(rank), rank === 3 ? "600" : "500", 1),
      (text, x, top, _, style, alpha) => write(text, x, top, style, "600", alpha),
    );
    set(addAll("caption", caption.shapes), { transform: `translate(0 ${short(height)})` });
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
  };
  return { picture, svg };
};

/** Takes out what no XML may hold. */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const cleaned = (text) => (text.toWellFormed?.() ?? text).replace(NOT_XML, "\ufffd");
