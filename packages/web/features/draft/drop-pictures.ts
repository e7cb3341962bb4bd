import { EditorView } from "@codemirror/view";

/**
 * Takes one picture that was dropped or pasted, and answers with where readers will find it. This is
 * the one place in which the media library joins the editor.
 */
export type UploadPicture = (file: File) => Promise<{ readonly src: string; readonly alt: string }>;

/** Pictures that are dropped or pasted stand in the text while they are sent, and give way to what came of it. */
export function dropPictures(upload: UploadPicture, uploading: (name: string) => string) {
  function take(view: EditorView, files: FileList | undefined, at: number): boolean {
    const pictures = [...(files ?? [])].filter(({ type }) => type.startsWith("image/"));
    for (const picture of pictures) send(view, picture, at);
    return pictures.length > 0;
  }

  async function send(view: EditorView, file: File, at: number): Promise<void> {
    const place = `![${uploading(file.name)}](upload:${crypto.randomUUID()})\n`;
    view.dispatch({ changes: { from: at, insert: place } });
    const markdown = await upload(file).then(
      ({ src, alt }) => `![${alt}](${src})\n`,
      () => "",
    );
    const from = view.state.doc.toString().indexOf(place);
    if (from >= 0) view.dispatch({ changes: { from, to: from + place.length, insert: markdown } });
  }

  return EditorView.domEventHandlers({
    drop(event, view) {
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.doc.length;
      return take(view, event.dataTransfer?.files, at);
    },
    paste: (event, view) => take(view, event.clipboardData?.files, view.state.selection.main.head),
  });
}
