// What a pointer, a finger or a key does to the picture: gestures.js tells which.
import { makeFocus } from "./focus.js";
import { mountGestures } from "./gestures.js";
import { say } from "./dom.js";

const LEADING = 50; // nodes that are gone through where none is chosen
const NOTHING = Object.freeze({ node: -1, edge: -1, selected: [], path: null });

/**
 * Makes the hand on a canvas: `hover` with its neighbours `around`, `walk`, the node that keys have reached, and the `rectangle`
 * that is being drawn. `changed()` is called where what is marked has changed, `carried()` where a node was moved.
 */
export const makeHand = ({ app, canvas, camera, scene, detail, framing, pick, drawing, x, y, there, changed, carried }) => {
  const { data, store, actions } = app;
  const hand = { hover: -1, around: makeFocus(data), walk: -1, rectangle: null };

  hand.point = (i) => {
    if (i === hand.hover) return;
    hand.hover = i;
    hand.around.update(scene, NOTHING, i);
    canvas.style.cursor = i >= 0 ? "pointer" : "";
    changed();
  };
  /** Follows a new scene. */
  hand.follow = () => {
    if (!there(hand.hover)) hand.hover = -1;
    if (hand.hover >= 0) hand.around.update(scene, NOTHING, hand.hover);
    if (!there(hand.walk)) hand.walk = -1;
  };
  const gather = (box) => {
    const found = pick.nodesIn(box);
    if (found.length) actions.select(found);
    else say("No node there");
  };
  /** Goes through the neighbours of the chosen node, or through the most important nodes of the picture. */
  const walk = (step) => {
    const { node } = store.state;
    const around = there(node) ? Array.from(new Set(scene.around(node).map((each) => each.node)))
      : Array.from(detail.members.subarray(0, Math.min(LEADING, detail.size)));
    if (!around.length) { say("No neighbours are shown"); return; }
    const at = around.indexOf(hand.walk);
    const next = (at < 0 ? (step > 0 ? 0 : around.length - 1) : (at + step + around.length) % around.length);
    hand.walk = around[next];
    framing.reach(hand.walk);
    changed();
    const kind = data.kinds[data.kind[hand.walk]].label;
    say(`${data.labels[hand.walk]}, ${kind}, ${next + 1} of ${around.length}. Enter opens it.`);
  };
  const open = () => {
    if (!there(hand.walk)) return;
    const i = hand.walk;
    hand.walk = -1;
    actions.choose(i);
  };
  const unfold = (i) => {
    const { ego, expanded } = store.state;
    if (expanded.includes(i) || (ego && ego.nodes.includes(i))) actions.collapse(i);
    else actions.expand(i);
  };
  const chooseEdgeAt = (px, py) => {
    const l = pick.linkAt(px, py);
    if (l < 0) return false;
    const e = scene.links.edge[l];
    if (e === scene.NOT_ONE_EDGE) actions.choosePair(scene.links.from[l], scene.links.to[l]);
    else actions.chooseEdge(e);
    return true;
  };
  const clear = () => {
    hand.walk = -1;
    const { node, edge, pair, path } = store.state;
    if (node >= 0 || edge >= 0 || pair || path) actions.clear();
    else changed();
  };
  const carry = (i, px, py) => {
    drawing.put(i, camera.worldX(px), camera.worldY(py));
    carried();
  };
  const { pan, zoomAt, zoomTo, zoom, fit } = framing;
  mountGestures(canvas, {
    pan, zoomAt, zoomTo, zoom, fit: () => fit(), still: () => camera.stop(),
    nodeAt: pick.nodeAt, canCarry: pick.canCarry, carry, drop: (i) => actions.pin(i, x[i], y[i]),
    hover: hand.point, point: (px, py) => hand.point(pick.nodeAt(px, py)),
    rectangle: (box) => { hand.rectangle = box; changed(); }, gather, walk, open, unfold, chooseEdgeAt, clear,
  }, app);
  return hand;
};
