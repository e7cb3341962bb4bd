import { defaultLocale } from "@haru/core/locale";
import { siteMessages } from "../../../features/site/messages.ts";

/** An application page under a language that does not exist. */
export default function AppNotFound() {
  const { notFound, toHome } = siteMessages[defaultLocale];
  return (
    <main id="main" className="notice" tabIndex={-1}>
      <h1>{notFound.title}</h1>
      <p>{notFound.text}</p>
      <a className="button" href={`/${defaultLocale}`}>
        {toHome}
      </a>
    </main>
  );
}
