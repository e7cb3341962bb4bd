"use client";

import type { Locale } from "@haru/core/locale";
import { type WatermarkSetting, watermarkPositions } from "@haru/core/media/watermark.contract";
import { useEffect, useId, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { FormAlert } from "../account/form-shell.tsx";
import { Section, SubmitRow, settingsRefusal } from "../account/settings/section.tsx";
import { useSubmit } from "../site/use-submit.ts";
import { mediaMessages } from "./messages.ts";
import { watermarkMessages } from "./watermark-messages.ts";

/** Whether full pictures carry the site's mark, where and how strongly. */
export function WatermarkSection({ locale }: { locale: Locale }) {
  const text = watermarkMessages[locale];
  const [setting, setSetting] = useState<WatermarkSetting>();
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    browserApi(locale)
      .media.readWatermark({})
      .then(setSetting)
      .catch(() => setFailed(true));
  }, [locale]);
  return (
    <Section title={text.title} lead={text.lead}>
      {hasFailed && <p className="banner banner-bad">{mediaMessages[locale].failed}</p>}
      {setting && <WatermarkForm locale={locale} initial={setting} />}
    </Section>
  );
}

function WatermarkForm({ locale, initial }: { locale: Locale; initial: WatermarkSetting }) {
  const text = watermarkMessages[locale];
  const id = useId();
  const [setting, setSetting] = useState(initial);
  const [done, setDone] = useState<string>();
  const change = (changed: Partial<WatermarkSetting>) => setSetting({ ...setting, ...changed });
  const { form, isPending, refusal, onSubmit } = useSubmit(async () => {
    setDone(undefined);
    try {
      await browserApi(locale).media.changeWatermark(setting);
    } catch (error) {
      return settingsRefusal(error, locale);
    }
    setDone(text.saved);
    return undefined;
  });
  return (
    <form ref={form} className="form" onSubmit={onSubmit} noValidate>
      <FormAlert message={refusal.message} />
      <div className="choice">
        <input
          id={`${id}-on`}
          type="checkbox"
          checked={setting.isOn}
          aria-describedby={`${id}-hint`}
          onChange={(event) => change({ isOn: event.target.checked })}
        />
        <label htmlFor={`${id}-on`}>{text.isOn}</label>
        <p className="field-hint" id={`${id}-hint`}>
          {text.isOnHint}
        </p>
      </div>
      <Sample label={text.sample} setting={setting} />
      <div className="settings-pair">
        <div className="field">
          <label htmlFor={`${id}-position`}>{text.position}</label>
          <select
            id={`${id}-position`}
            className="input"
            value={setting.position}
            disabled={!setting.isOn}
            onChange={({ target: { value } }) =>
              change({ position: watermarkPositions.find((each) => each === value) ?? setting.position })
            }
          >
            {watermarkPositions.map((position) => (
              <option key={position} value={position}>
                {text.positions[position]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-opacity`}>{text.opacity}</label>
          <input
            id={`${id}-opacity`}
            type="range"
            min={0.1}
            max={1}
            step={0.1}
            value={setting.opacity}
            disabled={!setting.isOn}
            aria-valuetext={`${Math.round(setting.opacity * 100)}%`}
            onChange={(event) => change({ opacity: Number(event.target.value) })}
          />
        </div>
      </div>
      <SubmitRow label={text.save} isPending={isPending} done={done} />
    </form>
  );
}

/** The mark at its place, on a ground that is light on one side and dark on the other. */
function Sample({ label, setting }: { label: string; setting: WatermarkSetting }) {
  return (
    <div className="watermark-sample" role="img" aria-label={label} data-position={setting.position}>
      {setting.isOn && (
        <svg viewBox="0 0 24 24" opacity={setting.opacity} aria-hidden="true">
          {(["edge", "mark"] as const).map((layer) => (
            <g key={layer} className={`watermark-${layer}`}>
              <circle cx="12" cy="12" r="8.5" />
              <path d="M3.8 14.4a8.5 8.5 0 0 0 16.4 0z" />
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
