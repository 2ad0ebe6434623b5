// How nodes look: what their colours and sizes mean.
import { capital, grouped } from "./dom.js";

const STEPS = 16; // of a scale
const UNKNOWN = { light: "#b4b9be", dark: "#565c63" };
const OTHER = { light: "#838a91", dark: "#8d949c" }; // groups that have no hue of their own
const GROUPS = 40; // with an entry in the legend
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
/** Returns a colour, mixed with another as far as it must be to be seen on a ground. */
export const against = (hex, ground, towards, least) => {
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

const COUNTS = { papers: "Papers", degree: "Edges", cited: "Citations", rank: "Centrality" };

/** Returns the numbers that nodes have, by name: `{ label, values, log }`; `none` stands for unknown. */
const measuresOf = (data) => {
  const found = Object.create(null); // an address may ask for any name, "constructor" too
  if (data.year.some((year) => year > 0)) found.year = { label: "Year", values: data.year, log: false, none: 0 };
  for (const [name, label] of Object.entries(COUNTS)) {
    if (name in data) found[name] = { label, get values() { return data[name]; }, log: true };
  }
  for (const { name, label, values } of data.numbers) found[name] = { label: capital(label), values, log: true, none: -1 };
  return found;
};

/** Makes what gives nodes their looks. */
export const makeLooks = (data) => {
  const measures = measuresOf(data);
  const kinds = data.kinds.map((kind) => onBoth(kind.color));
  const hues = [...HUES.map(onBoth), UNKNOWN];
  const [light, dark] = [ramped(RAMP.light), ramped(RAMP.dark)];
  const ramp = [...light.map((each, at) => ({ light: each, dark: dark[at] })), UNKNOWN];
  const grouping = [...hues.slice(0, -1), OTHER, UNKNOWN];
  const ends = {};
  const isGrouping = (name) => data.groups.list.some((each) => each.name === name);

  /** The lowest and highest known value of a measure; hubs beyond one in a thousand count as the highest. */
  const endsOf = (name) => {
    if (!ends[name]) {
      const { values, log, none } = measures[name];
      const known = Float64Array.from(values.filter((value) => value !== none)).sort();
      const high = known.length ? known[Math.ceil((known.length - 1) * (log ? 0.999 : 1))] : 0;
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
  /** The colour of a group in the palette of groups: the largest have a hue each. */
  const tintOf = ({ rank }, group) => (group ? Math.min(rank[group], HUES.length) : HUES.length + 1);

  /** Writes the colour of each node into `tints` and returns the palette that they are of. */
  const paint = (name, view, tints) => {
    if (name === "community") {
      for (let i = 0; i < data.n; i += 1) tints[i] = view.communities[view.community[i]]?.colour ?? HUES.length;
      return hues;
    }
    if (measures[name]) {
      const { values, none } = measures[name];
      const share = shareOf(name);
      for (let i = 0; i < data.n; i += 1) tints[i] = values[i] === none ? STEPS : Math.round(share(i) * (STEPS - 1));
      return ramp;
    }
    const groups = isGrouping(name) ? data.groups.of(name) : null;
    if (!groups) { tints.set(data.kind); return kinds; }
    for (let i = 0; i < data.n; i += 1) tints[i] = tintOf(groups, groups.group[i]);
    return grouping;
  };

  /** Writes the radius of each node in world units: its area grows with the measure, up to 30 units of radius. */
  const swell = (name, radii) => {
    const share = name === "centrality" ? "rank" : data.numbers.some((each) => each.name === name) ? name : null;
    if (name === "same") radii.fill(7);
    else if (share && measures[share]) {
      const [{ values }, { high }] = [measures[share], endsOf(share)];
      const part = (i) => Math.max(values[i], 0) / Math.max(high, 1);
      for (let i = 0; i < data.n; i += 1) radii[i] = Math.min(4.5 + 22 * Math.sqrt(part(i)), 30);
    } else {
      const values = (name === "papers" && data.papers) || (name === "cited" && data.cited) || data.degree;
      for (let i = 0; i < data.n; i += 1) radii[i] = Math.min(4.5 + 2 * Math.sqrt(values[i]), 30);
    }
  };

  const scaleOf = (name, shown) => {
    const { label, values, none } = measures[name];
    const { low, high, most } = endsOf(name);
    let unknown = 0;
    for (let i = 0; i < data.n; i += 1) if (shown[i] && values[i] === none) unknown += 1;
    const said = (value) => (name === "year" ? String(value) : grouped(value));
    const numbers = [said(low), most > high ? `${said(high)} and more` : said(high)];
    const words = name === "rank" ? ["least central", "most central"] : numbers;
    return {
      type: "scale", low: { label: words[0], value: low }, high: { label: words[1], value: high },
      tints: light.map((_, step) => step),
      unknown: unknown ? { label: `${label} unknown`, count: unknown, tint: STEPS } : null,
    };
  };

  /** The entries of groups, the largest first; what is in none that is named, or in none at all, is a note at the end. */
  const groupItems = (name, groups, of, item) => {
    const note = (each) => each === 0 || each === groups.more;
    const all = Array.from(of.keys()).sort((a, b) => groups.rank[a] - groups.rank[b]).map(
      (each) => item(each, data.groups.labelOf(name, each), tintOf(groups, each), { note: note(each) }),
    );
    return [...all.filter((each) => !each.note).slice(0, GROUPS), ...all.filter((each) => each.note)];
  };

  /** Returns what the colours mean, with counts of what is shown. */
  const legend = (name, view, shown, hiddenKinds) => {
    if (measures[name]) return scaleOf(name, shown);
    const counts = new Map();
    const of = new Map();
    const groups = isGrouping(name) ? data.groups.of(name) : null;
    const value = name === "community" ? view.community : groups?.group ?? data.kind;
    for (let i = 0; i < data.n; i += 1) {
      if (!view.isMember[i]) continue;
      of.set(value[i], (of.get(value[i]) ?? 0) + 1);
      if (shown[i]) counts.set(value[i], (counts.get(value[i]) ?? 0) + 1);
    }
    const item = (each, label, tint, more) => (
      { value: each, label, tint, count: counts.get(each) ?? 0, of: of.get(each), ...more }
    );
    if (groups) return { type: "categories", of: "group", items: groupItems(name, groups, of, item) };
    const items = Array.from(of.keys()).sort((a, b) => a - b).map((each) => (name === "community"
      ? item(each, view.communities[each]?.label ?? "No community", view.communities[each]?.colour ?? HUES.length, {})
      : item(each, data.kinds[each].plural, each, { hidden: hiddenKinds.includes(each) })));
    return { type: "categories", of: name === "community" ? name : "kind", items };
  };

  const colours = [
    { name: "kind", label: "Kind" }, { name: "community", label: "Community" },
    ...Object.entries(measures).map(([name, { label }]) => ({ name, label })),
    ...data.groups.list.map(({ name, label }) => ({ name, label: capital(label), grouping: true })),
  ];
  const sizes = [
    { name: "degree", label: "Edges" }, { name: "papers", label: "Papers" },
    ...(data.cited ? [{ name: "cited", label: "Citations" }] : []),
    { name: "centrality", label: "Centrality" },
    ...data.numbers.map(({ name, label }) => ({ name, label: capital(label) })),
    { name: "same", label: "All the same" },
  ];
  return { paint, swell, legend, colours, sizes, hues, grouping };
};
