/* Words selected in a clause can be commented on: the quote travels in the address to the comment form of the clause. */
const most = 500;

const quoting = (form, quote) => {
  if (!quote || form.elements.quote) return;
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "quote", value: quote });
  const words = Object.assign(document.createElement("blockquote"), { className: "comment__quote", dir: "auto", textContent: quote });
  form.prepend(words, field);
};

const arrived = () => {
  const form = document.getElementById("comment-form");
  if (!form || location.hash !== "#comment-form") return;
  quoting(form, new URL(location).searchParams.get("quote")?.slice(0, most));
  const focus = () => form.querySelector("textarea")?.focus();
  if (document.readyState === "complete") focus();
  else addEventListener("load", () => setTimeout(focus)); // after the browser has gone to the fragment
};

export const selections = () => {
  arrived();
  const template = document.getElementById("quote-words");
  if (!template) return;
  let button = null;
  const away = () => { button?.remove(); button = null; };

  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) { away(); return; }
    const range = selection.getRangeAt(0);
    const words = (range.commonAncestorContainer.nodeType === 1 ? range.commonAncestorContainer : range.commonAncestorContainer.parentElement).closest(".clause__words");
    const clause = words?.closest("[data-clause]");
    const link = clause?.querySelector('[data-key="c"][href]');
    const quote = selection.toString().replace(/\s+/g, " ").trim();
    if (!link || !quote || quote.length > most) { away(); return; }
    if (!button) { button = template.content.firstElementChild.cloneNode(true); document.body.append(button); }
    const address = new URL(link.href);
    address.searchParams.set("quote", quote);
    button.href = address.href;
    const box = range.getBoundingClientRect();
    button.style.setProperty("inset-block-start", `${box.bottom + scrollY + 8}px`);
    button.style.setProperty("inset-inline-start", `${Math.max(8, document.dir === "rtl" ? innerWidth - box.right : box.left)}px`);
  });
};
