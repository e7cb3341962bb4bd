import type * as domain from "../domain.ts";
import { find, type Mutations, remove } from "./draft.ts";

export const domainMutations: Mutations<typeof domain> = {
  domainsHaveCertificatesAndRecords: [
    {
      spoil: (draft) => {
        find(draft, "RouterCdnDistribution").viewerCertificate = { cloudfrontDefaultCertificate: true };
      },
      says: /"RouterCdnDistribution" has no certificate for blog\.example\.com/,
    },
    {
      spoil: (draft) => {
        find(draft, "RouterCdnDistribution").viewerCertificate.minimumProtocolVersion = "TLSv1";
      },
      says: /"RouterCdnDistribution" takes old TLS/,
    },
    {
      spoil: (draft) => remove(draft, "RouterCdnAAAARecordBlogexamplecom"),
      says: /"RouterCdnDistribution" has no AAAA record for blog\.example\.com/,
    },
  ],
  certificatesAreValidatedByRecords: [
    {
      spoil: (draft) => {
        draft.resources = draft.resources.filter(({ inputs }) => inputs.type !== "CNAME");
      },
      says: /"RouterCdnSslCertificate" has no record that validates blog\.example\.com/,
    },
  ],
  sitesWithADomainAreCalledByIt: [
    {
      spoil: (draft) => {
        draft.outputs.site = "https://d111111abcdef8.cloudfront.net";
      },
      says: /"RouterCdnDistribution" is called https:\/\/d111111abcdef8\.cloudfront\.net/,
    },
  ],
  sitesWithADomainAnswerNowhereElse: [
    {
      spoil: (draft) => {
        const code = find(draft, "RouterCloudfrontFunctionRequest");
        code.code = code.code.replaceAll("cloudfront.net", "");
      },
      says: /"RouterCdnDistribution" answers below CloudFront's own name/,
    },
  ],
};
