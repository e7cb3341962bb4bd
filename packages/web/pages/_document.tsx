import { Head, Html, Main, NextScript } from "next/document";
import { assetUrl } from "../reader/assets.ts";

/** Only the error page is made this way: it has to stand when everything else has failed. */
export default function FallbackDocument() {
  return (
    <Html lang="ko">
      <Head>
        <script src={assetUrl("first.js")} />
        <link rel="stylesheet" href={assetUrl("reader.css")} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      </Head>
      <body>
        <Main />
        <NextScript />
      </body>
    </Html>
  );
}
