/*
 * After htmx has put a fragment in place: settle the drafts that were sent, attach the behaviours,
 * move the focus to what changed, and say so in the polite live region.
 *
 * What changed is, in this order: [data-focus] (a summary of errors), a field that asks for focus,
 * the words in a form that opened beside what it is about, the first part that was not there
 * before. A page without the fragment that was asked for (signing in, a refusal) is gone to instead.
 */
import { settleSent } from "./drafts.js";

const parts = (root) => new Set([...root.querySelectorAll("[id][tabindex]")].map((part) => part.id));

const changed = (place, before) => {
  const errors = place.querySelector("[data-focus]");
  if (errors) return errors;
  const asking = place.querySelector("[autofocus]") ?? (place.matches?.("form") ? place.querySelector("textarea") : null);
  if (asking) return asking;
  const fresh = [...place.querySelectorAll("[id][tabindex]")].find((part) => !before.has(part.id));
  if (fresh) fresh.dataset.new = "";
  return fresh;
};

/* A form that opened beside a clause hides it; left, it goes and the clause is there again. */
const leaving = () => {
  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-leave]")?.closest("form");
    const clause = form?.previousElementSibling;
    if (!clause?.matches("[data-clause]")) return;
    event.preventDefault();
    form.remove();
    clause.focus();
  });
};

export const swaps = (attach) => {
  document.querySelector("[data-focus]")?.focus();
  leaving();
  let before = new Set();
  let placeNow = () => document;

  document.addEventListener("htmx:before:swap", (event) => {
    const ctx = event.detail?.ctx;
    const main = event.detail?.tasks?.find((task) => task.type === "main");
    if (main && ctx.select && ctx.sourceElement?.href && !main.fragment.childElementCount) {
      event.preventDefault();
      location.assign(ctx.sourceElement.href);
      return;
    }
    const target = main?.target ?? event.target;
    const key = target.id || null;
    placeNow = () => (main?.swapSpec.style === "afterend" ? target.nextElementSibling : key && document.getElementById(key)) || document;
    before = parts(target);
  });

  document.addEventListener("htmx:after:swap", () => {
    const place = placeNow();
    delete document.documentElement.dataset.leaving;
    settleSent(!place.querySelector(".errors, .sorry"));
    attach(place);
    if (place.closest?.("[data-quiet]")) return;
    const part = changed(place, before);
    if (!part) return;
    part.focus();
    const said = part.dataset.said ?? (place.matches?.("form[aria-label]") ? place.ariaLabel : null) ?? part.querySelector?.("h2, h1, .comment__who")?.textContent ?? "";
    document.getElementById("live").textContent = said.trim();
  });
};
