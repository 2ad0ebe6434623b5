// What the page lays over the picture, and the room that this leaves.

const ACROSS = ["tools-ego", "tools-zoom"]; // bars that nothing may lie under, where they are no columns

/** Makes what measures it: `insets()` by sides, `floats()` as boxes; both in pixels of the canvas. */
export const makeRoom = (holder, canvas) => {
  /** The room that panels over the picture cover, in pixels of each side. */
  const insets = () => {
    const box = canvas.getBoundingClientRect();
    const room = { left: 0, top: 0, right: 0, bottom: 0 };
    for (const panel of holder.parentElement.querySelectorAll(".card, .tools")) {
      const at = panel.getBoundingClientRect();
      if (!at.width || !at.height || getComputedStyle(panel).visibility === "hidden") continue;
      const [wide, tall] = [at.width / box.width, at.height / box.height];
      if (tall > 0.5 && wide < 0.6) {
        if (at.left - box.left < box.right - at.right) room.left = Math.max(room.left, at.right - box.left);
        else room.right = Math.max(room.right, box.right - at.left);
      } else if ((wide > 0.6 && tall < 0.75) || (ACROSS.includes(panel.id) && at.width > at.height)) {
        if (at.top - box.top < box.bottom - at.bottom) room.top = Math.max(room.top, at.bottom - box.top);
        else room.bottom = Math.max(room.bottom, box.bottom - at.top);
      }
    }
    return room;
  };
  /** Returns the boxes of what floats over the picture, so that no name is put under it. */
  const floats = () => {
    const box = canvas.getBoundingClientRect();
    return Array.from(holder.parentElement.children)
      .flatMap((each) => (each === holder ? [] : each.matches(".card") ? [each] : Array.from(each.children)))
      .map((each) => each.getBoundingClientRect())
      .filter((at) => at.width && at.height)
      .map((at) => [at.left - box.left, at.top - box.top, at.right - box.left, at.bottom - box.top]);
  };
  return { insets, floats };
};
