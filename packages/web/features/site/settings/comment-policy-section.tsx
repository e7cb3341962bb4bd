"use client";

import type { FieldErrors } from "@haru/core/errors";
import { type CommentPolicy, commentApprovals } from "@haru/core/site/site.contract";
import { useId } from "react";
import { Section } from "../../account/settings/section.tsx";
import { Field } from "../field.tsx";
import type { SiteSettingsMessages } from "./messages.ts";

interface CommentPolicySectionProps {
  readonly policy: CommentPolicy;
  readonly text: SiteSettingsMessages;
  readonly errors: FieldErrors;
  readonly onChange: (policy: CommentPolicy) => void;
}

/** Whose comments wait for a moderator, and for how long posts take any. */
export function CommentPolicySection({ policy, text, errors, onChange }: CommentPolicySectionProps) {
  const id = useId();
  return (
    <Section title={text.comments} lead={text.commentsLead}>
      <div className="form">
        <div className="field">
          <label htmlFor={id}>{text.approval}</label>
          <select
            id={id}
            className="input"
            value={policy.approval}
            onChange={({ target }) => {
              const approval = commentApprovals.find((each) => each === target.value);
              if (approval) onChange({ ...policy, approval });
            }}
          >
            {commentApprovals.map((approval) => (
              <option key={approval} value={approval}>
                {text.approvals[approval]}
              </option>
            ))}
          </select>
        </div>
        <Field
          label={text.closeAfterDays}
          name="comments.closeAfterDays"
          type="number"
          min={0}
          max={3650}
          hint={text.closeAfterDaysHint}
          value={policy.closeAfterDays}
          errors={errors["comments.closeAfterDays"]}
          onChange={({ target }) => onChange({ ...policy, closeAfterDays: target.valueAsNumber || 0 })}
        />
      </div>
    </Section>
  );
}
