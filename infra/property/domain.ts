import type { RecordedResource } from "@haru/local/synth/recording";
import { nameOf, ofType, type Property } from "./recording.ts";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const RECORD = "aws:route53/record:Record";

const aliasesOf = ({ inputs }: RecordedResource): readonly string[] => inputs.aliases ?? [];

/** Browsers of both internet protocols find it there, and only over TLS of our time. */
export const domainsHaveCertificatesAndRecords: Property = (stage) =>
  ofType(stage, DISTRIBUTION).flatMap((distribution) => {
    const { acmCertificateArn, minimumProtocolVersion } = distribution.inputs.viewerCertificate;
    return aliasesOf(distribution).flatMap((domain) => {
      const records = ofType(stage, RECORD).filter(({ inputs }) => inputs.name === domain);
      const leads = (type: string) =>
        records.some(
          ({ inputs }) => inputs.type === type && inputs.aliases?.[0]?.name.endsWith(".cloudfront.net"),
        );
      const says = (sentence: string) => `${nameOf(distribution)} ${sentence} ${domain}.`;
      return [
        ...(acmCertificateArn ? [] : [says("has no certificate for")]),
        ...(minimumProtocolVersion === "TLSv1.2_2021" ? [] : [says("takes old TLS for")]),
        ...["A", "AAAA"].filter((type) => !leads(type)).map((type) => says(`has no ${type} record for`)),
      ];
    });
  });

/** A certificate that nobody can validate would hold the deployment up for ever. */
export const certificatesAreValidatedByRecords: Property = (stage) =>
  ofType(stage, CERTIFICATE).flatMap((certificate) => {
    const { domainName, validationMethod } = certificate.inputs;
    const isProven = ofType(stage, RECORD).some(
      ({ inputs }) => inputs.type === "CNAME" && inputs.name.endsWith(`.${domainName}.`),
    );
    return validationMethod === "DNS" && isProven
      ? []
      : [`${nameOf(certificate)} has no record that validates ${domainName}.`];
  });

/** Mails, feeds and canonical links name the address that the program calls the site's. */
export const sitesWithADomainAreCalledByIt: Property = (stage) =>
  ofType(stage, DISTRIBUTION)
    .filter((distribution) => aliasesOf(distribution).length > 0)
    .filter(
      (distribution) => !aliasesOf(distribution).some((domain) => stage.outputs.site === `https://${domain}`),
    )
    .map((distribution) => `${nameOf(distribution)} is called ${stage.outputs.site}.`);

/** Two addresses of one page would be two sites to search engines, and two origins to cookies. */
export const sitesWithADomainAnswerNowhereElse: Property = (stage) =>
  ofType(stage, DISTRIBUTION)
    .filter((distribution) => aliasesOf(distribution).length > 0)
    .flatMap((distribution) => {
      const [association] = distribution.inputs.defaultCacheBehavior.functionAssociations ?? [];
      const code = ofType(stage, "aws:cloudfront/function:Function").find(({ inputs }) =>
        String(association?.functionArn).endsWith(`/${inputs.name}`),
      )?.inputs.code;
      return String(code).includes("cloudfront.net")
        ? []
        : [`${nameOf(distribution)} answers below CloudFront's own name, too.`];
    });
