/* The page around vis-network: labels, selection, search, filters, details and evidence.
 *
 * Everything comes from the JSON block `#data`. Text enters the page as text nodes only; nothing is parsed as
 * markup. vis-network draws nodes and edges; labels and the highlighted neighbourhood are drawn on top of it,
 * so that selecting something changes no data and costs one frame.
 */
(() => {
  "use strict";

  const data = JSON.parse(document.getElementById("data").textContent);
  const { nodes, edges, about, evidence, kinds, words } = data;
  const $ = (id) => document.getElementById(id);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';
  const ROWS = 12; // neighbours shown before "show all"
  const LONG = 420; // characters of an abstract that are shown at once

  // ---------------------------------------------------------------- facts derived once

  const ties = nodes.map(() => []); // node -> [{edge, other, out}]
  for (const edge of edges) {
    ties[edge.from].push({ edge: edge.id, other: edge.to, out: true });
    if (edge.from !== edge.to) ties[edge.to].push({ edge: edge.id, other: edge.from, out: false });
  }
  const degree = ties.map((list) => list.length);
  const ranked = nodes.map((_, i) => i).sort((a, b) => degree[b] - degree[a] || a - b);
  const byKey = new Map(about.map((facts, i) => [facts.key, i]));
  const edgeByKey = new Map(edges.map((edge) => [edge.key, edge.id]));
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const needles = nodes.map((node, i) => [plain(node.label), (about[i].aliases || []).map(plain)]);
  const counts = kinds.map((_, k) => nodes.filter((node) => node.kind === k).length);
  const shown = kinds.map(() => true);
  const visible = (i) => shown[nodes[i].kind];

  const state = { node: -1, edge: -1, over: -1, touched: false, fitted: 1 };

  // ---------------------------------------------------------------- small helpers

  const make = (tag, facts = {}, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(facts)) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
      else if (name === "tint") element.style.color = value;
      else element.setAttribute(name, value === true ? "" : value);
    }
    for (const child of inside) if (child !== null && child !== undefined && child !== "") element.append(child);
    return element;
  };
  const counted = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const cut = (text, length) => {
    const letters = Array.from(text);
    return letters.length > length ? letters.slice(0, length - 1).join("").trimEnd() + "…" : text;
  };
  const say = (text) => { $("live").textContent = text; };
  const dot = (k) => make("span", { class: kinds[k].page ? "dot page" : "dot", tint: tint(k), "aria-hidden": "true" });
  const weblink = (text) => {
    try {
      const url = new URL(text);
      return url.protocol === "https:" || url.protocol === "http:" ? url : null;
    } catch { return null; }
  };

  // ---------------------------------------------------------------- colours

  let theme = {};
  let tints = [];
  const mix = (hex, other, share) => {
    const part = (text, at) => parseInt(text.slice(at, at + 2), 16);
    const blend = (at) => Math.round(part(hex, at) * (1 - share) + part(other, at) * share);
    return `rgb(${blend(1)} ${blend(3)} ${blend(5)})`;
  };
  const tint = (k) => tints[k];
  const readTheme = () => {
    const style = getComputedStyle(document.documentElement);
    const value = (name) => style.getPropertyValue(name).trim();
    theme = { ground: value("--ground"), ink: value("--ink"), soft: value("--soft") };
    tints = kinds.map((kind) => (dark.matches ? mix(kind.color, "#ffffff", 0.28) : kind.color));
  };
  // Edges of hubs are many: the more there are, the fainter each.
  const edgeColor = (edge) => {
    const crowd = Math.max(degree[edge.from], degree[edge.to]);
    const alpha = Math.max(0.09, Math.min(0.34, 1.3 / Math.sqrt(crowd + 1) / Math.max(1, Math.sqrt(edges.length / 900))));
    return { color: `rgba(${dark.matches ? "190,200,210" : "72,84,96"},${(contrast.matches ? 2 * alpha : alpha).toFixed(3)})` };
  };

  // ---------------------------------------------------------------- drawing

  const outline = (ctx, node, r) => {
    ctx.beginPath();
    if (kinds[node.kind].page && ctx.roundRect) ctx.roundRect(node.x - r * 0.9, node.y - r * 0.9, r * 1.8, r * 1.8, r * 0.42);
    else ctx.arc(node.x, node.y, r, 0, 2 * Math.PI);
  };
  // Far away nodes keep a visible size; near ones do not grow without bound.
  const drawnRadius = (node, scale) =>
    Math.max(node.size * Math.min(1, (1.1 / scale) ** 0.55), (1.9 + node.size * 0.05) / scale);
  const drawNode = (ctx, node, scale) => {
    outline(ctx, node, drawnRadius(node, scale));
    ctx.fillStyle = tint(node.kind);
    ctx.fill();
    ctx.lineWidth = Math.min(1.6, 1.4 / scale);
    ctx.strokeStyle = theme.ground;
    ctx.stroke();
  };

  readTheme();
  const nodeSet = new vis.DataSet(
    nodes.map(({ id, x, y, size }) => ({
      id, x, y, size,
      ctxRenderer: ({ ctx }) => ({
        drawNode: () => drawNode(ctx, nodes[id], network.getScale()),
        nodeDimensions: { width: 2 * size, height: 2 * size },
      }),
    })),
  );
  const edgeSet = new vis.DataSet(edges.map((edge) => ({ id: edge.id, from: edge.from, to: edge.to, color: edgeColor(edge) })));
  const nodeView = new vis.DataView(nodeSet, { filter: (node) => visible(node.id) });
  const network = new vis.Network($("picture"), { nodes: nodeView, edges: edgeSet }, data.options);
  const frame = $("picture").firstElementChild;
  const canvas = frame.querySelector("canvas");
  frame.tabIndex = -1;
  for (const [name, value] of Object.entries({
    "data-kg-graph": "", tabindex: "0", role: "application", "aria-describedby": "keys",
    "aria-label": `Graph of ${counted(nodes.length, "node", "nodes")} and ${counted(edges.length, "edge", "edges")}`,
  })) canvas.setAttribute(name, value);

  const around = (i) => ties[i].filter(({ other }) => visible(other));
  const focusSet = () => {
    if (state.edge >= 0) return { nodes: [edges[state.edge].from, edges[state.edge].to], edges: [state.edge] };
    const near = around(state.node);
    return { nodes: [...new Set([...near.map(({ other }) => other), state.node])], edges: near.map(({ edge }) => edge) };
  };

  const drawFocus = (ctx, scale) => {
    const focus = focusSet();
    ctx.save();
    ctx.resetTransform();
    ctx.globalAlpha = 0.86;
    ctx.fillStyle = theme.ground;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.restore();
    ctx.lineWidth = 1.3 / scale;
    for (const id of focus.edges) {
      const { from, to } = edges[id];
      ctx.beginPath();
      ctx.moveTo(nodes[from].x, nodes[from].y);
      ctx.lineTo(nodes[to].x, nodes[to].y);
      ctx.globalAlpha = focus.edges.length > 60 ? 0.4 : 0.65;
      ctx.strokeStyle = tint(nodes[from === state.node ? to : from].kind);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    for (const i of focus.nodes) drawNode(ctx, nodes[i], scale);
    if (state.node >= 0) {
      outline(ctx, nodes[state.node], drawnRadius(nodes[state.node], scale) + 4 / scale);
      ctx.lineWidth = 2 / scale;
      ctx.strokeStyle = theme.ink;
      ctx.stroke();
    }
    return focus.nodes;
  };

  // Labels keep their size on the screen. Each is tried below, above, right and left of its node; it goes where it
  // covers the fewest nodes, never onto another label, and is left out where there is no room.
  const drawLabels = (ctx, scale, among) => {
    const matrix = ctx.getTransform();
    const ratio = matrix.a / scale;
    const room = insets();
    const [low, high] = [room.left - 38, canvas.width / ratio - room.right + 38];
    const height = canvas.height / ratio - room.bottom + 40;
    const dots = (among || ranked).filter(visible).map((i) => [
      (matrix.a * nodes[i].x + matrix.e) / ratio, (matrix.d * nodes[i].y + matrix.f) / ratio, drawnRadius(nodes[i], scale) * scale, i,
    ]).filter(([x, y]) => x > low - 80 && x < high + 80 && y > -30 && y < height + 30);
    const chosen = dots.filter((spot) => spot[3] === state.node);
    const boxes = chosen.map(([x, y, r]) => [x - r - 5, y - r - 5, x + r + 5, y + r + 5]);
    const free = (box) => boxes.every((b) => box[0] > b[2] || box[2] < b[0] || box[1] > b[3] || box[3] < b[1]);
    const covered = (box, i) => dots.reduce((sum, [x, y, r, j]) =>
      sum + (j !== i && x + r > box[0] + 3 && x - r < box[2] - 3 && y + r > box[1] + 2 && y - r < box[3] - 2), 0);
    const place = ([x, y, r, i], tolerance) => {
      const strong = i === state.node || i === state.over;
      const size = strong ? 13 : 11 + Math.min(3, Math.sqrt(degree[i]) * 0.35);
      ctx.font = `${strong || degree[i] > 24 ? 600 : 500} ${size}px ${FONT}`;
      const text = cut(nodes[i].label, strong ? 48 : 28);
      const half = ctx.measureText(text).width / 2;
      const gap = i === state.node ? r + 9 : r + 3;
      const within = (middle) => Math.max(low + half + 8, Math.min(high - half - 8, middle));
      let best = null;
      for (const [middle, top] of [
        [within(x), y + gap], [within(x), y - gap - size - 2], [x + gap + half + 3, y - size / 2 - 1], [x - gap - half - 3, y - size / 2 - 1],
      ]) {
        const box = [middle - half - 5, top - 1, middle + half + 5, top + size + 3];
        if (box[0] < low || box[2] > high || box[1] < 2 || box[3] > height - 2) continue;
        if (tolerance < Infinity && Math.abs(middle - x) > half + gap + 4) continue;
        const cost = covered(box, i) + (free(box) ? 0 : tolerance === Infinity ? 100 : NaN);
        if (cost <= tolerance && (best === null || cost < best.cost)) best = { middle, top, box, cost };
        if (best !== null && best.cost === 0) break;
      }
      if (best === null) return;
      boxes.push(best.box);
      ctx.lineJoin = "round";
      ctx.lineWidth = 3.5;
      ctx.strokeStyle = theme.ground;
      ctx.strokeText(text, best.middle, best.top + size * 0.86);
      ctx.fillStyle = theme.ink;
      ctx.fillText(text, best.middle, best.top + size * 0.86);
    };
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    const strong = (i) => i === state.over || i === state.node;
    for (const spot of dots) if (strong(spot[3])) place(spot, Infinity);
    // The closer one looks, the more names there are; the most connected come first.
    const area = (high - low) * height;
    let left = among ? Infinity : Math.max(12, Math.round((area / 17000) * (scale / state.fitted) ** 2));
    const last = among ? Infinity : ranked[Math.min(ranked.length, Math.round(left)) - 1];
    const first = new Set(ranked.slice(0, 10));
    dots.sort((p, q) => degree[q[3]] - degree[p[3]] || p[3] - q[3]);
    for (const spot of dots) {
      if (left <= 0) break;
      left -= 1;
      if (!strong(spot[3])) place(spot, state.edge >= 0 ? 99 : among || first.has(spot[3]) ? 4 : degree[spot[3]] > 4 ? 1 : 0);
      if (spot[3] === last) break;
    }
    ctx.restore();
  };

  network.on("afterDrawing", (ctx) => {
    const scale = network.getScale();
    const focused = state.node >= 0 || state.edge >= 0 ? drawFocus(ctx, scale) : null;
    drawLabels(ctx, scale, focused);
  });

  // ---------------------------------------------------------------- camera

  const wide = () => innerWidth > 820;
  const insets = () => {
    const covered = !$("about").hidden;
    return {
      left: 44 + (!$("list").hidden && wide() ? 340 : 0), top: 28,
      right: 44 + (covered && wide() ? 376 : 0), bottom: 40 + (covered && !wide() ? canvas.clientHeight * 0.56 : 0),
    };
  };
  const moving = () => (calm.matches ? false : { duration: 380, easingFunction: "easeInOutCubic" });
  const frameUp = (chosen, most, animation) => {
    if (!chosen.length) return;
    const xs = chosen.map((i) => nodes[i].x);
    const ys = chosen.map((i) => nodes[i].y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const room = insets();
    const [w, h] = [canvas.clientWidth - room.left - room.right, canvas.clientHeight - room.top - room.bottom];
    const scale = Math.min(Math.max(w, 60) / (right - left + 1), Math.max(h, 60) / (bottom - top + 1), most);
    network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale,
      offset: { x: (room.left - room.right) / 2, y: (room.top - room.bottom) / 2 }, animation,
    });
    return scale;
  };
  const fit = (animation) => {
    state.fitted = frameUp(ranked.filter(visible), 2.2, animation) || 1;
    state.touched = false;
  };
  const zoom = (factor) => {
    state.touched = true;
    network.moveTo({ scale: Math.max(0.02, Math.min(12, network.getScale() * factor)), animation: moving() });
  };
  const pan = (x, y) => {
    state.touched = true;
    const centre = network.getViewPosition();
    const scale = network.getScale();
    network.moveTo({ position: { x: centre.x + x / scale, y: centre.y + y / scale } });
  };
  const screen = (i) => {
    if (!visible(i)) return [-9999, -9999];
    const box = canvas.getBoundingClientRect();
    const { x, y } = network.canvasToDOM({ x: nodes[i].x, y: nodes[i].y });
    return [box.left + x, box.top + y];
  };
  // The node under the pointer, or the nearest within a finger's breadth.
  const nodeAt = ({ x, y }) => {
    const scale = network.getScale();
    const at = network.DOMtoCanvas({ x, y });
    let best = -1;
    let least = Infinity;
    for (let i = 0; i < nodes.length; i += 1) {
      if (!visible(i)) continue;
      const distance = Math.hypot(nodes[i].x - at.x, nodes[i].y - at.y) - drawnRadius(nodes[i], scale);
      if (distance < least) { best = i; least = distance; }
    }
    return least * scale <= 5 ? best : -1;
  };
  const edgeAt = ({ x, y }) => {
    const scale = network.getScale();
    const p = network.DOMtoCanvas({ x, y });
    const near = state.node >= 0 ? new Set(ties[state.node].map(({ edge }) => edge)) : null;
    let best = -1;
    let least = 5 / scale;
    for (const edge of edges) {
      if (!visible(edge.from) || !visible(edge.to) || (near && !near.has(edge.id))) continue;
      const [a, b] = [nodes[edge.from], nodes[edge.to]];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const along = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
      const distance = Math.hypot(a.x + along * dx - p.x, a.y + along * dy - p.y);
      if (distance < least) { best = edge.id; least = distance; }
    }
    return best;
  };

  // ---------------------------------------------------------------- details

  const passage = ([file, line, field, start, end, before, quote, after, rule, score]) => {
    const where = `${file === null ? "" : words[file]}${line === null ? "" : `:${line}`}`;
    const rest = [
      field === null ? "" : words[field],
      start === null || end === null ? "" : `characters ${start}–${end}`,
      rule === null ? "" : words[rule],
      score === null ? "" : `score ${score.toFixed(2)}`,
    ].filter(Boolean).join(" · ");
    return make("figure", {},
      make("blockquote", { class: "evidence", "data-evidence": "" }, before, make("mark", {}, quote || ""), after),
      make("figcaption", {}, make("code", {}, where), rest ? ` · ${rest}` : ""));
  };

  const row = ({ edge, other }, serial, open) => {
    const node = nodes[other];
    const place = edges[edge].position;
    const passages = evidence[edge];
    const box = make("div", { id: `passages-${serial}`, hidden: !open }, ...passages.map(passage));
    const why = passages.length
      ? make("button", {
          type: "button", class: "why", "aria-expanded": String(open), "aria-controls": box.id,
          "aria-label": `${counted(passages.length, "passage", "passages")} for ${node.label}`,
          on: { click: () => {
            box.hidden = !box.hidden;
            why.setAttribute("aria-expanded", String(!box.hidden));
          } },
        }, counted(passages.length, "passage", "passages"))
      : null;
    const year = about[other].year;
    return make("li", {},
      make("div", { class: "tie" },
        make("button", { type: "button", class: "go", on: { click: () => choose(other, { look: true }) } },
          place === null ? null : make("span", { class: "number" }, String(place)), dot(node.kind),
          make("span", {}, node.label, kinds[node.kind].page && year ? make("small", {}, ` ${year}`) : "")),
        why),
      box);
  };

  const groups = (i) => {
    const found = new Map();
    for (const tie of ties[i]) {
      const key = `${tie.out ? "out" : "in"} ${edges[tie.edge].said} ${tie.out ? "" : nodes[tie.other].kind}`;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(tie);
    }
    return [...found.values()];
  };

  const listed = (list, start) => {
    const spoken = list.some(({ edge }) => evidence[edge].some((p) => p[5] || p[7]));
    const open = spoken && list.length <= 6;
    const holder = make("ul", { class: "ties" }, ...list.slice(0, ROWS).map((tie, n) => row(tie, start + n, open)));
    if (list.length <= ROWS) return [holder];
    const more = make("button", { type: "button", class: "more", on: { click: () => {
      holder.append(...list.slice(ROWS).map((tie, n) => row(tie, start + ROWS + n, false)));
      more.remove();
      holder.children[ROWS].querySelector("button").focus();
    } } }, `Show all ${list.length.toLocaleString("en")}`);
    return [holder, more];
  };

  const closer = () => make("button", { type: "button", class: "close", "aria-label": "Close the details", on: { click: () => clear(true) } }, "×");

  const abstract = (text) => {
    const long = text.length > LONG;
    const body = make("p", { class: long ? "abstract short" : "abstract" }, text);
    const more = long ? make("button", { type: "button", class: "more", on: { click: () => {
      body.classList.remove("short");
      more.remove();
    } } }, "Show the whole abstract") : null;
    return more ? [body, more] : [body];
  };

  const nodeDetails = (i) => {
    const node = nodes[i];
    const facts = about[i];
    const kind = kinds[node.kind];
    const link = facts.url ? weblink(facts.url) : null;
    const tail = kind.page ? facts.date || facts.year : facts.papers ? counted(facts.papers, "paper", "papers") : "";
    const parts = [
      closer(),
      make("p", { class: "eyebrow" }, dot(node.kind), `${capital(kind.label)}${tail ? ` · ${tail}` : ""}`),
      make("h2", { tabindex: "-1" }, node.label),
    ];
    if (facts.aliases) parts.push(make("p", { class: "aliases" }, `Also: ${facts.aliases.join(" · ")}`));
    if (!kind.page && facts.year) parts.push(make("p", { class: "quiet" }, `First seen in ${facts.year}`));
    if (link) {
      parts.push(make("p", { class: "link" },
        make("a", { href: link.href, rel: "noopener noreferrer", target: "_blank" }, `${link.host}${link.pathname}`)));
    }
    if (facts.text) parts.push(...abstract(facts.text));
    let serial = 0;
    for (const list of groups(i)) {
      const { edge, other, out } = list[0];
      const said = words[edges[edge].said];
      const authors = out && edges[edge].position !== null;
      const title = out ? capital(said) : `${capital(kinds[nodes[other].kind].plural)} · ${said}`;
      parts.push(make("h3", {}, title, make("span", {}, list.length.toLocaleString("en"))));
      parts.push(...listed(list, serial));
      serial += list.length;
      if (authors && facts.complete === false) parts.push(make("p", { class: "quiet" }, "The author list is incomplete (et al.)."));
      if (authors && facts.complete === true) parts.push(make("p", { class: "quiet" }, "The author list is complete."));
    }
    if (!ties[i].length) parts.push(make("p", { class: "quiet" }, "Nothing in the graph is tied to it."));
    return parts;
  };

  const edgeDetails = (id) => {
    const edge = edges[id];
    const end = (i) => make("button", { type: "button", class: "go", on: { click: () => choose(i, { look: true }) } },
      dot(nodes[i].kind), make("span", {}, nodes[i].label));
    const passages = evidence[id];
    const score = edge.score === null ? "" : ` · score ${edge.score.toFixed(2)}`;
    return [
      closer(),
      make("p", { class: "eyebrow" }, `Edge${score}`),
      make("h2", { tabindex: "-1" }, capital(words[edge.said])),
      make("ul", { class: "ties ends" }, make("li", {}, end(edge.from)), make("li", {}, end(edge.to))),
      make("h3", {}, "Evidence", make("span", {}, passages.length.toLocaleString("en"))),
      ...(passages.length ? passages.map(passage) : [make("p", { class: "quiet" }, "No passage is recorded for this edge.")]),
    ];
  };

  const open = (parts, spoken) => {
    $("about").replaceChildren(...parts);
    $("about").hidden = false;
    $("about").scrollTop = 0;
    document.body.classList.add("beside");
    say(spoken);
    if (!state.touched) fit(moving());
    network.redraw();
  };

  // ---------------------------------------------------------------- selection and address

  const address = (text) => {
    const hash = text ? `#${text}` : "";
    if (location.hash !== hash) history.pushState(null, "", hash || location.pathname + location.search);
  };
  const encode = (key) => encodeURIComponent(key).replace(/%2F/g, "/").replace(/%3A/g, ":");
  const remember = (text) => {
    try { address(text); } catch { location.hash = text; } // some browsers forbid pushState on file: pages
  };

  const choose = (i, { look = false, focus = false, quiet = false } = {}) => {
    if (!shown[nodes[i].kind]) toggle(nodes[i].kind);
    Object.assign(state, { node: i, edge: -1, over: -1 });
    open(nodeDetails(i), `${kinds[nodes[i].kind].label} ${nodes[i].label}, ${counted(degree[i], "edge", "edges")}`);
    if (!quiet) remember(`node=${encode(about[i].key)}`);
    const under = screen(i)[0] - canvas.getBoundingClientRect().right + insets().right;
    if (look) { state.touched = true; frameUp(focusSet().nodes, Math.max(1.5, state.fitted), moving()); }
    else if (state.touched && under > 0) pan(under + 20, 0);
    if (focus) $("about").querySelector("h2").focus();
  };
  const chooseEdge = (id, { quiet = false } = {}) => {
    Object.assign(state, { node: -1, edge: id, over: -1 });
    const { from, to, said } = edges[id];
    open(edgeDetails(id), `edge: ${nodes[from].label} ${words[said]} ${nodes[to].label}`);
    if (!quiet) remember(`edge=${encode(edges[id].key)}`);
  };
  const clear = (aloud, quiet) => {
    const within = $("about").contains(document.activeElement);
    Object.assign(state, { node: -1, edge: -1 });
    $("about").hidden = true;
    document.body.classList.remove("beside");
    if (within) canvas.focus({ preventScroll: true });
    if (!state.touched) fit(moving());
    if (aloud) say("Nothing selected");
    if (!quiet) remember("");
    network.redraw();
  };
  const restore = (look) => {
    const [, what, coded] = /^#(node|edge)=(.*)$/.exec(location.hash) || [];
    let key = "";
    try { key = decodeURIComponent(coded || ""); } catch { /* not an address of ours */ }
    if (what === "node" && byKey.has(key)) choose(byKey.get(key), { quiet: true, look });
    else if (what === "edge" && edgeByKey.has(key)) chooseEdge(edgeByKey.get(key), { quiet: true });
    else if (!$("about").hidden) clear(false, true);
  };

  // ---------------------------------------------------------------- search

  const box = $("search");
  const options = $("found");
  let hits = [];
  let active = -1;
  // 0 the name begins so, 1 a word of it does, 2 it is inside, 3 another name has it; null: no match.
  const match = (i, tokens, whole) => {
    const [label, aliases] = needles[i];
    if (tokens.every((token) => label.includes(token))) {
      return label.startsWith(whole) ? 0 : label.includes(` ${tokens[0]}`) || label.startsWith(tokens[0]) ? 1 : 2;
    }
    return aliases.some((alias) => tokens.every((token) => alias.includes(token))) ? 3 : null;
  };
  const mark = (n) => {
    active = n;
    [...options.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === n)));
    if (n >= 0 && hits.length) {
      box.setAttribute("aria-activedescendant", `found-${n}`);
      options.children[n].scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  };
  const shut = () => {
    options.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const take = (n) => {
    if (!hits.length) return;
    const i = hits[Math.max(0, n)];
    shut();
    box.value = "";
    choose(i, { look: true, focus: true });
  };
  const search = () => {
    const whole = plain(box.value.trim());
    if (!whole) { hits = []; shut(); return; }
    const tokens = whole.split(/\s+/);
    hits = nodes.map((_, i) => [match(i, tokens, whole), i]).filter(([rank]) => rank !== null)
      .sort(([a, i], [b, j]) => a - b || degree[j] - degree[i] || i - j).slice(0, 12).map(([, i]) => i);
    options.replaceChildren(...(hits.length
      ? hits.map((i, n) => make("li", {
          role: "option", id: `found-${n}`, "aria-selected": "false",
          on: { pointerdown: (event) => { event.preventDefault(); take(n); }, pointermove: () => mark(n) },
        }, dot(nodes[i].kind), make("span", {}, nodes[i].label), make("small", {}, kinds[nodes[i].kind].label)))
      : [make("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No such name")]));
    options.hidden = false;
    box.setAttribute("aria-expanded", "true");
    mark(hits.length ? 0 : -1);
    say(hits.length ? counted(hits.length, "result", "results") : "No such name");
  };
  box.addEventListener("input", search);
  box.addEventListener("focus", () => { if (box.value) search(); });
  box.addEventListener("blur", shut);
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) { event.preventDefault(); mark((active + step + hits.length) % hits.length); }
    else if (event.key === "Enter") { event.preventDefault(); take(active); }
    else if (event.key === "Escape") {
      event.stopPropagation();
      if (box.value) { box.value = ""; search(); } else { box.blur(); clear(true); }
    }
  });

  // ---------------------------------------------------------------- legend

  const legend = document.querySelector(".kinds");
  const keys = kinds.map((kind, k) => make("button", {
    type: "button", "aria-pressed": "true", title: `Show or hide ${kind.plural}`, on: { click: () => toggle(k) },
  }, dot(k), make("span", {}, kind.plural), make("span", {}, counts[k].toLocaleString("en"))));
  const all = make("button", { type: "button", class: "all", hidden: true, on: { click: () => toggle(-1) } });
  legend.append(...keys, all);
  const toggle = (k) => {
    if (k < 0) shown.fill(true); else shown[k] = !shown[k];
    keys.forEach((key, at) => key.setAttribute("aria-pressed", String(shown[at])));
    const hidden = nodes.filter((node) => !shown[node.kind]).length;
    all.hidden = shown.every(Boolean);
    all.textContent = `Show all kinds · ${counted(hidden, "node", "nodes")} hidden`;
    nodeView.refresh();
    if (state.node >= 0 && !visible(state.node)) clear(false);
    if (state.edge >= 0 && !(visible(edges[state.edge].from) && visible(edges[state.edge].to))) clear(false);
    say(hidden ? `${counted(hidden, "node", "nodes")} hidden` : "All nodes shown");
    network.redraw();
  };

  // ---------------------------------------------------------------- the list twin

  const fold = (k) => {
    const list = make("ol");
    const folded = make("details", { on: { toggle: () => {
      if (list.children.length) return;
      const members = ranked.filter((i) => nodes[i].kind === k)
        .sort((a, b) => needles[a][0].localeCompare(needles[b][0], "en") || a - b);
      list.append(...members.map((i) => make("li", {},
        make("button", { type: "button", class: "go", on: { click: () => choose(i, { look: true, focus: true }) } },
          make("span", {}, nodes[i].label), make("small", {}, counted(degree[i], "edge", "edges"))))));
    } } }, make("summary", {}, dot(k), make("span", {}, capital(kinds[k].plural)), make("small", {}, counts[k].toLocaleString("en"))), list);
    return folded;
  };
  const showList = (on) => {
    if (on && !$("list").children.length) $("list").append(...kinds.map((_, k) => fold(k)));
    $("list").hidden = !on;
    $("show-list").setAttribute("aria-expanded", String(on));
    if (on) $("list").focus(); else $("show-list").focus();
    if (!state.touched) fit(moving());
  };
  $("show-list").addEventListener("click", () => showList($("list").hidden));
  $("skip").addEventListener("click", () => showList(true));

  // ---------------------------------------------------------------- picture as a file

  $("save").addEventListener("click", () => {
    const picture = document.createElement("canvas");
    picture.width = canvas.width;
    picture.height = canvas.height;
    const ctx = picture.getContext("2d");
    ctx.fillStyle = theme.ground;
    ctx.fillRect(0, 0, picture.width, picture.height);
    ctx.drawImage(canvas, 0, 0);
    picture.toBlob((blob) => {
      const href = URL.createObjectURL(blob);
      const name = plain(data.name).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "graph";
      make("a", { href, download: `${name}.png` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 10000);
      say("Picture saved");
    }, "image/png");
  });

  // ---------------------------------------------------------------- pointer, keys, window

  let waiting = null;
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons) return;
    const fresh = waiting === null;
    waiting = { x: event.offsetX, y: event.offsetY };
    if (fresh) requestAnimationFrame(() => {
      const over = nodeAt(waiting);
      waiting = null;
      canvas.style.cursor = over >= 0 ? "pointer" : "default";
      if (over !== state.over) { state.over = over; network.redraw(); }
    });
  });
  canvas.addEventListener("pointerleave", () => { if (state.over >= 0) { state.over = -1; network.redraw(); } });
  network.on("click", ({ pointer }) => {
    const i = nodeAt(pointer.DOM);
    if (i >= 0) { choose(i); return; }
    const edge = edgeAt(pointer.DOM);
    if (edge >= 0) chooseEdge(edge);
    else if (state.node >= 0 || state.edge >= 0) clear(true);
  });
  network.on("dragEnd", () => { state.touched = true; });
  network.on("zoom", () => { state.touched = true; });
  network.on("resize", () => { if (!state.touched) fit(false); });

  $("closer").addEventListener("click", () => zoom(1.5));
  $("further").addEventListener("click", () => zoom(1 / 1.5));
  $("fit").addEventListener("click", () => fit(moving()));
  const camera = {
    ArrowLeft: () => pan(-60, 0), ArrowRight: () => pan(60, 0), ArrowUp: () => pan(0, -60), ArrowDown: () => pan(0, 60),
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => fit(moving()),
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(camera, event.key)) return;
    event.preventDefault();
    camera[event.key]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") { event.preventDefault(); box.focus(); box.select(); }
    if (event.key === "Escape") {
      if (state.node >= 0 || state.edge >= 0) clear(true);
      else if (!$("list").hidden) showList(false);
    }
  });
  addEventListener("popstate", () => restore(true));
  addEventListener("hashchange", () => restore(true));
  const recolor = () => {
    readTheme();
    edgeSet.update(edges.map((edge) => ({ id: edge.id, color: edgeColor(edge) })));
    for (const [k, key] of keys.entries()) key.querySelector(".dot").style.color = tint(k);
    $("list").replaceChildren();
    $("list").hidden = true;
    $("show-list").setAttribute("aria-expanded", "false");
    if (state.node >= 0) $("about").replaceChildren(...nodeDetails(state.node));
    if (state.edge >= 0) $("about").replaceChildren(...edgeDetails(state.edge));
    network.redraw();
  };
  dark.addEventListener("change", recolor);
  contrast.addEventListener("change", recolor);

  // ---------------------------------------------------------------- begin

  network.once("afterDrawing", () => requestAnimationFrame(() => { window.__kgReady = performance.now(); }));
  window.__kg = { screen, D: { labels: nodes.map((node) => node.label), deg: degree } };
  fit(false);
  restore(true);
})();
