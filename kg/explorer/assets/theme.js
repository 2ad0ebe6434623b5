// Colours: of the page, of kinds, of communities, of numbers; each has a light and a dark form.
//
// Communities and numbers were chosen in OKLCH (Ottosson, 2020): neighbours in the list of communities lie far apart in
// hue and differ in lightness, so that they stay apart for colour-blind people too; lightness alone carries the numbers.

const COMMUNITY_PAIRS = [
  ["#0d6abb", "#64a2e7"], ["#d18438", "#f5ac69"], ["#0e9864", "#57bc8a"], ["#b55d92", "#e791c2"],
  ["#c1ac15", "#e3d372"], ["#0ba3be", "#4cd1ee"], ["#b6443a", "#d87a6e"], ["#6f4fa1", "#aa8dde"],
  ["#497104", "#7aa14e"], ["#936908", "#c5953b"], ["#738aed", "#a7baff"], ["#e8809a", "#feb2c2"],
];
const NUMBER_PAIRS = [
  ["#c3b571", "#5d548d"], ["#a3af5e", "#5563a6"], ["#78aa5a", "#3f76bb"], ["#3ca464", "#0a89c5"],
  ["#009677", "#039bbe"], ["#08857f", "#12acb8"], ["#097481", "#0ebdb1"], ["#066481", "#27cea1"],
  ["#035385", "#75d792"], ["#1f3f84", "#a8dc8a"], ["#312e6e", "#d2e18f"], ["#352053", "#f2e7a0"],
];
const pairOf = ([light, dark]) => ({ light, dark });

/** Twelve colours of communities, each `{light, dark}` as hex. */
export const COMMUNITY_COLOURS = COMMUNITY_PAIRS.map(pairOf);

/** Twelve steps from few to many (or from old to new): pale to strong on a light ground, dim to bright on a dark one. */
export const NUMBER_COLOURS = NUMBER_PAIRS.map(pairOf);

/** What has no value. */
export const NO_COLOUR = { light: "#8a9097", dark: "#737b84" };

/** Reads `#rrggbb`. */
export const channels = (hex) => {
  const whole = parseInt(hex.slice(1), 16);
  return [(whole >> 16) & 255, (whole >> 8) & 255, whole & 255];
};

/** Mixes two colours; share 0 is the first, 1 the other. */
export const blend = (hex, other, share) => {
  const [a, b] = [channels(hex), channels(other)];
  return `#${a.map((v, i) => Math.round(v + (b[i] - v) * share).toString(16).padStart(2, "0")).join("")}`;
};

/** Returns `{light, dark}` of kinds of nodes: their own colour, lifted for a dark ground. */
export const kindColours = (kinds) => kinds.map(({ color }) => ({ light: color, dark: blend(color, "#ffffff", 0.28) }));

const queryOf = (query) => matchMedia(query);
const night = queryOf("(prefers-color-scheme: dark)");
const contrasted = queryOf("(prefers-contrast: more)");
const calm = queryOf("(prefers-reduced-motion: reduce)");

/** What the reader's system asks for and the style says; kept up to date. */
export const theme = {
  dark: false, contrast: false, calm: false, // calm: no motion
  ground: "", raised: "", ink: "", soft: "", faint: "", accent: "",
};

/** Reads the theme from the style of the page. */
export const readTheme = () => {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ground", "raised", "ink", "soft", "faint", "accent"]) theme[name] = style.getPropertyValue(`--${name}`).trim();
  theme.dark = night.matches;
  theme.contrast = contrasted.matches;
  theme.calm = calm.matches;
};

/** Runs after each change of the theme. */
export const onTheme = (run) => {
  for (const query of [night, contrasted, calm]) query.addEventListener("change", () => { readTheme(); run(); });
};

/** Returns the form of a colour that suits the ground. */
export const shade = (pair) => (theme.dark ? pair.dark : pair.light);

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';
