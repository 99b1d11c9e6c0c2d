import { withQuery } from "~/http/address";

/** Below the form for a new note: the templates to begin it with. */
export function TemplateLinks({ templates, title }: { templates: { id: string; heading: string }[]; title: string }) {
  return (
    <section aria-labelledby="templates">
      <h2 id="templates">From a template</h2>
      {templates.length === 0 ? (
        <p className="hint">A note with the tag “template” is offered here to begin others with.</p>
      ) : (
        <ul>
          {templates.map(({ id, heading }) => (
            <li key={id}>
              <a href={withQuery("/notes/new", { title: title || undefined, template: id })}>
                <bdi>{heading || "Untitled"}</bdi>
              </a>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href="/today">Today’s note</a>
      </p>
    </section>
  );
}
