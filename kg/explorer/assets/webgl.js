// Draws nodes and links with WebGL 2: places stand in a texture, so that nodes and ends of links read the same ones.
import { channels } from "./theme.js";

const TEXELS = 1024; // places in a row of the texture

const SHADER_START = ["#version 300 es", "precision highp float;", "precision highp int;"];
const shaderText = (...lines) => [...SHADER_START, ...lines].join("\n");

const PLACE_TEXT = [
  "uniform highp sampler2D places; uniform vec3 camera; uniform vec2 size; uniform float t;",
  "vec2 placed(int i) {",
  "  vec4 place = texelFetch(places, ivec2(i % 1024, i / 1024), 0);",
  "  return (mix(place.xy, place.zw, t) - camera.xy) * camera.z;", // device pixels from the middle
  "}",
];
const NODE_VERTEX = shaderText(
  ...PLACE_TEXT,
  "layout(location = 0) in float radius; layout(location = 1) in vec2 look;",
  "uniform vec4 scale; uniform sampler2D palette;", // scale: soft factor, least, most, device pixels per pixel
  "flat out float r; flat out float pad; flat out vec3 tint; flat out float square;",
  "void main() {",
  "  float drawn = min(max(radius * scale.x, scale.y * (0.75 + radius / 14.0)), scale.z);",
  "  r = drawn * scale.w;",
  "  tint = texelFetch(palette, ivec2(int(look.x), 0), 0).rgb;",
  "  square = look.y;",
  "  pad = r > 2.2 * scale.w ? scale.w + 1.0 : 0.8;",
  "  gl_PointSize = 2.0 * (r + pad);",
  "  gl_Position = vec4(placed(gl_VertexID) / size * vec2(2.0, -2.0), 0.0, 1.0);",
  "}",
);
const NODE_FRAGMENT = shaderText(
  "flat in float r; flat in float pad; flat in vec3 tint; flat in float square; out vec4 colour;",
  "uniform vec4 scale; uniform vec3 ground; uniform float fade;",
  "void main() {",
  "  vec2 p = (gl_PointCoord - 0.5) * 2.0 * (r + pad);",
  "  float inner = r * 0.89, corner = inner * 0.45;",
  "  vec2 q = abs(p) - inner + corner;",
  "  float far = square > 0.5 ? length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner : length(p) - r;",
  "  float rim = r > 2.2 * scale.w ? scale.w : 0.0;", // a thin line of ground keeps neighbours apart
  "  float body = clamp(0.5 - far, 0.0, 1.0), whole = clamp(0.5 - far + rim, 0.0, 1.0) * (rim > 0.0 ? 0.85 : 1.0);",
  "  float alpha = max(body, whole);",
  "  if (alpha <= 0.0) discard;",
  "  vec3 shown = mix(tint, ground, fade);",
  "  colour = vec4(mix(ground, shown, body) * alpha, alpha);",
  "}",
);
const LINK_VERTEX = shaderText(
  ...PLACE_TEXT,
  "uniform highp sampler2D ties;", // for each link: its two nodes and its weight; four corners are drawn of each
  "uniform vec4 stroke; uniform float quiet;", // colour and alpha; length from which a line grows fainter
  "uniform float ratio, wide; out float across; flat out float half_width; flat out float alpha;",
  "void main() {",
  "  int l = gl_VertexID / 4;",
  "  vec2 corner = vec2(gl_VertexID & 1, (gl_VertexID & 2) - 1);",
  "  vec4 tie = texelFetch(ties, ivec2(l % 1024, l / 1024), 0);",
  "  vec2 a = placed(int(tie.x)), b = placed(int(tie.y));",
  "  vec2 way = b - a;",
  "  float far = max(length(way), 0.001);",
  "  half_width = 0.5 * ratio * wide * tie.z;",
  "  across = corner.y * (half_width + 1.0);",
  "  alpha = stroke.a * (quiet > 0.0 ? clamp(quiet * ratio / far, 0.22, 1.0) : 1.0);",
  "  vec2 p = mix(a, b, corner.x) + vec2(-way.y, way.x) / far * across;",
  "  gl_Position = vec4(p / size * vec2(2.0, -2.0), 0.0, 1.0);",
  "}",
);
const LINK_FRAGMENT = shaderText(
  "in float across; flat in float half_width; flat in float alpha; uniform vec4 stroke; out vec4 colour;",
  "void main() {",
  "  float a = clamp(half_width + 0.5 - abs(across), 0.0, 1.0) * alpha;",
  "  colour = vec4(stroke.rgb * a, a);",
  "}",
);

