// The theme of the page, as its style and the reader's system say it.

/** Reads `#rrggbb`. */
export const channels = (hex) => {
  const whole = parseInt(hex.slice(1), 16);
  return [(whole >> 16) & 255, (whole >> 8) & 255, whole & 255];
};

/** Returns a colour as three numbers from 0 to 255, of `#rrggbb` or of what a style says. */
export const rgbOf = (text) => {
  if (text.startsWith("#") && text.length === 7) return channels(text);
  return (text.match(/\d+(\.\d+)?/g) ?? [0, 0, 0]).slice(0, 3).map(Number);
};

const night = matchMedia("(prefers-color-scheme: dark)");
const contrasted = matchMedia("(prefers-contrast: more)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** What the reader's system asks for and the style says; kept up to date. */
export const theme = {
  dark: false, contrast: false, calm: false, // calm: no motion
  ground: "", raised: "", ink: "", soft: "", faint: "", accent: "",
};

/** Reads the theme from the style of the page. */
export const readTheme = () => {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ground", "raised", "ink", "soft", "faint", "accent"]) {
    theme[name] = style.getPropertyValue(`--${name}`).trim();
  }
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
