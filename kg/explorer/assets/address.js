// The state in the address of the page, so that a view can be shared and the back button goes back.
//
// `#view=coauthors&node=person/x-y&kinds=-task,-metric&years=2015-2020&ego=paper/z:2&at=12,-40,0.8`: nodes go by their keys,
// kinds and relations by their names. What is not known here is left out without a word.
import { counted, say } from "./dom.js";
import { START } from "./store.js";

const LONGEST = 2000; // characters: what mail programs and chats keep whole
const PUSHED = ["view", "node", "edge", "pair", "ego"]; // choosing these makes a step for the back button
const MOST_STEPS = 200;
const PAUSE = 400; // ms between two changes of the address: browsers refuse many at once

const encoded = (text) => encodeURIComponent(text).replace(/%2F/g, "/").replace(/%3A/g, ":").replace(/%20/g, "_");
const decoded = (text) => decodeURIComponent(text);
const rounded = (value, digits) => String(Number(value.toFixed(digits)));
const listIn = (text) => (text ? text.split(",") : []);
const wholeNumber = (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null);
const figureIn = (text) => (/^-?\d{1,9}(\.\d{1,9})?(e-?\d{1,2})?$/.test(text) ? Number(text) : null);

/** Returns a short name for each of a list, the same name never twice. */
const slugs = (list, nameOf) => {
  const seen = new Map();
  return list.map((each) => {
    const name = encoded(nameOf(each));
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}~${times}`;
  });
};

/** Returns what writes the state of some data as text, and reads it. */
const addressOf = (data) => {
  const kindNames = slugs(data.kinds, (kind) => kind.name);
  const relationNames = slugs(data.relations, (relation) => relation.label);
  const key = (i) => encodeURIComponent(data.keys[i]).replace(/%2F/g, "/");
  const node = (text) => { try { return data.find(decoded(text)); } catch { return -1; } };
  const nodes = (text) => listIn(text).map(node).filter((i) => i >= 0);
  const hidden = (names) => (text) => (
    listIn(text).map((name) => names.indexOf(name.replace(/^-/, ""))).filter((at) => at >= 0)
  );
  const share = (text) => { const found = figureIn(text); return found > 0 && found <= 1 ? found : null; };
  const word = (text) => (/^[a-z]{1,40}$/.test(text) ? text : null);
  const only = (text) => {
    const [, property, value] = /^([a-z]{1,40}):(.+)$/.exec(text) || [];
    try {
      return property && data.groups.find(property, decoded(value)) ? [property, decoded(value)] : null;
    } catch { return null; }
  };

  const edge = (text) => {
    const [from, name, to] = text.split(",");
    const [a, b] = [node(from ?? ""), node(to ?? "")];
    for (let k = a < 0 || b < 0 ? 0 : data.first[a], end = a < 0 || b < 0 ? 0 : data.first[a + 1]; k < end; k += 1) {
      const e = data.tie[k];
      if (data.source[e] === a && data.target[e] === b && relationNames[data.relation[e]] === name) return e;
    }
    return null;
  };
  const ego = (text) => {
    const [, keys, depth] = /^(.*?)(?::([1-4]))?$/.exec(text);
    const found = nodes(keys);
    return found.length ? { nodes: found, depth: Number(depth ?? 1) } : null;
  };
  const placeText = (place) => place.map((each) => rounded(each, 1));
  const pins = (text) => listIn(text).flatMap((each) => {
    const [name, x, y] = each.split(":");
    const [i, at] = [node(name), [figureIn(x ?? ""), figureIn(y ?? "")]];
    return i < 0 || at.includes(null) ? [] : [[i, ...at]];
  });
  const years = (text) => {
    const [, from, to] = /^(\d{1,4})-(\d{1,4})$/.exec(text) || [];
    return from ? [Number(from), Number(to)] : null;
  };
  const two = (text) => { const found = nodes(text); return found.length === 2 ? found : null; };

  // What each part is called in the address, how it is written, and how it is read; lists come last, to be cut first.
  const PARTS = [
    ["view", "view", (name) => name, word],
    ["node", "node", key, node],
    ["edge", "edge", (e) => `${key(data.source[e])},${relationNames[data.relation[e]]},${key(data.target[e])}`, edge],
    ["pair", "pair", (ends) => ends.map(key).join(), two],
    ["ego", "ego", ({ nodes: list, depth }) => `${list.map(key).join()}:${depth}`, ego],
    ["years", "years", (span) => span.join("-"), years],
    ["undated", "undated", () => "no", (text) => text !== "no"],
    ["isolated", "isolated", () => "no", (text) => text !== "no"],
    ["score", "score", (least) => rounded(least, 3), share],
    ["topic", "topic", key, node],
    ["community", "community", String, wholeNumber],
    ["only", "only", ([property, value]) => `${property}:${encodeURIComponent(value).replace(/%2F/g, "/")}`, only],
    ["colour", "colour", (name) => name, word],
    ["size", "size", (name) => name, word],
    ["path", "path", (ends) => ends.map(key).join(), two],
    ["kinds", "hiddenKinds", (list) => list.map((k) => `-${kindNames[k]}`).join(), hidden(kindNames)],
    ["relations", "hiddenRelations", (list) => list.map((r) => `-${relationNames[r]}`).join(), hidden(relationNames)],
    ["expanded", "expanded", (list) => list.map(key), nodes],
    ["pinned", "pinned", (list) => list.map(([i, ...at]) => [key(i), ...placeText(at)].join(":")), pins],
    ["hidden", "hidden", (list) => list.map(key), nodes],
    ["selected", "selected", (list) => list.map(key), nodes],
  ];

  /** Returns the address of a state and camera (null: none), and how many nodes of its lists found no room. */
  const write = (state, camera = null) => {
    const parts = [];
    let [length, left] = [0, 0];
    const at = camera ? `at=${placeText(data.unturned([camera.x, camera.y]))},${Number(camera.k.toPrecision(4))}` : "";
    for (const [name, field, text] of PARTS) {
      if (JSON.stringify(state[field]) === JSON.stringify(START[field])) continue;
      let said = text(state[field]);
      if (Array.isArray(said)) {
        let room = LONGEST - length - at.length - name.length - 2;
        const fits = said.findIndex((each) => { room -= each.length + 1; return room < 0; });
        left += fits < 0 ? 0 : said.length - fits;
        said = (fits < 0 ? said : said.slice(0, fits)).join();
      }
      if (!said) continue;
      parts.push(`${name}=${said}`);
      length += name.length + said.length + 2;
    }
    if (at) parts.push(at);
    return { text: parts.length ? `#${parts.join("&")}` : "", left };
  };

  /** Returns the state that an address tells, with all else as at the start, and its camera or null. */
  const read = (text) => {
    const told = {};
    for (const part of text.replace(/^#/, "").split("&")) {
      const [, name, value] = /^([a-z]+)=(.*)$/.exec(part) || [];
      if (name) told[name === "n" ? "node" : name] = value;
    }
    const state = { ...START };
    for (const [name, field, , back] of PARTS) {
      const found = told[name] === undefined ? null : back(told[name]);
      if (found !== null && found !== undefined) state[field] = found;
    }
    if (state.node >= 0) state.edge = -1;
    if (state.node >= 0 || state.edge >= 0) state.pair = null;
    const at = (told.at ?? "").split(",").map(figureIn);
    const [x0, y0, k] = at.length === 3 && !at.includes(null) ? at : [0, 0, 0];
    const [x, y] = data.unturned([x0, y0]);
    return { state, camera: k > 0 ? { x, y, k } : null };
  };
  return { write, read };
};

/** Returns the state that the address tells. */
export const readAddress = (data) => addressOf(data).read(location.hash).state;

/** Keeps the address and the state together; `app.address` writes and reads addresses. */
export const mountAddress = (app) => {
  const { data, store, stage } = app;
  app.address = addressOf(data);
  const { write, read } = app.address;
  let camera = read(location.hash).camera; // once the reader has moved the picture
  let [timer, told, moved, pushes] = [0, 0, false, 0];
  const steps = new Map(); // the states of this visit, whole, by what the history of the browser keeps
  let step = `${performance.timeOrigin}`;

  const keep = (method, address) => {
    steps.set(step, store.state);
    if (steps.size > MOST_STEPS) steps.delete(steps.keys().next().value);
    // Some browsers forbid both on pages from a file or without an address.
    try { history[method]({ step }, "", address); } catch { /* then the address stays */ }
  };
  const follow = (push) => {
    clearTimeout(timer);
    timer = 0;
    const { text, left } = write(store.state, camera);
    if (left && left !== told) say(`The address of the page has no room for ${counted(left, "node", "nodes")} of the lists`);
    told = left;
    if (push && text !== location.hash) step = `${performance.timeOrigin} ${(pushes += 1)}`;
    keep(push && text !== location.hash ? "pushState" : "replaceState", text || location.pathname + location.search);
  };
  const later = () => { timer ||= setTimeout(() => follow(false), PAUSE); };

  /** Takes over the state of a step of this visit, or else what the address tells. */
  const restore = (state) => {
    clearTimeout(timer);
    timer = 0;
    const found = read(location.hash);
    camera = found.camera;
    moved = true;
    store.set(state ?? found.state);
    moved = false;
    if (camera) stage.setCamera(camera);
  };

  store.on((state, before) => {
    if (moved) return;
    const chosen = PUSHED.some((name) => state[name] !== before[name]);
    if (state.view !== before.view || state.ego !== before.ego) camera = null;
    if (chosen) follow(true); else later();
  });
  stage.onCamera(() => {
    if (moved) return;
    const { x, y, k } = stage.camera;
    camera = stage.touched ? { x, y, k } : null;
    later();
  });
  addEventListener("popstate", (event) => {
    const known = steps.get(event.state?.step);
    if (known) step = event.state.step;
    restore(known);
  });
  addEventListener("hashchange", () => { if (location.hash !== write(store.state, camera).text) restore(); });
  if (camera) stage.setCamera(camera);
  keep("replaceState", location.href);
};
