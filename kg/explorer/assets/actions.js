// What a reader can do, as verbs: each changes the store and says so. Buttons, keys, gestures and lists all call these.
import { counted } from "./dom.js";
import { say } from "./dom.js";

/** Makes the verbs. Stands in until the real one is here. */
export const makeActions = ({ data, store }) => ({
  choose: (i) => { store.set({ node: i, edge: -1 }); say(`${data.labels[i]}: ${counted(data.degree[i], "edge", "edges")}`); },
  chooseEdge: (e) => store.set({ node: -1, edge: e }),
  clear: () => store.set({ node: -1, edge: -1 }),
});
