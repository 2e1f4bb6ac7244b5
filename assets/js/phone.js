// What the producer's pages add for a phone without a connection. Each page works without it, with a connection.
import { tidy } from "./phone/box.js";
import { showTheBox } from "./phone/list.js";
import { checkPhotos } from "./phone/photo.js";
import { keepAnswers } from "./phone/question.js";
import { keepSending } from "./phone/send.js";
import { watchTheBox } from "./phone/strip.js";
import { markTasks } from "./phone/tasks.js";
import { keepPages } from "./phone/worker.js";

if (document.getElementById("outbox")) {
  checkPhotos();
  keepPages();
  if (window.indexedDB) {
    watchTheBox();
    markTasks();
    keepAnswers();
    showTheBox();
    keepSending();
    tidy().catch(() => {});
  }
}
