/*
 * data-passkey="get" or "create" on a form: the browser is asked for a passkey, by the options at
 * data-options, before the form is sent with what it answered. [data-passkey-only] is shown where
 * a browser can do that, [data-passkey-unable] where it can't.
 */
const able = () => Boolean(navigator.credentials && window.PublicKeyCredential?.parseRequestOptionsFromJSON);

const ask = async (form) => {
  const answer = await fetch(form.dataset.options, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const options = await answer.json();
  const credential = form.dataset.passkey === "create"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return JSON.stringify(credential.toJSON());
};

const asking = (event) => {
  const form = event.target;
  if (!form.dataset.passkey || form.elements.credential.value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const trouble = form.querySelector("[data-passkey-trouble]");
  trouble.hidden = true;
  ask(form).then(
    (answer) => { form.elements.credential.value = answer; form.requestSubmit(); },
    () => { trouble.hidden = false; },
  );
};

export const passkeys = () => {
  document.addEventListener("submit", asking, true);
  // Each answer is for one try: a page that is gone back to asks again.
  addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-passkey]")) form.elements.credential.value = ""; });
};

export const showPasskeys = (root) => {
  if (!able()) return;
  for (const element of root.querySelectorAll("[data-passkey-only]")) element.hidden = false;
  for (const element of root.querySelectorAll("[data-passkey-unable]")) element.hidden = true;
};
