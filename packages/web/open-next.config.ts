/** How OpenNext packages the site for Lambda. The defaults hold: S3 for the cache, DynamoDB for its tags, SQS for revalidation. */
export default {
  default: {},
  buildCommand: "npm run build",
};
