// The legend: what colours, sizes and shapes mean now, a choice of both, and a filter by them.
import { $, capital, counted, grouped, make } from "./dom.js";
import { onTheme, shade } from "./theme.js";
import { isPaper } from "./ties.js";

const NAMED = 6; // communities and groups, at first
const HINTS = {
  kind: "Click: hide or show. Double click, or Alt and click: only these.",
  community: "Click: only this community, or all again.",
  group: "Click: only these, or all again. What no fact puts anywhere goes with most of its papers.",
};

/** Makes a square for papers, a disc for all else. */
const swatch = (square = false) => make("span", { class: square ? "dot page" : "dot", "aria-hidden": "true" });

/** Makes an entry that can be clicked; `update(item, pair, pressed, hint)` shows other counts, colours and states. */
const legendButton = (item, facts, square = false) => {
  const mark = swatch(square);
  const count = make("span", { class: "count" });
  const what = make("span", { class: "what" }, capital(item.label));
  const element = make("button", { type: "button", ...facts }, mark, what, count);
  const update = ({ label, count: shown, of, hidden }, pair, pressed, hint) => {
    mark.style.color = shade(pair);
    count.textContent = grouped(hidden ? of : shown);
    element.setAttribute("aria-pressed", String(pressed));
    element.title = `${capital(label)}: ${grouped(shown)} of ${grouped(of)} shown. ${hint}`;
  };
  return { element, update };
};

/** Makes the entry of what has no community, no year, or no group of its own. */
const legendNote = ({ label, of, count = of }, pair) => {
  const mark = swatch();
  mark.style.color = shade(pair);
  return make("span", { class: "entry" }, mark, label, make("span", { class: "count" }, grouped(count)));
};

const legendScale = ({ low, high, tints }, palette) => {
  const ramp = make("span", { class: "ramp", "aria-hidden": "true" }, ...tints.map(() => make("span", {})));
  tints.forEach((tint, at) => { ramp.children[at].style.background = shade(palette[tint]); });
  return make("span", { class: "entry scale" }, make("span", {}, low.label), ramp, make("span", {}, high.label));
};

/** Makes a choice of what colours or sizes mean; what groups nodes stands apart. */
const looksChoice = (label, choices, run) => {
  const options = (grouping) => choices.filter((each) => Boolean(each.grouping) === grouping).map(
    (each) => make("option", { value: each.name }, each.label),
  );
  const groups = options(true);
  const select = make("select", { "aria-label": label, on: { change: () => run(select.value) } },
    ...options(false), groups.length ? make("optgroup", { label: "Groups" }, ...groups) : null);
  return select;
};

