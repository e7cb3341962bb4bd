import type { ImportNote } from "@haru/core/transfer/plan";
import { importOutcomes } from "@haru/core/transfer/transfer.contract";
import type { TransferMessages } from "./messages.ts";
import type { ImportReport } from "./run-import.ts";

/** Problems that are shown one by one. Who has more has one problem many times. */
const mostProblems = 100;

interface ImportSummaryProps {
  readonly report: ImportReport;
  readonly skipped: readonly ImportNote[];
  readonly text: TransferMessages;
}

/** How many posts become what, and which files do not become any, with the reason. */
export function ImportSummary({ report: { outcomes, failed }, skipped, text }: ImportSummaryProps) {
  const counts = [
    ...importOutcomes.map((outcome) => [outcome, outcomes[outcome].length] as const),
    ["failed", failed.length] as const,
    ["skipped", skipped.length] as const,
  ].filter(([, count]) => count > 0);
  return (
    <>
      <ul className="transfer-counts">
        {counts.map(([name, count]) => (
          <li key={name} data-kind={name}>
            {text.counts[name](count)}
          </li>
        ))}
      </ul>
      {failed.length > 0 && (
        <section className="transfer-problems" aria-label={text.problems}>
          <h3>{text.problems}</h3>
          <ul>
            {failed.slice(0, mostProblems).map(({ path, line, reason }) => (
              <li key={`${path}:${line}:${reason}`}>
                <code>{path}</code> {line !== undefined && <span className="note">{text.line(line)}</span>}{" "}
                {reason}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
