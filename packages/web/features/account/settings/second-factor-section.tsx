"use client";

import type { Locale } from "@haru/core/locale";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../../browser-api.ts";
import { AppForm } from "./app-form.tsx";
import { ProofForm } from "./proof-form.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { secondFactorMessages } from "./second-factor-messages.ts";
import { Section, settingsRefusal } from "./section.tsx";

interface State {
  readonly isOn: boolean;
  readonly recoveryCodesLeft: number;
}

/** Where somebody is on the way to a second factor, or in changing it. */
type Step =
  | { readonly name: "rest" }
  | { readonly name: "connect"; readonly secret: string; readonly address: string }
  | { readonly name: "codes"; readonly recoveryCodes: readonly string[] };

const rest: Step = { name: "rest" };

export function SecondFactorSection({ locale }: { locale: Locale }) {
  const text = secondFactorMessages[locale];
  const [state, setState] = useState<State>();
  const [step, setStep] = useState<Step>(rest);
  const [message, setMessage] = useState<string>();
  const api = browserApi(locale).secondFactor;

  const load = useCallback(async () => {
    try {
      setState(await browserApi(locale).secondFactor.read({}));
    } catch (error) {
      setMessage(settingsRefusal(error, locale).message);
    }
  }, [locale]);
  useEffect(() => {
    load();
  }, [load]);

  const showCodes = (recoveryCodes: readonly string[]) => {
    setMessage(undefined);
    setStep({ name: "codes", recoveryCodes });
  };
  const finish = async () => {
    setStep(rest);
    await load();
  };

  return (
    <Section title={text.title} lead={text.lead}>
      {message && <p role="status">{message}</p>}
      {step.name === "codes" && (
        <RecoveryCodes locale={locale} text={text} recoveryCodes={step.recoveryCodes} onKept={finish} />
      )}
      {step.name === "connect" && (
        <AppForm
          locale={locale}
          text={text}
          secret={step.secret}
          address={step.address}
          onCancel={() => setStep(rest)}
          onCode={async (code) => showCodes((await api.turnOn({ code })).recoveryCodes)}
        />
      )}
      {step.name === "rest" && state && !state.isOn && (
        <>
          <p className="note">{text.isOff}</p>
          <ProofForm
            locale={locale}
            label={text.currentPassword}
            actions={[
              {
                label: text.begin,
                run: async (currentPassword) => {
                  setMessage(undefined);
                  setStep({ name: "connect", ...(await api.begin({ currentPassword })) });
                },
              },
            ]}
          />
        </>
      )}
      {step.name === "rest" && state?.isOn && (
        <>
          <p className="note">{text.isOn(state.recoveryCodesLeft)}</p>
          <details className="settings-more">
            <summary>{text.manage}</summary>
            <ProofForm
              locale={locale}
              label={text.currentPassword}
              actions={[
                {
                  label: text.renew,
                  run: async (currentPassword) =>
                    showCodes((await api.renewRecoveryCodes({ currentPassword })).recoveryCodes),
                },
                {
                  label: text.turnOff,
                  run: async (currentPassword) => {
                    await api.turnOff({ currentPassword });
                    setMessage(text.turnedOff);
                    await finish();
                  },
                },
              ]}
            />
          </details>
        </>
      )}
    </Section>
  );
}
