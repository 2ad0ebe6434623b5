// What a reader can do, as verbs: each changes the store and says so. Buttons, keys, gestures and lists all call these.
import { capital, counted, cut, grouped, say } from "./dom.js";

const MOST_DEPTH = 4;

const without = (list, each) => list.filter((other) => other !== each);
const toggled = (list, each) => (list.includes(each) ? without(list, each) : [...list, each]);

/** Makes the verbs. */
export const makeActions = ({ data, store, scene }) => {
  const state = () => store.state;
  const name = (i) => cut(data.labels[i], 80);
  const list = (nodes) => (nodes.length === 1 ? name(nodes[0]) : counted(nodes.length, "node", "nodes"));
  const seen = () => `${counted(scene.counts.nodes, "node", "nodes")} shown`;
  const change = (patch, text, how) => {
    store.set(patch, how);
    if (!how?.quiet) say(typeof text === "function" ? text() : text);
  };
  const known = (i) => Number.isInteger(i) && i >= 0 && i < data.n;
  const kindName = (k) => capital(data.kinds[k].plural);

  // ---------------------------------------------------------------- looking

  const choose = (i) => {
    if (!known(i)) { clear(); return; }
    const kind = capital(data.kinds[data.kind[i]].label);
    change({ node: i, edge: -1, pair: null }, `${kind}: ${name(i)}, ${counted(data.degree[i], "edge", "edges")}`);
  };
  const chooseEdge = (e) => {
    if (e < 0 || e >= data.m) { clear(); return; }
    const [from, to] = [name(data.source[e]), name(data.target[e])];
    change({ node: -1, edge: e, pair: null }, `Edge: ${from}, ${data.relations[data.relation[e]].label}, ${to}`);
  };
  const choosePair = (a, b) => {
    if (!known(a) || !known(b)) { clear(); return; }
    change({ node: -1, edge: -1, pair: [a, b] }, `Link: ${name(a)} and ${name(b)}`);
  };
  const clear = () => change({ node: -1, edge: -1, pair: null, path: null }, state().path ? "Path closed" : "Nothing chosen");

  // ---------------------------------------------------------------- selection list

  const select = (nodes) => {
    const more = Array.from(new Set(nodes)).filter((i) => known(i) && !state().selected.includes(i));
    const selected = [...state().selected, ...more];
    change({ selected }, `${counted(more.length, "node", "nodes")} added, ${grouped(selected.length)} selected`);
  };
  const toggleSelected = (i) => {
    const selected = toggled(state().selected, i);
    const what = selected.length > state().selected.length ? "added to" : "taken from";
    change({ selected }, `${name(i)} ${what} the selection, ${grouped(selected.length)} selected`);
  };
  const deselectAll = () => change({ selected: [] }, "Selection emptied");

  // ---------------------------------------------------------------- hiding and pinning

  const hide = (nodes) => {
    const fresh = Array.from(new Set(nodes)).filter((i) => known(i) && !state().hidden.includes(i));
    const away = new Set(fresh);
    change({
      hidden: [...state().hidden, ...fresh], node: away.has(state().node) ? -1 : state().node,
      selected: state().selected.filter((i) => !away.has(i)),
    }, () => `${list(fresh)} hidden, ${seen()}`);
  };
  const showHidden = (nodes = state().hidden) => {
    const back = new Set(nodes);
    const count = back.size;
    const text = count ? `${counted(count, "hidden node", "hidden nodes")} shown again` : "Nothing was hidden";
    change({ hidden: state().hidden.filter((i) => !back.has(i)) }, text);
  };
  const pin = (i, x, y) => {
    const others = state().pinned.filter(([other]) => other !== i);
    change({ pinned: [...others, [i, ...data.unturned([x, y])]] }, `${name(i)} pinned`);
  };
  const unpin = (i) => change({ pinned: state().pinned.filter(([other]) => other !== i) }, `${name(i)} unpinned`);

  // ---------------------------------------------------------------- neighbourhoods

  /** Returns nodes that stand in a view in place of those that do not: what they are tied to there. */
  const inView = (view, nodes) => {
    const found = new Set();
    for (const i of nodes) {
      if (scene.memberOf(view, i)) { found.add(i); continue; }
      for (let k = data.first[i]; k < data.first[i + 1]; k += 1) {
        const other = data.other(data.tie[k], i);
        if (scene.memberOf(view, other)) found.add(other);
      }
    }
    return Array.from(found);
  };
  const ego = (nodes, depth = 1) => {
    const centre = inView(state().view, nodes.filter(known));
    if (!centre.length) { say("Nothing of that stands in this view"); return; }
    const far = Math.max(0, Math.min(MOST_DEPTH, Math.round(depth)));
    change(
      { ego: { nodes: centre, depth: far }, expanded: [], hidden: state().hidden.filter((i) => !centre.includes(i)) },
      () => `${far ? `${counted(far, "step", "steps")} around` : "Only"} ${list(centre)}: ${seen()}`,
    );
  };
  const everything = () => change({ ego: null, expanded: [] }, () => `The whole view: ${seen()}`);
  const expand = (i) => {
    if (!known(i)) return;
    const { ego: around, expanded } = state();
    if (!around) { ego([i], 1); return; }
    const before = scene.counts.nodes;
    if (expanded.includes(i) || around.nodes.includes(i)) { say(`The neighbours of ${name(i)} are shown already`); return; }
    const more = () => grouped(scene.counts.nodes - before);
    change({ expanded: [...expanded, i] }, () => `Neighbours of ${name(i)}: ${more()} more, ${seen()}`);
  };
  const collapse = (i) => {
    const { ego: around, expanded } = state();
    if (!around) { say("Nothing to collapse: the whole view is shown"); return; }
    if (around.nodes.includes(i)) {
      if (around.nodes.length > 1) { ego(without(around.nodes, i), around.depth); return; }
      if (around.depth > 1 || expanded.length) { ego([i], Math.max(1, around.depth - 1)); return; }
      everything();
      return;
    }
    if (!expanded.includes(i)) { say(`${name(i)} is not expanded`); return; }
    const before = scene.counts.nodes;
    const fewer = () => grouped(before - scene.counts.nodes);
    change({ expanded: without(expanded, i) }, () => `${name(i)} collapsed: ${fewer()} fewer, ${seen()}`);
  };
  const findPath = (from, to) => {
    if (!known(from) || !known(to)) return;
    change({ path: from === to ? null : [from, to] }, () => {
      if (from === to) return "A path needs two nodes";
      if (!scene.path) return `No path between ${name(from)} and ${name(to)} in what is shown`;
      return `Path of ${counted(scene.path.length - 1, "step", "steps")}: ${scene.path.map(name).join(", ")}`;
    });
  };

  const closePath = () => change({ path: null }, "Path closed");

  // ---------------------------------------------------------------- filters

  const toggleKind = (k) => {
    const hiddenKinds = toggled(state().hiddenKinds, k).sort((a, b) => a - b);
    change({ hiddenKinds }, () => `${kindName(k)} ${hiddenKinds.includes(k) ? "hidden" : "shown"}, ${seen()}`);
  };
  const onlyKind = (k) => {
    const others = data.kinds.map((_, each) => each).filter((each) => each !== k);
    const alone = others.every((each) => state().hiddenKinds.includes(each)) && !state().hiddenKinds.includes(k);
    const which = alone ? "All kinds" : `Only ${data.kinds[k].plural}`;
    change({ hiddenKinds: alone ? [] : others }, () => `${which} shown: ${seen()}`);
  };
  const allKinds = () => change({ hiddenKinds: [] }, () => `All kinds shown: ${seen()}`);
  const toggleRelation = (r) => {
    const hiddenRelations = toggled(state().hiddenRelations, r).sort((a, b) => a - b);
    const what = hiddenRelations.includes(r) ? "hidden" : "shown";
    const links = () => counted(scene.counts.links, "link", "links");
    change({ hiddenRelations }, () => `Edges “${data.relations[r].label}” ${what}, ${links()} shown`);
  };
  const years = (from, to, { quiet = false } = {}) => {
    const span = from === null || from === undefined ? null : [Math.min(from, to), Math.max(from, to)];
    const text = () => (span ? `Years ${span[0]} to ${span[1]}: ${seen()}` : `All years: ${seen()}`);
    change({ years: span }, text, { quiet, merged: true });
  };
  const undated = (stay) => change({ undated: stay }, () => `What has no year ${stay ? "stays" : "is left out"}: ${seen()}`);
  const isolated = (stay) => change({ isolated: stay }, () => `What has no link ${stay ? "stays" : "is left out"}: ${seen()}`);
  const score = (least, { quiet = false } = {}) => {
    const share = Math.max(0, Math.min(1, least));
    change({ score: share }, () => `Scores of at least ${Math.round(share * 100)} %: ${seen()}`, { quiet, merged: true });
  };
  const topic = (i) => change(
    { topic: known(i) ? i : -1 }, () => (known(i) ? `Only what is tied to ${name(i)}: ${seen()}` : `All topics: ${seen()}`),
  );
  const community = (c) => {
    const label = scene.communities[c]?.label;
    const which = label === undefined ? "All communities" : `Only ${label}`;
    change({ community: label === undefined ? -1 : c }, () => `${which}: ${seen()}`);
  };
  /** Shows only a group of a property, or all again where it is that already. */
  const only = (property, group) => {
    const value = group > 0 ? data.groups.keyOf(property, group) : null;
    const again = value === null || (state().only?.[0] === property && state().only[1] === value);
    const which = again ? "All groups" : `Only ${data.groups.labelOf(property, group)}`;
    change({ only: again ? null : [property, value] }, () => `${which}: ${seen()}`);
  };

  // ---------------------------------------------------------------- looks and views

  const labelled = (choices, chosen) => choices.find((each) => each.name === chosen)?.label.toLowerCase() ?? chosen;
  const colourBy = (colour) => change({ colour }, `Coloured by ${labelled(scene.colours, colour)}`);
  const sizeBy = (size) => change({ size }, `Sized by ${labelled(scene.sizes, size)}`);
  const view = (to) => {
    const found = scene.views.find((each) => each.name === to);
    if (!found || to === state().view) return;
    const around = state().ego && { ...state().ego, nodes: inView(to, state().ego.nodes) };
    change({
      view: to, community: -1, pinned: [], path: null,
      expanded: around ? state().expanded.filter((i) => scene.memberOf(to, i)) : [],
      ego: around?.nodes.length ? around : null,
    }, () => `${found.label}: ${scene.note}`);
  };

  const undo = () => say(store.undo() ? `Undone: ${seen()}` : "Nothing to undo");
  const redo = () => say(store.redo() ? `Done again: ${seen()}` : "Nothing to do again");
  const unfilter = () => change({
    hiddenKinds: [], hiddenRelations: [], years: null, undated: true, isolated: true, score: 0, topic: -1, community: -1,
    only: null, hidden: [],
  }, () => `No filters: ${seen()}`);
  const reset = () => { store.reset(); say(`Back to the start: ${seen()}`); };

  return {
    choose, chooseEdge, choosePair, clear, toggleSelected, select, deselectAll, hide, showHidden, pin, unpin,
    expand, collapse, ego, everything, findPath, closePath, toggleKind, onlyKind, allKinds, toggleRelation, years, undated,
    isolated, score, topic, community, only, unfilter, colourBy, sizeBy, view, undo, redo, reset,
  };
};
