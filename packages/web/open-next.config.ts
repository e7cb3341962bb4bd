/** How OpenNext packages the site for Lambda: its defaults, which keep pages in S3, their tags in DynamoDB and renew them over SQS. */
export default {
  default: {},
  buildCommand: "npm run build",
};
