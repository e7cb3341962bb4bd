"use client";

import { type ReactNode, useCallback, useEffect, useState } from "react";
import { refusalOf } from "./use-submit.ts";

interface LoadedProps<Value> {
  /** Reads anew whenever it is another function. */
  readonly read: () => Promise<Value>;
  readonly text: { readonly loading: string; readonly failed: string; readonly again: string };
  readonly children: (value: Value) => ReactNode;
}

/** What an application page reads for each visit: room for it while it comes, and another try when it could not. */
export function Loaded<Value>({ read, text, children }: LoadedProps<Value>) {
  const [loaded, setLoaded] = useState<{ readonly value: Value }>();
  const [failure, setFailure] = useState<string>();
  const load = useCallback(async () => {
    setFailure(undefined);
    try {
      setLoaded({ value: await read() });
    } catch (error) {
      setFailure(refusalOf(error, text.failed).message ?? text.failed);
    }
  }, [read, text.failed]);
  useEffect(() => {
    load();
  }, [load]);

  if (failure)
    return (
      <div className="banner banner-bad" role="alert">
        <p>{failure}</p>
        <button type="button" className="button button-quiet button-small" onClick={load}>
          {text.again}
        </button>
      </div>
    );
  if (!loaded) return <div className="skeleton settings-skeleton" role="status" aria-label={text.loading} />;
  return children(loaded.value);
}