const programOf = (gl, vertex, fragment) => {
  const program = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(gl.getProgramInfoLog(program));
  }
  const uniforms = {};
  for (let k = gl.getProgramParameter(program, gl.ACTIVE_UNIFORMS) - 1; k >= 0; k -= 1) {
    const { name } = gl.getActiveUniform(program, k);
    uniforms[name] = gl.getUniformLocation(program, name);
  }
  return { program, uniforms };
};

/**
 * Makes a renderer on a canvas, or returns null where there is no WebGL 2. `canvas.js` has the same interface:
 *
 * `nodes(radius, looks)` takes radii and pairs (tint, square); `places(four)` takes x, y before and after, for each
 * node; `palette(hexes)`; `order(list, count)` the nodes to draw, the last on top; `links(set, ends, weights, count)`
 * the lines of a set ("all" or "focus"), the first drawn where there is room for few; `focus(list, count)` the nodes on
 * top. `draw(view)` draws all of it: see `stage.js` for what a view holds.
 */
export const makeWebgl = (canvas) => {
  const gl = canvas.getContext("webgl2", { antialias: false, powerPreference: "high-performance" });
  if (!gl) return null;
  let [node, link, kept] = [null, null, null];

  const texture = () => {
    const made = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, made);
    const set = (name, value) => gl.texParameteri(gl.TEXTURE_2D, name, value);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) set(name, gl.NEAREST);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) set(name, gl.CLAMP_TO_EDGE);
    return made;
  };
  // Not by instances: a renderer without a graphics card draws each instance as if it were a call of its own.
  const linkSet = () => ({ ties: texture(), values: null, count: 0 });
  const corners = (count) => {
    const list = new Uint32Array(6 * count);
    for (let l = 0; l < count; l += 1) list.set([4 * l, 4 * l + 1, 4 * l + 2, 4 * l + 2, 4 * l + 1, 4 * l + 3], 6 * l);
    return list;
  };
  const nodeSet = () => {
    const set = { array: gl.createVertexArray(), list: gl.createBuffer(), count: 0 };
    gl.bindVertexArray(set.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, kept.radii);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 1, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, kept.looks);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribPointer(1, 2, gl.UNSIGNED_BYTE, false, 0, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, set.list);
    return set;
  };
  const start = () => {
    node = programOf(gl, NODE_VERTEX, NODE_FRAGMENT);
    link = programOf(gl, LINK_VERTEX, LINK_FRAGMENT);
    kept = {
      array: gl.createVertexArray(), corners: gl.createBuffer(), held: 0,
      radii: gl.createBuffer(), looks: gl.createBuffer(), places: texture(), palette: texture(),
    };
    kept.all = linkSet();
    kept.focus = linkSet();
    kept.order = nodeSet();
    kept.top = nodeSet();
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.clearColor(0, 0, 0, 0);
  };
  start();

  const fill = (buffer, values) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
  };
  const listed = (set, list, count) => {
    gl.bindVertexArray(set.array);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, list.subarray(0, count), gl.DYNAMIC_DRAW);
    set.count = count;
  };
  const use = ({ program, uniforms }, view) => {
    gl.useProgram(program);
    gl.uniform3f(uniforms.camera, view.x, view.y, view.k * view.ratio);
    gl.uniform2f(uniforms.size, canvas.width, canvas.height);
    gl.uniform1f(uniforms.t, view.t);
    gl.uniform1i(uniforms.places, 0);
  };
  const drawLinks = (set, count, colour, alpha, wide, quiet, ratio) => {
    if (!count) return;
    gl.uniform4f(link.uniforms.stroke, colour[0] / 255, colour[1] / 255, colour[2] / 255, alpha);
    gl.uniform1f(link.uniforms.wide, wide);
    gl.uniform1f(link.uniforms.quiet, quiet);
    gl.uniform1f(link.uniforms.ratio, ratio);
    gl.uniform1i(link.uniforms.ties, 2);
    gl.activeTexture(gl.TEXTURE2);
    gl.bindTexture(gl.TEXTURE_2D, set.ties);
    gl.bindVertexArray(kept.array);
    gl.drawElements(gl.TRIANGLES, 6 * count, gl.UNSIGNED_INT, 0);
  };
  const drawNodes = (set, count, fade) => {
    if (!count) return;
    gl.uniform1f(node.uniforms.fade, fade);
    gl.bindVertexArray(set.array);
    gl.drawElements(gl.POINTS, count, gl.UNSIGNED_INT, 4 * (set.count - count));
  };

  return {
    kind: "webgl",
    start,
    nodes: (radius, looks) => { fill(kept.radii, radius); fill(kept.looks, looks); },
    places: (four) => {
      const rows = Math.max(1, Math.ceil(four.length / 4 / TEXELS));
      const whole = four.length === rows * TEXELS * 4 ? four : new Float32Array(rows * TEXELS * 4);
      if (whole !== four) whole.set(four);
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, kept.places);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, TEXELS, rows, 0, gl.RGBA, gl.FLOAT, whole);
    },
    place: (i, four) => {
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, kept.places);
      const one = four.subarray(4 * i, 4 * i + 4);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, i % TEXELS, Math.floor(i / TEXELS), 1, 1, gl.RGBA, gl.FLOAT, one);
    },
    palette: (hexes) => {
      const bytes = new Uint8Array(256 * 4).fill(255);
      hexes.slice(0, 256).forEach((hex, k) => bytes.set(channels(hex), 4 * k));
      gl.activeTexture(gl.TEXTURE1);
      gl.bindTexture(gl.TEXTURE_2D, kept.palette);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    },
    order: (list, count) => listed(kept.order, list, count),
    focus: (list, count) => listed(kept.top, list, count),
    links: (name, ends, weights, count) => {
      const set = kept[name];
      const rows = Math.max(1, Math.ceil(count / TEXELS));
      if (!set.values || set.values.length < rows * TEXELS * 4) set.values = new Float32Array(rows * TEXELS * 4);
      for (let l = 0; l < count; l += 1) {
        set.values[4 * l] = ends[2 * l];
        set.values[4 * l + 1] = ends[2 * l + 1];
        set.values[4 * l + 2] = weights[l];
      }
      gl.activeTexture(gl.TEXTURE2);
      gl.bindTexture(gl.TEXTURE_2D, set.ties);
      const texels = set.values.subarray(0, rows * TEXELS * 4);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, TEXELS, rows, 0, gl.RGBA, gl.FLOAT, texels);
      set.count = count;
      if (count > kept.held) {
        kept.held = Math.max(count, 2 * kept.held, 1024);
        gl.bindVertexArray(kept.array);
        gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, kept.corners);
        gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, corners(kept.held), gl.STATIC_DRAW);
      }
    },
    draw: (view) => {
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, kept.places);
      gl.activeTexture(gl.TEXTURE1);
      gl.bindTexture(gl.TEXTURE_2D, kept.palette);
      use(link, view);
      drawLinks(kept.all, Math.min(view.links, kept.all.count), view.line, view.lineAlpha, 1, view.quiet, view.ratio);
      use(node, view);
      gl.uniform1i(node.uniforms.palette, 1);
      gl.uniform3f(node.uniforms.ground, view.ground[0] / 255, view.ground[1] / 255, view.ground[2] / 255);
      gl.uniform4f(node.uniforms.scale, view.soft, view.least, view.most, view.ratio);
      drawNodes(kept.order, Math.min(view.nodes, kept.order.count), view.fade);
      use(link, view);
      drawLinks(kept.focus, kept.focus.count, view.strong, view.strongAlpha, view.strongWide, 0, view.ratio);
      use(node, view);
      drawNodes(kept.top, kept.top.count, 0);
    },
  };
};
