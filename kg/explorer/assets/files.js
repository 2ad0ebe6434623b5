// Files that the page gives away: tables, and whatever else is to be kept.
import { grouped, make, say } from "./dom.js";

const FORMULA = /^\s*[=+\-@＝＋－＠]/; // a spreadsheet would run what begins so
const COLUMNS = ["label", "kind", "year", "papers", "edges", "citations", "community"];
const NEEDS_QUOTES = /[",\r\n]/;
const LONGEST_NAME = 60; // characters of a title in the name of a file
const WITH_ADDRESS = 5000; // rows up to which the addresses of nodes are looked up

const csvField = (value) => {
  const text = String(value ?? "");
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Returns rows as CSV (RFC 4180), with a byte order mark, so that spreadsheets read it as UTF-8. */
const csv = (rows) => `\ufeff${rows.map((row) => `${row.map(csvField).join(",")}\r\n`).join("")}`;

/** Returns the rows of a table of nodes, the first with the names of the columns; what is not known is empty. */
const nodeRows = async ({ data, scene }, nodes) => {
  const known = nodes.length <= WITH_ADDRESS ? await Promise.all(nodes.map((i) => data.details(i))) : [];
  const community = (i) => scene.communities[scene.community[i]]?.label ?? "";
  const facts = data.groups.facts;
  const rows = nodes.map((i, at) => [
    data.labels[i], data.kinds[data.kind[i]].label, data.year[i] || "", data.papers[i], data.degree[i],
    data.cited?.[i] ?? "", community(i), ...facts.map(({ of }) => of(i)), `${data.base}${data.keys[i]}`, known[at]?.url ?? "",
  ]);
  return [[...COLUMNS, ...facts.map(({ label }) => label), "IRI", "url"], ...rows];
};

/** Starts the download of a file. */
export const download = (blob, name) => {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  say(`${name} downloaded`);
};

/** Returns the name of a file about this graph. */
export const fileName = (data, what, ending) => {
  const words = data.title.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["graph"];
  const short = Array.from(words.join("-")).slice(0, LONGEST_NAME).join("").replace(/-$/, "");
  return `${short}${what ? `-${what}` : ""}${ending}`;
};

/** Downloads a table of nodes. */
export const downloadTable = async (app, nodes, what) => {
  const text = csv(await nodeRows(app, nodes));
  download(new Blob([text], { type: "text/csv;charset=utf-8" }), fileName(app.data, what, ".csv"));
  const most = grouped(WITH_ADDRESS);
  if (nodes.length > WITH_ADDRESS) say(`Downloaded without web addresses: more than ${most} rows`);
};
