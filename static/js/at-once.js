/* data-at-once on a form: it is sent as soon as it is there. Without JavaScript its button does it. */
export const sendingAtOnce = (root) => {
  root.querySelector("form[data-at-once]")?.requestSubmit();
};
