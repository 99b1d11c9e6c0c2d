/** A note's text. The only place in Verso that puts HTML on a page as it is: `html` comes from `rendered`. */
export function NoteBody({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by the sanitizer, see markdown/render.server.ts
  return <div className="body" dangerouslySetInnerHTML={{ __html: html }} />;
}
