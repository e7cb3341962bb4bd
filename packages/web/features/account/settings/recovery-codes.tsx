"use client";

import type { Locale } from "@haru/core/locale";
import { useEffect, useRef, useState } from "react";
import { type CopyOutcome, copyAndSay } from "../../site/copy-text.ts";
import type { SecondFactorMessages } from "./second-factor-messages.ts";

interface RecoveryCodesProps {
  readonly locale: Locale;
  readonly text: SecondFactorMessages;
  readonly recoveryCodes: readonly string[];
  readonly onKept: () => void;
}

/** The only time that somebody sees them. The focus comes here, so that nobody misses them. */
export function RecoveryCodes({ locale, text, recoveryCodes, onKept }: RecoveryCodesProps) {
  const [outcome, setOutcome] = useState<CopyOutcome>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="recovery">
      <h3 ref={heading} tabIndex={-1}>
        {text.codesTitle}
      </h3>
      <p className="note">{text.codesLead}</p>
      <ul className="recovery-codes">
        {recoveryCodes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="settings-submit">
        <button
          type="button"
          className="button button-quiet"
          onClick={async () => setOutcome(await copyAndSay(recoveryCodes.join("\n"), locale))}
        >
          {text.copy}
        </button>
        <button type="button" className="button" onClick={onKept}>
          {text.kept}
        </button>
        <p className={outcome?.isCopied === false ? "field-error" : "note"} role="status">
          {outcome?.sentence}
        </p>
      </div>
    </div>
  );
}
