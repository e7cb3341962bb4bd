"use client";

import { useEffect, useRef, useState } from "react";
import type { SecondFactorMessages } from "./second-factor-messages.ts";

interface RecoveryCodesProps {
  readonly text: SecondFactorMessages;
  readonly recoveryCodes: readonly string[];
  readonly onKept: () => void;
}

/** The only time that somebody sees them. The focus comes here, so that nobody misses them. */
export function RecoveryCodes({ text, recoveryCodes, onKept }: RecoveryCodesProps) {
  const [isCopied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const copy = async () => {
    await navigator.clipboard.writeText(recoveryCodes.join("\n"));
    setCopied(true);
  };
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
        <button type="button" className="button button-quiet" onClick={copy}>
          {text.copy}
        </button>
        <button type="button" className="button" onClick={onKept}>
          {text.kept}
        </button>
        <p className="note" role="status">
          {isCopied && text.copied}
        </p>
      </div>
    </div>
  );
}
