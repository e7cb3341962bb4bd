import type { Metadata } from "next";
import { forPeople, localeOfPage } from "../../../../../features/account/gate.ts";
import { todoMessages } from "../../../../../features/todo/messages.ts";
import { TodoApp } from "../../../../../features/todo/todo-app.tsx";

interface PageProps {
  readonly params: Promise<{ readonly lang: string; readonly view?: readonly string[] }>;
  /** What another app shares, see `public/todos.*.webmanifest`. */
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const locale = localeOfPage((await params).lang);
  return {
    title: todoMessages[locale].title,
    manifest: `/todos.${locale}.webmanifest`,
    appleWebApp: { capable: true, title: todoMessages[locale].title },
    icons: { apple: "/icons/todo-apple-180.png" },
  };
}

/** One page at every address below it: which todos it shows is read from the address in the browser. */
export default async function TodosPage({ params, searchParams }: PageProps) {
  const { lang, view = [] } = await params;
  const shared = Object.entries(await searchParams).map(([name, value = ""]) => [name, String(value)]);
  const query = shared.length > 0 ? `?${new URLSearchParams(shared)}` : "";
  const { locale } = await forPeople(lang, ["", lang, "todos", ...view].join("/") + query);
  return (
    <main id="main" tabIndex={-1}>
      <TodoApp locale={locale} />
    </main>
  );
}
