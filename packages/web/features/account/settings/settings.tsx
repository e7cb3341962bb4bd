"use client";

import type { Locale } from "@haru/core/locale";
import { useCallback } from "react";
import { browserApi } from "../../../browser-api.ts";
import { CalendarSection } from "../../calendar/calendar-section.tsx";
import { NoticeSection } from "../../notice/notice-section.tsx";
import { PushSection } from "../../push-subscription/push-section.tsx";
import { Loaded } from "../../site/loaded.tsx";
import { ClosureSection } from "./closure-section.tsx";
import { EmailSection } from "./email-section.tsx";
import { HandleSection } from "./handle-section.tsx";
import { settingsMessages } from "./messages.ts";
import { PasswordSection } from "./password-section.tsx";
import { ProfileSection } from "./profile-section.tsx";
import { SecondFactorSection } from "./second-factor-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import { TakeoutSection } from "./takeout-section.tsx";

/** Everything that a person can set about the own account, on one page. */
export function Settings({ locale }: { locale: Locale }) {
  const text = settingsMessages[locale];
  const read = useCallback(() => {
    const api = browserApi(locale);
    return Promise.all([api.account.current({}), api.profile.own({})]);
  }, [locale]);
  return (
    <>
      <h1>{text.title}</h1>
      <Loaded read={read} text={text}>
        {([account, profile]) => (
          <>
            <ProfileSection locale={locale} profile={profile} />
            <HandleSection locale={locale} handle={profile.handle} />
            <EmailSection locale={locale} email={account.email} />
            <PasswordSection locale={locale} email={account.email} />
            <SecondFactorSection locale={locale} />
            <NoticeSection locale={locale} />
            <PushSection locale={locale} />
            <CalendarSection locale={locale} />
            <SessionsSection locale={locale} />
            <TakeoutSection locale={locale} />
            <ClosureSection locale={locale} />
          </>
        )}
      </Loaded>
    </>
  );
}
