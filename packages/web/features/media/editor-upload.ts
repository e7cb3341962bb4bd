import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { UploadQueue } from "./upload-queue.ts";

/** Told whenever a picture became ready, so that what shows a text can show it anew. */
export const pictureReady = new EventTarget();

/**
 * Lets an editor take pictures that are dropped or pasted. Each stands in the text by its id as
 * soon as the server has made room for it, so that saving, undoing and reloading need to know
 * nothing of uploads; the preview shows it when it is ready.
 */
export function pictureDrops(queue: UploadQueue): Extension {
  return EditorView.domEventHandlers({
    drop(event, view) {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return false;
      event.preventDefault();
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (at !== null) view.dispatch({ selection: { anchor: at } });
      insertPictures(view, queue, files);
      return true;
    },
    paste(event, view) {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return false;
      event.preventDefault();
      insertPictures(view, queue, files);
      return true;
    },
  });
}

/** Uploads files and puts each into the text at the caret, in their order. */
export function insertPictures(view: EditorView, queue: UploadQueue, files: readonly File[]): void {
  const ids = queue.add(files).map(({ id }) => id);
  let placed = 0;
  let unfinished = ids.length;
  const unsubscribe = queue.subscribe(() => {
    // In their order: a picture waits until those before it are in the text, or will never be.
    for (; placed < ids.length; placed++) {
      const upload = queue.uploads().find(({ id }) => id === ids[placed]);
      const willNeverBe = !upload || upload.state === "refused";
      if (!willNeverBe && !upload.media) break;
      if (upload?.media && !willNeverBe) insertReference(view, upload.media.mediaId);
    }
    const open = queue
      .uploads()
      .filter(({ id, state }) => ids.includes(id) && state !== "ready" && state !== "refused");
    if (open.length < unfinished) pictureReady.dispatchEvent(new Event("ready"));
    unfinished = open.length;
    if (placed === ids.length && open.length === 0) unsubscribe();
  });
}

/** A picture stands in a paragraph of its own. */
function insertReference(view: EditorView, mediaId: string): void {
  const { state } = view;
  const { from, to } = state.selection.main;
  const line = state.doc.lineAt(from);
  const before = line.text.slice(0, from - line.from).trim() === "" ? "" : "\n\n";
  const insert = `${before}![](media:${mediaId})\n\n`;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: "input.paste",
  });
}

/** Writes a picture's description wherever the text shows that picture without one of its own. */
export function describePicture(view: EditorView, mediaId: string, alt: string): void {
  const text = view.state.doc.toString();
  const escaped = alt.replace(/[\\[\]]/g, "\\$&");
  const changes = [...text.matchAll(new RegExp(`!\\[\\]\\(media:${mediaId}`, "g"))].map(({ index }) => ({
    from: index + 2,
    insert: escaped,
  }));
  if (changes.length > 0) view.dispatch({ changes });
}
