import { Resource } from "sst";

/** Its function has no link to the table: reading the name throws. */
export const handler = async () => ({ table: Resource.Notes.name });
