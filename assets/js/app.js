// What pages behind the login add to plain HTML. Each page works without it.
import { announceFromServer } from "./announce.js";
import { copyTexts } from "./copy.js";
import { workTheDesk } from "./desk.js";
import { focusWhatMatters } from "./focus.js";
import { followKeys } from "./keys.js";
import { leaveNothingBehind } from "./leave.js";
import { closeMenus } from "./menus.js";
import { followScanner } from "./scan.js";
import { sendOnce } from "./once.js";
import { shrinkPhotos } from "./shrink.js";
import { writeRemarks } from "./remarks.js";
import { signRequests } from "./csrf.js";

document.documentElement.classList.remove("no-js");
signRequests();
announceFromServer();
focusWhatMatters();
followKeys();
workTheDesk();
closeMenus();
copyTexts();
leaveNothingBehind();
followScanner();
sendOnce();
shrinkPhotos();
writeRemarks();
