// Going to a node: choosing it, and bringing it into view.

const EDGE = 30; // pixels: nearer to the border of the picture is not in view
const PANEL = 420; // pixels that the details cover on a wide screen
const FRAMED = 60; // neighbours that are brought into view with a node

/** Chooses a node; the picture moves only where the node is out of sight, or where `look` asks for it. */
export const visit = ({ actions, scene, stage }, i, { look = false } = {}) => {
  actions.choose(i);
  if (!scene.shown[i] || Number.isNaN(scene.x[i])) return;
  const [x, y] = stage.screen(i);
  const box = stage.canvas.getBoundingClientRect();
  const covered = box.width > PANEL * 2 ? PANEL : EDGE;
  // No place at all, where the node is too small to be drawn at this scale, is out of sight too.
  const seen = x > box.left + EDGE && x < box.right - covered && y > box.top + EDGE && y < box.bottom - EDGE;
  if (look || !seen) stage.frame([i, ...scene.around(i).slice(0, FRAMED).map(({ node }) => node)]);
};
