/* data-filter="#list" on a search field hides the rows ([data-filter-row]) that lack its words, and parts left empty. */
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const filtering = (root) => {
  for (const field of root.querySelectorAll("[data-filter]")) {
    const list = document.querySelector(field.dataset.filter);
    field.addEventListener("input", () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      for (const row of list.querySelectorAll("[data-filter-row]")) {
        const part = row.closest("[data-filter-part]");
        const text = plain(`${row.textContent} ${part?.firstElementChild.textContent ?? ""}`);
        row.hidden = !words.every((word) => text.includes(word));
      }
      for (const part of list.querySelectorAll("[data-filter-part]")) {
        part.hidden = !part.querySelector("[data-filter-row]:not([hidden])");
      }
    });
  }
};
