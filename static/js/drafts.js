/*
 * What is typed is kept in this browser until it was taken: a closed tab, an expired session or a
 * ballot that closed meanwhile loses nothing.
 *
 * A draft remembers what the field held when typing began. Where the page now starts from other
 * words, the draft is offered and not put in, so that it can't undo what others did meanwhile.
 */
const prefix = "draft ";
const sent = "sent drafts";
const age = 30 * 24 * 3600 * 1000;

const store = (() => {
  try { localStorage.setItem("probe", "1"); localStorage.removeItem("probe"); return localStorage; } catch { return null; }
})();

const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };

const fieldsIn = (root) => [...root.querySelectorAll('form[method="post"] textarea')]
  .filter((field) => !field.readOnly && field.dataset.draft !== "off")
  .flatMap((area) => [area, ...area.form.querySelectorAll('input[type="text"]')])
  .filter((field, place, all) => all.indexOf(field) === place);

// A form about another clause, or on an address of its own, is another draft.
const about = (form) => [new URL(form.action).pathname, ...[...form.querySelectorAll('input[type="hidden"][name^="clause"]')].map((hidden) => hidden.value)].join(" ");

const keyOf = (field) => `${prefix}${document.documentElement.dataset.person ?? ""} ${field.dataset.draft || about(field.form)} ${field.name}`;

const tell = (field, draft, instead) => {
  const note = document.createElement("p");
  const words = document.getElementById("draft-words").content.cloneNode(true);
  note.className = "draft-kept";
  note.append(words.querySelector(instead ? "[data-offer]" : "[data-kept]"));
  note.addEventListener("click", (event) => {
    const deed = event.target.dataset.deed;
    if (!deed) return;
    if (deed === "take") field.value = draft.words;
    else { field.value = field.defaultValue; store.removeItem(keyOf(field)); }
    field.dispatchEvent(new Event("input", { bubbles: true }));
    note.remove();
    field.focus();
  });
  field.after(note);
};

const restore = (field) => {
  const draft = read(keyOf(field));
  if (!draft || draft.words === field.value) return;
  if (Date.now() - draft.at > age) { store.removeItem(keyOf(field)); return; }
  const sameStart = draft.start === field.defaultValue;
  if (sameStart) {
    field.value = draft.words;
    field.closest("details")?.setAttribute("open", "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  tell(field, draft, !sameStart);
};

/* What was sent a moment ago: forgotten where it was taken, kept where it came back with errors. */
export const settleSent = (taken) => {
  if (!store) return;
  const keys = read(sent) ?? [];
  store.removeItem(sent);
  if (taken) for (const key of keys) store.removeItem(key);
};

let began = false;

export const keepDrafts = (root) => {
  if (!store) return;
  if (!began) {
    began = true;
    settleSent(document.querySelector("#flash .flash__words"));
    document.addEventListener("submit", (event) => {
      const keys = fieldsIn(document).filter((field) => field.form === event.target).map(keyOf);
      if (keys.length) store.setItem(sent, JSON.stringify(keys));
    });
  }
  for (const field of fieldsIn(root)) {
    if (field.dataset.kept) continue;
    field.dataset.kept = "1";
    restore(field);
    field.addEventListener("input", () => {
      if (field.value === field.defaultValue) store.removeItem(keyOf(field));
      else store.setItem(keyOf(field), JSON.stringify({ words: field.value, start: field.defaultValue, at: Date.now() }));
    });
  }
};

// Only what can't be kept is asked about before leaving: a chosen file, or everything where storage is shut.
addEventListener("beforeunload", (event) => {
  if (document.documentElement.dataset.leaving) return;
  const lost = [...document.querySelectorAll('form[method="post"] :is(textarea, input[type="file"])')]
    .some((field) => (field.type === "file" ? field.files.length : !store && field.value !== field.defaultValue));
  if (lost) event.preventDefault();
});
addEventListener("submit", () => { document.documentElement.dataset.leaving = "1"; });
