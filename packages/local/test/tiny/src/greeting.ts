import { Resource } from "sst";

export const handler = async () => ({ greeting: Resource.Greeting.value, stage: Resource.App.stage });
