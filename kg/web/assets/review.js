/* The review page: one pair at a time, answers by key or button, saved as lines of a decisions file.
 *
 * Everything comes from the JSON block `#data`. Text enters the page as text nodes only; nothing is parsed as markup.
 */
(() => {
  "use strict";

  const data = JSON.parse(document.getElementById("data").textContent);
  const { pairs, kinds } = data;
  const $ = (id) => document.getElementById(id);
  const STORE = `kg-review ${data.name} ${pairs.length} ${pairs.map((pair) => `${pair.left_member}~${pair.right_member}`).join().length}`;
  const PAPERS = 12; // papers of a side that are shown

  const make = (tag, facts = {}, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(facts)) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
      else element.setAttribute(name, value === true ? "" : value);
    }
    for (const child of inside) if (child !== null && child !== undefined && child !== "") element.append(child);
    return element;
  };
  const counted = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const say = (text) => { $("live").textContent = text; };

  // ---------------------------------------------------------------- answers

  const answers = new Map(); // number of a pair -> {verdict, note}
  const history = []; // numbers, in the order of their answers
  const shown = Object.fromEntries(kinds.map((kind) => [kind.name, true]));
  let at = 0;

  const key = (pair) => `${pair.kind} ${pair.left_member} ${pair.right_member}`;
  const keep = () => {
    const told = [...answers].map(([i, answer]) => [key(pairs[i]), answer]);
    try { localStorage.setItem(STORE, JSON.stringify(told)); } catch { /* a browser may forbid it: answers then last as long as the page */ }
  };
  const recall = () => {
    const number = new Map(pairs.map((pair, i) => [key(pair), i]));
    try {
      for (const [name, answer] of JSON.parse(localStorage.getItem(STORE) || "[]")) {
        if (number.has(name) && ["same", "different"].includes(answer.verdict)) {
          answers.set(number.get(name), { verdict: answer.verdict, note: String(answer.note || "") });
          history.push(number.get(name));
        }
      }
    } catch { /* nothing that we have kept */ }
  };

  // As RFC 4180 says: a cell with a comma, quote or line end stands in quotes, which are doubled inside.
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const lines = () => {
    const rows = [...answers].sort(([a], [b]) => a - b).map(([i, { verdict, note }]) => {
      const pair = pairs[i];
      const cells = { kind: pair.kind, verdict, left: pair.left_member, right: pair.right_member, note, number: "" };
      return data.columns.map((name) => cell(cells[name])).join(",");
    });
    return `${[data.columns.join(","), ...rows].join("\n")}\n`;
  };

  // ---------------------------------------------------------------- one pair

  const span = (years) => years.join("–");
  const title = (side) => side.names[0] || side.label;
  const heading = (text, count) => make("h3", {}, text, count === undefined ? null : make("span", {}, count.toLocaleString("en")));
  const chips = (text, list) => list.length ? [heading(text), make("ul", { class: "chips" }, ...list.map((each) =>
    make("li", { class: each.shared ? "shared" : null, title: each.shared ? "on both sides" : null },
      each.name, each.papers > 1 ? make("small", {}, String(each.papers)) : null)))] : [];
  const paper = (each) => {
    const where = [each.year, each.venue].filter(Boolean).join(", ");
    const others = each.others.slice(0, 8).join(", ") + (each.others.length > 8 ? ` and ${each.others.length - 8} more` : "");
    return make("li", {}, each.title, where ? make("small", {}, where) : null, others ? make("small", {}, `with ${others}`) : null);
  };
  const side = (each, kind) => make("article", { class: "side" },
    make("h2", {}, title(each)),
    make("p", { class: "path" }, each.entity),
    each.names.length > 1 ? make("p", { class: "also" }, `Also: ${each.names.slice(1, 8).join(" · ")}`) : null,
    heading(kind === "paper" ? "Records" : "Papers", each.paper_count),
    each.papers.length ? make("ul", { class: "papers" }, ...each.papers.slice(0, PAPERS).map(paper)) : make("p", { class: "none" }, "None in this graph."),
    each.paper_count > Math.min(PAPERS, each.papers.length) ? make("p", { class: "none" }, `and ${each.paper_count - Math.min(PAPERS, each.papers.length)} more`) : null,
    ...(each.years.length ? [heading("Years"), make("p", { class: "none" }, span(each.years))] : []),
    ...chips(kind === "person" ? "Co-authors" : "Authors", each.people),
    ...chips("Affiliations", each.affiliations),
    ...chips("Topics", each.topics));

  const signed = (weight) => `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`;
  const bar = (weight, most) => {
    const length = most ? 50 * Math.abs(weight) / most : 0;
    const inner = make("i", { class: weight < 0 ? "against" : null });
    inner.style.width = `${length}%`;
    inner.style.left = `${weight < 0 ? 50 - length : 50}%`;
    return make("dd", { class: "bar", "aria-hidden": "true" }, inner);
  };
  const evidence = (pair) => {
    const { weights, facts, total, prior } = pair.evidence;
    const most = Math.max(0, ...weights.map(([, weight]) => Math.abs(weight)));
    const start = total !== null && prior !== null && Math.abs(prior) >= 0.05 ? `, starting from ${signed(prior)}` : "";
    return make("section", { class: "evidence", "aria-label": "evidence" },
      heading(`Evidence, by ${pair.rule}`),
      weights.length ? make("dl", {}, ...weights.flatMap(([name, weight]) => [
        make("dt", {}, name), make("dd", {}, signed(weight)), bar(weight, most),
      ]), make("dt", { class: "total" }, "in all"), make("dd", { class: "total" }, signed(total)), make("dd")) : null,
      weights.length ? make("p", {}, `In log-odds${start}: probability ${pair.score.toFixed(2)}.`) : null,
      ...facts.map(([name, fact]) => make("p", {}, `${name}: ${fact}`)));
  };

  const visible = () => pairs.map((_, i) => i).filter((i) => shown[pairs[i].kind]);
  const draw = () => {
    const pair = pairs[at];
    const list = visible();
    const decided = [...answers.keys()].length;
    $("summary").textContent = pairs.length
      ? `${counted(data.count, "pair", "pairs")} in doubt${data.count > pairs.length ? `, ${pairs.length.toLocaleString("en")} of them here` : ""} · ${decided.toLocaleString("en")} decided`
      : "Nothing is in doubt.";
    for (const [i, item] of [...$("pairs").children].entries()) {
      const answer = answers.get(i);
      const button = item.firstElementChild;
      item.hidden = !shown[pairs[i].kind];
      button.setAttribute("aria-current", String(i === at));
      const state = button.querySelector(".state");
      state.textContent = answer ? (answer.verdict === "same" ? "=" : "≠") : "·";
      state.setAttribute("aria-label", answer ? answer.verdict : "open");
      state.className = `state ${answer ? answer.verdict : ""}`;
      if (i === at) button.scrollIntoView({ block: "nearest" });
    }
    for (const name of ["same", "different", "later", "undo"]) $(name).disabled = !pair || !shown[pair.kind];
    for (const name of ["save", "copy"]) $(name).disabled = !answers.size;
    $("then").hidden = !answers.size;
    $("back").disabled = list.indexOf(at) <= 0;
    $("undo").disabled = !history.length;
    if (!pair || !shown[pair.kind]) {
      $("pair").replaceChildren(make("p", { class: "none" }, pairs.length ? "No pair of these kinds." : "Nothing is in doubt."));
      return;
    }
    const answer = answers.get(at);
    for (const name of ["same", "different"]) $(name).setAttribute("aria-pressed", String(answer !== undefined && answer.verdict === name));
    $("note").value = answer ? answer.note : "";
    const now = pair.verdict === "same" ? "put together now" : "left apart now";
    const several = pair.pairs > 1 ? ` · ${counted(pair.pairs, "pair", "pairs")} of members in doubt` : "";
    $("pair").replaceChildren(
      make("p", { class: "eyebrow" }, `${list.indexOf(at) + 1} of ${list.length} · ${pair.kind} · ${now} · ${pair.score.toFixed(2)} sure that they are one · effect ${pair.effect}${several}`),
      make("div", { class: "sides" }, side(pair.left, pair.kind), side(pair.right, pair.kind)),
      evidence(pair));
    $("pair").scrollTop = 0;
  };

  const names = (pair) => `${title(pair.left)} and ${title(pair.right)}`;
  const go = (i) => {
    if (i === undefined) return;
    at = i;
    draw();
    say(names(pairs[at]));
  };
  const step = (by) => {
    const list = visible();
    go(list[Math.max(0, Math.min(list.length - 1, list.indexOf(at) + by))]);
  };
  const next = () => {
    const list = visible();
    const after = [...list.filter((i) => i > at), ...list.filter((i) => i < at)];
    const open = after.find((i) => !answers.has(i));
    if (open === undefined) draw(); else go(open);
  };
  const decide = (verdict) => {
    if (!pairs[at] || !shown[pairs[at].kind]) return;
    answers.set(at, { verdict, note: $("note").value.trim() });
    history.push(at);
    keep();
    const said = `${names(pairs[at])}: ${verdict}.`;
    const before = at;
    next();
    say(at === before ? said : `${said} Next: ${names(pairs[at])}`);
  };
  const undo = () => {
    const last = history.pop();
    if (last === undefined) return;
    answers.delete(last);
    while (history.includes(last)) history.splice(history.indexOf(last), 1);
    keep();
    go(last);
    say("Answer taken back");
  };

  // ---------------------------------------------------------------- saving

  $("save").addEventListener("click", () => {
    const href = URL.createObjectURL(new Blob([lines()], { type: "text/csv" }));
    make("a", { href, download: data.file }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
    say(`${counted(answers.size, "decision", "decisions")} saved`);
  });
  $("copy").addEventListener("click", async () => {
    let copied = true;
    try {
      await navigator.clipboard.writeText(lines());
    } catch {
      // A page from a file may not reach the clipboard by itself: through a selection it may.
      const area = make("textarea", { class: "spoken", "aria-hidden": "true" });
      area.value = lines();
      document.body.append(area);
      area.select();
      copied = document.execCommand("copy");
      area.remove();
    }
    $("copy").textContent = copied ? "Copied" : "Not copied";
    setTimeout(() => { $("copy").textContent = "Copy lines"; }, 2000);
    say(copied ? `${counted(answers.size, "line", "lines")} copied` : "The browser does not let this page copy: save the decisions instead");
  });

  // ---------------------------------------------------------------- keys and buttons

  const actions = {
    s: () => decide("same"), d: () => decide("different"), l: next, u: undo, n: () => $("note").focus(),
    ArrowRight: () => step(1), j: () => step(1), ArrowLeft: () => step(-1), k: () => step(-1), // up and down scroll
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input")) {
      if (event.key === "Enter" || event.key === "Escape") { event.preventDefault(); $("pair").focus({ preventScroll: true }); }
      return;
    }
    if (!Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  });
  for (const [name, letter] of [["same", "s"], ["different", "d"], ["later", "l"], ["undo", "u"], ["back", "ArrowLeft"]]) $(name).addEventListener("click", actions[letter]);
  $("note").addEventListener("change", () => {
    const answer = answers.get(at);
    if (answer) { answer.note = $("note").value.trim(); keep(); }
  });

  $("pairs").append(...pairs.map((pair, i) => make("li", {}, make("button", { type: "button", on: { click: () => go(i) } },
    make("span", { class: "state", role: "img" }), make("span", { class: "names" }, title(pair.left), make("b", {}, " ~ "), title(pair.right)),
    make("small", {}, `${pair.kind} · effect ${pair.effect}`)))));
  $("kinds").append(...kinds.map((kind) => make("button", { type: "button", "aria-pressed": "true", on: { click: (event) => {
    shown[kind.name] = !shown[kind.name];
    event.currentTarget.setAttribute("aria-pressed", String(shown[kind.name]));
    if (!pairs[at] || !shown[pairs[at].kind]) at = visible()[0] ?? at;
    draw();
  } } }, kind.label)));
  $("kinds").hidden = kinds.length < 2;

  recall();
  at = pairs.findIndex((_, i) => !answers.has(i));
  if (at < 0) at = 0;
  draw();
  $("pair").focus({ preventScroll: true });
  window.__kgReady = performance.now();
})();
