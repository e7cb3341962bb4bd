/**
 * How OpenNext packages the site for Lambda. The defaults hold: S3 for the cache, DynamoDB for its tags,
 * SQS for revalidation. OpenNext's own invalidation of the edge stays off: it follows paths only and would
 * miss what the site revalidates by tag. Reader pages therefore ask the edge not to keep them
 * (`reader/respond.ts`).
 */
export default {
  default: {},
  buildCommand: "npm run build",
};
