/* Each module attaches one behaviour to a data- attribute, and adds only what HTML can't do: a page works without any. */
import { keepDrafts } from "./drafts.js";
import { localTimes } from "./times.js";
import { copying } from "./copy.js";
import { keyboard } from "./keyboard.js";
import { contents } from "./contents.js";
import { filtering } from "./filter.js";
import { menus } from "./menu.js";
import { asking } from "./confirm.js";
import { passkeys, showPasskeys } from "./passkeys.js";
import { theme } from "./theme.js";
import { swaps } from "./swaps.js";
import { selections } from "./selection.js";
import { sendingAtOnce } from "./at-once.js";

const attach = (root) => {
  for (const element of root.querySelectorAll("[data-js-only]")) element.hidden = false;
  localTimes(root);
  keepDrafts(root);
  filtering(root);
  contents(root);
  showPasskeys(root);
};

attach(document);
copying();
keyboard();
menus();
asking();
passkeys();
theme();
selections();
swaps(attach);
sendingAtOnce(document);
