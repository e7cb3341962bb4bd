import * as z from "zod";
import type { Locale } from "./locale.ts";

/** Every way in which the product says no. Clients switch on the code; people read the message. */
export const errorStatus = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  idempotency_mismatch: 422,
  unprocessable: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatus;

export const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];

/** Messages by field path (`tags.0`), each a sentence that the person can act on. */
const fieldErrorsSchema = z.record(z.string(), z.array(z.string()).readonly()).readonly();
export type FieldErrors = z.output<typeof fieldErrorsSchema>;

/** The body of every answer that is not a success. */
export const errorBodySchema = z
  .strictObject({
    error: z.strictObject({
      code: z.enum(errorCodes),
      message: z.string(),
      fields: fieldErrorsSchema.optional(),
      requestId: z.string(),
    }),
  })
  .meta({ id: "Error" });
export type ErrorBody = z.output<typeof errorBodySchema>;

interface AppErrorOptions {
  /** Replaces the general message of the code. In the person's language. */
  readonly message?: string;
  readonly fields?: FieldErrors;
  /** How long to wait before trying again, for `rate_limited` and `unavailable`. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** The only error that the domain throws on purpose. Everything else is a defect and answers as `internal`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: FieldErrors | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Set when the message was written for this case; otherwise the general message of the code is used. */
  readonly specificMessage: string | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? code, { cause: options.cause });
    this.code = code;
    this.fields = options.fields;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.specificMessage = options.message;
  }
}

/** Whether what was asked for is not there, never was or not any more: an answer, for who can do without it. */
export function isMissing(error: unknown): boolean {
  return error instanceof AppError && (error.code === "not_found" || error.code === "gone");
}

const messages: Record<Locale, Record<ErrorCode, string>> = {
  ko: {
    invalid_input: "입력한 내용을 확인해 주세요.",
    unauthenticated: "로그인이 필요합니다.",
    forbidden: "이 작업을 할 권한이 없습니다.",
    not_found: "찾는 내용이 없습니다.",
    conflict: "그 사이 다른 곳에서 바뀌었습니다. 새 내용을 확인한 뒤 다시 저장해 주세요.",
    gone: "지워진 내용입니다.",
    precondition_failed: "그 사이 바뀌었습니다. 새로 읽은 뒤 다시 해 주세요.",
    too_large: "보낸 내용이 너무 큽니다.",
    idempotency_mismatch: "같은 요청 번호로 다른 내용이 이미 접수되었습니다. 새로 시도해 주세요.",
    unprocessable: "내용을 처리할 수 없습니다.",
    rate_limited: "요청이 너무 많습니다. 잠시 뒤 다시 시도해 주세요.",
    internal: "서버에 문제가 생겼습니다. 잠시 뒤 다시 시도해 주세요.",
    unavailable: "지금은 이용할 수 없습니다. 잠시 뒤 다시 시도해 주세요.",
  },
  en: {
    invalid_input: "Please check what you entered.",
    unauthenticated: "Please sign in.",
    forbidden: "You are not allowed to do this.",
    not_found: "There is nothing here.",
    conflict: "This was changed somewhere else in the meantime. Look at the new version, then save again.",
    gone: "This was deleted.",
    precondition_failed: "This has changed in the meantime. Read it anew, then try again.",
    too_large: "What you sent is too large.",
    idempotency_mismatch: "Another request was already accepted under this key. Please try anew.",
    unprocessable: "This content cannot be processed.",
    rate_limited: "Too many requests. Please try again in a moment.",
    internal: "Something went wrong on our side. Please try again in a moment.",
    unavailable: "This is not available right now. Please try again in a moment.",
  },
};

/** The general sentence for a code, in one language. */
export function errorMessage(code: ErrorCode, locale: Locale): string {
  return messages[locale][code];
}
