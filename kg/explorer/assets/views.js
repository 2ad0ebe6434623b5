// The tabs over the picture: one for each view that has something to show.
import { $, button, make } from "./dom.js";

const VIEW_HINTS = {
  graph: "All nodes and edges",
  coauthors: "People, tied by the papers that they wrote together",
  topics: "Methods, datasets, tasks and topics, tied by the papers that name both",
  timeline: "Papers and what they are about, by year from left to right",
  bipartite: "Authors on one side, what they work on on the other",
};

/** Makes the tabs; arrow keys go from one to the next. */
export const mountViews = ({ store, scene, actions }) => {
  const { views } = scene;
  const tabs = views.map(({ name, label }) => button(() => actions.view(name), {
    role: "tab", id: `view-${name}`, "aria-controls": "picture", title: VIEW_HINTS[name] ?? label,
  }, label));
  const list = make("div", { role: "tablist", "aria-label": "Views" }, ...tabs);
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = { Home: 0, End: tabs.length - 1 }[event.key] ?? (step && (at + step + tabs.length) % tabs.length);
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    tabs[to].focus();
    actions.view(views[to].name);
  });
  const mark = () => tabs.forEach((tab, at) => {
    const current = views[at].name === scene.view.name;
    tab.setAttribute("aria-selected", String(current));
    tab.tabIndex = current ? 0 : -1;
  });
  const bar = $("views");
  /** On a phone not all tabs are seen: the current one is to be. */
  const reveal = () => {
    const tab = tabs.find((each) => each.tabIndex === 0);
    bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
  };
  bar.append(list);
  bar.hidden = views.length < 2;
  store.on(({ view }, before) => { mark(); if (view !== before.view) reveal(); });
  mark();
  requestAnimationFrame(reveal);
};
