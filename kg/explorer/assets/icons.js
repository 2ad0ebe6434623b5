// The icons of the controls: lines in a square of 16, in the colour of the text around them.

const SVG = "http://www.w3.org/2000/svg";
const ICON_LINES = {
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  undo: "M6 3 2.5 6.5 6 10M2.5 6.5h7a3.5 3.5 0 0 1 0 7H6",
  redo: "M10 3l3.5 3.5L10 10M13.5 6.5h-7a3.5 3.5 0 0 0 0 7H10",
  play: "M5 3.2v9.6L12.5 8z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  cross: "M4 4l8 8M12 4l-8 8",
  down: "M4 6.2l4 4 4-4",
};

/** Returns an icon by name; it says nothing to a screen reader. */
export const icon = (name) => {
  const drawing = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  for (const [key, value] of [["viewBox", "0 0 16 16"], ["width", "16"], ["height", "16"], ["aria-hidden", "true"]]) {
    drawing.setAttribute(key, value);
  }
  line.setAttribute("d", ICON_LINES[name]);
  drawing.append(line);
  return drawing;
};
