import {
  type ActionFunction,
  type AppLoadContext,
  createRequestHandler,
  type LoaderFunction,
  type LoaderFunctionArgs,
  type ServerBuild,
} from "@remix-run/node";
import { methodNotAllowed, notFound } from "./responses.server";
import { wrapRoutes } from "./wrapped-routes.server";

/**
 * The build with what routes without a page, such as a file's, refuse made a page for a browser that
 * goes there. Remix makes pages for routes that have one, so it is asked once more, with a build where
 * all have one and refuse the same.
 */
export function refusingWithPages(build: ServerBuild): ServerBuild {
  const refusals = new WeakMap<AppLoadContext, Response>();
  const refuse = ({ context }: LoaderFunctionArgs): never => {
    throw refusals.get(context) ?? notFound();
  };
  const withPages = wrapRoutes(build, (module) =>
    module.default ? undefined : { default: () => null, loader: refuse, action: refuse },
  );
  const answerWithPage = createRequestHandler(withPages, build.mode);

  function paged<Handler extends LoaderFunction | ActionFunction>(handler: Handler) {
    return async (args: Parameters<Handler>[0]) => {
      try {
        return await handler(args);
      } catch (thrown) {
        if (!isRefusal(thrown) || !wantsPage(args.request)) throw thrown;
        refusals.set(args.context, thrown);
        return answerWithPage(args.request, args.context);
      }
    };
  }

  return wrapRoutes(build, ({ default: page, loader, action = onlyRead }) =>
    page ? undefined : { ...(loader && { loader: paged(loader) }), action: paged(action) },
  );
}

function onlyRead(): never {
  throw methodNotAllowed("GET, HEAD");
}

/** What programs are told in their own way, such as problem details, stays so. */
function isRefusal(thrown: unknown): thrown is Response {
  const refused = thrown instanceof Response && thrown.status >= 400;
  return refused && (thrown.headers.get("Content-Type")?.startsWith("application/json") ?? false);
}

/** Whether a browser goes there: for a picture in a text, or by script, it wants something else. */
function wantsPage({ headers }: Request) {
  const dest = headers.get("Sec-Fetch-Dest") ?? "document";
  return dest === "document" && /\btext\/html\b/.test(headers.get("Accept") ?? "");
}
