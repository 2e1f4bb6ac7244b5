// What pages behind the login add to plain HTML. Each page works without it.
import { announceFromServer } from "./announce.js";
import { workTheDesk } from "./desk.js";
import { focusWhatMatters } from "./focus.js";
import { followKeys } from "./keys.js";
import { closeMenus } from "./menus.js";
import { sendOnce } from "./once.js";
import { signRequests } from "./csrf.js";

document.documentElement.classList.remove("no-js");
signRequests();
announceFromServer();
focusWhatMatters();
followKeys();
workTheDesk();
closeMenus();
sendOnce();
