/* data-copy="#id" copies the text of an element; data-copy="" copies the address in the link's href. */
export const copying = () => {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button || !navigator.clipboard) return;
    event.preventDefault();
    const source = button.dataset.copy ? document.querySelector(button.dataset.copy)?.textContent.trim() : button.href;
    await navigator.clipboard.writeText(source);
    const words = button.textContent;
    button.textContent = button.dataset.copied || words;
    document.getElementById("live").textContent = button.textContent;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
};
