"use strict";
for (const box of document.querySelectorAll("nav input")) {
  const show = () => document.body.classList.toggle(box.value, box.checked !== box.hasAttribute("data-off"));
  box.addEventListener("change", show);
  show();
}
document.addEventListener("mouseover", (event) => {
  const line = event.target.closest(".line");
  const spot = line && line.closest("section").querySelector(".spot");
  if (!spot) return;
  spot.style.display = line.dataset.box ? "block" : "none";
  if (!line.dataset.box) return;
  const [left, top, width, height] = line.dataset.box.split(" ").map((x) => x + "%");
  Object.assign(spot.style, { left, top, width, height });
  const scan = spot.closest(".scan");
  const above = spot.offsetTop - scan.scrollTop;
  if (above < 0 || above > scan.clientHeight - spot.offsetHeight) scan.scrollTop = spot.offsetTop - scan.clientHeight / 2;
});
let at = -1;
function next() {
  const marks = [...document.querySelectorAll("mark")];
  if (!marks.length) return;
  at = (at + 1) % marks.length;
  document.querySelectorAll(".now").forEach((line) => line.classList.remove("now"));
  const line = marks[at].closest(".line");
  line.classList.add("now");
  line.scrollIntoView({ block: "center" });
  line.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
}
document.getElementById("next").addEventListener("click", next);
document.addEventListener("keydown", (event) => {
  if (event.key === "n" && !event.ctrlKey && !event.metaKey && !event.altKey) next();
});
