/** A refusal in S3's terms ("Error responses" of the S3 API reference). */
export class S3Refusal extends Error {
  override readonly name = "S3Refusal";
  readonly statusCode: 400 | 403 | 404 | 405 | 411 | 501;
  /** For instance `AccessDenied`. */
  readonly code: string;
  /** Further elements of the answer, by name. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(
    statusCode: S3Refusal["statusCode"],
    code: string,
    message: string,
    details: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
    this.details = details;
  }
}

export function accessDenied(message = "Access Denied"): S3Refusal {
  return new S3Refusal(403, "AccessDenied", message);
}

export function toXml(refusal: S3Refusal, resource: string, requestId: string): string {
  const elements: Record<string, string | number> = {
    Code: refusal.code,
    Message: refusal.message,
    ...refusal.details,
    Resource: resource,
    RequestId: requestId,
  };
  const content = Object.entries(elements).map(
    ([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${content.join("")}</Error>`;
}

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
