import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  LiveReload,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import type { ReactNode } from "react";
import { carriesText, LoginForm } from "./accounts/login-form";
import { engine } from "./db/engine.server";
import type { KeptForm } from "./http/refusal";
import { unlessPreview } from "./notes/keep-page";
import { useKeys } from "./notes/palette/use-keys";
import { Places } from "./notes/places";
import { readSidebar } from "./notes/sidebar.server";
import { useAskBeforeSignOut } from "./notes/use-draft";
import { WaitingNotes } from "./notes/waiting-notes";
import { KeptWords } from "./ui/kept-words";
import { Book, Frame, Sheet } from "./ui/layout";
import { usePage } from "./ui/page-context";
import { scrollKey, useFocusOnNewPage, useLocalTimes, useSoftNavigation } from "./ui/soft-navigation";
import styles from "./ui/styles.css";
import { useTurnKey } from "./ui/turn-over";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: styles },
  { rel: "icon", href: "/icon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/apple-touch-icon.png" },
  { rel: "manifest", href: "/manifest.webmanifest" },
];

export const meta: MetaFunction<typeof loader> = ({ error }) => [
  { title: error ? `${describeError(error).title} – Verso` : "Verso" },
];

export async function loader({ context }: LoaderFunctionArgs) {
  const viewer = await context.viewer();
  return {
    viewer: viewer && { id: viewer.id, name: viewer.name },
    singleKeys: viewer?.shortcuts === 1,
    sidebar: viewer && (await readSidebar(viewer)),
    trouble: engine().trouble() !== null,
  };
}

export const shouldRevalidate = unlessPreview;

export function Layout({ children }: { children: ReactNode }) {
  const { nonce } = usePage();
  const root = useRouteLoaderData<typeof loader>("root");
  const still = useIs("book", "still");
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {/* Whoever isn't signed in gets no script at all, and a page that is only read has none. */}
        {root?.viewer && !still && (
          <>
            <ScrollRestoration nonce={nonce} getKey={scrollKey} />
            <Scripts nonce={nonce} />
            <LiveReload nonce={nonce} />
          </>
        )}
      </body>
    </html>
  );
}

export default function App() {
  useSoftNavigation();
  useFocusOnNewPage();
  useLocalTimes();
  useTurnKey();
  const root = useRouteLoaderData<typeof loader>("root");
  const signedIn = root?.viewer != null;
  useAskBeforeSignOut(root?.viewer?.id);
  const dialog = useKeys(signedIn, root?.singleKeys ?? false);
  return (
    <>
      <Surroundings>
        <WaitingNotes viewerId={root?.viewer?.id} />
        <Outlet />
      </Surroundings>
      {dialog}
    </>
  );
}

export function ErrorBoundary() {
  useSoftNavigation();
  useTurnKey();
  const refusal = describeError(useRouteError(), usePage().reference);
  if (refusal.status === 401) {
    return (
      <Sheet>
        <h1>{carriesText(refusal.kept) ? "Sign in to save it" : "Sign in"}</h1>
        <LoginForm message={refusal.message} kept={refusal.kept} />
      </Sheet>
    );
  }
  return (
    <Surroundings>
      <h1>{refusal.title}</h1>
      <p>{refusal.message}</p>
      {refusal.kept && <KeptWords kept={refusal.kept} resend={RESEND[refusal.status] ?? "there"} />}
      <p>
        <a href="/notes">Go to your notes</a>
      </p>
    </Surroundings>
  );
}

/** Whether a route says of itself that it is a page of the book under /learn, or one that stands still. */
function useIs(...kinds: ("book" | "still")[]) {
  return useMatches().some(({ handle }) =>
    kinds.some((kind) => (handle as Record<string, boolean> | undefined)?.[kind]),
  );
}

function Surroundings({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const page = usePage();
  const still = useIs("still");
  const book = useIs("book");
  const name = root ? root.viewer?.name : page.name;
  if (still) return <Sheet turns={false}>{children}</Sheet>;
  if (book) return <Book name={name}>{children}</Book>;
  if (name === undefined) return <Sheet>{children}</Sheet>;
  return (
    <Frame name={name} trouble={root?.trouble ?? false} places={root?.sidebar && <Places sidebar={root.sidebar} />}>
      {children}
    </Frame>
  );
}

const TITLES: Record<number, string> = {
  401: "Sign in",
  403: "That isn’t allowed",
  404: "Not found",
  405: "That can’t be done here",
  413: "That is too much",
  503: "Not just now",
};

/** Where kept words can go from here: not back to where another site sent them, and not into a note that is gone. */
const RESEND: Record<number, "new note" | "nowhere"> = { 403: "nowhere", 404: "new note" };

function describeError(error: unknown, reference?: string) {
  if (error instanceof TypeError && typeof document !== "undefined") {
    return {
      status: 503,
      title: "Verso could not be reached",
      message: "Look whether this device is online, then try again. Drafts of what you wrote are kept on it.",
      kept: null,
    };
  }
  if (!isRouteErrorResponse(error)) {
    return {
      status: 500,
      title: "Something went wrong",
      message: `It has been logged on the server${reference ? `; its reference is ${reference}` : ""}. Your notes are as they were.`,
      kept: null,
    };
  }
  const data = (error.data ?? {}) as { message?: string; kept?: KeptForm };
  return {
    status: error.status,
    title: TITLES[error.status] ?? "Something went wrong",
    message: data.message ?? "There is nothing at this address.",
    kept: data.kept ?? null,
  };
}
