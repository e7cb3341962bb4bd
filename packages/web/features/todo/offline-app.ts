"use client";

import { type Locale, locales } from "@haru/core/locale";
import { useEffect, useState } from "react";
import { goTo } from "./use-place.ts";

/** Each language's todo pages have their own registration of the one worker. */
export function registerWorker(locale: Locale): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register("/todo-worker.js", { scope: `/${locale}/todos` });
}

/** Keeps the app for times without a network, in every language, and tells of a newer version of it. */
export function useOfflineApp(): { readonly hasNewVersion: boolean } {
  const [hasNewVersion, setNewVersion] = useState(false);
  useEffect(() => {
    // Not there in private windows of some browsers, and in the way of reloading while the app is built.
    if (!("serviceWorker" in navigator) || process.env.NODE_ENV !== "production") return;
    const { serviceWorker } = navigator;
    for (const locale of locales) {
      registerWorker(locale).catch((error: Error) => {
        console.warn("The app cannot be kept for times without a network.", error);
      });
    }
    const onMessage = ({ data }: MessageEvent<string>) => {
      if (data === "new version") setNewVersion(true);
      // Somebody pressed a reminder.
      else if (data.startsWith("/")) goTo(data);
    };
    const onVisible = () => {
      if (document.visibilityState === "visible") serviceWorker.controller?.postMessage("look");
    };
    serviceWorker.addEventListener("message", onMessage);
    document.addEventListener("visibilitychange", onVisible);
    void keepStorage();
    return () => {
      serviceWorker.removeEventListener("message", onMessage);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);
  return { hasNewVersion };
}

/** Asks the browser not to clear what is stored when it needs room. It may say no: then it is as before. */
async function keepStorage(): Promise<void> {
  if (!(await navigator.storage?.persisted?.())) await navigator.storage?.persist?.();
}
