// The legend: what colours, sizes and shapes mean now, a choice of both, and a filter by them.
import { $, capital, counted, make } from "./dom.js";
import { onTheme, shade } from "./theme.js";

const COMMUNITIES = 6; // named at first

const KIND_HINT = "Click: hide or show. Double click, or Alt and click: only these.";
const COMMUNITY_HINT = "Click: only this community, or all again.";

/** Makes the legend. */
export const mountLegend = ({ data, store, scene, actions }) => {
  let unfolded = false; // all communities are listed

  const swatch = (tint, square = false) => make("span", {
    class: square ? "dot page" : "dot", tint: shade(scene.palette[tint]), "aria-hidden": "true",
  });
  const entry = ({ label, tint, count, of, square }, facts) => make(
    "button", { type: "button", ...facts }, swatch(tint, square), make("span", { class: "what" }, label),
    make("span", { class: "count" }, count === of ? of.toLocaleString("en") : `${count.toLocaleString("en")} of ${of.toLocaleString("en")}`),
  );

  const kindEntry = (item) => {
    const k = item.value;
    const only = (event) => { event.preventDefault(); actions.onlyKind(k); };
    return entry({ ...item, label: capital(item.label), square: data.kinds[k].name === "paper" }, {
      "data-kind": data.kinds[k].name, "aria-pressed": String(!item.hidden), title: KIND_HINT,
      on: {
        click: (event) => { if (event.altKey) only(event); else if (event.detail < 2) actions.toggleKind(k); },
        dblclick: only,
        keydown: (event) => { if (event.altKey && ["Enter", " "].includes(event.key)) only(event); },
      },
    });
  };
  const communityEntry = (item) => {
    if (item.value === data.NOBODY) return make("span", { class: "entry" }, swatch(item.tint), item.label, make("span", { class: "count" }, item.of.toLocaleString("en")));
    const chosen = store.state.community === item.value;
    return entry(item, {
      "data-community": item.value, "aria-pressed": String(chosen), title: `${item.label}\n${COMMUNITY_HINT}`,
      on: { click: () => actions.community(chosen ? -1 : item.value) },
    });
  };
  const communities = (items) => {
    const rest = items.length - COMMUNITIES;
    const few = unfolded || rest <= 1 ? items : items.slice(0, COMMUNITIES);
    const fold = () => { unfolded = !unfolded; draw(); place.querySelector(".fold")?.focus(); };
    return [
      ...few.map(communityEntry),
      rest > 1 ? make(
        "button", { type: "button", class: "fold", "aria-expanded": String(unfolded), on: { click: fold } },
        unfolded ? "Fewer" : `${counted(rest, "more", "more")} …`,
      ) : null,
    ];
  };
  const scale = ({ low, high, tints, unknown }) => [
    make("span", { class: "entry scale" }, make("span", {}, low.label),
      make("span", { class: "ramp", "aria-hidden": "true" }, ...tints.map((tint) => {
        const step = make("span", {});
        step.style.background = shade(scene.palette[tint]);
        return step;
      })), make("span", {}, high.label)),
    unknown ? make("span", { class: "entry" }, swatch(unknown.tint), unknown.label, make("span", { class: "count" }, unknown.count.toLocaleString("en"))) : null,
  ];

  const choice = (label, choices, run) => {
    const select = make("select", { "aria-label": label, on: { change: () => run(select.value) } },
      ...choices.map((each) => make("option", { value: each.name }, each.label)));
    return select;
  };
  const colour = choice("Colour by", scene.colours, (name) => actions.colourBy(name));
  const size = choice("Size by", scene.sizes, (name) => actions.sizeBy(name));
  const measure = make("span", { class: "sizes", "aria-hidden": "true" }, make("span", {}), make("span", {}), make("span", {}));
  const place = make("div", { class: "entries", role: "group", "aria-label": "Colours" });
  const shapes = data.kinds.some(({ name }) => name === "paper") && data.kinds.length > 1
    ? make("span", { class: "entry shapes" }, make("span", { class: "dot page", "aria-hidden": "true" }), "paper") : null;

  const showAll = () => {
    if (store.state.hiddenKinds.length) actions.allKinds();
    if (store.state.community >= 0) actions.community(-1);
    colour.focus();
  };
  const all = make("button", { type: "button", class: "all", on: { click: showAll } }, "Show all");

  const draw = () => {
    const { state } = store;
    const told = scene.legendOf();
    const focused = place.contains(document.activeElement) ? document.activeElement.textContent.replace(/[\d,]+.*$/, "") : null;
    place.classList.toggle("unfolded", unfolded && state.colour === "community");
    const entries = told.type === "scale" ? scale(told) : state.colour === "community" ? communities(told.items) : told.items.map(kindEntry);
    place.replaceChildren(...entries.filter(Boolean));
    all.hidden = !state.hiddenKinds.length && state.community < 0;
    if (focused !== null) {
      const same = Array.from(place.querySelectorAll("button")).find((each) => each.textContent.startsWith(focused));
      (same ?? place.querySelector("button") ?? colour).focus({ preventScroll: true });
    }
    colour.value = state.colour;
    size.value = state.size;
    measure.hidden = state.size === "same";
    if (shapes) shapes.hidden = state.colour === "kind";
  };
  $("legend").append(
    make("label", { class: "by" }, make("span", {}, "Colour"), colour), place, all,
    make("div", { class: "right" }, shapes, make("label", { class: "by" }, make("span", {}, "Size"), size, measure)),
  );
  scene.on(draw);
  onTheme(draw);
  draw();
};
