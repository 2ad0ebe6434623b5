// What a pointer, a finger or a key does to the picture.

const SLOP = 4; // pixels that a press may move and still be a click
const SLOP_OF_FINGERS = 10;
const LONG_PRESS = 520; // milliseconds
const KEY_STEP = 70; // pixels that an arrow key moves

/**
 * Listens on the canvas. `hand` does what is asked: `nodeAt` finds, `chooseEdgeAt` finds and chooses, `hover(i)`,
 * `point(x, y)`, `still()`, `pan(dx, dy)`, `zoomAt(x, y, factor)`, `zoomTo zoom fit` (with motion),
 * `canCarry carry drop` a node that is dragged, `unfold(i)` after a double click, `rectangle(box)`
 * shows and `gather(box)` takes what is in a rectangle, `walk(step)` goes through neighbours, `open()` opens the one
 * reached, `clear()` clears. All places are pixels of the canvas.
 */
export const mountGestures = (canvas, hand, { actions }) => {
  const touching = new Map(); // pointer -> where it is
  const press = { mode: "", x: 0, y: 0, lastX: 0, lastY: 0, node: -1, shift: false, finger: false, timer: 0 };
  const pinch = { far: 0, x: 0, y: 0 };
  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const measurePinch = () => {
    const [a, b] = touching.values();
    return { far: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  };
  const boxTo = (x, y) => [Math.min(press.x, x), Math.min(press.y, y), Math.max(press.x, x), Math.max(press.y, y)];

  canvas.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    canvas.focus({ preventScroll: true });
    try { canvas.setPointerCapture(event.pointerId); } catch { /* the pointer is gone already */ }
    const at = placeOf(event);
    touching.set(event.pointerId, at);
    clearTimeout(press.timer);
    if (touching.size === 2) {
      press.mode = "pinch";
      Object.assign(pinch, measurePinch());
      return;
    }
    if (touching.size > 2) return;
    const finger = event.pointerType === "touch";
    const i = hand.nodeAt(at.x, at.y, finger);
    Object.assign(press, { mode: "press", ...at, lastX: at.x, lastY: at.y, node: i, shift: event.shiftKey, finger });
    if (finger && press.node >= 0) {
      press.timer = setTimeout(() => { press.mode = ""; actions.toggleSelected(press.node); }, LONG_PRESS);
    }
    hand.still();
  });

  const begin = () => {
    clearTimeout(press.timer);
    if (press.shift) press.mode = "rectangle";
    else if (press.node >= 0 && !press.finger && hand.canCarry(press.node, press.x, press.y)) press.mode = "carry";
    else press.mode = "pan";
    canvas.style.cursor = press.mode === "rectangle" ? "crosshair" : "grabbing";
    hand.hover(-1);
  };
  const drag = (x, y) => {
    const slop = press.finger ? SLOP_OF_FINGERS : SLOP;
    if (press.mode === "press" && Math.hypot(x - press.x, y - press.y) > slop) begin();
    if (press.mode === "pan") hand.pan(x - press.lastX, y - press.lastY);
    else if (press.mode === "carry") hand.carry(press.node, x, y);
    else if (press.mode === "rectangle") hand.rectangle(boxTo(x, y));
    if (press.mode !== "press") { press.lastX = x; press.lastY = y; }
  };
  canvas.addEventListener("pointermove", (event) => {
    const at = placeOf(event);
    const held = touching.get(event.pointerId);
    if (!held) {
      if (event.pointerType !== "touch") hand.point(at.x, at.y);
      return;
    }
    held.x = at.x;
    held.y = at.y;
    if (press.mode === "pinch" && touching.size >= 2) {
      const now = measurePinch();
      hand.pan(now.x - pinch.x, now.y - pinch.y);
      hand.zoomAt(now.x, now.y, now.far / pinch.far);
      Object.assign(pinch, now);
    } else drag(at.x, at.y);
  });

  const click = (x, y) => {
    if (press.node >= 0) {
      if (press.shift) actions.toggleSelected(press.node);
      else actions.choose(press.node);
      return;
    }
    if (press.shift) return;
    if (!hand.chooseEdgeAt(x, y)) hand.clear();
  };
  const end = (event) => {
    if (!touching.delete(event.pointerId)) return;
    clearTimeout(press.timer);
    const { x, y } = placeOf(event);
    if (event.type === "pointerup") {
      if (press.mode === "press") click(x, y);
      else if (press.mode === "carry") hand.drop(press.node);
      else if (press.mode === "rectangle") hand.gather(boxTo(x, y));
    } else if (press.mode === "carry") hand.drop(press.node);
    if (press.mode === "rectangle") hand.rectangle(null);
    canvas.style.cursor = "";
    // A finger that stays after pinching pans on; nothing is clicked.
    const [left] = touching.values();
    if (press.mode === "pinch" && left) Object.assign(press, { mode: "pan", lastX: left.x, lastY: left.y });
    else if (!touching.size) press.mode = "";
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  canvas.addEventListener("pointerleave", () => { if (!touching.size) hand.hover(-1); });
  canvas.addEventListener("dblclick", (event) => {
    const { x, y } = placeOf(event);
    const i = hand.nodeAt(x, y, false);
    if (i >= 0) hand.unfold(i);
    else hand.zoomTo(x, y, 2);
  });
  canvas.addEventListener("contextmenu", (event) => { if (press.finger) event.preventDefault(); });
  const framed = window.parent !== window; // a cell of a notebook
  canvas.addEventListener("wheel", (event) => {
    // The wheel moves the notebook until a click in the picture says that it is meant.
    if (framed && !document.hasFocus()) return;
    event.preventDefault();
    const { x, y } = placeOf(event);
    const lines = event.deltaMode === 1 ? 24 : event.deltaMode === 2 ? 400 : 1;
    const turned = Math.max(-240, Math.min(240, event.deltaY * lines));
    hand.zoomAt(x, y, Math.exp(-turned * (event.ctrlKey ? 0.01 : 0.0022)));
  }, { passive: false });

  const keys = {
    ArrowLeft: () => hand.pan(KEY_STEP, 0), ArrowRight: () => hand.pan(-KEY_STEP, 0),
    ArrowUp: () => hand.pan(0, KEY_STEP), ArrowDown: () => hand.pan(0, -KEY_STEP),
    "+": () => hand.zoom(1.4), "=": () => hand.zoom(1.4), "-": () => hand.zoom(1 / 1.4), _: () => hand.zoom(1 / 1.4),
    0: () => hand.fit(),
    "]": () => hand.walk(1), "[": () => hand.walk(-1), Enter: () => hand.open(), Escape: () => hand.clear(),
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
};
