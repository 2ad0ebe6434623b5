// What can be taken away: the picture as PNG or SVG, what is shown as a table, and the address of this view.
import { button, make, say, toClipboard } from "./dom.js";
import { download, downloadTable, fileName } from "./files.js";
import { icon } from "./icons.js";
import { makeMenu } from "./menu.js";
import { addTool } from "./toolbar.js";

/** Returns the numbers of all nodes that are shown, the most important first. */
export const shownNodes = ({ data, scene }) => {
  const nodes = [];
  for (let i = 0; i < data.n; i += 1) if (scene.shown[i]) nodes.push(i);
  return nodes;
};

/** Makes the button that saves the picture, and the menu beside it. */
export const mountSave = (app) => {
  const { data, scene, stage } = app;
  const nameOf = (ending) => fileName(data, scene.view.name === "graph" ? "" : scene.view.name, ending);
  const png = async (scale) => download(await stage.picture(scale), nameOf(".png"));
  const svg = () => download(new Blob([stage.svg()], { type: "image/svg+xml" }), nameOf(".svg"));
  const link = async () => {
    const { href } = window.location;
    say(await toClipboard(href) ? "Link copied" : `The link could not be copied: ${href}`);
  };

  const first = button(() => png(1), { title: "The picture as it is now, as a PNG file" }, "Export PNG");
  const label = "More to export";
  const more = button(() => {}, { class: "icon narrow", "aria-label": label, title: label }, icon("down"));
  const menu = makeMenu(more, "Export", [
    ["PNG, large", "twice the size, for print", () => png(2)],
    ["SVG", "for drawing programs", svg],
    ["CSV", "what is shown, as a table", () => downloadTable(app, shownNodes(app), "shown")],
    ["Copy link", "to this view", link],
  ]);
  addTool("main", make("div", { class: "split" }, first, more, menu));
};
