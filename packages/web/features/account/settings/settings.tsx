"use client";

import type { Account } from "@haru/core/account/account.contract";
import type { Locale } from "@haru/core/locale";
import type { OwnProfile } from "@haru/core/profile/profile.contract";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../../browser-api.ts";
import { NoticeSection } from "../../notice/notice-section.tsx";
import { ClosureSection } from "./closure-section.tsx";
import { EmailSection } from "./email-section.tsx";
import { HandleSection } from "./handle-section.tsx";
import { settingsMessages } from "./messages.ts";
import { PasswordSection } from "./password-section.tsx";
import { ProfileSection } from "./profile-section.tsx";
import { SecondFactorSection } from "./second-factor-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import { TakeoutSection } from "./takeout-section.tsx";

interface Known {
  readonly account: Account;
  readonly profile: OwnProfile;
}

/** Everything that a person can set about the own account, on one page. */
export function Settings({ locale }: { locale: Locale }) {
  const text = settingsMessages[locale];
  const [known, setKnown] = useState<Known>();
  const [hasFailed, setFailed] = useState(false);
  const load = useCallback(async () => {
    setFailed(false);
    try {
      const api = browserApi(locale);
      const [account, profile] = await Promise.all([api.account.current({}), api.profile.own({})]);
      setKnown({ account, profile });
    } catch {
      setFailed(true);
    }
  }, [locale]);
  useEffect(() => {
    load();
  }, [load]);

  return (
    <>
      <h1>{text.title}</h1>
      {hasFailed && (
        <div className="banner banner-bad" role="alert">
          <p>{text.failed}</p>
          <button type="button" className="button button-quiet button-small" onClick={load}>
            {text.again}
          </button>
        </div>
      )}
      {!known && !hasFailed && (
        <div className="skeleton settings-skeleton" role="status" aria-label={text.loading} />
      )}
      {known && (
        <>
          <ProfileSection locale={locale} profile={known.profile} />
          <HandleSection locale={locale} handle={known.profile.handle} />
          <EmailSection locale={locale} email={known.account.email} />
          <PasswordSection locale={locale} email={known.account.email} />
          <SecondFactorSection locale={locale} />
          <NoticeSection locale={locale} />
          <SessionsSection locale={locale} />
          <TakeoutSection locale={locale} />
          <ClosureSection locale={locale} />
        </>
      )}
    </>
  );
}
