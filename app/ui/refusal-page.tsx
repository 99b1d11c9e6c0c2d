import type { KeptForm } from "~/http/refusal";
import { KeptWords } from "./kept-words";
import styles from "./styles.css";

/** A whole page for what is refused before Remix sees it. */
export function RefusalPage({ title, text, kept }: { title: string; text: string; kept: KeptForm | null }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{`${title} – Verso`}</title>
        <link rel="stylesheet" href={styles} />
      </head>
      <body className="plain-page">
        <main>
          <h1>{title}</h1>
          <p>{text}</p>
          {kept && <KeptWords kept={kept} resend="nowhere" />}
          <p>
            <a href="/">Go to Verso</a>
          </p>
        </main>
      </body>
    </html>
  );
}
