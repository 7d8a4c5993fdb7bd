/*
 * j and k between clauses, c comment, p propose, o open, ? the list. Never while somebody types, and
 * not at all where they are turned off: whoever speaks to their machine would set them off by words
 * (WCAG 2.1.4).
 */
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog");

const current = () => document.activeElement.closest?.("[data-clause]") || document.querySelector("[data-clause][data-current]");

const step = (by) => {
  const clauses = [...document.querySelectorAll("[data-clause]")];
  if (!clauses.length) return;
  const here = clauses.indexOf(current());
  const inView = clauses.findIndex((clause) => clause.getBoundingClientRect().bottom > 80);
  const next = clauses[here < 0 ? Math.max(inView, 0) : Math.min(Math.max(here + by, 0), clauses.length - 1)];
  for (const clause of clauses) delete clause.dataset.current;
  next.dataset.current = "";
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
};

const follow = (key) => {
  const named = `[data-key="${key}"]`;
  const link = current()?.querySelector(named) ?? document.querySelector(named);
  if (!link?.checkVisibility()) return;
  if (link.matches("textarea, input, select")) link.focus();
  else link.click();
};

const list = () => document.getElementById("keys")?.showModal();

// Kept in this browser, like what is typed; where nothing can be kept, for as long as the page is open.
let on = true;
try { on = localStorage.getItem("keys") !== "off"; } catch { /* the browser keeps nothing */ }

const turn = (now) => {
  on = now;
  try { localStorage.setItem("keys", on ? "on" : "off"); } catch { /* as above */ }
  show();
};

const show = () => {
  for (const box of document.querySelectorAll("[data-keys-switch]")) box.checked = on;
  for (const hint of document.querySelectorAll("[data-keys] kbd")) hint.hidden = !on;
};

export const keyboard = () => {
  show();
  document.addEventListener("click", (event) => { if (event.target.closest("[data-keys]")) list(); });
  document.addEventListener("change", (event) => { if (event.target.matches("[data-keys-switch]")) turn(event.target.checked); });
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const deeds = { j: () => step(1), k: () => step(-1), c: () => follow("c"), p: () => follow("p"), o: () => (current()?.querySelector(".clause__number"))?.click(), "?": list };
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
};
