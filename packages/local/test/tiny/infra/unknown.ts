/** A resource that the local cloud has no provider for. */
new sst.aws.KinesisStream("Lake");
