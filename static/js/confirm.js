/* data-confirm="…" on a form asks before it is sent. Without JavaScript the deed's own page or record says it can be seen. */
export const asking = () => {
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !confirm(question)) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, true);
};
