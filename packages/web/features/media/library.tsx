"use client";

import type { Locale } from "@haru/core/locale";
import type { Media } from "@haru/core/media/media.contract";
import { useEffect, useState } from "react";
import { LibraryPicture } from "./library-picture.tsx";
import { mediaMessages } from "./messages.ts";
import { PickPictures } from "./pick-pictures.tsx";
import { UploadList } from "./upload-list.tsx";
import { useLibrary } from "./use-library.ts";
import { useUploadQueue } from "./use-upload-queue.ts";

/** All pictures of the author, newest first, and the place to add to them. */
export function Library({ locale }: { locale: Locale }) {
  const text = mediaMessages[locale];
  const { queue, uploads } = useUploadQueue(locale);
  const [search, setSearch] = useState("");
  const library = useLibrary(locale, search.trim());
  const [chosen, setChosen] = useState<Media>();
  const ready = uploads.filter(({ state }) => state === "ready").length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what became ready belongs into the grid.
  useEffect(() => {
    if (ready > 0) library.reload();
  }, [ready]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside it does the same by keyboard.
    <div
      className="library"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        queue.add(event.dataTransfer.files);
      }}
      onPaste={(event) => {
        if (event.clipboardData.files.length > 0) queue.add(event.clipboardData.files);
      }}
    >
      <div className="library-head">
        <h1>{text.title}</h1>
        <PickPictures locale={locale} className="button" onPick={(files) => queue.add(files)} />
      </div>
      <p className="note">{library.usage ?? text.drop}</p>
      <UploadList locale={locale} queue={queue} uploads={uploads} onDescribed={() => library.reload()} />
      <input
        type="search"
        className="input library-search"
        aria-label={text.search}
        placeholder={text.search}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {library.hasFailed && (
        <div className="banner banner-bad" role="alert">
          <p>{text.failed}</p>
          <button type="button" className="button button-quiet button-small" onClick={() => library.reload()}>
            {text.again}
          </button>
        </div>
      )}
      {library.items === undefined && !library.hasFailed && (
        <div className="library-grid" role="status" aria-label={text.loading}>
          {["a", "b", "c", "d", "e", "f"].map((place) => (
            <div key={place} className="skeleton library-skeleton" />
          ))}
        </div>
      )}
      {library.items?.length === 0 && !library.hasMore && (
        <div className="empty">
          <p className="empty-title">{search ? text.nothingFound : text.empty.title}</p>
          {!search && <p>{text.empty.text}</p>}
        </div>
      )}
      <ul className="library-grid">
        {library.items?.map((media) => (
          <li key={media.mediaId}>
            <button
              type="button"
              className="library-tile"
              data-state={media.state}
              onClick={() => setChosen(media)}
              aria-label={media.alt || media.name}
            >
              {media.picture && (
                <img
                  src={
                    media.picture.thumbnail.sources.at(-1)?.srcset.split(" ")[0] ??
                    media.picture.thumbnail.src
                  }
                  alt=""
                  width={300}
                  height={300}
                  loading="lazy"
                />
              )}
              {media.state !== "ready" && (
                <span className={media.picture ? "library-state" : "library-waiting"}>
                  {text.state[media.state === "waiting" ? "queued" : media.state]}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {library.hasMore && (
        <button type="button" className="button button-quiet" onClick={() => library.loadMore()}>
          {text.more}
        </button>
      )}
      {chosen && (
        <LibraryPicture
          key={chosen.mediaId}
          locale={locale}
          media={chosen}
          onClose={() => setChosen(undefined)}
          onChange={() => library.reload()}
        />
      )}
    </div>
  );
}
