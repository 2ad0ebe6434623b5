/* What a network of pyvis says, drawn by vis-network, which shows labels and titles as text. */
(() => {
  "use strict";

  const data = JSON.parse(document.getElementById("data").textContent);
  const place = document.getElementById("mynetwork");
  const heading = document.getElementById("heading");
  heading.textContent = data.heading;
  heading.hidden = !data.heading;
  Object.assign(place.style, { height: data.height, width: data.width, background: data.ground });
  new vis.Network(place, { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) }, JSON.parse(data.options));
})();
