"use client";

import type { Locale } from "@haru/core/locale";
import { type ImportNote, type PlannedPost, planImport } from "@haru/core/transfer/plan";
import { useId, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { DropZone } from "./drop-zone.tsx";
import { ImportSummary } from "./import-summary.tsx";
import type { Manifest } from "./manifest.ts";
import type { TransferMessages } from "./messages.ts";
import { readDropped } from "./read-dropped.ts";
import { type ImportReport, runImport } from "./run-import.ts";

interface ImportPanelProps {
  readonly locale: Locale;
  /** Only administrators change the site's settings. */
  readonly isAdmin: boolean;
  readonly text: TransferMessages;
}

type Step =
  | { readonly kind: "waiting" }
  | { readonly kind: "busy"; readonly words: string }
  | {
      readonly kind: "rehearsed" | "done";
      readonly posts: readonly PlannedPost[];
      readonly report: ImportReport;
      readonly skipped: readonly ImportNote[];
      readonly site: Manifest["site"] | undefined;
    };

/** Drop, see what would happen, then let it happen. */
export function ImportPanel({ locale, isAdmin, text }: ImportPanelProps) {
  const id = useId();
  const [step, setStep] = useState<Step>({ kind: "waiting" });
  const [takesSettings, setTakesSettings] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const api = browserApi(locale);

  /** Whatever goes wrong is said, and the panel is ready for another try. */
  async function attempt(run: () => Promise<Step>): Promise<void> {
    setFailed(false);
    try {
      setStep(await run());
    } catch {
      setFailed(true);
      setStep({ kind: "waiting" });
    }
  }

  const rehearse = (dropped: readonly File[]) =>
    attempt(async () => {
      setStep({ kind: "busy", words: text.reading });
      const { markdownOf } = await import("../draft/rich-text.ts");
      const { files, notes, site } = await readDropped(dropped, markdownOf, text);
      const plan = planImport(files, locale);
      const posts = plan.works.flat();
      const report = await runImport(posts, {
        api,
        isRehearsal: true,
        onProgress: (done) => setStep({ kind: "busy", words: text.checking(done, posts.length) }),
      });
      const failed = [...notes, ...plan.failed, ...report.failed];
      return { kind: "rehearsed", posts, report: { ...report, failed }, skipped: plan.skipped, site };
    });

  const run = (rehearsed: Extract<Step, { kind: "rehearsed" | "done" }>) =>
    attempt(async () => {
      const { imported, updated } = rehearsed.report.outcomes;
      const wanted = [...imported, ...updated];
      const report = await runImport(wanted, {
        api,
        isRehearsal: false,
        onProgress: (done) => setStep({ kind: "busy", words: text.importing(done, wanted.length) }),
      });
      if (takesSettings && rehearsed.site) {
        const { revision } = await api.site.read({});
        await api.site.update({ ...rehearsed.site, revision });
      }
      return { ...rehearsed, kind: "done", report };
    });

  return (
    <>
      {hasFailed && (
        <p className="banner banner-bad" role="alert">
          {text.failed}
        </p>
      )}
      {step.kind === "waiting" && <DropZone text={text} onFiles={rehearse} />}
      {step.kind === "busy" && (
        <p className="drop-zone" role="status">
          {step.words}
        </p>
      )}
      {(step.kind === "rehearsed" || step.kind === "done") && (
        <div className="transfer-step">
          <p className="transfer-state" role="status">
            {step.posts.length === 0 ? text.nothing : step.kind === "done" ? text.done : text.rehearsed}
          </p>
          <ImportSummary report={step.report} skipped={step.skipped} text={text} />
          {step.kind === "rehearsed" && step.site && isAdmin && (
            <p className="transfer-choice">
              <input
                id={id}
                type="checkbox"
                checked={takesSettings}
                onChange={(event) => setTakesSettings(event.target.checked)}
              />
              <label htmlFor={id}>{text.takeSettings}</label>
            </p>
          )}
          <div className="notice-actions">
            {step.kind === "rehearsed" && countOf(step.report) + Number(takesSettings) > 0 && (
              <button type="button" className="button" onClick={() => run(step)}>
                {text.start(countOf(step.report))}
              </button>
            )}
            {step.kind === "done" && (
              <a className="button" href={`/${locale}/write`}>
                {text.toPosts}
              </a>
            )}
            <button
              type="button"
              className="button button-quiet"
              onClick={() => setStep({ kind: "waiting" })}
            >
              {text.startOver}
            </button>
          </div>
        </div>
      )}
    </>
  );
}

function countOf({ outcomes }: ImportReport): number {
  return outcomes.imported.length + outcomes.updated.length;
}
