// How nodes look: what their colours and sizes mean.
import { grouped } from "./dom.js";

const STEPS = 16; // of a scale
const UNKNOWN = { light: "#b4b9be", dark: "#565c63" };
const GROUNDS = { light: "#fbfbfa", dark: "#121416" };

// Nine hues that are told apart in every kind of colour vision: P. Tol, "Colour schemes", SRON/EPS/TN/09-002, 2021, "muted".
const HUES = ["#332288", "#DDCC77", "#117733", "#CC6677", "#88CCEE", "#882255", "#44AA99", "#999933", "#AA4499"];
// From little to much: ever farther from the ground.
const RAMP = {
  light: ["#c3ccd6", "#7fb8cc", "#3c95b5", "#1f639a", "#2b2566"],
  dark: ["#414c5a", "#2f708f", "#37a0a8", "#80d0a5", "#f3f0a4"],
};

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const asHex = (parts) => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
const mixed = (one, other, share) => asHex(rgb(one).map((part, at) => part + (rgb(other)[at] - part) * share));

/** Relative luminance and contrast as in WCAG 2.2. */
const luminance = (hex) => {
  const linear = (share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = rgb(hex).map((part) => linear(part / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
const against = (hex, ground, towards, least) => {
  let seen = hex;
  for (let share = 0.05; contrast(seen, ground) < least && share < 1; share += 0.05) seen = mixed(hex, towards, share);
  return seen;
};

/** Returns a colour for light and one for dark ground, each seen well on it. */
const onBoth = (hex) => ({
  light: against(hex, GROUNDS.light, "#000000", 1.9),
  dark: against(hex, GROUNDS.dark, "#ffffff", 4),
});

const ramped = (colours) => Array.from({ length: STEPS }, (_, step) => {
  const at = (step / (STEPS - 1)) * (colours.length - 1);
  const low = Math.min(Math.floor(at), colours.length - 2);
  return mixed(colours[low], colours[low + 1], at - low);
});

/** Returns a hue for each community so that those near to each other differ; `anchors` are `[x, y]`. */
export const huesOf = (anchors) => {
  const given = [];
  for (const [c, [x, y]] of anchors.entries()) {
    if (c >= 300) { given.push(c % HUES.length); continue; }
    const cost = new Float64Array(HUES.length);
    for (let d = 0; d < c; d += 1) cost[given[d]] += 1 / ((anchors[d][0] - x) ** 2 + (anchors[d][1] - y) ** 2 + 1);
    given.push(cost.indexOf(Math.min(...cost)));
  }
  return given;
};

const COUNTS = { papers: "Papers", degree: "Edges", cited: "Citations" };
// Columns that are no property of nodes, or one that is listed above.
const KNOWN = [
  "kind", "year", "papers", "degree", "cited", "rank", "position", "relation", "score", "source", "target", "first", "tie",
];

/** Returns the numbers that nodes have, by name: `{ label, values, log }`; 0 stands for unknown where `gaps`. */
const measuresOf = (data) => {
  const found = Object.create(null); // an address may ask for any name, "constructor" too
  if (data.year.some((year) => year > 0)) found.year = { label: "Year", values: data.year, log: false, gaps: true };
  const add = (name, label) => { if (data[name]?.length === data.n) found[name] = { label, values: data[name], log: true }; };
  for (const [name, label] of Object.entries(COUNTS)) add(name, label);
  add("rank", "Centrality");
  for (const [name, values] of Object.entries(data)) {
    if (ArrayBuffer.isView(values) && values.length === data.n && !KNOWN.includes(name)) {
      found[name] = { label: name.charAt(0).toUpperCase() + name.slice(1), values, log: true };
    }
  }
  return found;
};

/** Makes what gives nodes their looks. */
export const makeLooks = (data) => {
  const measures = measuresOf(data);
  const kinds = data.kinds.map((kind) => onBoth(kind.color));
  const hues = [...HUES.map(onBoth), UNKNOWN];
  const [light, dark] = [ramped(RAMP.light), ramped(RAMP.dark)];
  const ramp = [...light.map((each, at) => ({ light: each, dark: dark[at] })), UNKNOWN];
  const ends = {};

  /** The lowest and highest known value of a measure; hubs beyond one in a thousand count as the highest. */
  const endsOf = (name) => {
    if (!ends[name]) {
      const { values, gaps } = measures[name];
      const known = Float64Array.from(gaps ? values.filter((value) => value > 0) : values).sort();
      const high = known.length ? known[Math.ceil((known.length - 1) * (gaps ? 1 : 0.999))] : 0;
      ends[name] = { low: known[0] ?? 0, high, most: known.at(-1) ?? 0 };
    }
    return ends[name];
  };
  const shareOf = (name) => {
    const { values, log } = measures[name];
    const { low, high } = endsOf(name);
    const scaled = log ? Math.log1p : (value) => value;
    const [start, span] = [scaled(low), Math.max(scaled(high) - scaled(low), 1e-9)];
    return (i) => Math.min(1, (scaled(values[i]) - start) / span);
  };

  /** Writes the colour of each node into `tints` and returns the palette that they are of. */
  const paint = (name, view, tints) => {
    if (name === "community") {
      for (let i = 0; i < data.n; i += 1) tints[i] = view.communities[view.community[i]]?.colour ?? HUES.length;
      return hues;
    }
    if (!measures[name]) { tints.set(data.kind); return kinds; }
    const { values, gaps } = measures[name];
    const share = shareOf(name);
    for (let i = 0; i < data.n; i += 1) tints[i] = gaps && values[i] === 0 ? STEPS : Math.round(share(i) * (STEPS - 1));
    return ramp;
  };

  /** Writes the radius of each node in world units: its area grows with the measure, up to 30 units of radius. */
  const swell = (name, radii) => {
    const sized = name === "papers" ? data.papers : name === "cited" ? data.cited : null;
    if (name === "same") radii.fill(7);
    else if (name === "centrality" && measures.rank) {
      const { high } = endsOf("rank");
      for (let i = 0; i < data.n; i += 1) radii[i] = Math.min(4.5 + 22 * Math.sqrt(data.rank[i] / Math.max(high, 1)), 30);
    } else {
      const values = sized ?? data.degree;
      for (let i = 0; i < data.n; i += 1) radii[i] = Math.min(4.5 + 2 * Math.sqrt(values[i]), 30);
    }
  };

  const scaleOf = (name, shown) => {
    const { label, values, gaps } = measures[name];
    const { low, high, most } = endsOf(name);
    let unknown = 0;
    for (let i = 0; gaps && i < data.n; i += 1) if (shown[i] && values[i] === 0) unknown += 1;
    const said = (value) => (name === "year" ? String(value) : grouped(value));
    const numbers = [said(low), most > high ? `${said(high)} and more` : said(high)];
    const words = name === "rank" ? ["least central", "most central"] : numbers;
    return {
      title: label, type: "scale", low: { label: words[0], value: low }, high: { label: words[1], value: high },
      tints: light.map((_, step) => step),
      unknown: gaps && unknown ? { label: "Year unknown", count: unknown, tint: STEPS } : null,
    };
  };

  /** Returns what the colours mean, with counts of what is shown. */
  const legend = (name, view, shown, hiddenKinds) => {
    if (measures[name]) return scaleOf(name, shown);
    const counts = new Map();
    const of = new Map();
    const value = name === "community" ? view.community : data.kind;
    for (let i = 0; i < data.n; i += 1) {
      if (!view.isMember[i]) continue;
      of.set(value[i], (of.get(value[i]) ?? 0) + 1);
      if (shown[i]) counts.set(value[i], (counts.get(value[i]) ?? 0) + 1);
    }
    const item = (each, label, tint, more) => (
      { value: each, label, tint, count: counts.get(each) ?? 0, of: of.get(each), ...more }
    );
    const items = Array.from(of.keys()).sort((a, b) => a - b).map((each) => (name === "community"
      ? item(each, view.communities[each]?.label ?? "No community", view.communities[each]?.colour ?? HUES.length, {})
      : item(each, data.kinds[each].plural, each, { hidden: hiddenKinds.includes(each) })));
    return { title: name === "community" ? "Community" : "Kind", type: "categories", items };
  };

  const colours = [
    { name: "kind", label: "Kind" }, { name: "community", label: "Community" },
    ...Object.entries(measures).map(([name, { label }]) => ({ name, label })),
  ];
  const sizes = [
    { name: "degree", label: "Edges" }, { name: "papers", label: "Papers" },
    ...(data.cited ? [{ name: "cited", label: "Citations" }] : []),
    ...(data.rank ? [{ name: "centrality", label: "Centrality" }] : []),
    { name: "same", label: "All the same" },
  ];
  return { paint, swell, legend, colours, sizes, hues };
};
