// Puts the page together: data, what is chosen, what is seen, and the parts around the picture.
import { load } from "./data.js";
import { makeStore } from "./store.js";
import { mountAddress, readAddress } from "./address.js";
import { makeScene } from "./scene.js";
import { makeActions } from "./actions.js";
import { makeStage } from "./stage.js";
import { mountPanel } from "./panel.js";
import { mountSearch } from "./search.js";
import { mountList } from "./list.js";
import { mountColophon } from "./colophon.js";
import { mountViews } from "./views.js";
import { mountLegend } from "./legend.js";
import { mountFilters } from "./filters.js";
import { mountToolbar } from "./toolbar.js";
import { mountTools } from "./tools.js";
import { mountSelection } from "./selection.js";
import { mountSave } from "./save.js";

const start = async () => {
  const data = await load();
  const app = { data, store: makeStore(readAddress(data)) };
  app.scene = makeScene(app);
  app.actions = makeActions(app);
  app.stage = makeStage(app);
  const parts = [
    mountPanel, mountSearch, mountList, mountColophon, mountViews, mountLegend, mountFilters, mountTools,
    mountSelection, mountSave, mountToolbar,
  ];
  for (const mount of parts) mount(app);
  app.stage.start(); // in the room that the other parts leave
  mountAddress(app);
  window.__kg = { app, screen: app.stage.screen, D: { labels: data.labels, deg: data.degree } };
  requestAnimationFrame(() => requestAnimationFrame(() => { window.__kgReady = performance.now(); }));
};

start();
