// What lies over nodes and links: rings around what is chosen, the neighbours of what is under the pointer, names.
import { radiusAt, traceNode } from "./canvas.js";
import { shade, theme } from "./theme.js";

const AT_HOVER = 400; // neighbours that are drawn of what is under the pointer

/**
 * Makes what draws on the topmost canvas; `hand` tells what the pointer and the keys are at: `hover` with its
 * neighbours `around`, `walk`, and the `rectangle` that is being drawn.
 */
export const makeOverlay = ({ ctx, camera, view, scene, store, looks, x, y, there, names, hand }) => {
  const ring = (i, gap, width, colour) => {
    const r = radiusAt(view, scene.radii[i]) + gap;
    ctx.beginPath();
    traceNode(ctx, camera.pixelX(x[i]), camera.pixelY(y[i]), looks[2 * i + 1] ? r * 1.06 : r, looks[2 * i + 1]);
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.stroke();
  };
  const drawHover = () => {
    if (!there(hand.hover)) return;
    ctx.strokeStyle = theme.ink;
    ctx.globalAlpha = 0.4;
    ctx.lineWidth = 1.1;
    ctx.beginPath();
    for (let l = 0; l < Math.min(hand.around.links, AT_HOVER); l += 1) {
      const [a, b] = [hand.around.ends[2 * l], hand.around.ends[2 * l + 1]];
      ctx.moveTo(camera.pixelX(x[a]), camera.pixelY(y[a]));
      ctx.lineTo(camera.pixelX(x[b]), camera.pixelY(y[b]));
    }
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.strokeStyle = theme.ground;
    ctx.lineWidth = 1;
    for (let at = Math.max(0, hand.around.count - AT_HOVER); at < hand.around.count; at += 1) {
      const i = hand.around.nodes[at];
      ctx.beginPath();
      const r = Math.max(2.5, radiusAt(view, scene.radii[i]));
      traceNode(ctx, camera.pixelX(x[i]), camera.pixelY(y[i]), r, looks[2 * i + 1]);
      ctx.fillStyle = shade(scene.palette[looks[2 * i]]);
      ctx.fill();
      ctx.stroke();
    }
    ring(hand.hover, 2.5, 1.5, theme.ink);
  };
  return (ask) => {
    const { ratio } = view;
    const { state } = store;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, camera.width, camera.height);
    if (view.t < 1) return;
    drawHover();
    for (const i of state.selected) if (there(i)) ring(i, 2.5, 1.6, theme.accent);
    for (const [i] of state.pinned) {
      if (!there(i)) continue;
      ctx.beginPath();
      ctx.arc(camera.pixelX(x[i]), camera.pixelY(y[i]), 1.8, 0, 7);
      ctx.fillStyle = theme.ground;
      ctx.fill();
    }
    if (there(state.node)) { ring(state.node, 2, 2, theme.ground); ring(state.node, 4, 2.2, theme.accent); }
    if (there(hand.walk) && hand.walk !== state.node) {
      ctx.setLineDash([4, 3]);
      ring(hand.walk, 4, 1.8, theme.accent);
      ctx.setLineDash([]);
    }
    names.draw(ctx, ask);
    if (hand.rectangle) {
      const [x0, y0, x1, y1] = hand.rectangle;
      ctx.globalAlpha = 0.12;
      ctx.fillStyle = theme.accent;
      ctx.fillRect(x0, y0, x1 - x0, y1 - y0);
      ctx.globalAlpha = 1;
      ctx.strokeStyle = theme.accent;
      ctx.lineWidth = 1;
      ctx.strokeRect(x0 + 0.5, y0 + 0.5, x1 - x0, y1 - y0);
    }
  };
};