/** Makes the legend. */
export const mountLegend = ({ data, store, scene, actions }) => {
  let [unfolded, rest] = [false, 0]; // all are listed; how many are not
  let of = null; // communities, groups or kinds
  let [drawn, buttons] = ["", new Map()]; // what the entries are of, and those by value that can be clicked

  const kindButton = (item) => {
    const k = item.value;
    const only = (event) => { event.preventDefault(); actions.onlyKind(k); };
    return legendButton(item, {
      "data-kind": data.kinds[k].name,
      on: {
        click: (event) => { if (event.altKey) only(event); else if (event.detail < 2) actions.toggleKind(k); },
        dblclick: only,
        keydown: (event) => { if (event.altKey && ["Enter", " "].includes(event.key)) only(event); },
      },
    }, data.kinds[k].name === "paper");
  };
  const communityButton = (item) => legendButton(item, {
    "data-community": item.value,
    on: { click: () => actions.community(store.state.community === item.value ? -1 : item.value) },
  });
  const groupButton = (item) => legendButton(item, {
    "data-group": item.label, on: { click: () => actions.only(scene.colour, item.value) },
  });
  const buttonOf = { kind: kindButton, community: communityButton, group: groupButton };
  const isNote = ({ value, note }, what) => note || (what === "community" && value === data.NOBODY);
  const isPressed = ({ value, hidden }, what) => {
    const { community, only } = store.state;
    if (what === "kind") return !hidden;
    if (what === "community") return community === value;
    return only?.[0] === scene.colour && only[1] === data.groups.keyOf(scene.colour, value);
  };
  const categories = ({ items, of: what }) => {
    const folds = what !== "kind" && items.length > NAMED + 1;
    const few = folds && !unfolded ? items.slice(0, NAMED) : items;
    rest = items.length - few.length;
    const named = few.map(({ value, label }) => [value, label]);
    const now = JSON.stringify([what, scene.colour, unfolded, items.length, named]);
    if (drawn !== now) {
      drawn = now;
      buttons = new Map();
      const rows = few.map((item) => {
        if (isNote(item, what)) return legendNote(item, scene.palette[item.tint]);
        buttons.set(item.value, buttonOf[what](item));
        return buttons.get(item.value).element;
      });
      place.replaceChildren(...rows);
    }
    for (const item of few) {
      buttons.get(item.value)?.update(item, scene.palette[item.tint], isPressed(item, what), HINTS[what]);
    }
  };
  const scale = (told) => {
    [drawn, rest] = ["", 0];
    const { palette } = scene;
    const { unknown } = told;
    place.replaceChildren(legendScale(told, palette), ...(unknown ? [legendNote(unknown, palette[unknown.tint])] : []));
  };

  const colour = looksChoice("Colour by", scene.colours, (name) => actions.colourBy(name));
  const size = looksChoice("Size by", scene.sizes, (name) => actions.sizeBy(name));
  const measure = make("span", { class: "sizes", "aria-hidden": "true" }, ...[1, 2, 3].map(() => make("span", {})));
  const sizing = make("label", { class: "by" }, make("span", {}, "Size"), size, measure);
  const place = make("div", { class: "entries", role: "group", "aria-label": "Colours" });
  const shapes = data.kinds.length > 1 && data.kinds.some(({ name }) => name === "paper")
    ? make("span", { class: "entry shapes" }, swatch(true), "Paper") : null;
  const showAll = () => {
    if (store.state.hiddenKinds.length) actions.allKinds();
    if (store.state.community >= 0) actions.community(-1);
    if (store.state.only) actions.only(store.state.only[0], 0);
    colour.focus();
  };
  const all = make("button", { type: "button", class: "all", on: { click: showAll } }, "Show all");
  const unfold = () => { unfolded = !unfolded; draw(); };
  const fold = make("button", { type: "button", class: "fold", on: { click: unfold } });
  const fade = () => {
    const cut = !unfolded && place.scrollWidth > place.clientWidth;
    place.classList.toggle("fading", cut);
    fold.hidden = !unfolded && !rest && !cut;
  };

  const draw = () => {
    const { state } = store;
    const told = scene.legendOf();
    if (told.of !== of) [of, unfolded] = [told.of, false];
    place.classList.toggle("unfolded", unfolded);
    if (told.type === "scale") scale(told); else categories(told);
    fold.textContent = unfolded ? "Fewer" : rest ? `${counted(rest, "more", "more")} …` : "All …";
    fold.setAttribute("aria-expanded", String(unfolded));
    all.hidden = !state.hiddenKinds.length && state.community < 0 && !state.only;
    colour.value = scene.colour;
    size.value = state.size;
    const [chosen] = size.selectedOptions; // none of what an address of another graph asks for
    measure.hidden = !chosen || state.size === "same";
    sizing.title = measure.hidden ? "" : `Larger: more ${chosen.label.toLowerCase()}`;
    if (shapes) shapes.hidden = scene.colour === "kind" || !scene.view.net.members.some((i) => isPaper(data, i));
    fade();
  };
  scene.on(({ changed }) => { if (!changed || changed.view || changed.shown || changed.look) draw(); });
  onTheme(() => { drawn = ""; draw(); });
  new ResizeObserver(fade).observe(place);
  draw();
  $("legend").append(
    make("label", { class: "by" }, make("span", {}, "Colour"), colour), place, fold, all,
    make("div", { class: "right" }, shapes, sizing),
  );
};
