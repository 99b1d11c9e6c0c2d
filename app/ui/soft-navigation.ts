import { useLocation, useNavigate } from "@remix-run/react";
import { useEffect } from "react";

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

function isOwnPage(link: HTMLAnchorElement) {
  const samePage = link.pathname === location.pathname && link.search === location.search && link.hash !== "";
  return link.origin === location.origin && !link.target && !link.hasAttribute("download") && !samePage;
}

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** Puts the times of the page into the reader's own time zone, which the server doesn't know. */
export function useLocalTimes() {
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each page that is shown
  useEffect(() => {
    for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-shows]")) {
      const format = time.dataset.shows === "day" ? day : moment;
      // The text node stays: it is React's.
      if (time.firstChild) time.firstChild.nodeValue = format.format(new Date(time.dateTime));
    }
  }, [key]);
}
