// What is to be seen: which nodes and links of the view, where they stand, and how they look.
import { NOT_ONE_EDGE, rolesOf, tiesOf } from "./networks.js";
import { near, reached, shortestPath } from "./walk.js";
import { makeFilters } from "./passing.js";
import { makeLooks } from "./looks.js";
import { noteOf } from "./notes.js";
import { egoPlaces } from "./arrange.js";
import { boxAround, makePictures } from "./pictures.js";

const MOST_ARRANGED = 400; // a neighbourhood of more nodes keeps the places of the map
const EMPTY = Object.freeze([]);
const SHOWS = [ // parts of the state that what is shown depends on
  "view", "hiddenKinds", "hiddenRelations", "years", "undated", "isolated", "score", "topic", "community", "only", "ego",
  "expanded", "hidden",
];

const sameNodes = (a, b) => a === b || (a !== null && b !== null && a.length === b.length && a.every((i, at) => i === b[at]));

/** Derives from data and state what is shown. */
export const makeScene = ({ data, store }) => {
  const { n } = data;
  const roles = rolesOf(data);
  const ties = tiesOf(data, roles);
  const pass = makeFilters(data, roles, ties);
  const looks = makeLooks(data);
  const listeners = [];
  const nowhere = () => new Float32Array(n).fill(NaN);
  const [shown, tints] = [new Uint8Array(n), new Uint8Array(n)];
  const [radii, baseRadii] = [new Float32Array(n), new Float32Array(n)];
  looks.swell("degree", baseRadii);
  const pictures = makePictures({ data, roles, ties, radii: baseRadii });

  // ---------------------------------------------------------------- what is shown

  /** Marks the links that pass, and counts the papers behind each anew. */
  const weigh = (view, passing) => {
    const { net, passes, links } = view;
    if (!net.begin) {
      for (let l = 0; l < net.count; l += 1) passes[l] = passing.edges[net.edge[l]];
      return;
    }
    for (let l = 0; l < net.count; l += 1) {
      let weight = 0;
      for (let k = net.begin[l]; k < net.begin[l + 1]; k += 1) {
        weight += passing.ties[net.one[k]] & passing.ties[net.other[k]];
      }
      links.weight[l] = weight;
      passes[l] = weight ? 1 : 0;
    }
  };

  const egoOf = (state, view) => {
    const nodes = state.ego ? state.ego.nodes.filter((i) => view.isMember[i]) : EMPTY;
    return nodes.length ? { nodes, depth: state.ego.depth, expanded: state.expanded.filter((i) => view.isMember[i]) } : null;
  };

  /** Returns flags of what is near to the nodes of an ego view, or to those that were expanded. */
  const within = (view, ego, nodes, links) => {
    const flags = new Uint8Array(n);
    const mark = (starts, depth) => {
      const steps = near(view.net, starts, depth, nodes, links);
      for (const i of view.net.members) if (reached(steps, i)) flags[i] = 1;
    };
    mark(ego.nodes, ego.depth);
    for (const i of ego.expanded) if (flags[i]) mark([i], 1);
    return flags;
  };

  const show = (state, view, passing, ego) => {
    const flags = ego ? within(view, ego, passing.nodes, view.passes) : null;
    const hides = Uint8Array.from(data.kinds, (_, k) => (state.hiddenKinds.includes(k) ? 1 : 0));
    const [property, value] = state.only ?? [];
    const wanted = state.only ? data.groups.find(property, value) : 0;
    const group = wanted ? data.groups.of(property).group : null;
    shown.fill(0);
    for (const i of view.net.members) {
      const inside = (flags ? flags[i] : passing.nodes[i]) && (!group || group[i] === wanted);
      shown[i] = inside && !hides[data.kind[i]] && (state.community < 0 || view.community[i] === state.community) ? 1 : 0;
    }
    if (ego) for (const i of ego.nodes) shown[i] = 1;
    for (const i of state.hidden) shown[i] = 0;
    const { net, visible, passes } = view;
    for (let l = 0; l < net.count; l += 1) visible[l] = passes[l] & shown[net.from[l]] & shown[net.to[l]];
    if (!state.isolated) hideIsolated(view, ego);
  };

  const hideIsolated = ({ net, visible }, ego) => {
    const tied = new Uint8Array(n);
    for (let l = 0; l < net.count; l += 1) if (visible[l]) tied[net.from[l]] = tied[net.to[l]] = 1;
    if (ego) for (const i of ego.nodes) tied[i] = 1;
    for (const i of net.members) shown[i] &= tied[i];
  };

  // ---------------------------------------------------------------- where it stands

  let arranged = { key: "", places: null };
  /** Returns the places of an ego view: a picture of its own if it is small. It stays while filters change. */
  const arrangedFor = (view, ego) => {
    const key = JSON.stringify([view.key, ego.nodes, ego.depth, ego.expanded]);
    if (arranged.key !== key) {
      const count = within(view, ego, null, null).reduce((sum, flag) => sum + flag, 0);
      const free = !view.axis.length && count <= MOST_ARRANGED;
      arranged = { key, places: free ? egoPlaces(data, view, ego, baseRadii) : null };
    }
    return arranged;
  };

  const scene = {
    x: nowhere(), y: nowhere(), shown, radii, tints, path: null, views: pictures.list,
    colours: looks.colours, sizes: looks.sizes, hues: looks.hues, NOT_ONE_EDGE,
    on: (run) => { listeners.push(run); },
    /** What colours mean now: people are told apart by their communities, all else by kind, unless the reader chose. */
    get colour() {
      const people = scene.view.name === "coauthors" && scene.view.communities.length > 1;
      return store.state.colour || (people ? "community" : "kind");
    },
  };

  const place = (state, view, ego) => {
    const own = ego ? arrangedFor(view, ego).places : null;
    scene.x.set(own ? own.x : view.x);
    scene.y.set(own ? own.y : view.y);
    for (const [i, ...at] of state.pinned) if (!Number.isNaN(scene.x[i])) [scene.x[i], scene.y[i]] = data.unturned(at);
    scene.ownPicture = own !== null;
    scene.regions = own ? EMPTY : view.regions;
    scene.axis = own ? EMPTY : view.axis;
    scene.lanes = own ? EMPTY : view.lanes;
  };

  const countShown = (view) => {
    let [nodes, links] = [0, 0];
    for (const i of view.net.members) nodes += shown[i];
    for (let l = 0; l < view.net.count; l += 1) links += view.visible[l];
    return { nodes, of: view.net.members.length, links, linksOf: view.net.count };
  };

  // ---------------------------------------------------------------- all of it

  const compose = (state, before) => {
    const changes = (names) => !before || names.some((name) => state[name] !== before[name]);
    const moved = { view: false, places: false, shown: false, look: false, path: false };
    if (changes(SHOWS)) {
      const view = pictures.of(state);
      moved.view = view !== scene.view;
      scene.view = view;
      scene.community = view.community;
      scene.communities = view.communities;
      scene.links = view.links;
      scene.linkVisible = view.visible;
      const passing = pass(state);
      weigh(view, passing);
      const ego = egoOf(state, view);
      scene.ego = ego;
      show(state, view, passing, ego);
      moved.shown = true;
      scene.counts = countShown(view);
    }
    if (moved.view || changes(["ego", "expanded", "pinned"])) {
      place(state, scene.view, scene.ego);
      moved.places = true;
    }
    if (changes(["ego", "expanded", "hidden"]) || moved.view) {
      const members = scene.view.net.members;
      const whole = !scene.ownPicture && !scene.ego;
      scene.box = whole ? scene.view.box : boxAround(members.filter((i) => shown[i]), scene.x, scene.y);
    }
    if (moved.view || changes(["colour", "size"])) {
      scene.palette = looks.paint(scene.colour, scene.view, tints);
      looks.swell(state.size, radii);
      scene.grouped = scene.palette === looks.grouping;
      moved.look = true;
    }
    if (moved.shown || changes(["path"])) {
      const found = state.path ? scene.pathBetween(...state.path) : null;
      moved.path = !sameNodes(found, scene.path);
      scene.path = found;
    }
    if (moved.shown || moved.path || moved.view) {
      scene.note = noteOf({ data, state, scene, arranged: scene.ego ? arranged : null });
    }
    scene.changed = moved;
    for (const run of listeners) run(scene);
  };

  scene.legendOf = (name = scene.colour) => looks.legend(name, scene.view, shown, store.state.hiddenKinds);
  scene.memberOf = pictures.memberOf;
  /** Returns the visible links of a node and the nodes at their other ends, most important first. */
  scene.around = (i) => {
    const { net } = scene.view;
    const found = [];
    for (let k = net.first[i]; k < net.first[i + 1]; k += 1) {
      const l = net.link[k];
      const node = net.from[l] === i ? net.to[l] : net.from[l];
      if (scene.linkVisible[l]) found.push({ node, link: l, edge: net.edge[l] });
    }
    return found;
  };
  /** Returns the shortest path in what is shown, as nodes, or null. */
  scene.pathBetween = (from, to) => shortestPath(scene.view.net, from, to, shown, scene.linkVisible);

  /** Follows the shape of the window: maps stand upright where it does, the rest is arranged anew. Says whether that changed. */
  scene.turn = () => {
    if (!data.turn()) return false;
    pictures.forget();
    arranged = { key: "", places: null };
    compose(store.state, null);
    return true;
  };
  store.on(compose);
  compose(store.state, null);
  return scene;
};
