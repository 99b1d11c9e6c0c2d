import { useLocation, useNavigate } from "@remix-run/react";
import { useEffect, useRef } from "react";

/**
 * Lets every plain link of the page navigate without loading anew: one listener instead of a
 * component for each link, which is what made long lists slow to render.
 */
export function useSoftNavigation() {
  const navigate = useNavigate();
  useEffect(() => {
    function follow(event: MouseEvent) {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link || !isPlainClick(event) || !isOwnPage(link)) return;
      event.preventDefault();
      navigate(link.pathname + link.search + link.hash);
    }
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [navigate]);
}

/** Goes to an address of ours as a link of the page would. */
export function follow(to: string) {
  const link = document.createElement("a");
  link.href = to;
  document.body.append(link);
  link.click();
  link.remove();
}

/**
 * After a navigation without a load, goes to the new page with the focus, as the browser does with a
 * load: the keyboard goes on from there, and a screen reader says where it is.
 */
export function useFocusOnNewPage() {
  const { pathname, search } = useLocation();
  const shown = useRef(pathname + search);
  useEffect(() => {
    if (shown.current === pathname + search) return;
    shown.current = pathname + search;
    const main = document.getElementById("main");
    // What the page itself focuses, such as the reasons of a refusal, keeps the focus.
    if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
  }, [pathname, search]);
}

/**
 * Under which name it is kept how far a page was scrolled. The router knows all places within a page
 * that its own links lead to by one name, and would go back to the first; so they get one each.
 */
export function scrollKey({ key, hash }: { key: string; hash: string }) {
  return key === "default" && hash !== "" ? `${hash} ${Math.random()}` : key;
}

/** Takes parameters off the address that are said once: a reload must not say them again. */
export function useOnceOnly(...names: string[]) {
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each page that is shown
  useEffect(() => {
    const address = new URL(window.location.href);
    for (const name of names) address.searchParams.delete(name);
    if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address);
  }, [key]);
}

function isPlainClick(event: MouseEvent) {
  return (
    event.button === 0 &&
    !event.defaultPrevented &&
    !event.metaKey &&
    !event.ctrlKey &&
    !event.shiftKey &&
    !event.altKey
  );
}

/** Pages without script are loaded as a whole. */
const PLAIN_PAGES = /^\/(learn|offline)(\/|$)/;

function isOwnPage(link: HTMLAnchorElement) {
  if (PLAIN_PAGES.test(link.pathname)) return false;
  // Turning a page is the browser's own: it shows how the page turns.
  if (link.matches(".turn, .front")) return false;
  const samePage = link.pathname === location.pathname && link.search === location.search && link.hash !== "";
  return link.origin === location.origin && !link.target && !link.hasAttribute("download") && !samePage;
}

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const formats: Record<string, Intl.DateTimeFormat> = { day, time: clock };

/** Puts the times of the page into the reader's own time zone, which the server doesn't know. */
export function useLocalTimes() {
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each page that is shown
  useEffect(() => {
    for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-shows]")) {
      const format = formats[time.dataset.shows ?? ""] ?? moment;
      // The text node stays: it is React's.
      if (time.firstChild) time.firstChild.nodeValue = format.format(new Date(time.dateTime));
    }
  }, [key]);
}
