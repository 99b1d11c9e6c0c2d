import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { parseForm, parseQuery } from "~/http/forms.server";
import { notFound, tooMany, unavailable, unprocessable } from "~/http/responses.server";
import { Reading, Running } from "~/learn/asked.server";
import { RUN_NAMES } from "~/learn/concept";
import { ConceptPage } from "~/learn/concept-page";
import { conceptOf } from "~/learn/concepts";
import { runExperiment } from "~/learn/lab.server";
import { latestOf } from "~/learn/latest.server";
import type { ConceptData } from "~/learn/page-data";
import { noteRun, runsOf } from "~/learn/progress.server";
import { excerptOf } from "~/verso/source.server";

// GET /learn/:concept explains one thing about the back end; POST runs one of its experiments in the lab.
export const handle = { book: true };

export { learnLinks as links } from "~/learn/links";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${conceptOf(data.name)?.title} – Learn – Verso` : "Not found – Verso" },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const concept = conceptOf(params.concept);
  if (!concept) throw notFound();
  const viewer = await context.viewer();
  const query = parseQuery(request, Reading);
  return {
    name: concept.name,
    signedIn: viewer !== null,
    latest: latestOf(viewer, request.headers.get("Cookie"), concept),
    sources: concept.lines.map(({ file, marker, before, after }) => excerptOf(file, marker, before, after)),
    done: (await runsOf(viewer))[concept.name] ?? [],
    choice: query.invalid ? null : (query.value.choice ?? null),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const concept = conceptOf(params.concept);
  if (!concept) throw notFound();
  const form = await parseForm(request, Running);
  if (form.invalid) return unprocessable({ message: "There is no such experiment." });
  const name = form.value.run;
  const ran = await runExperiment(viewer, concept.name, name);
  if (ran.kind === "too many") return tooMany({ message: ran.message, typed: { run: name } }, ran.seconds);
  if (ran.kind !== "performed") return unavailable({ message: ran.message, typed: { run: name } }, ran.seconds);
  await noteRun(viewer, concept.name, name);
  return json({ name, report: ran.report });
}

export default function ConceptRoute() {
  const { name, ...data } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const concept = conceptOf(name);
  return concept && <ConceptPage {...data} concept={concept} ran={ranOf(answer)} />;
}

/** What the action answered: a report, or why there is none. */
function ranOf(answer: ReturnType<typeof useActionData<typeof action>>): ConceptData["ran"] {
  if (!answer) return null;
  if ("report" in answer) return answer;
  const name = RUN_NAMES.find((run) => run === answer.typed?.run) ?? "exchange";
  return { name, message: answer.message ?? "It was not run." };
}
