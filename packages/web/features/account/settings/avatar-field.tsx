"use client";

import type { Locale } from "@haru/core/locale";
import type { OwnProfile } from "@haru/core/profile/profile.contract";
import { PickPictures } from "../../media/pick-pictures.tsx";
import { useAvatar } from "../../media/use-avatar.ts";
import { Portrait } from "../../site/portrait.tsx";
import { avatarMessages } from "./avatar-messages.ts";

/** The person's picture: as it is, as it will be, another one, none. */
export function AvatarField({ locale, profile }: { locale: Locale; profile: OwnProfile }) {
  const text = avatarMessages[locale];
  const { avatar, localUrl, isBusy, message, choose, remove } = useAvatar(locale, profile.avatar);
  const local = localUrl && { src: localUrl, srcset: `${localUrl} 96w` };
  return (
    <fieldset className="avatar-field">
      <legend className="field-label">{text.title}</legend>
      <Portrait name={profile.displayName} seed={profile.accountId} avatar={local || avatar} />
      <div className="avatar-choice">
        <div className="library-actions">
          <PickPictures
            locale={locale}
            className="button button-quiet button-small"
            label={avatar ? text.change : text.choose}
            onPick={([file]) => file && !isBusy && choose(file)}
          />
          {avatar && !isBusy && (
            <button type="button" className="button button-quiet button-small" onClick={remove}>
              {text.remove}
            </button>
          )}
        </div>
        <p className="field-hint" role="status">
          {message ?? text.hint}
        </p>
      </div>
    </fieldset>
  );
}
