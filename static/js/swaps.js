/*
 * After htmx has put a fragment in place: attach the behaviours to it, move the focus to what
 * changed, and say so in the polite live region. [data-focus] is where the focus belongs,
 * [data-said] what is said.
 */
export const swaps = (attach) => {
  const first = document.querySelector("[data-focus]");
  if (first) first.focus();

  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target ?? event.target;
    const place = target.id ? document.getElementById(target.id) ?? target : target;
    if (!place.isConnected) return;
    attach(place.parentElement ?? document);
    const focus = place.matches("[data-focus]") ? place : place.querySelector("[data-focus]");
    if (focus) focus.focus();
    const said = place.querySelector("[data-said]")?.dataset.said ?? place.querySelector(".flash__words, [role=alert]")?.textContent;
    if (said) document.getElementById("live").textContent = said.trim();
  });
};
