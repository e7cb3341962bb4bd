/**
 * How OpenNext packages the site for Lambda. The defaults hold: S3 for the cache, DynamoDB for its tags,
 * SQS for revalidation. A page that is made anew is taken out of the edge's cache as well, which would
 * otherwise go on serving the old one for an hour; `infra/web.ts` says which distribution that is.
 */
export default {
  default: { override: { cdnInvalidation: "cloudfront" } },
  buildCommand: "npm run build",
};
