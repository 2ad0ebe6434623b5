// What is to be seen: which nodes and links of the view, where they stand, and how they look.

/** Derives from data and state what is shown. Stands in until the real one is here. */
export const makeScene = ({ data, store }) => {
  const listeners = [];
  const scene = { on: (run) => listeners.push(run) };
  const compose = () => {
    const { state } = store;
    const view = data.views.find((each) => each.name === state.view) || data.views[0];
    scene.view = view;
    scene.x = new Float32Array(data.n).fill(NaN);
    scene.y = new Float32Array(data.n).fill(NaN);
    scene.shown = new Uint8Array(data.n);
    scene.community = new Uint16Array(data.n).fill(data.NOBODY);
    view.nodes.forEach((i, at) => {
      scene.x[i] = view.x[at];
      scene.y[i] = view.y[at];
      scene.community[i] = view.community[at];
      scene.shown[i] = state.hiddenKinds.includes(data.kind[i]) || state.hidden.includes(i) ? 0 : 1;
    });
    scene.links = { from: data.source, to: data.target, edge: null };
    for (const run of listeners) run(scene);
  };
  scene.radius = (i) => Math.min(4.5 + 2 * Math.sqrt(data.degree[i]), 30);
  scene.colour = (i) => data.kinds[data.kind[i]].color;
  store.on(compose);
  compose();
  return scene;
};
