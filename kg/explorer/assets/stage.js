// The picture: canvases, camera, the loop that draws, and what a pointer or key does to it.

/** Makes the picture. Stands in until the real one is here. */
export const makeStage = ({ data, store, scene }) => {
  const canvas = document.createElement("canvas");
  canvas.dataset.kgGraph = "";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", "Graph");
  canvas.style.width = "100%";
  canvas.style.height = "100%";
  document.getElementById("picture").append(canvas);
  const camera = { x: 0, y: 0, k: 1 };
  const fit = () => {
    const [x0, y0, x1, y1] = scene.view.box;
    camera.x = (x0 + x1) / 2;
    camera.y = (y0 + y1) / 2;
    camera.k = Math.min(canvas.clientWidth / (x1 - x0 + 1), canvas.clientHeight / (y1 - y0 + 1)) * 0.95;
  };
  const at = (i) => [
    (scene.x[i] - camera.x) * camera.k + canvas.clientWidth / 2, (scene.y[i] - camera.y) * camera.k + canvas.clientHeight / 2,
  ];
  const redraw = () => {
    canvas.width = canvas.clientWidth;
    canvas.height = canvas.clientHeight;
    const ctx = canvas.getContext("2d");
    for (let i = 0; i < data.n; i += 1) {
      if (!scene.shown[i]) continue;
      const [x, y] = at(i);
      ctx.fillStyle = scene.colour(i);
      ctx.beginPath();
      ctx.arc(x, y, Math.max(1, scene.radius(i) * camera.k), 0, 7);
      ctx.fill();
    }
  };
  const screen = (i) => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = at(i);
    return [box.left + x, box.top + y];
  };
  canvas.addEventListener("click", (event) => {
    let [best, near] = [-1, 20];
    for (let i = 0; i < data.n; i += 1) {
      const [x, y] = at(i);
      const far = Math.hypot(x - event.offsetX, y - event.offsetY);
      if (scene.shown[i] && far < near) [best, near] = [i, far];
    }
    store.set({ node: best });
  });
  scene.on(redraw);
  fit();
  redraw();
  return { screen, fit, redraw, camera, canvas };
};
