// Says in words what the picture shows, of what, and by which rule.
import { counted } from "./dom.js";

/** Stands in until the real one is here. */
export const noteOf = ({ scene }) => {
  const { nodes, of, links, linksOf } = scene.counts;
  return `${nodes.toLocaleString("en")} of ${counted(of, "node", "nodes")}, ${links.toLocaleString("en")} of ${counted(linksOf, "link", "links")}`;
};
