/*
 * After htmx has put a fragment in place: settle the drafts that were sent, attach the behaviours,
 * move the focus to what changed, and say so in the polite live region.
 *
 * What changed is, in this order: [data-focus] (a summary of errors), a field that asks for focus,
 * the first part that was not there before.
 */
import { settleSent } from "./drafts.js";

const parts = (root) => new Set([...root.querySelectorAll("[id][tabindex]")].map((part) => part.id));

const changed = (place, before) => {
  const errors = place.querySelector("[data-focus]");
  if (errors) return errors;
  const asking = place.querySelector("[autofocus]");
  if (asking) return asking;
  const fresh = [...place.querySelectorAll("[id][tabindex]")].find((part) => !before.has(part.id));
  if (fresh) fresh.dataset.new = "";
  return fresh;
};

export const swaps = (attach) => {
  document.querySelector("[data-focus]")?.focus();
  let before = new Set();
  let key = null;

  document.addEventListener("htmx:before:swap", (event) => {
    const target = event.detail?.ctx?.target ?? event.target;
    key = target.id || null;
    before = parts(target);
  });

  document.addEventListener("htmx:after:swap", () => {
    const place = (key && document.getElementById(key)) || document;
    delete document.documentElement.dataset.leaving;
    settleSent(!place.querySelector(".errors, .sorry"));
    attach(place);
    if (place.closest?.("[data-quiet]")) return;
    const part = changed(place, before);
    if (!part) return;
    part.focus();
    const said = part.dataset.said ?? part.querySelector?.("h2, h1, .comment__who")?.textContent ?? "";
    document.getElementById("live").textContent = said.trim();
  });
};
