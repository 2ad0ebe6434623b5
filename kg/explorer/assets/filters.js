// The filters: what of the graph is shown, by kind, type of edge, year, score, topic, community, and what was hidden.
import { $, button, capital, counted, grouped, make } from "./dom.js";
import { makeDrawer, refill } from "./drawer.js";
import { makeNodeBox } from "./nodebox.js";
import { addTool } from "./toolbar.js";
import { makeYears, papersByYear } from "./years.js";

const NO_TOPICS = ["paper", "person", "group"]; // kinds that a filter by topic does not offer
const HIDDEN_LISTED = 50; // nodes hidden by hand that have a row

/** Returns how many filters are at work. */
const activeFilters = (state) => [
  state.hiddenKinds.length, state.hiddenRelations.length, state.years, !state.isolated, state.score > 0,
  state.topic >= 0, state.community >= 0, state.only, state.hidden.length,
].filter(Boolean).length;

const block = (title, ...inside) => make("fieldset", {}, make("legend", {}, ...[title].flat()), ...inside);

/** Makes a box to tick, with words and a count. */
const tick = (run, words, count = null) => {
  const box = make("input", { type: "checkbox", on: { change: () => run(box.checked) } });
  const small = count === null ? null : make("small", {}, grouped(count));
  return { box, element: make("label", { class: "tick" }, box, make("span", {}, capital(words)), small) };
};

/** Makes a part with a box for each of some names, ticked where it is shown; `of` holds which name each thing has. */
const tickFilter = (title, names, of, hidden, toggle) => {
  const counts = new Uint32Array(names.length);
  for (const each of of) counts[each] += 1;
  const ticks = names.map((name, at) => tick(() => toggle(at), name, counts[at]));
  return {
    element: block(title, ...ticks.map(({ element }) => element)),
    show: (state) => ticks.forEach(({ box }, at) => { box.checked = !hidden(state).includes(at); }),
  };
};

const relationFilter = ({ data, actions }) => {
  const { element, show } = tickFilter(
    "Edges", data.relations.map(({ label }) => label), data.relation, (state) => state.hiddenRelations,
    actions.toggleRelation,
  );
  const isolated = tick(actions.isolated, "Keep what has no link");
  element.append(isolated.element);
  return { element, show: (state) => { isolated.box.checked = state.isolated; show(state); } };
};

/** Makes the part for kinds, where the legend shows something else. */
const kindFilter = ({ data, scene, actions }) => {
  const { element, show } = tickFilter(
    "Kinds", data.kinds.map(({ plural }) => plural), data.kind, (state) => state.hiddenKinds, actions.toggleKind,
  );
  return { element, show: (state) => { element.hidden = scene.colour === "kind"; show(state); } };
};

const scoreFilter = ({ data, actions }) => {
  const below = new Uint32Array(257); // below[s]: edges with a score under s
  for (const s of data.score) below[s + 1] += 1;
  for (let s = 1; s < 257; s += 1) below[s] += below[s - 1];
  if (!below[255]) return null; // all edges are certain
  const said = make("output", { "aria-live": "off" });
  const slider = make("input", { type: "range", min: 0, max: 1, step: 0.05, "aria-label": "Lowest score" });
  const rest = make("p", { class: "quiet" });
  const show = ({ score }) => {
    slider.value = score;
    said.textContent = Number(score).toFixed(2);
    const left = data.m - below[Math.ceil(score * 255)];
    rest.textContent = `${grouped(left)} of ${counted(data.m, "edge", "edges")} score this high`;
  };
  let waiting = 0;
  const tell = (quiet) => {
    cancelAnimationFrame(waiting);
    waiting = 0;
    actions.score(Number(slider.value), { quiet });
  };
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
    app, label: "About", placeholder: "Topic, method, task …", onPick: actions.topic,
    allowed: (i) => topical[data.kind[i]],
  });
  return { element: block("Topic", box.element), show: (state) => { box.value = state.topic; } };
};

const communityFilter = ({ scene, actions }) => {
  const choose = () => actions.community(Number(choice.value));
  const choice = make("select", { "aria-label": "Community", on: { change: choose } });
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
          ({ label, nodes }, c) => make("option", { value: c }, `${label} (${grouped(nodes)})`),
        ));
      }
      choice.value = state.community;
    },
  };
};

/** Makes the part that says which group alone is shown, with a way back; groups are chosen in the legend. */
const groupFilter = ({ data, actions }) => {
  const said = make("span", {});
  let property = "";
  const back = button(() => actions.only(property, 0), {}, "Show all");
  const element = block("Only", make("ul", { class: "rows" }, make("li", {}, said, back)));
  return {
    element,
    show: ({ only }) => {
      element.hidden = !only;
      if (!only) return;
      [property] = only;
      said.textContent = data.groups.labelOf(property, data.groups.find(...only));
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
        button(() => actions.showHidden([i]), { "aria-label": `Show ${data.labels[i]}` }, "Show"),
      ));
      const rest = state.hidden.length - HIDDEN_LISTED;
      refill(list, [
        make("ul", { class: "rows" }, ...rows),
        rest > 0 ? make("p", { class: "quiet" }, `and ${counted(rest, "other", "others")}`) : null,
        button(() => actions.showHidden(), {}, "Show all again"),
      ], element);
    },
  };
};

const yearFilter = ({ data, actions }, years) => {
  const undated = data.year.some((year) => year === 0) ? tick(actions.undated, "Keep what has no year") : null;
  if (undated) years.element.append(undated.element);
  return {
    element: years.element,
    show: (state) => {
      years.show(state.years);
      if (undated) undated.box.checked = state.undated;
    },
  };
};

/** Makes the drawer of the filters and its button. */
export const mountFilters = (app) => {
  const { data, store, actions } = app;
  let [parts, years] = [null, null]; // made when the drawer is first opened
  const fill = () => {
    const byYear = papersByYear(data);
    years = byYear && makeYears(byYear, (chosen, how) => actions.years(chosen?.[0], chosen?.[1], how));
    parts = [
      years && yearFilter(app, years),
      relationFilter(app), kindFilter(app), scoreFilter(app), topicFilter(app), communityFilter(app), groupFilter(app),
      hiddenList(app),
    ].filter(Boolean);
    drawer.body.append(...parts.map(({ element }) => element), all);
  };

  const badge = make("span", { class: "badge" });
  const facts = { "aria-controls": "filters", "aria-expanded": "false" };
  const opener = button(() => drawer.toggle(), facts, "Filters", badge);
  const all = button(() => actions.unfilter(), { class: "wide" }, "Reset all");
  const refresh = () => {
    const active = activeFilters(store.state);
    badge.textContent = active || "";
    opener.setAttribute("aria-label", active ? `Filters, ${active} active` : "Filters");
    if (!drawer.isOpen) return;
    all.hidden = !active;
    for (const part of parts) part.show(store.state);
  };
  const drawer = makeDrawer($("filters"), "Filters", {
    onOpen: () => {
      if (!parts) fill();
      opener.setAttribute("aria-expanded", "true");
      refresh();
    },
    onClose: () => { opener.setAttribute("aria-expanded", "false"); years?.pause(); },
  });
  addTool("main", opener);
  store.on(refresh);
  refresh();
};
