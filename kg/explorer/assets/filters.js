// The filters: what of the graph is shown, by kind, type of edge, year, score, topic, community, and what was hidden.
import { $, capital, counted, make } from "./dom.js";
import { makeDrawer, refill } from "./drawer.js";
import { makeNodeBox } from "./nodebox.js";
import { addTool } from "./toolbar.js";
import { makeYears, papersByYear } from "./years.js";

const NO_TOPICS = ["paper", "person", "group"]; // kinds that a filter by topic does not offer
const HIDDEN_LISTED = 50;

/** Returns how many filters are at work. */
export const activeFilters = (state) => [
  state.hiddenKinds.length, state.hiddenRelations.length, state.years, state.score > 0, state.topic >= 0, state.community >= 0,
  state.hidden.length,
].filter(Boolean).length;

const block = (title, ...inside) => make("fieldset", {}, make("legend", {}, ...[title].flat()), ...inside);

const tick = (on, run, ...inside) => {
  const box = make("input", { type: "checkbox", on: { change: run } });
  box.checked = on;
  return make("label", { class: "tick" }, box, ...inside);
};

const count = (n) => make("small", {}, n.toLocaleString("en"));

/** Makes the part for kinds, where the legend shows something else. */
const kindFilter = ({ data, store, actions }) => {
  const counts = new Uint32Array(data.kinds.length);
  for (const k of data.kind) counts[k] += 1;
  const element = block("Kinds");
  const list = make("div", {});
  element.append(list);
  return {
    element,
    show: (state) => {
      element.hidden = state.colour === "kind";
      refill(list, data.kinds.map(({ plural }, k) => tick(
        !state.hiddenKinds.includes(k), () => actions.toggleKind(k), make("span", {}, capital(plural)), count(counts[k]),
      )), element);
    },
  };
};

const relationFilter = ({ data, actions }) => {
  const counts = new Uint32Array(data.relations.length);
  for (const r of data.relation) counts[r] += 1;
  const list = make("div", {});
  const element = block("Edges", list);
  return {
    element,
    show: (state) => refill(list, data.relations.map(({ label }, r) => tick(
      !state.hiddenRelations.includes(r), () => actions.toggleRelation(r), make("span", {}, capital(label)), count(counts[r]),
    )), element),
  };
};

const scoreFilter = ({ data, actions }) => {
  const below = new Uint32Array(257); // below[s]: edges with a score under s
  for (const s of data.score) below[s + 1] += 1;
  for (let s = 1; s < 257; s += 1) below[s] += below[s - 1];
  if (!below[255]) return null; // all edges are certain
  const said = make("output", {});
  const slider = make("input", { type: "range", min: 0, max: 1, step: 0.05, "aria-label": "Lowest score" });
  const rest = make("p", { class: "quiet" });
  const show = ({ score }) => {
    slider.value = score;
    said.textContent = Number(score).toFixed(2);
    rest.textContent = `${(data.m - below[Math.min(256, Math.ceil(score * 255))]).toLocaleString("en")} of ${counted(data.m, "edge", "edges")} score so high`;
  };
  let waiting = 0;
  const tell = (quiet) => { cancelAnimationFrame(waiting); waiting = 0; actions.score(Number(slider.value), { quiet }); };
  slider.addEventListener("input", () => {
    show({ score: Number(slider.value) });
    waiting ||= requestAnimationFrame(() => tell(true));
  });
  slider.addEventListener("change", () => tell(false));
  return { element: block(["Score at least", said], slider, rest), show: (state) => { if (!waiting) show(state); } };
};

const topicFilter = (app) => {
  const { data, actions } = app;
  const topical = data.kinds.map(({ name }) => !NO_TOPICS.includes(name));
  if (!topical.some(Boolean)) return null;
  const box = makeNodeBox({
    app, label: "About", placeholder: "Topic, method, task …", allowed: (i) => topical[data.kind[i]], onPick: (i) => actions.topic(i),
  });
  return { element: block("Topic", box.element), show: (state) => { box.value = state.topic; } };
};

const communityFilter = ({ scene, actions }) => {
  const choice = make("select", { "aria-label": "Community", on: { change: () => actions.community(Number(choice.value)) } });
  const element = block("Community", choice);
  let of = null;
  return {
    element,
    show: (state) => {
      const communities = scene.communities ?? [];
      element.hidden = !communities.length;
      if (of !== communities) {
        of = communities;
        choice.replaceChildren(make("option", { value: -1 }, "All"), ...communities.map(
          ({ label, nodes }, c) => make("option", { value: c }, `${label} (${nodes.toLocaleString("en")})`),
        ));
      }
      choice.value = state.community;
    },
  };
};

const hiddenList = ({ data, actions }) => {
  const list = make("div", {});
  const element = block("Hidden by hand", list);
  return {
    element,
    show: (state) => {
      element.hidden = !state.hidden.length;
      const rows = state.hidden.slice(0, HIDDEN_LISTED).map((i) => make(
        "li", {}, make("span", {}, data.labels[i]),
        make("button", { type: "button", "aria-label": `Show ${data.labels[i]}`, on: { click: () => actions.showHidden([i]) } }, "Show"),
      ));
      const rest = state.hidden.length - HIDDEN_LISTED;
      refill(list, [
        make("ul", { class: "rows" }, ...rows),
        rest > 0 ? make("p", { class: "quiet" }, `and ${counted(rest, "other", "others")}`) : null,
        make("button", { type: "button", on: { click: () => actions.showHidden() } }, "Show all again"),
      ], element);
    },
  };
};

const yearFilter = ({ data, actions }, years) => {
  const undated = data.year.some((year) => year === 0)
    ? tick(true, (event) => actions.undated(event.target.checked), make("span", {}, "What has no year stays")) : null;
  if (undated) years.element.append(undated);
  return {
    element: years.element,
    show: (state) => {
      years.show(state.years);
      if (undated) undated.firstChild.checked = state.undated;
    },
  };
};

/** Makes the drawer of the filters and its button. */
export const mountFilters = (app) => {
  const { data, store, scene, actions } = app;
  const byYear = papersByYear(data);
  const years = byYear && makeYears(byYear, (chosen, facts) => (chosen ? actions.years(...chosen, facts) : actions.years(null, null, facts)));
  const parts = [
    years && yearFilter(app, years),
    relationFilter(app), kindFilter(app), scoreFilter(app), topicFilter(app), communityFilter(app), hiddenList(app),
  ].filter(Boolean);

  const badge = make("span", { class: "badge" });
  const button = make(
    "button", { type: "button", "aria-controls": "filters", "aria-expanded": "false", on: { click: () => drawer.toggle() } }, "Filters", badge,
  );
  const all = make("button", { type: "button", class: "wide", on: { click: () => actions.unfilter() } }, "Reset all");
  const refresh = () => {
    const active = activeFilters(store.state);
    badge.textContent = active || "";
    button.setAttribute("aria-label", active ? `Filters, ${active} active` : "Filters");
    if (!drawer.isOpen) return;
    all.hidden = !active;
    for (const part of parts) part.show(store.state);
  };
  const drawer = makeDrawer($("filters"), "Filters", {
    onOpen: () => { button.setAttribute("aria-expanded", "true"); refresh(); },
    onClose: () => { button.setAttribute("aria-expanded", "false"); years?.pause(); },
  });
  drawer.body.append(...parts.map(({ element }) => element), all);
  addTool("main", button);
  store.on(refresh);
  scene.on(refresh);
  refresh();
};
