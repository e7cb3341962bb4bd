import { startContents } from "./contents.ts";
import { startCopyButtons } from "./copy.ts";
import { startPictures } from "./pictures.ts";
import { startReadingKeys } from "./reading-keys.ts";
import { startShare } from "./share.ts";
import { startShell } from "./shell.ts";

/** How far below the window the comments are when their loading begins. */
const lookAheadMargin = "600px";

/** How the id of a comment begins, which is what links to it lead to. */
const commentHash = "#cmt_";

/** Comments cost nothing until a reader comes near them, or follows a link to one. */
function loadCommentsWhenSeen(): void {
  const place = document.getElementById("comments");
  const script = place?.dataset.script;
  if (!place || !script) return;
  const load = () => import(script);
  if (location.hash.startsWith(commentHash)) {
    load();
    return;
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      load();
    },
    { rootMargin: lookAheadMargin },
  );
  observer.observe(place);
}

startShell();
startContents();
startCopyButtons();
startPictures();
startShare();
startReadingKeys();
loadCommentsWhenSeen();
