// The legend: what colours, sizes and shapes mean now, and a filter by them.
import { $ } from "./dom.js";
import { capital } from "./dom.js";
import { make } from "./dom.js";

/** Makes the legend. */
export const mountLegend = ({ data, store, scene, actions }) => {
  const place = $("legend");

  const inView = () => {
    const counts = new Uint32Array(data.kinds.length);
    for (let i = 0; i < data.n; i += 1) if (!Number.isNaN(scene.x[i])) counts[data.kind[i]] += 1;
    return counts;
  };

  const kindButton = (k, count) => {
    const { label, plural, color } = data.kinds[k];
    return make(
      "button",
      {
        type: "button", "data-kind": data.kinds[k].name, "aria-pressed": String(!store.state.hiddenKinds.includes(k)),
        title: `Click: hide or show ${plural}. Double click, or Alt and click: only ${plural}.`,
        on: {
          click: (event) => {
            if (event.altKey) actions.onlyKind(k);
            else if (event.detail < 2) actions.toggleKind(k);
          },
          dblclick: () => actions.onlyKind(k),
          keydown: (event) => {
            if (!event.altKey || !["Enter", " "].includes(event.key)) return;
            event.preventDefault();
            actions.onlyKind(k);
          },
        },
      },
      make("span", { class: "dot", tint: color, "aria-hidden": "true" }),
      make("span", {}, capital(count === 1 ? label : plural)),
      make("span", { class: "count" }, count.toLocaleString("en")),
    );
  };

  const draw = () => {
    const counts = inView();
    const kinds = Array.from(counts.keys()).filter((k) => counts[k]);
    place.replaceChildren(...kinds.map((k) => kindButton(k, counts[k])));
  };
  scene.on(draw);
  draw();
};
