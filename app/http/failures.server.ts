import {
  type ActionFunctionArgs,
  json,
  type LoaderFunction,
  type LoaderFunctionArgs,
  type ServerBuild,
} from "@remix-run/node";
import { StorageFailure, type StorageTrouble } from "~/db/engine.server";
import { TooBusy } from "./limits.server";
import { describeError, log } from "./log.server";
import { unavailable } from "./responses.server";
import { wrapRoutes } from "./wrapped-routes.server";

/** The build with every loader wrapped so that one that fails answers a sentence, with what the log calls it. */
export function explainingFailures(build: ServerBuild): ServerBuild {
  return wrapRoutes(build, ({ loader }) => loader && { loader: explaining(loader) });
}

function explaining(loader: LoaderFunction): LoaderFunction {
  return async (args) => {
    try {
      return await loader(args);
    } catch (thrown) {
      // Whoever asked is gone: there is nobody to answer, and it may be what broke it.
      if (thrown instanceof Response || args.request.signal.aborted) throw thrown;
      throw explain(thrown, args);
    }
  };
}

const TROUBLES: Record<StorageTrouble, string> = {
  full: "The disk is full, so nothing can be saved just now.",
  "read-only": "The database can't be written to, so nothing can be saved just now.",
  busy: "The database was busy for too long.",
  broken: "The database could not be read or written.",
};

/** What a person is told of an error that nobody meant; the log has more, under the same reference. */
export function explain(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): Response {
  if (error instanceof TooBusy) {
    log.warn({ id: context.requestId }, "too many passwords to check at once");
    const message = `Many people are signing in at this moment. Try again shortly. The reference of this request is ${context.requestId}.`;
    return unavailable({ message }, 5);
  }
  const { pathname: path } = new URL(request.url);
  log.error({ id: context.requestId, path, ...describeError(error) }, "a loader or action failed");
  if (error instanceof StorageFailure)
    return unavailable({ message: `${TROUBLES[error.trouble]} ${logged(context.requestId)}` }, 30);
  return json({ message: wentWrong(context.requestId) }, 500);
}

/** A sentence with what the log calls the request. */
export function wentWrong(reference: string) {
  return `Something went wrong on the server. ${logged(reference)}`;
}

function logged(reference: string) {
  return `It has been logged; its reference is ${reference}.`;
}
