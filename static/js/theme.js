/* Shows the colours as they are chosen at /me; saving is the form's work. */
export const theme = () => {
  document.addEventListener("change", (event) => {
    if (event.target.matches('input[type="radio"][name="theme"]')) document.documentElement.dataset.theme = event.target.value;
  });
};
