/** Resource types that need no local counterpart, each with the reason why nothing is lost. */
export const unneeded: Readonly<Record<string, string>> = {
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment":
    "`iam/principals.ts` reads it when functions are defined",
  "aws:lambda/permission:Permission":
    "on this machine every service may call the functions that it is wired to",
  "aws:sqs/queuePolicy:QueuePolicy":
    "on this machine every service may send to the queues that it is wired to",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "buckets can be reached from this machine only",
  "aws:s3/bucketVersioning:BucketVersioning":
    "older versions of objects are a safety net for data worth keeping",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration":
    "expiry after days is for buckets that live for days; `local-cloud reset` empties them",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    "objects are plain files of the developer",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "there is one account",
  "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes":
    "mails do not leave this machine",
  "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination":
    "mails do not leave this machine, so they neither bounce nor draw complaints",
  "aws:ses/domainIdentityVerification:DomainIdentityVerification": "every sender is verified",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "nobody is on call for this machine",
  "aws:sns/topic:Topic": "alarms tell it, and nobody is on call for this machine",
  "aws:cloudwatch/dashboard:Dashboard": "no metrics are kept here",
  "aws:codedeploy/application:Application": "a function has one version here, which answers at once",
  "aws:codedeploy/deploymentGroup:DeploymentGroup": "a function has one version here, which answers at once",
  "aws:budgets/budget:Budget": "this machine costs nothing",
};
