/**
 * Calls by schedules that could not be made: the next one does what they would have done, so that one queue,
 * and one alarm, do for all of them.
 */
export const missedCalls = new sst.aws.Queue("MissedCallsDlq");
