const $ = id => document.getElementById(id);
const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const charts = {};
function digits(x) {
  return x == null ? "\u2013" : x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2);
}
function ratio(x) {
  if (x == null) return "\u2013";
  if (x === 0 || x === 1) return String(x);
  return x >= 1e-3 ? x.toFixed(3) : x.toExponential(1).replace(".0e", "e");
}
function bytes(n) {
  for (const [unit, size] of [["GiB", 2 ** 30], ["MiB", 2 ** 20], ["KiB", 2 ** 10]]) if (n >= size) return digits(n / size) + " " + unit;
  return n + " B";
}
function axis(extra) {
  return Object.assign({ stroke: colour("soft"), font: "12px system-ui, sans-serif",
    grid: { stroke: colour("grid"), width: 1 }, ticks: { stroke: colour("grid"), width: 1 } }, extra);
}
function chart(name, height, options, data) {
  if (charts[name]) charts[name].destroy();
  const box = $(name);
  charts[name] = new uPlot(Object.assign({ width: Math.max(240, box.clientWidth), height, legend: { live: true }, cursor: { points: { size: 7 } } }, options), data, box);
}
function list(id, sentences) {
  $(id).replaceChildren(...sentences.map(text => { const item = document.createElement("li"); item.textContent = text; return item; }));
}
function row(tag, texts) {
  const tr = document.createElement("tr");
  for (const text of texts) { const cell = document.createElement(tag); cell.textContent = text; tr.append(cell); }
  return tr;
}
