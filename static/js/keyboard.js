/* j and k between clauses, c comment, p propose, o open, ? the list. Never while somebody types. */
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
  const scope = current() || document;
  const link = scope.querySelector(`[data-key="${key}"]`);
  if (!link) return;
  if (link.matches("textarea, input, select")) link.focus();
  else link.click();
};

const list = () => document.getElementById("keys")?.showModal();

export const keyboard = () => {
  document.addEventListener("click", (event) => { if (event.target.closest("[data-keys]")) list(); });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const deeds = { j: () => step(1), k: () => step(-1), c: () => follow("c"), p: () => follow("p"), o: () => (current()?.querySelector(".clause__number"))?.click(), "?": list };
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
};
