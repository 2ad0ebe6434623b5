// Shapes that stand in the picture and in what is saved of it, as `[tag, facts, text]` of SVG.
import { FONT } from "./theme.js";

/** Returns the font of a text of this size and weight. */
export const fontOf = (size, weight) => `${weight} ${size}px ${FONT}`;

/** Draws rectangles, circles, lines and texts. */
export const paint = (ctx, shapes) => {
  ctx.lineJoin = "round";
  ctx.textBaseline = "alphabetic";
  for (const [tag, facts, text] of shapes) {
    ctx.globalAlpha = facts["fill-opacity"] ?? 1;
    ctx.fillStyle = facts.fill ?? "transparent";
    ctx.strokeStyle = facts.stroke ?? "transparent";
    ctx.lineWidth = facts["stroke-width"] ?? 1;
    ctx.beginPath();
    if (tag === "text") {
      ctx.font = fontOf(facts["font-size"], facts["font-weight"]);
      ctx.textAlign = facts["text-anchor"] === "middle" ? "center" : "left";
      if (facts.stroke) ctx.strokeText(text, facts.x, facts.y);
      ctx.fillText(text, facts.x, facts.y);
      continue;
    }
    if (tag === "rect") ctx.rect(facts.x, facts.y, facts.width, facts.height);
    else if (tag === "circle") ctx.arc(facts.cx, facts.cy, facts.r, 0, 2 * Math.PI);
    else { ctx.moveTo(facts.x1, facts.y1); ctx.lineTo(facts.x2, facts.y2); }
    ctx.fill();
    if (facts.stroke) ctx.stroke();
  }
  ctx.globalAlpha = 1;
  ctx.textAlign = "left";
};
