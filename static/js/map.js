// Lets a reader look closer at a map: buttons, the wheel with Ctrl, dragging; and tells what is pointed at.
// The map is whole without this file.
for (const figure of document.querySelectorAll("[data-map]")) {
  const svg = figure.querySelector("svg");
  const told = figure.querySelector("[data-map-told]");
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let [x, y, width, height] = whole;

  const show = () => svg.setAttribute("viewBox", [x, y, width, height].map((one) => one.toFixed(1)).join(" "));
  const within = (value, low, high) => Math.min(Math.max(value, low), high);
  const zoom = (factor, at = [x + width / 2, y + height / 2]) => {
    const next = within(width * factor, whole[2] / 12, whole[2]);
    const ratio = next / width;
    x = within(at[0] - (at[0] - x) * ratio, whole[0], whole[0] + whole[2] - next);
    y = within(at[1] - (at[1] - y) * ratio, whole[1], whole[1] + whole[3] - height * ratio);
    width = next;
    height *= ratio;
    figure.classList.toggle("map-near", width < whole[2]);
    show();
  };

  const template = figure.querySelector("template");
  if (template) {
    figure.prepend(template.content.cloneNode(true));
    for (const button of figure.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => zoom(Number(button.dataset.zoom)));
    }
  }
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    const at = [x + ((event.clientX - box.left) / box.width) * width, y + ((event.clientY - box.top) / box.height) * height];
    zoom(event.deltaY > 0 ? 1.25 : 0.8, at);
  }, { passive: false });

  let from = null;
  svg.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY]; });
  svg.addEventListener("pointerup", () => { from = null; });
  svg.addEventListener("pointerleave", () => { from = null; });
  svg.addEventListener("pointermove", (event) => {
    if (!from || width >= whole[2]) return;
    const scale = width / svg.getBoundingClientRect().width;
    x = within(x - (event.clientX - from[0]) * scale, whole[0], whole[0] + whole[2] - width);
    y = within(y - (event.clientY - from[1]) * scale, whole[1], whole[1] + whole[3] - height);
    from = [event.clientX, event.clientY];
    show();
  });

  const tell = (event) => {
    const link = event.target.closest("a");
    if (link) told.textContent = link.getAttribute("aria-label");
  };
  svg.addEventListener("pointerover", tell);
  svg.addEventListener("focusin", tell);
}
